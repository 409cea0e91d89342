// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "app/services.h"
#include "base/progress.h"
#include "core/calendar.h"

// A term's way from planned to sealed (rights/states.csv, machine period), and its evaluation.
namespace agate::app {

struct NewPeriod {
    SchoolId school;
    std::string name_zh, name_en;
    DayRange days;
};

[[nodiscard]] PeriodId create_period(Services& services, const Call& call, const NewPeriod& period);

/// One event of the machine: open, close_recording, evaluate, approve, post_notice, publish,
/// end_notice, all_decided, sign, seal. `digest` is what was shown to the signer (approve, sign).
/// Throws Error(conflict, "wrong_state"), (conflict, "stale_digest") or by right.
struct PeriodStep {
    std::string event;
    std::string digest;
    std::optional<OrgId> class_id;  ///< approve: the class or grade
};

PeriodState step_period(
    Services& services, const Call& call, SchoolId school, PeriodId period, const PeriodStep& step);

/// Signs where every chain stands and appends it to the file outside the store; every minute.
void sign_heads(Services& services);

struct EvaluationSummary {
    RunId run_id;
    std::int64_t as_of_sequence = 0;
    std::int64_t students = 0;
    std::int64_t records = 0;
    std::string digest;  ///< of all results, hex
};

/// Evaluates every student of the school for the period with both plans and stores results with
/// reasons in one run. Called by the event `evaluate`; the command `agate evaluate` uses it too.
[[nodiscard]] EvaluationSummary evaluate_period(Services& services,
                                                const Call& call,
                                                SchoolId school,
                                                PeriodId period,
                                                const Progress& progress);

}  // namespace agate::app
