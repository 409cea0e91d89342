// SPDX-License-Identifier: Apache-2.0
#include "store/verify_rows.h"

#include <algorithm>
#include <charconv>
#include <cstring>

#include "base/text.h"

namespace agate::store {

namespace {

std::string select_rows(const CoveredTable& table) {
    std::string text = "select seq, ordinal, row_mark";
    for (const auto column : table.columns) {
        text += ", ";
        text += column;
    }
    if (!table.owner.empty()) {
        text += ", commitment, sealed";
    }
    text += " from ";
    text += table.name;
    return text + " where school_id = $1 order by seq, ordinal";
}

/// "member,membership*2" as the table of each ordinal.
std::vector<std::string_view> expand(std::string_view covers, std::int64_t rows) {
    std::vector<std::string_view> tables;
    for (const auto part : split(covers, ',')) {
        const auto star = part.find('*');
        std::int64_t count = 1;
        if (star != std::string_view::npos) {
            std::from_chars(part.data() + star + 1, part.data() + part.size(), count);
        }
        count = std::clamp<std::int64_t>(count, 0, rows);
        tables.insert(tables.end(), static_cast<std::size_t>(count), part.substr(0, star));
    }
    tables.resize(static_cast<std::size_t>(std::clamp<std::int64_t>(rows, 0, 10'000'000)));
    return tables;
}

}  // namespace

void RowWalk::Cursor::advance() {
    is_there = query->next();
    if (is_there) {
        seq = query->int64(0);
        ordinal = query->int64(1);
    }
}

RowWalk::RowWalk(Db& db, Keys& keys, SchoolId school, bool with_content, Verification& out)
    : keys_(keys), school_(school), with_content_(with_content), out_(out) {
    for (const auto& table : covered_tables()) {
        cursors_.push_back(
            {.table = &table, .query = std::make_unique<Query>(db, select_rows(table), school)});
        cursors_.back().advance();
    }
}

void RowWalk::add(std::string code,
                  std::string_view table,
                  std::int64_t seq,
                  std::int64_t ordinal) {
    out_.findings.push_back({.code = std::move(code),
                             .school = school_,
                             .table = std::string(table),
                             .seq = seq,
                             .ordinal = ordinal});
}

void RowWalk::add_orphans_before(std::int64_t seq) {
    for (auto& cursor : cursors_) {
        for (; cursor.is_there && cursor.seq < seq; cursor.advance()) {
            add("chain_row_added", cursor.table->name, cursor.seq, cursor.ordinal);
        }
    }
}

void RowWalk::check_content(const Cursor& cursor, std::span<const Value> values) {
    const CoveredTable& table = *cursor.table;
    const Value& owner = values[table.index_of(table.owner)];
    const Value& id = values[table.index_of(table.id)];
    if (owner.bytes.size() != 16 || id.bytes.size() != 16) {
        return;  // the changed row is named already
    }
    CellPlace place{.school = school_, .table = table.name, .column = "sealed"};
    std::memcpy(place.owner.bytes.data(), owner.bytes.data(), 16);
    std::memcpy(place.row.data(), id.bytes.data(), 16);
    const auto columns = static_cast<int>(table.columns.size());
    const auto commitment = cursor.query->digest(3 + columns);
    const auto sealed = cursor.query->blob(4 + columns);
    const auto state = open_content(keys_, place, sealed, commitment).state;
    if (state == ContentState::damaged) {
        add("content_damaged", table.name, cursor.seq, cursor.ordinal);
    }
    if (state == ContentState::erased) {
        ++erased_;
        const bool is_on_record =
            erased_owners_ != nullptr && erased_owners_->contains(place.owner);
        if (table.name != "import" && !is_on_record) {
            add("content_without_key", table.name, cursor.seq, cursor.ordinal);
        }
    }
}

RowWalk::Seen RowWalk::read(Cursor& cursor) {
    const CoveredTable& table = *cursor.table;
    const auto columns = static_cast<int>(table.columns.size());
    std::vector<Value> values;
    values.reserve(table.columns.size());
    for (int i = 0; i < columns; ++i) {
        values.push_back(cursor.query->value(3 + i));
    }
    Seen seen{.table = &table, .ordinal = cursor.ordinal, .digest = {}, .fits_mark = false};
    const bool is_sealed = !table.owner.empty();
    if (is_sealed && cursor.query->blob(3 + columns).size() != 32) {
        return seen;
    }
    const Digest commitment = is_sealed ? cursor.query->digest(3 + columns) : Digest{};
    seen.digest = row_digest(table, values, is_sealed ? &commitment : nullptr);
    seen.fits_mark = row_mark(seen.digest) == cursor.query->int64(2);
    if (is_sealed && with_content_ && seen.fits_mark) {
        check_content(cursor, values);
    }
    return seen;
}

void RowWalk::check(const EntryRows& entry) {
    add_orphans_before(entry.seq);
    std::vector<Seen> seen;
    for (auto& cursor : cursors_) {
        for (; cursor.is_there && cursor.seq == entry.seq; cursor.advance()) {
            seen.push_back(read(cursor));
        }
    }
    std::ranges::stable_sort(seen, {}, &Seen::ordinal);
    count_ += static_cast<std::int64_t>(seen.size());
    const auto before = out_.findings.size();
    check_order(entry, seen);
    Sha256 hash;
    for (const auto& row : seen) {
        if (!row.fits_mark) {
            add("chain_row_changed", row.table->name, entry.seq, row.ordinal);
        }
        hash.add(row.table->name).add_raw(row.digest);
    }
    // Every row fits its own mark, and yet they are not those the entry was written with.
    if (out_.findings.size() == before && hash.finish() != entry.digest) {
        add("chain_rows_differ", entry.covers, entry.seq, 0);
    }
}

void RowWalk::check_order(const EntryRows& entry, const std::vector<Seen>& seen) {
    const auto tables = expand(entry.covers, entry.rows);
    const auto rows = static_cast<std::int64_t>(tables.size());
    std::vector<bool> found(tables.size());
    for (const auto& row : seen) {
        const bool is_inside = row.ordinal >= 0 && row.ordinal < rows;
        const auto at = is_inside ? static_cast<std::size_t>(row.ordinal) : 0;
        if (!is_inside || found[at] || tables[at] != row.table->name) {
            add("chain_row_added", row.table->name, entry.seq, row.ordinal);
        } else {
            found[at] = true;
        }
    }
    for (std::size_t i = 0; i < found.size(); ++i) {
        if (!found[i]) {
            add("chain_row_missing", tables[i], entry.seq, static_cast<std::int64_t>(i));
        }
    }
}

void RowWalk::finish() {
    add_orphans_before(std::numeric_limits<std::int64_t>::max());
}

std::pair<std::int64_t, Digest> digest_kept_results(Db& db, SchoolId school, RunId run) {
    Sha256 hash;
    hash.add("agate results 2");
    std::int64_t count = 0;
    for (Query query(db,
                     "select subject_id, packed from result"
                     " where school_id = $1 and run_id = $2 order by subject_id",
                     school,
                     run);
         query.next();
         ++count) {
        hash.add(as_bytes(query.blob(0))).add(query.blob(1));
    }
    return {count, hash.finish()};
}

}  // namespace agate::store
