// SPDX-License-Identifier: Apache-2.0
#include "evaluate/exact.h"

#include <algorithm>
#include <array>

namespace agate::evaluate {
namespace {

constexpr Int128 largest = INT64_MAX;

/// Nanos of one unit in the last place, by decimals.
constexpr std::array<std::int64_t, 9> units{
    1'000'000'000, 100'000'000, 10'000'000, 1'000'000, 100'000, 10'000, 1'000, 100, 10};

std::int64_t floor_divide_small(std::int64_t a, std::int64_t b) {
    return a / b - (a % b < 0 ? 1 : 0);
}

}  // namespace

Decimal round_within(Int128 numerator, Int128 denominator, const framework::Node& node) {
    const bool is_small =
        numerator <= largest / 2 && numerator >= -largest / 2 && denominator <= largest / 2;
    // Nearly every figure fits 64 bits, whose division is many times faster.
    const Int128 quotient = is_small ? floor_divide_small(static_cast<std::int64_t>(numerator),
                                                          static_cast<std::int64_t>(denominator))
                                     : floor_divide(numerator, denominator);
    if (quotient >= node.high.nano()) {
        return node.high.rounded(node.decimals);
    }
    if (quotient < node.low.nano()) {
        return node.low.rounded(node.decimals);
    }
    if (node.decimals == Decimal::max_decimals) {
        return divide_half_up(numerator, denominator, node.decimals);
    }
    // Half a unit is a whole number of nanos, so the part below a nano cannot decide.
    const std::int64_t unit = units[static_cast<std::size_t>(node.decimals)];
    const auto nano = static_cast<std::int64_t>(quotient);
    return Decimal::from_nano(floor_divide_small(nano + unit / 2, unit) * unit);
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
