// SPDX-License-Identifier: Apache-2.0
#include "store/result.h"

#include <algorithm>
#include <array>

#include "base/error.h"

namespace agate::store {

namespace {

constexpr std::string_view columns =
    "select run_id, period_id, as_of_seq, framework, plan_digest, input_digest, cause, revises_id,"
    " at, result_count, results_digest, seq from run where school_id = $1";

Run read_run_row(const Query& query) {
    return {.run_id = query.id<RunId>(0),
            .period_id = PeriodId{query.int64(1)},
            .as_of_seq = query.int64(2),
            .framework = query.string(3),
            .plan_digest = query.digest(4),
            .input_digest = query.digest(5),
            .cause = query.string(6),
            .revises = query.optional_id<RunId>(7),
            .at = query.instant(8),
            .result_count = query.int64(9),
            .results_digest = query.digest(10),
            .seq = query.int64(11)};
}

}  // namespace

Digest digest_results(std::span<const ResultRow> results) {
    Sha256 hash;
    hash.add("agate results 2");
    for (const auto& result : results) {
        hash.add(Bytes{result.subject.bytes}).add(result.packed);
    }
    return hash.finish();
}

void sort_results(std::vector<ResultRow>& results) {
    std::ranges::sort(results, {}, &ResultRow::subject);
}

Run add_run(Entry& entry, Run run, std::span<const ResultRow> results) {
    run.at = entry.at();
    run.seq = entry.seq();
    run.result_count = static_cast<std::int64_t>(results.size());
    const std::array<Value, 11> values{run.run_id,
                                       run.period_id,
                                       run.as_of_seq,
                                       run.framework,
                                       run.plan_digest,
                                       run.input_digest,
                                       run.cause,
                                       run.revises,
                                       run.at,
                                       run.result_count,
                                       run.results_digest};
    entry.insert(covered_table("run"), values);
    for (const auto& result : results) {
        execute(entry.db(),
                "insert into result (school_id, run_id, subject_id, packed)"
                " values ($1, $2, $3, $4)",
                entry.school(),
                run.run_id,
                result.subject,
                blob(result.packed));
    }
    return run;
}

std::vector<Run> list_runs(Db& db, SchoolId school, PeriodId period) {
    static const std::string text = std::string(columns) + " and period_id = $2 order by seq desc";
    std::vector<Run> runs;
    for (Query query(db, text, school, period); query.next();) {
        runs.push_back(read_run_row(query));
    }
    return runs;
}

std::optional<Run> find_run(Db& db, SchoolId school, RunId run) {
    static const std::string text = std::string(columns) + " and run_id = $2";
    Query query(db, text, school, run);
    return query.next() ? std::optional(read_run_row(query)) : std::nullopt;
}

std::optional<StoredResult> find_result(Db& db,
                                        SchoolId school,
                                        PeriodId period,
                                        PersonId subject) {
    Query query(db,
                "select u.run_id, r.packed from run u join result r"
                " on r.school_id = u.school_id and r.run_id = u.run_id"
                " where u.school_id = $1 and u.period_id = $2"
                " and r.subject_id = $3 order by u.seq desc limit 1",
                school,
                period,
                subject);
    if (!query.next()) {
        return std::nullopt;
    }
    return StoredResult{query.id<RunId>(0), std::string(query.blob(1))};
}

std::vector<ResultRow> find_results(Db& db,
                                    SchoolId school,
                                    PeriodId period,
                                    std::span<const PersonId> subjects) {
    std::vector<ResultRow> results;
    for (const auto& subject : subjects) {
        if (auto found = find_result(db, school, period, subject)) {
            results.push_back({subject, std::move(found->packed)});
        }
    }
    return results;
}

std::vector<ResultRow> read_run(Db& db, SchoolId school, RunId run) {
    std::vector<ResultRow> results;
    for (Query query(db,
                     "select subject_id, packed from result"
                     " where school_id = $1 and run_id = $2 order by subject_id",
                     school,
                     run);
         query.next();) {
        results.push_back({query.id<PersonId>(0), std::string(query.blob(1))});
    }
    return results;
}

}  // namespace agate::store
