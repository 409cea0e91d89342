// SPDX-License-Identifier: Apache-2.0
#include "evaluate/exact.h"

#include <algorithm>

namespace agate::evaluate {
namespace {

constexpr Int128 largest = INT64_MAX;

}  // namespace

Decimal round_within(Int128 numerator, Int128 denominator, const framework::Node& node) {
    if (floor_divide(numerator, denominator) >= node.high.nano()) {
        return node.high.rounded(node.decimals);
    }
    if (numerator <= node.low.nano() * denominator) {
        return node.low.rounded(node.decimals);
    }
    return divide_half_up(numerator, denominator, node.decimals);
}

Decimal round_shown(Int128 numerator, Int128 denominator, int decimals) {
    const Int128 bound = (largest - Decimal::one) * denominator;
    const Int128 kept = std::clamp(numerator, -bound, bound);
    return divide_half_up(kept, denominator, std::min(decimals, Decimal::max_decimals));
}

std::string text_of(Int128 nano) {
    if (nano <= largest && nano >= -largest) {
        return Decimal::from_nano(static_cast<std::int64_t>(nano)).to_string();
    }
    const bool is_negative = nano < 0;
    Int128 whole = (is_negative ? -nano : nano) / Decimal::one;
    const Int128 rest = (is_negative ? -nano : nano) % Decimal::one;
    const std::string fraction =
        Decimal::from_nano(static_cast<std::int64_t>(rest)).to_string().substr(1);
    std::string digits;
    for (; whole > 0; whole /= 10) {
        digits += static_cast<char>('0' + static_cast<int>(whole % 10));
    }
    std::reverse(digits.begin(), digits.end());
    return (is_negative ? "-" : "") + digits + fraction;
}

}  // namespace agate::evaluate
