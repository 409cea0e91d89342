// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "base/words.h"
#include "framework/plan.h"

namespace agate::app {

/// How a node's score comes about, in words a parent understands: the measure of a leaf with its
/// caps and tables, or the weighing of a parent's children.
[[nodiscard]] std::string rule_in_words(const framework::Plan& plan,
                                        const framework::Node& node,
                                        Language language);

}  // namespace agate::app
