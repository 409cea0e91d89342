// SPDX-License-Identifier: Apache-2.0
#include "base/day.h"

#include <fmt/format.h>

#include <chrono>

namespace agate {

namespace {

constexpr std::int64_t micros_per_second = 1'000'000;
constexpr std::int64_t micros_per_day = 86'400 * micros_per_second;
constexpr std::int64_t shanghai_offset = 28'800 * micros_per_second;

std::chrono::year_month_day to_chrono(Day day) {
    return std::chrono::sys_days{std::chrono::days{day.number}};
}

constexpr std::int64_t floor_divide(std::int64_t a, std::int64_t b) {
    return a / b - (a % b < 0 ? 1 : 0);
}

/// The number made of these digits; nothing when another character is among them.
std::optional<int> read_digits(std::string_view text) {
    int number = 0;
    for (const char c : text) {
        if (c < '0' || c > '9') {
            return std::nullopt;
        }
        number = number * 10 + (c - '0');
    }
    return number;
}

}  // namespace

std::optional<Day> make_day(YearMonthDay date) {
    if (date.year < 1900 || date.year > 2199 || date.month < 1 || date.month > 12 || date.day < 1 ||
        date.day > 31) {
        return std::nullopt;
    }
    const std::chrono::year_month_day made{std::chrono::year{date.year},
                                           std::chrono::month{static_cast<unsigned>(date.month)},
                                           std::chrono::day{static_cast<unsigned>(date.day)}};
    if (!made.ok()) {
        return std::nullopt;
    }
    return Day{static_cast<std::int32_t>(std::chrono::sys_days{made}.time_since_epoch().count())};
}

YearMonthDay split(Day day) {
    const auto date = to_chrono(day);
    return {.year = static_cast<int>(date.year()),
            .month = static_cast<int>(static_cast<unsigned>(date.month())),
            .day = static_cast<int>(static_cast<unsigned>(date.day()))};
}

std::optional<Day> parse_day(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') {
        return std::nullopt;
    }
    const auto year = read_digits(text.substr(0, 4));
    const auto month = read_digits(text.substr(5, 2));
    const auto day = read_digits(text.substr(8, 2));
    if (!year || !month || !day) {
        return std::nullopt;
    }
    return make_day({.year = *year, .month = *month, .day = *day});
}

std::string to_string(Day day) {
    const auto date = split(day);
    return fmt::format("{:04}-{:02}-{:02}", date.year, date.month, date.day);
}

std::int32_t month_number(Day day) {
    const auto date = split(day);
    return (date.year - 1970) * 12 + date.month - 1;
}

Day shanghai_day(Instant instant) {
    return {
        static_cast<std::int32_t>(floor_divide(instant.micros + shanghai_offset, micros_per_day))};
}

std::string to_string(Instant instant) {
    const Day day = shanghai_day(instant);
    const std::int64_t second =
        (instant.micros + shanghai_offset - day.number * micros_per_day) / micros_per_second;
    return fmt::format(
        "{} {:02}:{:02}:{:02}", to_string(day), second / 3'600, second / 60 % 60, second % 60);
}

}  // namespace agate
