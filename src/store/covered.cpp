// SPDX-License-Identifier: Apache-2.0
#include "store/covered.h"

#include <algorithm>
#include <iterator>

#include "base/error.h"
#include "store/schema.h"

namespace agate::store {

namespace {

CoveredTable describe(std::string_view name,
                      std::string_view id,
                      std::string_view owner,
                      std::vector<std::string_view> columns) {
    std::vector<std::string_view> all{"school_id", "seq", "ordinal", "row_mark"};
    all.insert(all.end(), columns.begin(), columns.end());
    if (!owner.empty()) {
        all.insert(all.end(), {"commitment", "sealed"});
    }
    return {.name = name,
            .columns = std::move(columns),
            .id = id,
            .owner = owner,
            .insert = insert_text(name, all)};
}

void append_number(std::string& out, std::uint64_t number) {
    for (int shift = 56; shift >= 0; shift -= 8) {
        out += static_cast<char>((number >> shift) & 0xff);
    }
}

/// A client's id may come twice. Answered by the statement, not by a look beforehand.
CoveredTable once(CoveredTable table, std::string_view key, std::string_view taken) {
    table.insert += " on conflict (school_id, ";
    table.insert += key;
    table.insert += ") do nothing";
    table.taken = taken;
    return table;
}

Digest commit_to(std::string_view table, std::string_view salted) {
    return Sha256().add(table).add(salted).finish();
}

/// People and what is recorded of them.
std::vector<CoveredTable> tables_of_people() {
    return {describe("member", "person_id", "person_id", {"person_id", "revision", "sex"}),
            describe("membership",
                     "membership_id",
                     "",
                     {"membership_id",
                      "revision",
                      "person_id",
                      "org_id",
                      "role",
                      "day_from",
                      "day_to",
                      "about_id",
                      "subject_area",
                      "grade",
                      "number_in_class"}),
            once(describe("evidence",
                          "evidence_id",
                          "student_id",
                          {"evidence_id",
                           "student_id",
                           "reason",
                           "day",
                           "value_milli",
                           "label",
                           "activity",
                           "rater_kind",
                           "rater_tag",
                           "source",
                           "source_record",
                           "state",
                           "is_late",
                           "recorded_at",
                           "voids_id"}),
                 "evidence_id",
                 "evidence_id_used"),
            describe("review",
                     "evidence_id",
                     "student_id",
                     {"evidence_id", "student_id", "state", "by_id", "second_id", "at"})};
}

/// Terms, runs and imports.
std::vector<CoveredTable> tables_of_terms() {
    return {
        describe("period",
                 "",
                 "",
                 {"period_id", "revision", "name_zh", "name_en", "day_from", "day_to", "state"}),
        describe(
            "approval", "", "", {"kind", "object", "scope_id", "by_id", "post", "shown", "at"}),
        describe("adoption", "", "", {"period_id", "framework", "layers", "plan_digest", "at"}),
        describe("run",
                 "run_id",
                 "",
                 {"run_id",
                  "period_id",
                  "as_of_seq",
                  "framework",
                  "plan_digest",
                  "input_digest",
                  "cause",
                  "revises_id",
                  "at",
                  "result_count",
                  "results_digest"}),
        describe("import",
                 "import_id",
                 "import_id",
                 {"import_id",
                  "revision",
                  "kind",
                  "file_digest",
                  "file_bytes",
                  "by_id",
                  "at",
                  "state",
                  "outcome_digest",
                  "counts"})};
}

constexpr std::size_t salt_size = 32;

}  // namespace

std::span<const CoveredTable> covered_tables() {
    static const std::vector<CoveredTable> tables = [] {
        auto all = tables_of_people();
        std::ranges::move(tables_of_terms(), std::back_inserter(all));
        return all;
    }();
    return tables;
}

const CoveredTable& covered_table(std::string_view name) {
    const auto tables = covered_tables();
    const auto found = std::ranges::find(tables, name, &CoveredTable::name);
    ensure(found != tables.end(), "the table is covered by the chain");
    return *found;
}

std::size_t CoveredTable::index_of(std::string_view column) const {
    const auto found = std::ranges::find(columns, column);
    ensure(found != columns.end(), "the covered table has this column");
    return static_cast<std::size_t>(found - columns.begin());
}

SealedContent seal_content(Keys& keys, const CellPlace& place, std::string_view content) {
    std::string salted(salt_size, '\0');
    system_random({reinterpret_cast<std::uint8_t*>(salted.data()), salt_size});
    salted += content;
    return {.commitment = commit_to(place.table, salted),
            .sealed = keys.seal_cell(place, as_bytes(salted))};
}

OpenedContent open_content(Keys& keys,
                           const CellPlace& place,
                           std::string_view sealed,
                           const Digest& commitment) {
    if (keys.state(place.owner) == Keys::State::destroyed) {
        return {.state = ContentState::erased, .content = {}};
    }
    try {
        auto salted = keys.open_cell(place, sealed);
        if (!salted) {
            return {.state = ContentState::erased, .content = {}};
        }
        if (salted->size() < salt_size || commit_to(place.table, *salted) != commitment) {
            return {.state = ContentState::damaged, .content = {}};
        }
        return {.state = ContentState::readable, .content = salted->substr(salt_size)};
    } catch (const Error&) {
        return {.state = ContentState::damaged, .content = {}};
    }
}

Digest row_digest(const CoveredTable& table,
                  std::span<const Value> values,
                  const Digest* commitment) {
    ensure(values.size() == table.columns.size(), "a row has a value for each column");
    std::string bytes;
    bytes.reserve(256);
    bytes.append(table.name).append(1, '\0');
    for (const auto& value : values) {
        switch (value.type) {
            case Value::Type::null:
                bytes += 'n';
                break;
            case Value::Type::integer:
            case Value::Type::boolean:
                bytes += 'i';
                append_number(bytes, static_cast<std::uint64_t>(value.number));
                break;
            case Value::Type::text:
            case Value::Type::blob:
                bytes += value.type == Value::Type::text ? 't' : 'b';
                append_number(bytes, value.bytes.size());
                bytes += value.bytes;
                break;
            case Value::Type::real:
                throw Bug("covered tables hold no floating point");
        }
    }
    if (commitment != nullptr) {
        bytes += 'c';
        bytes.append(reinterpret_cast<const char*>(commitment->data()), commitment->size());
    }
    return sha256(as_bytes(bytes));
}

std::int64_t row_mark(const Digest& digest) {
    std::uint64_t mark = 0;
    for (std::size_t i = 0; i < 8; ++i) {
        mark = (mark << 8) | digest[i];
    }
    return static_cast<std::int64_t>(mark);
}

}  // namespace agate::store
