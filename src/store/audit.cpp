// SPDX-License-Identifier: Apache-2.0
#include "store/audit.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "base/error.h"
#include "store/chain.h"

namespace agate::store {

namespace {

constexpr std::size_t most_columns = 24;

std::string pack_ids(std::span<const UuidBytes> ids) {
    std::string packed;
    packed.reserve(ids.size() * 16);
    for (const auto& id : ids) {
        packed.append(reinterpret_cast<const char*>(id.data()), id.size());
    }
    return packed;
}

std::vector<UuidBytes> unpack_ids(std::string_view packed) {
    std::vector<UuidBytes> ids(packed.size() / 16);
    std::memcpy(ids.data(), packed.data(), ids.size() * 16);
    return ids;
}

constexpr std::string_view audit_columns =
    "select seq, at, actor_id, post, act, subjects, object, purpose, outcome, request_id, address,"
    " covers, hash from audit where school_id = $1";

AuditEntry read_entry(const Query& query) {
    return {.seq = query.int64(0),
            .at = query.instant(1),
            .actor = query.optional_id<PersonId>(2),
            .post = query.string(3),
            .act = query.string(4),
            .object = query.string(6),
            .purpose = query.string(7),
            .outcome = query.string(8),
            .request_id = query.string(9),
            .address = query.string(10),
            .subjects = unpack_ids(query.blob(5)),
            .covers = query.string(11),
            .hash = query.digest(12)};
}

}  // namespace

Digest entry_hash(const ChainEntry& entry) {
    Sha256 hash;
    hash.add("agate entry 1").add(entry.school.value).add(entry.seq).add_raw(entry.previous);
    hash.add(entry.at.micros).add(entry.actor).add(entry.post).add(entry.act);
    hash.add(entry.subjects).add(entry.object).add(entry.purpose).add(entry.outcome);
    hash.add(entry.request_id).add(entry.address).add(entry.covers).add(entry.row_count);
    return hash.add_raw(entry.digest).finish();
}

Entry::Entry(Db& db, const Act& act) : db_(db), act_(act) {
    static const Digest none{};
    // Lock by writing: on every engine the row is ours until the transaction ends. Not `returning`:
    // SQLite would build and drop a table of its own for it, which costs more than the rest.
    execute(db,
            "insert into chain (school_id, seq, hash) values ($1, 1, $2)"
            " on conflict (school_id) do update set seq = chain.seq + 1",
            act.school,
            none);
    Query query(db, "select seq, hash from chain where school_id = $1", act.school);
    ensure(query.next(), "the chain gives the next number");
    seq_ = query.int64(0);
    previous_ = query.digest(1);
}

std::int64_t Entry::insert(const CoveredTable& table,
                           std::span<const Value> values,
                           const SealedContent* content) {
    const Digest* const commitment = content == nullptr ? nullptr : &content->commitment;
    return insert(table, values, content, row_digest(table, values, commitment));
}

std::int64_t Entry::insert(const CoveredTable& table,
                           std::span<const Value> values,
                           const SealedContent* content,
                           const Digest& digest) {
    ensure((content != nullptr) == !table.owner.empty(), "sealed content fits the table");
    ensure(values.size() == table.columns.size(), "a row has a value for each column");
    std::array<Value, most_columns> row;
    row[0] = act_.school;
    row[1] = seq_;
    row[2] = row_count_;
    row[3] = row_mark(digest);
    auto end = std::ranges::copy(values, row.begin() + 4).out;
    if (content != nullptr) {
        *end++ = content->commitment;
        *end++ = blob(content->sealed);
    }
    const std::span<const Value> filled{row.data(), static_cast<std::size_t>(end - row.begin())};
    if (execute_values(db_, table.insert, filled) == 0) {
        throw Error(ErrorKind::conflict, std::string(table.taken));
    }

    rows_.add(table.name).add_raw(digest);
    if (table.name == last_table_) {
        ++last_count_;
    } else {
        close_run();
        last_table_ = table.name;
        last_count_ = 1;
    }
    return row_count_++;
}

void Entry::close_run() {
    if (last_count_ > 0) {
        covers_ += covers_.empty() ? "" : ",";
        covers_ += last_table_;
        if (last_count_ > 1) {
            covers_ += '*';
            covers_ += std::to_string(last_count_);
        }
    }
}

std::int64_t Entry::finish() {
    close_run();
    const std::string subjects = pack_ids(act_.subjects);
    const Digest digest = rows_.finish();
    const Value actor = act_.actor;
    const Digest hash = entry_hash({.school = act_.school,
                                    .seq = seq_,
                                    .previous = previous_,
                                    .at = act_.at,
                                    .actor = actor.bytes,
                                    .post = act_.post,
                                    .act = act_.act,
                                    .subjects = subjects,
                                    .object = act_.object,
                                    .purpose = act_.purpose,
                                    .outcome = act_.outcome,
                                    .request_id = act_.request_id,
                                    .address = act_.address,
                                    .covers = covers_,
                                    .row_count = row_count_,
                                    .digest = digest});
    execute(db_,
            "insert into audit (school_id, seq, at, actor_id, post, act, subjects, object, purpose,"
            " outcome, request_id, address, covers, row_count, digest, hash) values"
            " ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)",
            act_.school,
            seq_,
            act_.at,
            actor,
            text_or_null(act_.post),
            std::string_view(act_.act),
            subjects.empty() ? Value() : blob(subjects),
            text_or_null(act_.object),
            text_or_null(act_.purpose),
            text_or_null(act_.outcome),
            text_or_null(act_.request_id),
            text_or_null(act_.address),
            text_or_null(covers_),
            row_count_,
            digest,
            hash);
    execute(db_, "update chain set hash = $2 where school_id = $1", act_.school, hash);
    return seq_;
}

std::int64_t record(Db& db, const Act& act, const std::function<void(Entry&)>& fill) {
    Entry entry(db, act);
    fill(entry);
    return entry.finish();
}

std::int64_t record(Db& db, const Act& act) {
    return record(db, act, [](Entry&) {});
}

std::int64_t chain_position(Db& db, SchoolId school) {
    Query query(db, "select seq from chain where school_id = $1", school);
    return query.next() ? query.int64(0) : 0;
}

std::vector<AuditEntry> list_audit(Db& db, SchoolId school, std::int64_t before_seq, int limit) {
    static const std::string text =
        std::string(audit_columns) + " and seq < $2 order by seq desc limit $3";
    const std::int64_t before =
        before_seq > 0 ? before_seq : std::numeric_limits<std::int64_t>::max();
    std::vector<AuditEntry> entries;
    for (Query query(db, text, school, before, limit); query.next();) {
        entries.push_back(read_entry(query));
    }
    return entries;
}

std::optional<AuditEntry> find_audit(Db& db, SchoolId school, std::int64_t seq) {
    static const std::string text = std::string(audit_columns) + " and seq = $2";
    Query query(db, text, school, seq);
    return query.next() ? std::optional(read_entry(query)) : std::nullopt;
}

std::vector<SchoolId> chained_across_schools(Db& db) {
    std::vector<SchoolId> schools;
    for (Query query(db, "select school_id from chain order by school_id"); query.next();) {
        schools.push_back(SchoolId{query.int64(0)});
    }
    return schools;
}

}  // namespace agate::store
