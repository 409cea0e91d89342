// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "base/decimal.h"
#include "framework/plan.h"

namespace agate::evaluate {

/// numerator / denominator in nanos, clipped to [low, high] and rounded half up: the one rounding
/// of a node. denominator > 0.
[[nodiscard]] Decimal round_within(Int128 numerator,
                                   Int128 denominator,
                                   const framework::Node& node);

/// The same without a node: for shares and parts that are only shown.
[[nodiscard]] Decimal round_shown(Int128 numerator, Int128 denominator, int decimals);

/// A sum of nanos in its shortest exact form, also beyond the range of Decimal.
[[nodiscard]] std::string text_of(Int128 nano);

[[nodiscard]] constexpr Int128 floor_divide(Int128 a, Int128 b) {
    return a / b - (a % b < 0 ? 1 : 0);
}

}  // namespace agate::evaluate
