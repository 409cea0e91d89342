// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

#include "store/covered.h"
#include "store/verify.h"

namespace agate::store {

/// What an entry says of the rows it covers.
struct EntryRows {
    std::int64_t seq = 0;
    std::string covers;
    std::int64_t rows = 0;
    Digest digest{};
};

/// Walks the rows of all covered tables of one school in the order of their entries.
class RowWalk {
public:
    RowWalk(Db& db, Keys& keys, SchoolId school, bool with_content, Verification& out);

    /// Those whose erasure is on record in any chain; they must outlive the walk.
    void know_erased(const std::unordered_set<PersonId>& owners) { erased_owners_ = &owners; }

    /// Entries in rising order. Names every row that is changed, gone or added.
    void check(const EntryRows& entry);
    /// Rows behind the last entry.
    void finish();

    [[nodiscard]] std::int64_t count() const { return count_; }

    [[nodiscard]] std::int64_t erased() const { return erased_; }

private:
    struct Cursor {
        const CoveredTable* table;
        std::unique_ptr<Query> query;
        bool is_there = false;
        std::int64_t seq = 0, ordinal = 0;

        void advance();
    };

    struct Seen {
        const CoveredTable* table;
        std::int64_t ordinal;
        Digest digest;
        bool fits_mark;
    };

    Seen read(Cursor& cursor);
    void check_content(const Cursor& cursor, std::span<const Value> values);
    void check_order(const EntryRows& entry, const std::vector<Seen>& seen);
    void add_orphans_before(std::int64_t seq);
    void add(std::string code, std::string_view table, std::int64_t seq, std::int64_t ordinal);

    Keys& keys_;
    SchoolId school_;
    bool with_content_;
    Verification& out_;
    std::vector<Cursor> cursors_;
    const std::unordered_set<PersonId>* erased_owners_ = nullptr;
    std::int64_t count_ = 0;
    std::int64_t erased_ = 0;
};

/// The digest of a run's results as they are now, and how many there are.
[[nodiscard]] std::pair<std::int64_t, Digest> digest_kept_results(Db& db,
                                                                  SchoolId school,
                                                                  RunId run);

}  // namespace agate::store
