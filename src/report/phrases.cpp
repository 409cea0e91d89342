// SPDX-License-Identifier: Apache-2.0
#include "report/phrases.h"

#include <fmt/format.h>

#include <array>

namespace agate::report {

namespace {

constexpr std::array<std::string_view, 12> months{
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

std::string_view month_name(const YearMonthDay& date) {
    return months[static_cast<std::size_t>(date.month - 1)];
}

}  // namespace

std::string phrase(Language language, std::string_view code, const MessageArgs& args) {
    return words().sentence(language, fmt::format("report_{}", code), args);
}

std::string printed_day(Language language, Day day) {
    const YearMonthDay date = split(day);
    return language == Language::zh
               ? fmt::format("{}年{}月{}日", date.year, date.month, date.day)
               : fmt::format("{} {} {}", date.day, month_name(date), date.year);
}

std::string printed_days(Language language, DayRange days) {
    const YearMonthDay from = split(days.from);
    const YearMonthDay to = split(days.to);
    const bool is_one_year = from.year == to.year;
    const bool is_one_month = is_one_year && from.month == to.month;
    if (language == Language::zh) {
        const std::string end = is_one_month  ? fmt::format("{}日", to.day)
                                : is_one_year ? fmt::format("{}月{}日", to.month, to.day)
                                              : printed_day(language, days.to);
        return fmt::format("{}至{}", printed_day(language, days.from), end);
    }
    const std::string start = is_one_month  ? fmt::format("{}", from.day)
                              : is_one_year ? fmt::format("{} {}", from.day, month_name(from))
                                            : printed_day(language, days.from);
    return fmt::format("{} to {}", start, printed_day(language, days.to));
}

std::string printed_time(Language language, Instant at) {
    const std::string text = to_string(at);
    const std::string clock = text.size() >= 16 ? text.substr(11, 5) : std::string{};
    return fmt::format("{} {}", printed_day(language, shanghai_day(at)), clock);
}

std::string printed_percent(std::int32_t ppm) {
    return fmt::format("{}%", (ppm + 5000) / 10000);
}

}  // namespace agate::report
