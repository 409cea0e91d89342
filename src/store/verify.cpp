// SPDX-License-Identifier: Apache-2.0
#include "store/verify.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <unordered_set>

#include "store/chain.h"
#include "store/erasure.h"
#include "store/result.h"
#include "store/verify_rows.h"

namespace agate::store {

namespace {

/// Tables whose rows belong to a school, beside the covered ones.
constexpr std::array first_school_across_schools{
    "select min(school_id) from chain where school_id > $1",
    "select min(school_id) from audit where school_id > $1",
};

/// Walks the chain of one school beside the rows it covers.
class ChainWalk {
public:
    ChainWalk(Db& db, Keys& keys, SchoolId school, const VerifyOptions& options, Verification& out)
        : db_(db),
          school_(school),
          options_(options),
          out_(out),
          rows_(db, keys, school, options.with_content, out) {
        span_.school = school;
    }

    void set_heads(std::map<std::int64_t, std::vector<Head>> heads) { heads_ = std::move(heads); }

    void know_erased(const std::unordered_set<PersonId>& owners) { rows_.know_erased(owners); }

    void walk(std::int64_t total) {
        for (Query query(db_,
                         "select seq, at, actor_id, post, act, subjects, object, purpose, outcome,"
                         " request_id, address, covers, row_count, digest, hash from audit"
                         " where school_id = $1 order by seq",
                         school_);
             query.next();) {
            if (out_.findings.size() >= options_.most_findings) {
                return;
            }
            check_entry(query);
            if (options_.progress && span_.entries % 1000 == 0) {
                options_.progress("verify",
                                  static_cast<std::uint64_t>(span_.entries),
                                  static_cast<std::uint64_t>(total));
            }
        }
        rows_.finish();
        check_end();
        span_.rows = rows_.count();
        span_.erased = rows_.erased();
        out_.chains.push_back(span_);
    }

private:
    void add(std::string code, std::int64_t seq, std::string table = "audit") {
        out_.findings.push_back({.code = std::move(code),
                                 .school = school_,
                                 .table = std::move(table),
                                 .seq = seq,
                                 .ordinal = std::nullopt});
    }

    void check_entry(const Query& query) {
        const std::int64_t seq = query.int64(0);
        for (; expected_ < seq && out_.findings.size() < options_.most_findings; ++expected_) {
            add("chain_entry_missing", expected_);
        }
        const Digest digest = query.blob(13).size() == 32 ? query.digest(13) : Digest{};
        const Digest kept = query.blob(14).size() == 32 ? query.digest(14) : Digest{};
        const Digest hash = entry_hash({.school = school_,
                                        .seq = seq,
                                        .previous = previous_,
                                        .at = query.instant(1),
                                        .actor = query.blob(2),
                                        .post = query.text(3),
                                        .act = query.text(4),
                                        .subjects = query.blob(5),
                                        .object = query.text(6),
                                        .purpose = query.text(7),
                                        .outcome = query.text(8),
                                        .request_id = query.text(9),
                                        .address = query.text(10),
                                        .covers = query.text(11),
                                        .row_count = query.int64(12),
                                        .digest = digest});
        if (hash != kept) {
            add(seq < expected_ ? "chain_entry_added" : "chain_entry_changed", seq);
        }
        rows_.check(
            {.seq = seq, .covers = query.string(11), .rows = query.int64(12), .digest = digest});
        check_heads(seq, kept);
        previous_ = kept;
        expected_ = seq + 1;
        ++span_.entries;
    }

    void check_heads(std::int64_t seq, const Digest& kept) {
        const auto found = heads_.find(seq);
        if (found == heads_.end()) {
            return;
        }
        for (const auto& head : found->second) {
            if (head.hash != kept) {
                add("chain_head_differs", seq);
            } else {
                span_.last_head = head;
                span_.first_head = span_.first_head ? span_.first_head : std::optional(head);
            }
        }
    }

    void check_end() {
        const std::int64_t last = expected_ - 1;
        for (auto head = heads_.upper_bound(last); head != heads_.end(); ++head) {
            add("chain_cut_off", head->first);
        }
        Query query(db_, "select seq, hash from chain where school_id = $1", school_);
        const bool is_there = query.next();
        const bool agrees = is_there && query.int64(0) == last && query.blob(1).size() == 32 &&
                            query.digest(1) == previous_;
        if (!agrees) {
            add("chain_end_wrong", last, "chain");
        }
    }

    Db& db_;
    SchoolId school_;
    const VerifyOptions& options_;
    Verification& out_;
    RowWalk rows_;
    ChainSpan span_;
    std::map<std::int64_t, std::vector<Head>> heads_;
    Digest previous_{};
    std::int64_t expected_ = 1;
};

std::set<SchoolId> all_schools(Db& db) {
    std::vector<std::string> texts(first_school_across_schools.begin(),
                                   first_school_across_schools.end());
    for (const auto& table : covered_tables()) {
        texts.push_back("select min(school_id) from " + std::string(table.name) +
                        " where school_id > $1");
    }
    std::set<SchoolId> schools;
    for (const auto& text : texts) {
        auto last = std::numeric_limits<std::int64_t>::min();
        while (true) {
            Query query(db, text, last);
            if (!query.next() || query.is_null(0)) {
                break;
            }
            last = query.int64(0);
            schools.insert(SchoolId{last});
        }
    }
    return schools;
}

void check_results(Db& db, SchoolId school, Verification& out) {
    std::int64_t expected = 0;

    struct Kept {
        RunId run;
        std::int64_t seq, count;
        Digest digest;
    };

    std::vector<Kept> runs;
    for (Query query(db,
                     "select run_id, seq, result_count, results_digest from run"
                     " where school_id = $1 order by seq",
                     school);
         query.next();) {
        if (query.blob(0).size() == 16 && query.blob(3).size() == 32) {
            runs.push_back({query.id<RunId>(0), query.int64(1), query.int64(2), query.digest(3)});
        }
    }
    for (const auto& run : runs) {
        const auto [count, digest] = digest_kept_results(db, school, run.run);
        expected += count;
        if (count != run.count || digest != run.digest) {
            out.findings.push_back({.code = "results_changed",
                                    .school = school,
                                    .table = "result",
                                    .seq = run.seq,
                                    .ordinal = std::nullopt});
        }
    }
    Query query(db, "select count(*) from result where school_id = $1", school);
    if (query.next() && query.int64(0) != expected) {
        out.findings.push_back({.code = "results_without_run",
                                .school = school,
                                .table = "result",
                                .seq = 0,
                                .ordinal = std::nullopt});
    }
}

using HeadsBySchool = std::map<SchoolId, std::map<std::int64_t, std::vector<Head>>>;

HeadsBySchool trusted_heads(const HeadsFile& file, Bytes public_key, Verification& out) {
    for (const auto line : file.bad_lines) {
        out.findings.push_back(
            {.code = "heads_file_line", .school = {}, .table = "heads", .seq = 0, .ordinal = line});
    }
    HeadsBySchool heads;
    for (const auto& head : file.heads) {
        if (is_signed_by(head, public_key)) {
            heads[head.school][head.seq].push_back(head);
        } else {
            out.findings.push_back({.code = "head_not_signed",
                                    .school = head.school,
                                    .table = "heads",
                                    .seq = head.seq,
                                    .ordinal = std::nullopt});
        }
    }
    return heads;
}

}  // namespace

Verification verify(Store& store, const VerifyOptions& options) {
    Verification out;
    // The file first: whatever it names is in the snapshot that is taken after it.
    auto heads =
        trusted_heads(read_heads(store.options().heads_file), store.keys().public_key(), out);
    store.read([&](Db& db) {
        auto schools = all_schools(db);
        for (const auto& [school, of_school] : heads) {
            schools.insert(school);
        }
        const auto list = list_erased_across_schools(db);
        const std::unordered_set<PersonId> erased(list.begin(), list.end());
        for (const auto& school : schools) {
            ChainWalk walk(db, store.keys(), school, options, out);
            walk.know_erased(erased);
            walk.set_heads(std::move(heads[school]));
            walk.walk(chain_position(db, school));
            check_results(db, school, out);
        }
        if (options.with_files && db.check_integrity()) {
            out.findings.push_back({.code = "files_damaged",
                                    .school = {},
                                    .table = {},
                                    .seq = 0,
                                    .ordinal = std::nullopt});
        }
    });
    return out;
}

}  // namespace agate::store
