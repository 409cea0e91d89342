// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace agate {

/// A local date (Asia/Shanghai), as days since 1970-01-01. Plain counting: no time zone arithmetic.
struct Day {
    std::int32_t number = 0;

    friend constexpr auto operator<=>(Day, Day) = default;

    friend constexpr Day operator+(Day day, std::int32_t days) { return {day.number + days}; }

    friend constexpr Day operator-(Day day, std::int32_t days) { return {day.number - days}; }

    friend constexpr std::int32_t operator-(Day a, Day b) { return a.number - b.number; }
};

struct YearMonthDay {
    int year = 0;
    int month = 0;  ///< 1 to 12
    int day = 0;    ///< 1 to 31
};

/// Nothing when there is no such date, or the year is outside 1900 to 2199.
[[nodiscard]] std::optional<Day> make_day(YearMonthDay date);
[[nodiscard]] YearMonthDay split(Day day);

/// Exactly "2026-09-01".
[[nodiscard]] std::optional<Day> parse_day(std::string_view text);
[[nodiscard]] std::string to_string(Day day);

/// 1 Monday to 7 Sunday.
[[nodiscard]] constexpr int weekday(Day day) {
    const int shifted = (day.number + 3) % 7;  // 1970-01-01 was a Thursday
    return (shifted < 0 ? shifted + 7 : shifted) + 1;
}

/// The Monday of the day's week.
[[nodiscard]] constexpr Day week_start(Day day) {
    return day - (weekday(day) - 1);
}

/// Months since January 1970; two days share it when they share year and month.
[[nodiscard]] std::int32_t month_number(Day day);

/// First and last day, both included.
struct DayRange {
    Day from{};
    Day to{};

    [[nodiscard]] constexpr bool contains(Day day) const { return from <= day && day <= to; }

    friend constexpr bool operator==(DayRange, DayRange) = default;
};

/// Microseconds since 1970-01-01 UTC.
struct Instant {
    std::int64_t micros = 0;

    friend constexpr auto operator<=>(Instant, Instant) = default;
};

/// The date in Asia/Shanghai (UTC+8 the whole year).
[[nodiscard]] Day shanghai_day(Instant instant);

/// "2026-11-23 22:31:05" in Asia/Shanghai.
[[nodiscard]] std::string to_string(Instant instant);

}  // namespace agate
