// SPDX-License-Identifier: Apache-2.0
#include <cctype>

#include "exchange/sheet/workbook.h"

namespace agate::exchange {
namespace {

// What a format code asks for, literal text and colours left out; only its first section counts.
struct FormatLetters {
    bool has_year = false, has_day = false, has_month_or_minute = false, has_hour = false;
    bool has_second = false, has_digit = false, has_era = false;
};

std::size_t skip_quoted(std::string_view code, std::size_t at) {
    const auto close = code.find('"', at + 1);
    return close == std::string_view::npos ? code.size() : close;
}

// [h], [mm] and [ss] are elapsed time; any other bracket is a colour, a condition or a locale.
std::size_t skip_bracket(std::string_view code, std::size_t at, FormatLetters& letters) {
    const auto close = code.find(']', at + 1);
    if (close == std::string_view::npos) {
        return code.size();
    }
    const auto inside = code.substr(at + 1, close - at - 1);
    if (!inside.empty() && inside.find_first_not_of("hH") == std::string_view::npos) {
        letters.has_hour = true;
    } else if (!inside.empty() && inside.find_first_not_of("mM") == std::string_view::npos) {
        letters.has_month_or_minute = true;
    } else if (!inside.empty() && inside.find_first_not_of("sS") == std::string_view::npos) {
        letters.has_second = true;
    }
    return close;
}

void count_letter(char letter, FormatLetters& letters) {
    switch (std::tolower(static_cast<unsigned char>(letter))) {
        case 'y':
            letters.has_year = true;
            break;
        case 'd':
            letters.has_day = true;
            break;
        case 'm':
            letters.has_month_or_minute = true;
            break;
        case 'h':
            letters.has_hour = true;
            break;
        case 's':
            letters.has_second = true;
            break;
        case 'e':
            letters.has_era = true;
            break;
        case '0':
        case '#':
        case '?':
            letters.has_digit = true;
            break;
        default:
            break;
    }
}

FormatLetters letters_of(std::string_view code) {
    FormatLetters letters;
    for (std::size_t i = 0; i < code.size() && code[i] != ';'; ++i) {
        switch (code[i]) {
            case '"':
                i = skip_quoted(code, i);
                break;
            case '\\':
            case '_':
            case '*':
                ++i;
                break;
            case '[':
                i = skip_bracket(code, i, letters);
                break;
            default:
                count_letter(code[i], letters);
        }
    }
    return letters;
}

}  // namespace

NumberStyle style_of_built_in(int format_number) {
    const auto within = [&](int low, int high) {
        return format_number >= low && format_number <= high;
    };
    if (format_number == 45 || format_number == 47) {
        return NumberStyle::minutes_seconds;
    }
    if (within(18, 21) || within(32, 35) || format_number == 46 || within(55, 56)) {
        return NumberStyle::time;
    }
    if (within(14, 17) || format_number == 22 || within(27, 31) || format_number == 36 ||
        within(50, 54) || within(57, 58)) {
        return NumberStyle::date;
    }
    return NumberStyle::plain;
}

NumberStyle style_of_code(std::string_view format_code) {
    if (format_code.starts_with("General") || format_code == "@") {
        return NumberStyle::plain;
    }
    const auto letters = letters_of(format_code);
    const bool has_time = letters.has_hour || letters.has_second;
    const bool has_era = letters.has_era && !letters.has_digit;
    if (letters.has_year || letters.has_day || has_era ||
        (letters.has_month_or_minute && !has_time && !letters.has_digit)) {
        return NumberStyle::date;
    }
    if (letters.has_hour) {
        return NumberStyle::time;
    }
    return letters.has_second ? NumberStyle::minutes_seconds : NumberStyle::plain;
}

void SharedStrings::decode_escapes_of_open_string() {
    const std::size_t begin = ends_.empty() ? 0 : ends_.back();
    if (text_.find("_x", begin) != std::string::npos) {
        const auto decoded = decode_escapes(std::string_view{text_}.substr(begin));
        text_.resize(begin);
        text_ += decoded;
    }
}

std::string decode_escapes(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto token = text.substr(i, 7);
        int code = -1;
        if (token.size() == 7 && token.starts_with("_x") && token[6] == '_') {
            code = 0;
            for (const char c : token.substr(2, 4)) {
                const int digit = c >= '0' && c <= '9'   ? c - '0'
                                  : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : c >= 'a' && c <= 'f' ? c - 'a' + 10
                                                         : -1;
                code = digit < 0 || code < 0 ? -1 : code * 16 + digit;
            }
        }
        // Only what stands for a control character or an underscore; the rest is text.
        if (code >= 1 && code < 0x80) {
            out += static_cast<char>(code);
            i += 6;
        } else {
            out += text[i];
        }
    }
    return out;
}

}  // namespace agate::exchange
