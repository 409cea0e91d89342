// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

#include "core/evidence.h"
#include "core/result.h"
#include "evaluate/program.h"
#include "evaluate/subject.h"
#include "framework/plan.h"

namespace agate::evaluate {

/// Evaluates one subject: every node of the plan with score, band, coverage and reasons, in the
/// plan's order. `evidence` holds only records that count by their state (verified or trusted, not
/// voided); those outside the period or the subject's belonging are left out here. The order of
/// `evidence` does not matter. Pure: the same input gives the same result. For many subjects, and
/// without reasons, see evaluate/evaluator.h.
[[nodiscard]] SubjectResult evaluate(const framework::Plan& plan,
                                     const DayRange& period,
                                     const Subject& subject,
                                     std::span<const Evidence> evidence);
/// The same with a plan that is ready to run.
[[nodiscard]] SubjectResult evaluate(const Program& program,
                                     const DayRange& period,
                                     const Subject& subject,
                                     std::span<const Evidence> evidence);
/// The figures alone.
[[nodiscard]] std::vector<NodeValue> evaluate_values(const Program& program,
                                                     const DayRange& period,
                                                     const Subject& subject,
                                                     std::span<const Evidence> evidence);

}  // namespace agate::evaluate
