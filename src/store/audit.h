// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/crypto.h"
#include "store/covered.h"
#include "store/db.h"

// One hash chain a school, in the audit table. Every write to a covered table happens inside an
// entry; an entry without rows records an act alone (sign-in, denial, export, setting).
namespace agate::store {

/// Who does what. Opaque ids only: never content, a name or a number of a person.
struct Act {
    SchoolId school = {};
    std::string act = {};  ///< "evidence.create", "period.close_recording" …
    Instant at = {};
    std::optional<PersonId> actor = {};    ///< nothing: the program
    std::string post = {};                 ///< role code under which the actor acts; may be empty
    std::vector<UuidBytes> subjects = {};  ///< opaque ids the act is about
    std::string object = {};               ///< e.g. "period:12", "class:3010"; may be empty
    std::string purpose = {};              ///< code; may be empty
    std::string outcome = {};              ///< empty: done; else "denied" …
    std::string request_id = {};
    std::string address = {};  ///< network address; may be empty
};

/// An entry being written: the chain of its school is locked until the transaction ends.
class Entry {
public:
    [[nodiscard]] Db& db() { return db_; }

    [[nodiscard]] SchoolId school() const { return act_.school; }

    [[nodiscard]] Instant at() const { return act_.at; }

    /// The sequence number of this entry and of every row it covers.
    [[nodiscard]] std::int64_t seq() const { return seq_; }

    /// Inserts one row of a covered table: `values` in the order of the table's columns. Returns
    /// its ordinal in the entry.
    std::int64_t insert(const CoveredTable& table,
                        std::span<const Value> values,
                        const SealedContent* content = nullptr);
    /// The same with the digest made beforehand, off the writer's thread.
    std::int64_t insert(const CoveredTable& table,
                        std::span<const Value> values,
                        const SealedContent* content,
                        const Digest& digest);

private:
    friend std::int64_t record(Db& db, const Act& act, const std::function<void(Entry&)>& fill);
    Entry(Db& db, const Act& act);
    void close_run();
    std::int64_t finish();

    Db& db_;
    const Act& act_;
    std::int64_t seq_ = 0;
    Digest previous_{};
    std::int64_t row_count_ = 0;
    Sha256 rows_;
    std::string covers_;  ///< "member,membership*2": tables in order with their counts
    std::string_view last_table_;
    std::int64_t last_count_ = 0;
};

/// Appends one entry; `fill` inserts the rows it covers. In a write transaction. Returns the
/// entry's sequence number.
std::int64_t record(Db& db, const Act& act, const std::function<void(Entry&)>& fill);
/// An act without rows.
std::int64_t record(Db& db, const Act& act);

/// Where a school's chain stands: 0 before its first entry.
[[nodiscard]] std::int64_t chain_position(Db& db, SchoolId school);

struct AuditEntry {
    std::int64_t seq = 0;
    Instant at = {};
    std::optional<PersonId> actor = {};
    std::string post = {}, act = {}, object = {}, purpose = {}, outcome = {}, request_id = {},
                address = {};
    std::vector<UuidBytes> subjects = {};
    std::string covers = {};
    Digest hash{};
};

/// Newest first, before `before_seq` (0: from the newest), at most `limit`.
[[nodiscard]] std::vector<AuditEntry> list_audit(Db& db,
                                                 SchoolId school,
                                                 std::int64_t before_seq,
                                                 int limit);
[[nodiscard]] std::optional<AuditEntry> find_audit(Db& db, SchoolId school, std::int64_t seq);

/// Every school that has a chain.
[[nodiscard]] std::vector<SchoolId> chained_across_schools(Db& db);

}  // namespace agate::store
