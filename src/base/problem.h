// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace agate {

/// Where in the user's data a problem sits. Parts that do not apply are empty or 0.
struct Place {
    std::string file{};         ///< as the user named it
    std::string sheet{};        ///< workbook sheet
    std::int64_t row{};         ///< line of a text file or row of a sheet, from 1
    std::int64_t column{};      ///< from 1; a sheet shows it as letters
    std::string column_name{};  ///< the header, where there is one

    friend bool operator==(const Place&, const Place&) = default;
};

enum class Severity {
    error,    ///< the row, cell or pack is not taken
    warning,  ///< taken, but a person should look
};

/// One fault in the user's data. Never thrown: readers return all of them. The sentence and its
/// mend come from words/*.csv by `code`.
struct Problem {
    Place where{};
    std::string code{};
    MessageArgs args{};
    Severity severity = Severity::error;

    friend bool operator==(const Problem&, const Problem&) = default;
};

using Problems = std::vector<Problem>;

[[nodiscard]] bool has_errors(const Problems& problems);

/// "1" -> "A", "27" -> "AA".
[[nodiscard]] std::string column_letters(std::int64_t column);

/// "A" -> 1, "AA" -> 27; 0 for anything else.
[[nodiscard]] std::int64_t column_number(std::string_view letters);

/// "roster.xlsx, sheet 1, C14" or "indicators.csv:12:3".
[[nodiscard]] std::string describe(const Place& place);

}  // namespace agate
