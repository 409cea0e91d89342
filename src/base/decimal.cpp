// SPDX-License-Identifier: Apache-2.0
#include "base/decimal.h"

#include <array>
#include <limits>

#include "base/error.h"

namespace agate {

namespace {

constexpr std::array<std::int64_t, 10> powers_of_ten = {
    1, 10, 100, 1'000, 10'000, 100'000, 1'000'000, 10'000'000, 100'000'000, 1'000'000'000};

[[noreturn]] void throw_too_large() {
    throw Error(ErrorKind::invalid, "number_too_large");
}

Decimal narrow(Int128 nano) {
    if (nano > std::numeric_limits<std::int64_t>::max() ||
        nano < std::numeric_limits<std::int64_t>::min()) {
        throw_too_large();
    }
    return Decimal::from_nano(static_cast<std::int64_t>(nano));
}

/// Nanos of one unit in the last kept place.
std::int64_t unit_of(int decimals) {
    ensure(decimals >= 0 && decimals <= Decimal::max_decimals, "decimals is 0 to 9");
    return powers_of_ten[static_cast<std::size_t>(Decimal::max_decimals - decimals)];
}

Int128 floor_divide(Int128 a, Int128 b) {
    return a / b - (a % b < 0 ? 1 : 0);
}

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

std::string write(std::int64_t nano, int decimals) {
    const bool is_negative = nano < 0;
    const auto magnitude =
        is_negative ? 0 - static_cast<std::uint64_t>(nano) : static_cast<std::uint64_t>(nano);
    constexpr auto one = static_cast<std::uint64_t>(Decimal::one);
    std::string text = is_negative ? "-" : "";
    text += std::to_string(magnitude / one);
    if (decimals > 0) {
        const std::string fraction = std::to_string(magnitude % one + one);
        text += '.';
        text.append(fraction, 1, static_cast<std::size_t>(decimals));
    }
    return text;
}

}  // namespace

std::optional<Decimal> Decimal::parse(std::string_view text) {
    const bool is_negative = !text.empty() && text.front() == '-';
    if (is_negative || (!text.empty() && text.front() == '+')) {
        text.remove_prefix(1);
    }
    const std::size_t point = text.find('.');
    const std::string_view whole = text.substr(0, point);
    const bool has_point = point != std::string_view::npos;
    const std::string_view fraction = has_point ? text.substr(point + 1) : std::string_view{};
    if (whole.empty() || (has_point && fraction.empty())) {
        return std::nullopt;
    }
    constexpr Int128 limit = Int128{1} << 63;
    Int128 nano = 0;
    for (const char c : whole) {
        if (!is_digit(c)) {
            return std::nullopt;
        }
        nano = nano * 10 + Int128{c - '0'} * one;
        if (nano > limit) {
            return std::nullopt;
        }
    }
    std::int64_t place = one;
    for (const char c : fraction) {
        place /= 10;
        if (!is_digit(c) || (place == 0 && c != '0')) {
            return std::nullopt;
        }
        nano += Int128{c - '0'} * place;
    }
    nano = is_negative ? -nano : nano;
    if (nano < -limit || nano >= limit) {
        return std::nullopt;
    }
    return Decimal{static_cast<std::int64_t>(nano)};
}

std::optional<std::int64_t> Decimal::milli() const {
    constexpr std::int64_t nanos = 1'000'000;
    return nano_ % nanos == 0 ? std::optional{nano_ / nanos} : std::nullopt;
}

int Decimal::decimals() const {
    // Three or fewer are the rule; dividing by constants is cheap.
    constexpr std::int64_t milli = 1'000'000;
    if (nano_ % milli == 0) {
        const std::int64_t thousandths = nano_ / milli % 1'000;
        if (thousandths == 0) {
            return 0;
        }
        if (thousandths % 100 == 0) {
            return 1;
        }
        return thousandths % 10 == 0 ? 2 : 3;
    }
    int count = max_decimals;
    for (std::int64_t rest = nano_; rest % 10 == 0; rest /= 10) {
        --count;
    }
    return count;
}

std::string Decimal::to_string() const {
    return write(nano_, decimals());
}

std::string Decimal::to_string(int decimals) const {
    return write(rounded(decimals).nano_, decimals);
}

Decimal Decimal::rounded(int decimals) const {
    return divide_half_up(nano_, 1, decimals);
}

Decimal operator+(Decimal a, Decimal b) {
    std::int64_t sum = 0;
    if (__builtin_add_overflow(a.nano_, b.nano_, &sum)) {
        throw_too_large();
    }
    return Decimal{sum};
}

Decimal operator-(Decimal a, Decimal b) {
    std::int64_t difference = 0;
    if (__builtin_sub_overflow(a.nano_, b.nano_, &difference)) {
        throw_too_large();
    }
    return Decimal{difference};
}

Decimal Decimal::operator-() const {
    return Decimal{} - *this;
}

Decimal divide_half_up(Int128 numerator, Int128 denominator, int decimals) {
    ensure(denominator > 0, "denominator is positive");
    const std::int64_t unit = unit_of(decimals);
    const Int128 quotient = floor_divide(numerator, denominator);
    if (unit == 1) {
        const Int128 rest = numerator - quotient * denominator;
        return narrow(quotient + (rest >= denominator - rest ? 1 : 0));
    }
    // Half a unit is a whole number of nanos here, so the part below a nano cannot decide.
    return narrow(floor_divide(quotient + unit / 2, unit) * unit);
}

}  // namespace agate
