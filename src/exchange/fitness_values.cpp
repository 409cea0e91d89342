// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "base/decimal.h"
#include "base/text.h"
#include "exchange/fitness.h"
#include "exchange/time_entry.h"
#include "exchange/values.h"

namespace agate::exchange {
namespace {

using namespace std::string_view_literals;
using Entry = ItemSpec::Entry;

std::int64_t power_of_ten(int exponent) {
    std::int64_t power = 1;
    for (int i = 0; i < exponent; ++i) {
        power *= 10;
    }
    return power;
}

bool is_in_range(const ItemSpec& item, std::int64_t value) {
    return item.import_min <= value && value <= item.import_max;
}

ItemParse fault(std::string_view code, std::string suggestion = {}) {
    return {.item = {ItemState::fault, 0}, .code = code, .suggestion = std::move(suggestion)};
}

ItemParse measured(const ItemSpec& item, std::int64_t value) {
    return is_in_range(item, value) ? ItemParse{.item = {ItemState::value, value}}
                                    : fault("item_out_of_range");
}

struct State {
    std::string_view word;
    ItemState state;
};

constexpr std::array words = {
    State{"缺考", ItemState::absent},         State{"缺测", ItemState::absent},
    State{"缺席", ItemState::absent},         State{"缺", ItemState::absent},
    State{"缓测", ItemState::absent},         State{"请假", ItemState::absent},
    State{"病假", ItemState::absent},         State{"absent", ItemState::absent},
    State{"免测", ItemState::exempt},         State{"免考", ItemState::exempt},
    State{"免试", ItemState::exempt},         State{"免", ItemState::exempt},
    State{"免体", ItemState::exempt},         State{"免修", ItemState::exempt},
    State{"免予执行", ItemState::exempt},     State{"exempt", ItemState::exempt},
    State{"\\", ItemState::not_tested},       State{"/", ItemState::not_tested},
    State{"-", ItemState::not_tested},        State{"--", ItemState::not_tested},
    State{"—", ItemState::not_tested},        State{"——", ItemState::not_tested},
    State{"无", ItemState::not_tested},       State{"未测", ItemState::not_tested},
    State{"未测试", ItemState::not_tested},   State{"不测", ItemState::not_tested},
    State{"n/a", ItemState::not_tested},      State{"null", ItemState::not_tested},
    State{"nottested", ItemState::not_tested}};

std::optional<ItemState> state_word(std::string_view text) {
    const auto key = fold_key(text);
    const auto found =
        std::find_if(words.begin(), words.end(), [&](const State& s) { return s.word == key; });
    return found == words.end() ? std::nullopt : std::optional{found->state};
}

// Digits with at most one point, no more than 12 of them: what nearly every cell is.
struct Plain {
    bool is_number = false;
    bool is_negative = false;
    std::int64_t digits = 0;  ///< without the point
    int decimals = 0;
};

Plain read_plain(std::string_view text) {
    Plain plain;
    std::size_t at = 0;
    if (!text.empty() && (text[0] == '-' || text[0] == '+')) {
        plain.is_negative = text[0] == '-';
        at = 1;
    }
    bool has_point = false;
    int count = 0;
    for (; at < text.size(); ++at) {
        const char c = text[at];
        if (c >= '0' && c <= '9') {
            plain.digits = plain.digits * 10 + (c - '0');
            plain.decimals += has_point ? 1 : 0;
            if (++count > 12) {
                return {};
            }
        } else if (c == '.' && !has_point) {
            has_point = true;
        } else {
            return {};
        }
    }
    plain.is_number = count > 0;
    return plain;
}

// To the item's decimals by the item's own rule.
ItemParse scale(const ItemSpec& item, const Plain& plain) {
    const std::int64_t sign = plain.is_negative ? -1 : 1;
    if (plain.decimals <= item.decimals) {
        return measured(item, sign * plain.digits * power_of_ten(item.decimals - plain.decimals));
    }
    const auto step = power_of_ten(plain.decimals - item.decimals);
    const auto rest = plain.digits % step;
    if (rest == 0) {
        return measured(item, sign * (plain.digits / step));
    }
    if (item.entry == Entry::integer) {
        return fault("value_not_whole");
    }
    const auto floor = plain.is_negative ? -(plain.digits / step) - 1 : plain.digits / step;
    const auto above = plain.is_negative ? step - rest : rest;
    if (item.rounding == ItemSpec::Rounding::slower) {
        return measured(item, floor + 1);
    }
    auto parse = measured(item, above * 2 >= step ? floor + 1 : floor);
    if (parse.code.empty() && item.rounding == ItemSpec::Rounding::exact) {
        parse.code = "value_rounded";
        parse.severity = Severity::warning;
    }
    return parse;
}

// A value of another unit: 1.42 m for cm, 2.104 l for ml.
ItemParse with_unit_guess(const ItemSpec& item, const Plain& plain, ItemParse parse) {
    if (plain.is_negative || plain.digits == 0 || parse.item.state != ItemState::fault) {
        return parse;
    }
    const auto try_factor = [&](int zeros, std::string_view code) {
        const int decimals = item.decimals + zeros;
        if (plain.decimals > decimals || plain.digits > 1'000'000) {
            return false;
        }
        const auto value = plain.digits * power_of_ten(decimals - plain.decimals);
        if (!is_in_range(item, value)) {
            return false;
        }
        parse = fault(code, show_item(item, value));
        return true;
    };
    if (item.unit == "cm" && item.import_min > 0) {
        try_factor(2, "value_in_metres");
    } else if (item.unit == "ml") {
        try_factor(3, "value_in_litres");
    }
    return parse;
}

// 9'4 or 9"4 for 9.4 s.
std::string seconds_meant(const ItemSpec& item, std::string_view text) {
    const auto entry = read_time_entry(text);
    std::string decimal;
    if (item.unit == "s" && entry.minutes < 100) {
        if (entry.shape == TimeShape::short_seconds) {
            decimal = std::to_string(entry.minutes) + "." + std::to_string(entry.seconds);
        } else if (entry.shape == TimeShape::minutes_seconds ||
                   entry.shape == TimeShape::seconds_over_59) {
            decimal = std::to_string(entry.minutes) + (entry.seconds < 10 ? ".0" : ".") +
                      std::to_string(entry.seconds);
        } else {
            auto plain = plain_number(text);
            for (const auto mark : {"\""sv, "″"sv, "”"sv, "秒"sv, "s"sv}) {
                const auto at = plain.find(mark);
                if (at != std::string::npos) {
                    plain.replace(at, mark.size(), at + mark.size() == plain.size() ? "" : ".");
                    decimal = plain;
                    break;
                }
            }
        }
    }
    const auto plain = read_plain(decimal);
    if (!plain.is_number) {
        return {};
    }
    const auto parse = scale(item, plain);
    return parse.item.state == ItemState::value ? show_item(item, parse.item.value) : std::string{};
}

std::string without_unit(const ItemSpec& item, std::string_view text) {
    auto plain = fold_key(plain_number(text));
    for (const auto& unit : {std::string_view{item.unit},
                             std::string_view{item.unit_zh},
                             "公分"sv,
                             "公斤"sv,
                             "毫升"sv,
                             "个"sv,
                             "次"sv,
                             "秒"sv,
                             "米"sv,
                             "m"sv}) {
        const auto key = fold_key(unit);
        if (!key.empty() && plain.size() > key.size() && plain.ends_with(key)) {
            plain.resize(plain.size() - key.size());
            return plain;
        }
    }
    return {};
}

// Not a number as it stands: say what it may have been.
ItemParse unreadable(const ItemSpec& item, std::string_view text) {
    if (const auto digits = digits_for_letters(text); !digits.empty()) {
        const auto parse = scale(item, read_plain(digits));
        return fault("letters_in_number",
                     parse.item.state == ItemState::value ? show_item(item, parse.item.value) : "");
    }
    if (const auto bare = without_unit(item, text); !bare.empty()) {
        const auto plain = read_plain(bare);
        if (plain.is_number) {
            const auto parse = with_unit_guess(item, plain, scale(item, plain));
            return fault("value_with_unit",
                         parse.item.state == ItemState::value ? show_item(item, parse.item.value)
                                                              : parse.suggestion);
        }
    }
    if (auto seconds = seconds_meant(item, text); !seconds.empty()) {
        return fault("seconds_written_as_minutes", std::move(seconds));
    }
    return fault("value_not_number");
}

ItemParse parse_number(const ItemSpec& item, const Cell& cell) {
    auto plain = read_plain(cell.text);
    if (!plain.is_number) {
        const auto folded = plain_number(cell.text);
        plain = read_plain(folded);
        if (!plain.is_number) {
            if (const auto state = state_word(cell.text)) {
                return {.item = {*state, 0}};
            }
            return unreadable(item, cell.text);
        }
    }
    auto parse = scale(item, plain);
    return parse.item.state == ItemState::fault ? with_unit_guess(item, plain, std::move(parse))
                                                : parse;
}

ItemParse time_of(const ItemSpec& item, std::int64_t minutes, std::int64_t seconds) {
    return measured(item, minutes * 60 + seconds);
}

std::string time_guess(const ItemSpec& item, std::int64_t seconds) {
    return is_in_range(item, seconds) ? minutes_seconds_text(seconds) : std::string{};
}

ItemParse read_as_told(ItemParse parse, std::int64_t seconds) {
    if (parse.item.state == ItemState::value) {
        parse.code = "time_read_as_told";
        parse.severity = Severity::warning;
        parse.suggestion = minutes_seconds_text(seconds);
    }
    return parse;
}

// Plain numbers: what they mean only the mapping can say, but for 3.45 written as text.
ItemParse parse_number_time(const ItemSpec& item,
                            const Cell& cell,
                            const TimeEntry& entry,
                            NumberTimes number_times) {
    if (number_times == NumberTimes::seconds) {
        return entry.shape == TimeShape::whole
                   ? read_as_told(measured(item, entry.minutes), entry.minutes)
                   : fault("time_has_fraction");
    }
    const auto seconds = entry.shape == TimeShape::point_one ? entry.seconds * 10 : entry.seconds;
    if (number_times == NumberTimes::minutes_seconds) {
        if (seconds > 59) {
            return fault("time_seconds_over_59");
        }
        return read_as_told(time_of(item, entry.minutes, seconds), entry.minutes * 60 + seconds);
    }
    switch (entry.shape) {
        case TimeShape::point_two:
            return cell.kind == CellKind::number
                       ? fault("time_number_unclear",
                               time_guess(item, entry.minutes * 60 + entry.seconds))
                       : time_of(item, entry.minutes, entry.seconds);
        case TimeShape::point_one:
            return fault("time_ambiguous");
        default:
            return fault("time_plain_number",
                         entry.minutes < 1'000'000 ? time_guess(item, entry.minutes) : "");
    }
}

ItemParse parse_time(const ItemSpec& item, const Cell& cell, NumberTimes number_times) {
    const auto entry = read_time_entry(cell.text);
    switch (entry.shape) {
        case TimeShape::minutes_seconds:
            return time_of(item, entry.minutes, entry.seconds);
        case TimeShape::point_two:
        case TimeShape::point_one:
        case TimeShape::whole:
            return parse_number_time(item, cell, entry, number_times);
        case TimeShape::short_seconds:
            return fault("time_short_seconds",
                         time_guess(item, entry.minutes * 60 + entry.seconds));
        case TimeShape::no_seconds:
            return fault("time_short_seconds", time_guess(item, entry.minutes * 60));
        case TimeShape::with_fraction:
            return fault("time_has_fraction");
        case TimeShape::seconds_over_59:
            return fault("time_seconds_over_59");
        case TimeShape::none:
            break;
    }
    if (const auto state = state_word(cell.text)) {
        return {.item = {*state, 0}};
    }
    const auto digits = digits_for_letters(cell.text);
    return digits.empty() ? fault("time_unreadable") : fault("letters_in_number", digits);
}

}  // namespace

std::string show_item(const ItemSpec& item, std::int64_t value) {
    if (item.entry == Entry::minutes_seconds) {
        return minutes_seconds_text(value);
    }
    if (item.decimals == 0) {
        return std::to_string(value);
    }
    const auto power = power_of_ten(item.decimals);
    const auto whole = value < 0 ? -value : value;
    auto part = std::to_string(whole % power);
    part.insert(0, static_cast<std::size_t>(item.decimals) - part.size(), '0');
    return (value < 0 ? "-" : "") + std::to_string(whole / power) + "." + part;
}

ItemParse parse_item(const ItemSpec& item, const Cell& cell, NumberTimes number_times) {
    switch (cell.kind) {
        case CellKind::empty:
            return {};
        case CellKind::error:
            return fault("cell_has_error");
        case CellKind::date:
            return fault("value_became_date");
        case CellKind::boolean:
            return fault("value_not_number");
        case CellKind::time:
            return item.entry == Entry::minutes_seconds ? parse_time(item, cell, number_times)
                                                        : fault("value_became_date");
        case CellKind::text:
        case CellKind::number:
            break;
    }
    const bool may_be_blank = cell.text.empty() || cell.text.front() <= ' ';
    if (may_be_blank && cell.kind == CellKind::text && trim(cell.text).empty()) {
        return {};
    }
    return item.entry == Entry::minutes_seconds ? parse_time(item, cell, number_times)
                                                : parse_number(item, cell);
}

}  // namespace agate::exchange
