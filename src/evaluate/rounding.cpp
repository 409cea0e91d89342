// SPDX-License-Identifier: Apache-2.0
#include "evaluate/rounding.h"

#include <algorithm>
#include <array>

namespace agate::evaluate {
namespace {

constexpr Int128 largest = INT64_MAX;

/// Nanos of one unit in the last place, by decimals.
constexpr std::array<std::int64_t, 10> units{
    1'000'000'000, 100'000'000, 10'000'000, 1'000'000, 100'000, 10'000, 1'000, 100, 10, 1};

}  // namespace

Rounding::Rounding(const framework::Node& node)
    : unit_(units.at(static_cast<std::size_t>(node.decimals))),
      low_(node.low.rounded(node.decimals).nano()),
      high_(node.high.rounded(node.decimals).nano()) {}

std::int64_t Rounding::of(Int128 numerator, Int128 denominator) const {
    if (numerator < small_limit && numerator > -small_limit && denominator < small_limit / unit_) {
        return of_small(static_cast<std::int64_t>(numerator),
                        static_cast<std::int64_t>(denominator));
    }
    const Int128 whole = floor_divide(numerator, denominator);
    if (whole >= high_) {
        return high_;
    }
    if (whole < low_) {
        return low_;
    }
    // In range, so twice the numerator and the unit's share fit 128 bits.
    const Int128 span = denominator * unit_;
    const Int128 nano = floor_divide(2 * numerator + span, 2 * span) * unit_;
    return static_cast<std::int64_t>(std::clamp<Int128>(nano, low_, high_));
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
