// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "evaluate/evaluate.h"

namespace agate::evaluate {

/// The weight of every node among its siblings for one subject: the plan's own, or those of the
/// subject's sex and grade where the parent has group weights. 0: does not apply to this subject.
struct Weights {
    std::vector<std::int64_t> weight_ppm;  ///< by node
};

[[nodiscard]] Weights weights_for(const framework::Plan& plan, const Subject& subject);

/// Computes a parent from its children's results, which are final: score by weighted mean or sum
/// and the policy for missing and exempt children, coverage by original weights, record count,
/// reasons. Fills `results[node]`.
void roll_up(const framework::Plan& plan,
             NodeIndex node,
             const Weights& weights,
             std::vector<NodeResult>& results);

}  // namespace agate::evaluate
