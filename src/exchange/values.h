// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/day.h"
#include "base/decimal.h"
#include "exchange/sheet/table.h"

// Cells as people write them, into values.
namespace agate::exchange {

/// Trimmed, full-width digits and letters narrowed, an apostrophe in front taken off.
[[nodiscard]] std::string plain_text(std::string_view text);

/// A name: trimmed, and without the blanks that pad Chinese names to equal width.
[[nodiscard]] std::string plain_name(std::string_view text);

/// An identifier: plain_text without inner blanks.
[[nodiscard]] std::string plain_number(std::string_view text);

enum class DateOrder : std::uint8_t { year_first, month_first };

struct DayParse {
    std::optional<Day> day;
    bool is_serial = false;  ///< a bare serial number, read as one
};

/// 2015-09-01, 2015/9/1, 2015.9.1, 20150901, 2015年9月1日, 二〇一五年九月一日, each with a time of
/// day after it, a date cell, or an Excel serial number. With month_first also 4/2/2000.
[[nodiscard]] DayParse parse_written_day(const Cell& cell, DateOrder order = DateOrder::year_first);

/// "+40", "－3", "2.5分", "1,000". Nothing for anything else.
[[nodiscard]] std::optional<Decimal> parse_written_value(std::string_view text);

/// The number that was probably meant where letters look like digits ("21O4" -> "2104"); empty when
/// that makes no number.
[[nodiscard]] std::string digits_for_letters(std::string_view text);

/// A number cell that cannot hold all its digits (more than 15): an ID number typed as a number.
[[nodiscard]] bool has_lost_digits(const Cell& cell);

}  // namespace agate::exchange
