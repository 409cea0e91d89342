// SPDX-License-Identifier: Apache-2.0
#include "exchange/sheet/cell_text.h"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <cstdlib>

namespace agate::exchange {
namespace {

// Doubles stand here only for what the workbook stores as doubles; the text that comes out is what
// is read on.
std::optional<double> to_double(std::string_view text) {
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(value)) {
        return std::nullopt;
    }
    return value;
}

std::string fixed_of(double value) {
    auto text = fmt::format("{:.14e}", value);  // 15 significant digits
    const auto e = text.find('e');
    const int exponent = std::atoi(text.c_str() + e + 1);
    if (exponent > 20 || exponent < -20) {
        return fmt::format("{:.15g}", value);
    }
    std::string digits;
    for (const char c : text.substr(0, e)) {
        if (c >= '0' && c <= '9') {
            digits += c;
        }
    }
    std::string out;
    if (exponent < 0) {
        out = "0." + std::string(static_cast<std::size_t>(-exponent - 1), '0') + digits;
    } else if (exponent >= static_cast<int>(digits.size()) - 1) {
        out = digits + std::string(static_cast<std::size_t>(exponent) + 1 - digits.size(), '0');
    } else {
        out = digits;
        out.insert(static_cast<std::size_t>(exponent) + 1, 1, '.');
    }
    if (out.find('.') != std::string::npos) {
        out.erase(out.find_last_not_of('0') + 1);
        if (out.back() == '.') {
            out.pop_back();
        }
    }
    return value < 0 && out != "0" ? "-" + out : out;
}

// From Excel's day count to ours. The 1900 system has a 29 February 1900 that never was.
std::optional<Day> day_of_serial(std::int64_t serial, bool uses_1904) {
    constexpr std::int64_t epoch_1970 = 25'569;
    const std::int64_t base = uses_1904 ? serial + 1'462 : serial + (serial < 60 ? 1 : 0);
    if (base < 1 || base > 120'000) {
        return std::nullopt;
    }
    return Day{static_cast<std::int32_t>(base - epoch_1970)};
}

std::string clock_text(std::int64_t seconds, NumberStyle style) {
    const auto hours = seconds / 3600;
    const auto minutes = seconds / 60 % 60;
    const auto rest = seconds % 60;
    if (style == NumberStyle::minutes_seconds) {
        return fmt::format("{}:{:02}", seconds / 60, rest);
    }
    return rest == 0 ? fmt::format("{}:{:02}", hours, minutes)
                     : fmt::format("{}:{:02}:{:02}", hours, minutes, rest);
}

}  // namespace

bool is_shown_form(std::string_view stored) {
    std::size_t digits = 0;
    bool has_point = false;
    for (std::size_t i = stored.starts_with('-') ? 1 : 0; i < stored.size(); ++i) {
        const char c = stored[i];
        if (c == '.' && !has_point && digits > 0) {
            has_point = true;
        } else if (c >= '0' && c <= '9') {
            ++digits;
        } else {
            return false;
        }
    }
    if (digits == 0 || digits > 15 ||
        (has_point && (stored.back() == '0' || stored.back() == '.'))) {
        return false;
    }
    const auto bare = stored.substr(stored.starts_with('-') ? 1 : 0);
    return !(bare.size() > 1 && bare[0] == '0' && bare[1] != '.') && stored != "-0";
}

std::string shown_number(std::string_view stored) {
    if (is_shown_form(stored)) {
        return std::string{stored};
    }
    const auto value = to_double(stored);
    return value ? fixed_of(*value) : std::string{stored};
}

ShownTime shown_time(std::string_view stored, NumberStyle style, bool uses_1904) {
    const auto value = to_double(stored);
    ShownTime plain{shown_number(stored), CellKind::number, {}};
    if (!value || *value < 0 || *value > 3e6) {
        return plain;
    }
    const auto total = static_cast<std::int64_t>(std::llround(*value * 86'400));
    if (style == NumberStyle::date) {
        const auto day = day_of_serial(total / 86'400, uses_1904);
        if (!day) {
            return plain;
        }
        const auto clock = total % 86'400;
        auto text = to_string(*day);
        if (clock != 0) {
            text += fmt::format(" {:02}:{:02}", clock / 3600, clock / 60 % 60);
            if (clock % 60 != 0) {
                text += fmt::format(":{:02}", clock % 60);
            }
        }
        return {std::move(text), CellKind::date, *day};
    }
    const double tenths = *value * 864'000 - static_cast<double>(total) * 10;
    auto text = clock_text(total, style);
    if (std::abs(tenths) >= 0.5) {
        // A fraction of a second is part of the measure: keep it, so that it is seen.
        const auto in_tenths = static_cast<std::int64_t>(std::llround(*value * 864'000));
        text = clock_text(in_tenths / 10, style) + fmt::format(".{}", in_tenths % 10);
    }
    return {std::move(text), CellKind::time, {}};
}

std::optional<Day> day_of_iso(std::string_view text) {
    return parse_day(text.substr(0, 10));
}

}  // namespace agate::exchange
