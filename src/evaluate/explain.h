// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

#include "core/evidence.h"
#include "evaluate/packed.h"

namespace agate::evaluate {

/// A stored result as the tree with its reasons: the plan is run again over the records that the
/// result counted, those that its run pinned. Throws Error(internal, "result_not_repeated") when
/// one figure differs from what is stored.
[[nodiscard]] SubjectResult explain(const Program& program,
                                    const DayRange& period,
                                    const Subject& subject,
                                    std::span<const NodeValue> stored,
                                    std::span<const Evidence> evidence);

}  // namespace agate::evaluate
