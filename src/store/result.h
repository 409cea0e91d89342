// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/result.h"
#include "store/audit.h"

// Evaluations of a period and what they gave. A run is one entry of the chain, with the digest of
// its results; results are never changed, a correction is a new run over those it concerns.
namespace agate::store {

struct Run {
    RunId run_id = {};
    PeriodId period_id = {};
    std::int64_t as_of_seq = 0;  ///< the evidence it counted
    std::string framework = {};
    Digest plan_digest{};
    Digest input_digest{};   ///< of everything it read; may be zero
    std::string cause = {};  ///< "period_end", "objection", "voided_record" …
    std::optional<RunId> revises = {};
    Instant at = {};
    std::int64_t result_count = 0;  ///< filled by add_run
    Digest results_digest{};        ///< digest_results
    std::int64_t seq = 0;           ///< filled by add_run
};

/// Both evaluations of one subject, as evaluate/packed.h has them.
struct ResultRow {
    PersonId subject = {};
    std::string packed = {};
};

/// Sorts by subject, the order in which results are kept and digested.
void sort_results(std::vector<ResultRow>& results);

/// The results as sort_results left them, with `run.results_digest` of them. Returns the run
/// completed.
Run add_run(Entry& entry, Run run, std::span<const ResultRow> results);

[[nodiscard]] Digest digest_results(std::span<const ResultRow> results);

/// Newest first.
[[nodiscard]] std::vector<Run> list_runs(Db& db, SchoolId school, PeriodId period);
[[nodiscard]] std::optional<Run> find_run(Db& db, SchoolId school, RunId run);

struct StoredResult {
    RunId run_id = {};
    std::string packed = {};
};

/// The newest result of a subject in a period; nothing before its first evaluation.
[[nodiscard]] std::optional<StoredResult> find_result(Db& db,
                                                      SchoolId school,
                                                      PeriodId period,
                                                      PersonId subject);
/// Of these subjects, in their order; those without a result are left out.
[[nodiscard]] std::vector<ResultRow> find_results(Db& db,
                                                  SchoolId school,
                                                  PeriodId period,
                                                  std::span<const PersonId> subjects);
/// Everything of one run, in its order.
[[nodiscard]] std::vector<ResultRow> read_run(Db& db, SchoolId school, RunId run);

}  // namespace agate::store
