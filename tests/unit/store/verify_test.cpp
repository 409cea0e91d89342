// SPDX-License-Identifier: Apache-2.0
#include "store/verify.h"

#include <gmock/gmock.h>

#include <algorithm>

#include "base/error.h"
#include "full_fixture.h"
#include "store/covered.h"
#include "store/schema.h"

namespace agate::store {
namespace {

using test::Fixture;
using ::testing::Contains;
using ::testing::Field;
using ::testing::IsEmpty;
using ::testing::SizeIs;

/// A value that outlives its statement.
struct Cell {
    Value value;
    std::string bytes;

    [[nodiscard]] Value get() const {
        Value copy = value;
        copy.bytes = bytes;
        return copy;
    }
};

using Row = std::vector<Cell>;

/// Someone with the files and a SQL prompt.
class Attacker {
public:
    explicit Attacker(const StoreOptions& options)
        : db_(open_sqlite({.path = options.folder / "agate.db", .durability = Durability::none})) {
        db_->run_script("pragma foreign_keys = off");
    }

    Db& db() { return *db_; }

    std::vector<Row> rows(const std::string& table) {
        const auto columns = db_->columns_of(table);
        std::vector<Row> found;
        for (Query query(*db_, "select " + join(columns) + " from " + table); query.next();) {
            Row row;
            for (int i = 0; i < static_cast<int>(columns.size()); ++i) {
                const Value value = query.value(i);
                row.push_back({value, std::string(value.bytes)});
            }
            found.push_back(std::move(row));
        }
        return found;
    }

    void remove(const std::string& table, const Row& row) {
        const auto columns = db_->columns_of(table);
        std::string text = "delete from " + table + " where ";
        std::vector<Value> values;
        for (std::size_t i = 0; i < columns.size(); ++i) {
            text += (i == 0 ? "" : " and ") + columns[i] + " is $" + std::to_string(i + 1);
            values.push_back(row[i].get());
        }
        ASSERT_EQ(execute_values(*db_, text, values), 1) << table;
    }

    void insert(const std::string& table, const Row& row) {
        const auto columns = db_->columns_of(table);
        const std::vector<std::string_view> names(columns.begin(), columns.end());
        std::vector<Value> values;
        for (const auto& cell : row) {
            values.push_back(cell.get());
        }
        execute_values(*db_, insert_text(table, names), values);
    }

private:
    static std::string join(const std::vector<std::string>& names) {
        std::string all;
        for (const auto& name : names) {
            all += (all.empty() ? "" : ", ") + name;
        }
        return all;
    }

    std::unique_ptr<Db> db_;
};

/// The ways in which a cell can be another one.
std::vector<Cell> changes_of(const Cell& cell) {
    std::vector<Cell> changes;
    const auto with = [&](Value value, std::string bytes = {}) {
        value.bytes = {};
        changes.push_back({value, std::move(bytes)});
    };
    switch (cell.value.type) {
        case Value::Type::integer:
            with(Value(cell.value.number + 1));
            with(Value(cell.value.number ^ 0x100));
            break;
        case Value::Type::text:
        case Value::Type::blob:
            for (const std::size_t at :
                 {std::size_t{0}, cell.bytes.size() / 2, cell.bytes.size() - 1}) {
                auto bytes = cell.bytes;
                bytes[at] = static_cast<char>(bytes[at] ^ 1);
                with(cell.value, bytes);
            }
            break;
        default:
            with(Value("x"), "x");
            with(Value(1));
            with(Value(Bytes{}), "0123456789abcdef");
            break;
    }
    return changes;
}

class VerifyTest : public ::testing::Test {
protected:
    VerifyTest() {
        test::fill_every_table(fixture);
        append_heads(fixture.store());
    }

    std::vector<Finding> findings() { return verify(fixture.store()).findings; }

    Fixture fixture;
};

TEST_F(VerifyTest, AnUntouchedStoreIsIntact) {
    const auto verified = verify(fixture.store(), {.with_files = true});
    EXPECT_THAT(verified.findings, IsEmpty());
    ASSERT_THAT(verified.chains, SizeIs(1));
    EXPECT_EQ(verified.chains[0].entries, 10);
    ASSERT_TRUE(verified.chains[0].last_head);
    EXPECT_EQ(verified.chains[0].last_head->seq, 10);
    Attacker attacker(fixture.options());
    for (const auto& table : covered_tables()) {
        EXPECT_GE(attacker.rows(std::string(table.name)).size(), 2U) << table.name;
    }
}

TEST_F(VerifyTest, AnyChangedCellIsFound) {
    Attacker attacker(fixture.options());
    std::vector<std::string> tables{"audit", "chain", "result"};
    for (const auto& table : covered_tables()) {
        tables.emplace_back(table.name);
    }
    int tried = 0;
    for (const auto& table : tables) {
        const auto columns = attacker.db().columns_of(table);
        const auto rows = attacker.rows(table);
        const std::vector<Row> chosen{rows.front(), rows.back()};
        for (const auto& row : chosen) {
            for (std::size_t i = 0; i < columns.size(); ++i) {
                for (const auto& change : changes_of(row[i])) {
                    auto changed = row;
                    changed[i] = change;
                    attacker.remove(table, row);
                    try {
                        attacker.insert(table, changed);
                    } catch (const Error&) {
                        attacker.insert(table, row);  // the schema itself refuses it
                        continue;
                    }
                    ++tried;
                    EXPECT_FALSE(findings().empty()) << table << "." << columns[i];
                    attacker.remove(table, changed);
                    attacker.insert(table, row);
                }
            }
        }
    }
    EXPECT_GT(tried, 300);
    EXPECT_THAT(findings(), IsEmpty());
}

TEST_F(VerifyTest, AChangedRowIsNamed) {
    Attacker attacker(fixture.options());
    for (const auto& table : covered_tables()) {
        const std::string name(table.name);
        const Row row = attacker.rows(name).back();
        auto changed = row;
        auto& cell = changed[4 + table.columns.size() - 1];  // the last data column
        cell = changes_of(cell)[0];
        attacker.remove(name, row);
        try {
            attacker.insert(name, changed);
        } catch (const Error&) {
            changed[4] = changes_of(row[4])[0];
            changed[4 + table.columns.size() - 1] = row[4 + table.columns.size() - 1];
            attacker.insert(name, changed);
        }
        EXPECT_THAT(findings(),
                    Contains(Finding{.code = "chain_row_changed",
                                     .school = Fixture::school,
                                     .table = name,
                                     .seq = row[1].value.number,
                                     .ordinal = row[2].value.number}))
            << name;
        attacker.remove(name, changed);
        attacker.insert(name, row);
    }
}

TEST_F(VerifyTest, RemovedAndAddedRowsAreNamed) {
    Attacker attacker(fixture.options());
    for (const auto& table : covered_tables()) {
        const std::string name(table.name);
        for (const auto& row : attacker.rows(name)) {
            attacker.remove(name, row);
            EXPECT_THAT(findings(),
                        Contains(Finding{.code = "chain_row_missing",
                                         .school = Fixture::school,
                                         .table = name,
                                         .seq = row[1].value.number,
                                         .ordinal = row[2].value.number}));
            attacker.insert(name, row);
        }
    }
    const Row row = attacker.rows("approval").back();
    for (const std::int64_t seq : {row[1].value.number, std::int64_t{1}, std::int64_t{999}}) {
        auto added = row;
        added[1].value = Value(seq);
        added[2].value = Value(77);
        attacker.insert("approval", added);
        EXPECT_THAT(findings(),
                    Contains(Finding{.code = "chain_row_added",
                                     .school = Fixture::school,
                                     .table = "approval",
                                     .seq = seq,
                                     .ordinal = 77}));
        attacker.remove("approval", added);
    }
}

TEST_F(VerifyTest, SwappedRowsAndMovedCellsAreFound) {
    Attacker attacker(fixture.options());
    const auto rows = attacker.rows("evidence");
    auto a = rows[0];
    auto b = rows[1];
    attacker.remove("evidence", rows[0]);
    attacker.remove("evidence", rows[1]);
    std::swap(a[2], b[2]);  // their places in the entry
    attacker.insert("evidence", a);
    attacker.insert("evidence", b);
    EXPECT_THAT(findings(), Contains(Field(&Finding::code, "chain_rows_differ")));
    attacker.remove("evidence", a);
    attacker.remove("evidence", b);
    a = rows[0];
    b = rows[1];
    std::swap(a.back(), b.back());  // the sealed contents
    attacker.insert("evidence", a);
    attacker.insert("evidence", b);
    EXPECT_THAT(findings(), Contains(Field(&Finding::code, "content_damaged")));
}

TEST_F(VerifyTest, AForgedMarkDoesNotHide) {
    Attacker attacker(fixture.options());
    const Row row = attacker.rows("approval").back();
    auto changed = row;
    changed[8].bytes = "grade_hoax";
    std::vector<Value> values;
    for (std::size_t i = 4; i < changed.size(); ++i) {
        values.push_back(changed[i].get());
    }
    changed[3].value = Value(row_mark(row_digest(covered_table("approval"), values, nullptr)));
    attacker.remove("approval", row);
    attacker.insert("approval", changed);
    const auto found = findings();
    ASSERT_THAT(found, SizeIs(1));
    EXPECT_EQ(found[0].code, "chain_rows_differ");
    EXPECT_EQ(found[0].seq, row[1].value.number);
}

TEST_F(VerifyTest, ACutOffChainIsFoundByItsHeads) {
    Attacker attacker(fixture.options());
    const auto entries = attacker.rows("audit");
    const auto cut = entries[entries.size() - 3];
    for (std::size_t i = entries.size() - 2; i < entries.size(); ++i) {
        attacker.remove("audit", entries[i]);
    }
    for (const auto* table : {"run", "result"}) {
        for (const auto& row : attacker.rows(table)) {
            if (std::string(table) == "result" || row[1].value.number > cut[1].value.number) {
                attacker.remove(table, row);
            }
        }
    }
    execute(attacker.db(), "update chain set seq = $1, hash = $2", cut[1].get(), cut.back().get());
    const auto found = findings();
    EXPECT_THAT(found, Contains(Field(&Finding::code, "chain_cut_off")));
}

TEST_F(VerifyTest, RemovedAndReorderedEntriesAreFound) {
    Attacker attacker(fixture.options());
    const auto entries = attacker.rows("audit");
    for (const auto& entry : entries) {
        attacker.remove("audit", entry);
        EXPECT_THAT(findings(), Contains(Field(&Finding::seq, entry[1].value.number)));
        attacker.insert("audit", entry);
    }
    auto a = entries[3];
    auto b = entries[4];
    attacker.remove("audit", entries[3]);
    attacker.remove("audit", entries[4]);
    std::swap(a[1], b[1]);
    attacker.insert("audit", a);
    attacker.insert("audit", b);
    EXPECT_THAT(findings(), Contains(Field(&Finding::code, "chain_entry_changed")));
}

TEST_F(VerifyTest, TheHeadsFileIsCheckedItself) {
    const auto file = fixture.options().heads_file;
    const auto text = read_file(file);
    auto forged = text;
    forged[forged.find(" 10 ") + 2] = '1';  // 10 -> 11
    write_file(file, forged);
    EXPECT_THAT(findings(), Contains(Field(&Finding::code, "head_not_signed")));
    write_file(file, text + "nonsense\n");
    EXPECT_THAT(findings(), Contains(Field(&Finding::code, "heads_file_line")));
    write_file(file, text);
    EXPECT_THAT(findings(), IsEmpty());
}

TEST_F(VerifyTest, HeadsAreWrittenOnlyWhenAChainMoved) {
    EXPECT_EQ(append_heads(fixture.store()), 0);
    fixture.add(fixture.evidence(fixture.students[0]));
    EXPECT_EQ(append_heads(fixture.store()), 1);
    const auto chain = verify(fixture.store()).chains.at(0);
    EXPECT_EQ(chain.first_head->seq, 10);
    EXPECT_EQ(chain.last_head->seq, 11);
}

TEST_F(VerifyTest, WithoutHeadsItSaysSo) {
    std::filesystem::remove(fixture.options().heads_file);
    const auto verified = verify(fixture.store());
    EXPECT_TRUE(verified.is_intact());
    EXPECT_FALSE(verified.chains.at(0).first_head);
}

}  // namespace
}  // namespace agate::store
