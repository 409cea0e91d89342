// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "exchange/sheet/table.h"
#include "exchange/sheet/workbook.h"

// A stored number as a person sees it in the sheet.
namespace agate::exchange {

/// "19.399999999999999" -> "19.4", "2.1E+17" -> "210000000000000000", "5.0" -> "5"; what is no
/// number stays as it is. Excel itself keeps 15 digits.
[[nodiscard]] std::string shown_number(std::string_view stored);

/// True when the stored form is already what a person sees; then nothing need be built.
[[nodiscard]] bool is_shown_form(std::string_view stored);

struct ShownTime {
    std::string text;
    CellKind kind = CellKind::number;
    Day day;
};

/// A serial number in a date or time style. Out of the calendar's range it stays a number.
[[nodiscard]] ShownTime shown_time(std::string_view stored, NumberStyle style, bool uses_1904);

/// "2015-09-01T00:00:00", as cells of type d hold it.
[[nodiscard]] std::optional<Day> day_of_iso(std::string_view text);

}  // namespace agate::exchange
