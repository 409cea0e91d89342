// SPDX-License-Identifier: Apache-2.0
#include "store/schema.h"

#include <gmock/gmock.h>

#include <set>

#include "base/error.h"
#include "fixture.h"
#include "store/covered.h"

namespace agate::store {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

std::vector<SchemaStatement> all_tables() {
    auto tables = schema_tables(store_migrations());
    const auto keys = schema_tables(key_migrations());
    tables.insert(tables.end(), keys.begin(), keys.end());
    return tables;
}

TEST(SchemaTest, EveryTableSaysWhereItLives) {
    const std::set<std::string> places{
        "school_id", "reference", "person_id", "login", "hash", "secret_digest"};
    ASSERT_THAT(all_tables(), Not(IsEmpty()));
    for (const auto& table : all_tables()) {
        EXPECT_TRUE(places.contains(table.place)) << table.table << ": '" << table.place << "'";
    }
}

TEST(SchemaTest, SchoolTablesLeadEveryKeyWithTheSchool) {
    for (const auto& table : all_tables()) {
        if (table.place == "school_id") {
            EXPECT_THAT(table.text, HasSubstr("primary key (school_id")) << table.table;
            EXPECT_THAT(table.text, HasSubstr("school_id bigint not null")) << table.table;
            EXPECT_THAT(table.text, Not(HasSubstr("unique (e"))) << table.table;
        }
        EXPECT_THAT(table.text, Not(HasSubstr(" int "))) << table.table;
        EXPECT_THAT(table.text, Not(HasSubstr("serial"))) << table.table;
    }
}

TEST(SchemaTest, CoveredTablesAreDescribedColumnForColumn) {
    test::Fixture fixture;
    fixture.store().read([](Db& db) {
        for (const auto& table : covered_tables()) {
            std::vector<std::string> expected{"school_id", "seq", "ordinal", "row_mark"};
            expected.insert(expected.end(), table.columns.begin(), table.columns.end());
            if (!table.owner.empty()) {
                expected.insert(expected.end(), {"commitment", "sealed"});
            }
            EXPECT_EQ(db.columns_of(table.name), expected) << table.name;
        }
    });
}

TEST(SchemaTest, TheTypeWordsAreSwappedAsWholeWords) {
    EXPECT_EQ(schema_for_sqlite("create table t (a uuid, b bigint, c bytea, d boolean, e text,"
                                " f double precision, bigint_x json);"),
              "create table t (a blob, b integer, c blob, d integer, e text,"
              " f real, bigint_x text) strict, without rowid;");
    EXPECT_EQ(schema_for_sqlite("create index i on t (a);"), "create index i on t (a);");
}

TEST(SchemaTest, MigratingTwiceChangesNothing) {
    test::Fixture fixture;
    fixture.reopen();
    fixture.store().read([](Db& db) {
        Query query(db, "select count(*) from migration");
        ASSERT_TRUE(query.next());
        EXPECT_EQ(query.int64(0), static_cast<std::int64_t>(store_migrations().size()));
    });
}

TEST(SchemaTest, AFileResumesAtTheStatementItStoppedAt) {
    TemporaryFolder folder;
    const auto db = open_sqlite({.path = folder.path() / "a.db", .durability = Durability::none});
    const std::vector<EmbeddedFile> first{
        {"0001.sql", "create table a (x bigint, primary key (x));\n"}};
    migrate(*db, first, Instant{});
    const std::vector<EmbeddedFile> longer{{"0001.sql",
                                            "create table a (x bigint, primary key (x));\ncreate "
                                            "table b (x bigint, primary key (x));\n"}};
    migrate(*db, longer, Instant{});
    EXPECT_THAT(db->columns_of("b"), ElementsAre("x"));
}

TEST(StoreTest, RefusesAWrongRootKeyAndAMissingStore) {
    test::Fixture fixture;
    auto options = fixture.options();
    fixture.close();
    options.root_key_file = options.folder.parent_path() / "other.key";
    create_root_key(options.root_key_file);
    EXPECT_THROW(Store{options}, Error);
    options.folder = options.folder.parent_path() / "nothing";
    EXPECT_THROW(Store{options}, Error);
    EXPECT_THROW(Store::create(fixture.options()), Error);
}

TEST(KeysTest, CellsOpenOnlyInTheirPlace) {
    test::Fixture fixture;
    auto& keys = fixture.store().keys();
    CellPlace place{.school = SchoolId{2},
                    .table = "member",
                    .column = "sealed",
                    .row = fixture.teacher.bytes,
                    .owner = fixture.teacher};
    const auto cell = keys.seal_cell(place, as_bytes("content"));
    EXPECT_EQ(keys.open_cell(place, cell), "content");
    for (const auto& change : std::vector<std::function<void(CellPlace&)>>{
             [](CellPlace& p) { p.school = SchoolId{3}; },
             [](CellPlace& p) { p.table = "evidence"; },
             [](CellPlace& p) { p.column = "note"; },
             [&](CellPlace& p) { p.row = fixture.guardian.bytes; },
             [&](CellPlace& p) { p.owner = fixture.guardian; }}) {
        auto other = place;
        change(other);
        EXPECT_THROW((void)keys.open_cell(other, cell), Error);
    }
    keys.destroy(fixture.teacher, Instant{});
    EXPECT_EQ(keys.open_cell(place, cell), std::nullopt);
    EXPECT_EQ(keys.state(fixture.teacher), Keys::State::destroyed);
    keys.create(fixture.teacher, Instant{});
    EXPECT_EQ(keys.state(fixture.teacher), Keys::State::destroyed) << "a key never comes back";
}

TEST(KeysTest, RaterTagsAndIndexesDependOnAllTheyName) {
    test::Fixture fixture;
    const auto& keys = fixture.store().keys();
    const auto tag = keys.rater_tag(SchoolId{2}, PeriodId{1}, fixture.teacher);
    EXPECT_EQ(tag, keys.rater_tag(SchoolId{2}, PeriodId{1}, fixture.teacher));
    EXPECT_NE(tag, keys.rater_tag(SchoolId{2}, PeriodId{2}, fixture.teacher));
    EXPECT_NE(tag, keys.rater_tag(SchoolId{3}, PeriodId{1}, fixture.teacher));
    EXPECT_NE(tag, keys.rater_tag(SchoolId{2}, PeriodId{1}, fixture.guardian));
    EXPECT_NE(keys.index_in_school(SchoolId{2}, "number", "1"),
              keys.index_in_school(SchoolId{3}, "number", "1"));
    EXPECT_NE(keys.index_in_school(SchoolId{2}, "number", "1"),
              keys.index_in_school(SchoolId{2}, "phone", "1"));
    EXPECT_NE(keys.index_across_schools("number", "1"),
              keys.index_in_school(SchoolId{2}, "number", "1"));
}

}  // namespace
}  // namespace agate::store
