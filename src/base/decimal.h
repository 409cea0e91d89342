// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace agate {

__extension__ typedef __int128 Int128;  // NOLINT(modernize-use-using)

/// An exact decimal: a whole number of 10^-9, between about -9.2e9 and 9.2e9. Scores, points and
/// measured values are Decimals; no floating point touches them (DESIGN.md 5a). Addition and
/// subtraction throw Error(invalid, "number_too_large") rather than wrap.
class Decimal {
public:
    static constexpr int max_decimals = 9;
    static constexpr std::int64_t one = 1'000'000'000;

    constexpr Decimal() = default;

    [[nodiscard]] static constexpr Decimal from_nano(std::int64_t nano) { return Decimal{nano}; }

    [[nodiscard]] static constexpr Decimal from_int(std::int32_t whole) {
        return Decimal{whole * one};
    }

    [[nodiscard]] static constexpr Decimal from_milli(std::int64_t milli) {
        return Decimal{milli * 1'000'000};
    }

    /// "-3.25", "12", "+4". Nothing else: no blanks, no exponent, no thousands separator, at most
    /// nine decimals (more only if they are zeros).
    [[nodiscard]] static std::optional<Decimal> parse(std::string_view text);

    [[nodiscard]] constexpr std::int64_t nano() const { return nano_; }

    /// Thousandths; nothing when the value has a finer part.
    [[nodiscard]] std::optional<std::int64_t> milli() const;

    /// The number of decimals needed to write the value exactly, 0 to 9.
    [[nodiscard]] int decimals() const;

    /// Shortest exact form: "3.5", "-0.05", "12".
    [[nodiscard]] std::string to_string() const;

    /// Exactly this many decimals, rounded half up: 2.25 with 1 is "2.3".
    [[nodiscard]] std::string to_string(int decimals) const;

    /// Half up (towards plus infinity), as DESIGN.md 5a asks: 2.25 -> 2.3, -2.25 -> -2.2.
    [[nodiscard]] Decimal rounded(int decimals) const;

    friend constexpr auto operator<=>(const Decimal&, const Decimal&) = default;
    friend Decimal operator+(Decimal a, Decimal b);
    friend Decimal operator-(Decimal a, Decimal b);
    Decimal operator-() const;

private:
    constexpr explicit Decimal(std::int64_t nano) : nano_(nano) {}

    std::int64_t nano_ = 0;
};

/// numerator / denominator rounded half up to `decimals`, exact in 128 bits. `numerator` counts
/// nanos of the result times `denominator`. denominator > 0.
[[nodiscard]] Decimal divide_half_up(Int128 numerator, Int128 denominator, int decimals);

[[nodiscard]] constexpr Decimal clamp(Decimal value, Decimal low, Decimal high) {
    return value < low ? low : (high < value ? high : value);
}

}  // namespace agate
