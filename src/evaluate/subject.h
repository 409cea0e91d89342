// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "base/day.h"
#include "core/ids.h"
#include "core/org.h"
#include "core/result.h"

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

        friend bool operator==(const GradeFrom&, const GradeFrom&) = default;
    };

    std::vector<GradeFrom> grades;

    friend bool operator==(const Subject&, const Subject&) = default;
};

/// The subject's grade on a day.
[[nodiscard]] int grade_on(const Subject& subject, Day day);

}  // namespace agate::evaluate
