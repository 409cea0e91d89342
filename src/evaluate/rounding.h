// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "base/decimal.h"
#include "framework/plan.h"

// Exact figures and the one rounding of a node. Nanos are billionths, as in Decimal.
namespace agate::evaluate {

[[nodiscard]] constexpr Int128 floor_divide(Int128 a, Int128 b) {
    return a / b - (a % b < 0 ? 1 : 0);
}

[[nodiscard]] constexpr std::int64_t floor_divide_small(std::int64_t a, std::int64_t b) {
    return a / b - (a % b < 0 ? 1 : 0);
}

/// Half up to the node's decimals, then into its range. (Clipping before rounding gives the same:
/// rounding never changes the order.)
class Rounding {
public:
    Rounding() = default;
    explicit Rounding(const framework::Node& node);

    /// numerator / denominator, nanos. denominator > 0.
    [[nodiscard]] std::int64_t of(Int128 numerator, Int128 denominator) const;

    /// The same where twice the numerator and unit * denominator together fit 62 bits: one division
    /// of 64 bits.
    [[nodiscard]] std::int64_t of_small(std::int64_t numerator, std::int64_t denominator) const {
        return of_units(numerator, unit_ * denominator);
    }

    /// numerator / span of the node's last place; twice each fits 62 bits.
    [[nodiscard]] std::int64_t of_units(std::int64_t numerator, std::int64_t span) const {
        const std::int64_t units = floor_divide_small(2 * numerator + span, 2 * span);
        const std::int64_t nano = units * unit_;
        return nano < low_ ? low_ : (nano > high_ ? high_ : nano);
    }

    [[nodiscard]] std::int64_t unit() const { return unit_; }

    [[nodiscard]] std::int64_t low() const { return low_; }

    [[nodiscard]] std::int64_t high() const { return high_; }

private:
    std::int64_t unit_ = 1;            ///< nanos of one in the last place
    std::int64_t low_ = 0, high_ = 0;  ///< the range, rounded
};

/// Twice this fits 62 bits with room for what is added to it.
inline constexpr std::int64_t small_limit = std::int64_t{1} << 60;

/// For shares and parts that are only shown: half up to at most nine decimals.
[[nodiscard]] Decimal round_shown(Int128 numerator, Int128 denominator, int decimals);

/// A sum of nanos in its shortest exact form, also beyond the range of Decimal.
[[nodiscard]] std::string text_of(Int128 nano);

}  // namespace agate::evaluate
