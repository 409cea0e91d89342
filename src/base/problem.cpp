// SPDX-License-Identifier: Apache-2.0
#include "base/problem.h"

#include <fmt/format.h>

#include <algorithm>

namespace agate {

bool has_errors(const Problems& problems) {
    return std::ranges::any_of(
        problems, [](const Problem& problem) { return problem.severity == Severity::error; });
}

std::string column_letters(std::int64_t column) {
    std::string letters;
    for (; column > 0; column = (column - 1) / 26) {
        letters.insert(letters.begin(), static_cast<char>('A' + (column - 1) % 26));
    }
    return letters;
}

namespace {

std::string describe_in_sheet(const Place& place) {
    std::string text = place.file;
    if (!text.empty()) {
        text += ", ";
    }
    text += "sheet " + place.sheet;
    if (place.row > 0 || place.column > 0) {
        text += ", " + column_letters(place.column);
        if (place.row > 0) {
            text += std::to_string(place.row);
        }
    }
    return text;
}

}  // namespace

std::int64_t column_number(std::string_view letters) {
    std::int64_t column = 0;
    for (const char letter : letters) {
        if (letter < 'A' || letter > 'Z' || column > 100'000) {
            return 0;
        }
        column = column * 26 + (letter - 'A' + 1);
    }
    return column;
}

std::string describe(const Place& place) {
    if (!place.sheet.empty()) {
        return describe_in_sheet(place);
    }
    std::string text = place.file;
    for (const std::int64_t part : {place.row, place.column}) {
        if (part <= 0) {
            break;
        }
        text += fmt::format("{}{}", text.empty() ? "" : ":", part);
    }
    return text;
}

}  // namespace agate
