// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "core/calendar.h"
#include "core/evidence.h"
#include "core/result.h"
#include "framework/plan.h"

namespace agate::evaluate {

/// What the engine knows of one subject beside its records.
struct Subject {
    PersonId person_id;
    Sex sex = Sex::male;
    int grade = 1;                  ///< on the period's last day
    std::vector<NodeIndex> exempt;  ///< nodes that leave weights and coverage
    std::vector<DayRange> belongs;  ///< days on which the subject belonged to the school;
                                    ///< empty: the whole period

    /// Grade on an attempt's day, where it differs from `grade`: changes of grade inside the
    /// period.
    struct GradeFrom {
        Day from;
        int grade = 1;
    };

    std::vector<GradeFrom> grades;
};

/// Evaluates one subject: every node of the plan with score, band, coverage and reasons, in the
/// plan's order. `evidence` holds only records that count by their state (verified or trusted, not
/// voided); those outside the period or the subject's belonging are left out here. The order of
/// `evidence` does not matter. Pure: the same input gives the same result.
[[nodiscard]] SubjectResult evaluate(const framework::Plan& plan,
                                     const DayRange& period,
                                     const Subject& subject,
                                     std::span<const Evidence> evidence);

}  // namespace agate::evaluate
