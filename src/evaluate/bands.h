// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "evaluate/evaluate.h"

namespace agate::evaluate {

/// Gives every node with a score and a band set its band: thresholds inclusive from below, minimum
/// coverage, then the framework's band rules in their order, each with its reason.
void give_bands(const framework::Plan& plan, std::vector<NodeResult>& results);

}  // namespace agate::evaluate
