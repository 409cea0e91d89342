// SPDX-License-Identifier: Apache-2.0
#include "exchange/values.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/text.h"

namespace agate::exchange {
namespace {

using namespace std::string_view_literals;

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

bool is_ascii(std::string_view text) {
    return std::none_of(text.begin(), text.end(), [](char c) { return c < 0; });
}

std::string without(std::string text, std::string_view part) {
    for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at)) {
        text.erase(at, part.size());
    }
    return text;
}

std::string without_blanks(std::string text) {
    for (const auto blank : {" "sv, "\t"sv, "\xe3\x80\x80"sv, "\xc2\xa0"sv}) {
        text = without(std::move(text), blank);
    }
    return text;
}

// 二〇一五 -> 2015, 十一 -> 11, 二十 -> 20: the numbers of a date.
std::string arabic_digits(std::string_view text) {
    static constexpr std::array digits = {
        "〇"sv, "一"sv, "二"sv, "三"sv, "四"sv, "五"sv, "六"sv, "七"sv, "八"sv, "九"sv};
    std::string out;
    while (!text.empty()) {
        bool is_taken = false;
        for (std::size_t i = 0; i < digits.size() && !is_taken; ++i) {
            if (text.starts_with(digits[i]) || (i == 0 && text.starts_with("零"))) {
                out += static_cast<char>('0' + i);
                text.remove_prefix(3);
                is_taken = true;
            }
        }
        if (!is_taken && text.starts_with("十")) {
            text.remove_prefix(3);
            const bool has_tens = !out.empty() && is_digit(out.back());
            const bool has_ones =
                std::any_of(digits.begin() + 1, digits.end(), [&](std::string_view digit) {
                    return text.starts_with(digit);
                });
            out += has_tens ? "" : "1";
            out += has_ones ? "" : "0";
            is_taken = true;
        }
        if (!is_taken) {
            out += text.front();
            text.remove_prefix(1);
        }
    }
    return out;
}

// The three numbers of a date with anything that is usual between them; what follows must be
// nothing or a time of day.
struct Numbers {
    std::array<int, 3> values{};
    std::array<std::size_t, 3> widths{};
};

std::optional<Numbers> three_numbers(std::string_view text) {
    Numbers numbers;
    std::size_t at = 0;
    for (std::size_t i = 0; i < 3; ++i) {
        const auto begin = at;
        while (at < text.size() && is_digit(text[at])) {
            ++at;
        }
        numbers.widths[i] = at - begin;
        if (at == begin || at - begin > 4) {
            return std::nullopt;
        }
        std::from_chars(text.data() + begin, text.data() + at, numbers.values[i]);
        static constexpr std::array<std::array<std::string_view, 4>, 3> marks = {
            {{"-", "/", ".", "年"}, {"-", "/", ".", "月"}, {"日", "号", "", ""}}};
        const auto mark = std::find_if(marks[i].begin(), marks[i].end(), [&](std::string_view m) {
            return !m.empty() && text.substr(at).starts_with(m);
        });
        if (mark != marks[i].end()) {
            at += mark->size();
        } else if (i < 2) {
            return std::nullopt;
        }
    }
    const auto rest = text.substr(at);
    return rest.empty() || rest.starts_with("T") ? std::optional{numbers} : std::nullopt;
}

std::optional<int> to_int(std::string_view text) {
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc{} && end == text.data() + text.size() ? std::optional{value}
                                                                    : std::nullopt;
}

}  // namespace

std::string plain_text(std::string_view text) {
    auto narrow = fold_width(trim(text));
    std::string_view view = trim(narrow);
    while (view.starts_with('\'') || view.starts_with("‘") || view.starts_with("’")) {
        view.remove_prefix(view.starts_with('\'') ? 1 : 3);
    }
    return std::string{trim(view)};
}

std::string plain_name(std::string_view text) {
    std::string name{trim(text)};
    while (name.starts_with('\'')) {
        name.erase(0, 1);
    }
    const auto bare = without_blanks(name);
    const bool has_ascii = std::any_of(bare.begin(), bare.end(), [](char c) { return c > 0; });
    return has_ascii ? name : bare;
}

std::string plain_number(std::string_view text) {
    return without_blanks(plain_text(text));
}

DayParse parse_written_day(const Cell& cell, DateOrder order) {
    if (cell.kind == CellKind::date) {
        return {.day = cell.day};
    }
    if (const auto usual = parse_day(cell.text)) {
        return {.day = usual};
    }
    const auto written = plain_text(cell.text);
    // A time of day after the date is left aside.
    const auto blank = written.find(' ');
    const bool has_clock =
        blank != std::string::npos && written.find(':', blank) != std::string::npos;
    auto text = plain_number(has_clock ? std::string_view{written}.substr(0, blank) : written);
    if (!is_ascii(text)) {
        text = arabic_digits(text);
    }
    const bool is_digits = !text.empty() && std::all_of(text.begin(), text.end(), is_digit);
    if (is_digits && text.size() == 8) {
        return {.day = make_day({*to_int(text.substr(0, 4)),
                                 *to_int(text.substr(4, 2)),
                                 *to_int(text.substr(6, 2))})};
    }
    // 18264 is 1950, 73050 is 2099.
    if (is_digits && text.size() == 5 && text >= "18264" && text <= "73050") {
        return {.day = Day{*to_int(text) - 25'569}, .is_serial = true};
    }
    const auto numbers = three_numbers(text);
    if (!numbers) {
        return {};
    }
    const auto& [values, widths] = *numbers;
    if (widths[0] == 4 && widths[1] <= 2 && widths[2] <= 2) {
        return {.day = make_day({values[0], values[1], values[2]})};
    }
    if (order == DateOrder::month_first && widths[2] == 4 && widths[0] <= 2 && widths[1] <= 2) {
        return {.day = make_day({values[2], values[0], values[1]})};
    }
    return {};
}

std::optional<Decimal> parse_written_value(std::string_view text) {
    auto plain = plain_number(text);
    for (const auto minus : {"−"sv, "–"sv, "—"sv}) {
        if (plain.starts_with(minus)) {
            plain.replace(0, minus.size(), "-");
        }
    }
    if (plain.ends_with("分")) {
        plain.resize(plain.size() - "分"sv.size());
    }
    // Commas only where they part thousands.
    const auto first_comma = plain.find(',');
    if (first_comma != std::string::npos) {
        const auto whole = plain.substr(0, plain.find('.'));
        for (std::size_t i = first_comma; i < whole.size(); i += 4) {
            if (whole[i] != ',' || i + 3 >= whole.size()) {
                return std::nullopt;
            }
        }
        plain = without(std::move(plain), ",");
    }
    if (plain.starts_with('.') || plain.starts_with("-.")) {
        plain.insert(plain.find('.'), "0");
    }
    return Decimal::parse(plain);
}

std::string digits_for_letters(std::string_view text) {
    std::string out;
    bool is_changed = false;
    for (const char c : plain_number(text)) {
        char digit = c;
        switch (c) {
            case 'O':
            case 'o':
                digit = '0';
                break;
            case 'l':
            case 'I':
            case '|':
                digit = '1';
                break;
            case 'Z':
            case 'z':
                digit = '2';
                break;
            case 'S':
            case 's':
                digit = '5';
                break;
            case 'B':
                digit = '8';
                break;
            default:
                break;
        }
        is_changed = is_changed || digit != c;
        out += digit;
    }
    return is_changed && Decimal::parse(out) ? out : std::string{};
}

bool has_lost_digits(const Cell& cell) {
    return cell.kind == CellKind::number &&
           std::count_if(cell.text.begin(), cell.text.end(), is_digit) > 15;
}

}  // namespace agate::exchange
