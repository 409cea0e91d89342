// SPDX-License-Identifier: Apache-2.0
#include "exchange/time_entry.h"

#include <array>

#include "exchange/values.h"

namespace agate::exchange {
namespace {

using namespace std::string_view_literals;

struct Sign {
    std::string_view written;
    char means = ' ';
};

// Every mark in use for minutes (m), seconds (s) and both (:).
constexpr std::array signs = {Sign{"\"", 's'}, Sign{"″", 's'},  Sign{"”", 's'},    Sign{"“", 's'},
                              Sign{"''", 's'}, Sign{"′′", 's'}, Sign{"’’", 's'},   Sign{"秒", 's'},
                              Sign{"'", 'm'},  Sign{"′", 'm'},  Sign{"’", 'm'},    Sign{"‘", 'm'},
                              Sign{"`", 'm'},  Sign{"´", 'm'},  Sign{"分钟", 'm'}, Sign{"分", 'm'},
                              Sign{":", ':'},  Sign{"：", ':'}, Sign{".", '.'},    Sign{"。", '.'},
                              Sign{"·", '.'}};

// Digits stay, marks become one letter each; nothing when anything else is there.
std::optional<std::string> simplify(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        if (text.front() >= '0' && text.front() <= '9') {
            out += text.front();
            text.remove_prefix(1);
            continue;
        }
        if (text.front() == ' ') {
            text.remove_prefix(1);
            continue;
        }
        bool is_taken = false;
        for (const auto& sign : signs) {
            if (text.starts_with(sign.written)) {
                out += sign.means;
                text.remove_prefix(sign.written.size());
                is_taken = true;
                break;
            }
        }
        if (!is_taken || out.size() > 16) {
            return std::nullopt;
        }
    }
    return out;
}

std::int64_t number_of(std::string_view digits) {
    std::int64_t value = 0;
    for (const char c : digits) {
        value = value * 10 + (c - '0');
    }
    return value;
}

TimeShape shape_of_seconds(std::string_view digits, TimeShape two, TimeShape one) {
    if (digits.size() == 1) {
        return one;
    }
    if (digits.size() != 2) {
        return TimeShape::with_fraction;
    }
    return number_of(digits) > 59 ? TimeShape::seconds_over_59 : two;
}

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

// 3'45 and 3:45, which nearly every cell is, without a copy.
std::optional<TimeEntry> usual_form(std::string_view text) {
    if (text.ends_with('"')) {
        text.remove_suffix(1);
    }
    if (text.size() != 4 || (text[1] != '\'' && text[1] != ':') || !is_digit(text[0]) ||
        text[2] < '0' || text[2] > '5' || !is_digit(text[3])) {
        return std::nullopt;
    }
    return TimeEntry{
        TimeShape::minutes_seconds, text[0] - '0', (text[2] - '0') * 10 + (text[3] - '0')};
}

}  // namespace

TimeEntry read_time_entry(std::string_view text) {
    if (const auto usual = usual_form(text)) {
        return *usual;
    }
    const auto simple = simplify(plain_text(text));
    if (!simple || simple->empty() || simple->size() > 12) {
        return {};
    }
    std::string_view rest = *simple;
    const auto take_digits = [&] {
        const auto end = std::min(rest.find_first_not_of("0123456789"), rest.size());
        const auto digits = rest.substr(0, end);
        rest.remove_prefix(end);
        return digits;
    };
    auto first = take_digits();
    if (first.empty()) {
        return {};
    }
    if (rest.empty()) {
        return {TimeShape::whole, number_of(first), 0};
    }
    const char mark = rest.front();
    rest.remove_prefix(1);
    auto second = take_digits();
    // 0:03:45 as clocks write it.
    if (mark == ':' && rest.starts_with(':') && number_of(first) == 0 && !second.empty()) {
        rest.remove_prefix(1);
        first = second;
        second = take_digits();
    }
    TimeEntry entry{TimeShape::none, number_of(first), number_of(second)};
    if (mark == '.') {
        if (rest.empty() && !second.empty()) {
            entry.shape = shape_of_seconds(second, TimeShape::point_two, TimeShape::point_one);
        }
        return entry;
    }
    if (mark != 'm' && mark != ':') {
        return {};
    }
    if (rest.starts_with('.') || rest.starts_with("s.")) {
        entry.shape = TimeShape::with_fraction;
        return entry;
    }
    if (!rest.empty() && rest != "s") {
        return rest.find_first_not_of("0123456789") == std::string_view::npos && !second.empty()
                   ? TimeEntry{TimeShape::with_fraction, entry.minutes, entry.seconds}
                   : TimeEntry{};
    }
    entry.shape =
        second.empty()
            ? TimeShape::no_seconds
            : shape_of_seconds(second, TimeShape::minutes_seconds, TimeShape::short_seconds);
    return entry;
}

std::string minutes_seconds_text(std::int64_t seconds) {
    const auto rest = seconds % 60;
    return std::to_string(seconds / 60) + (rest < 10 ? "'0" : "'") + std::to_string(rest);
}

}  // namespace agate::exchange
