// SPDX-License-Identifier: Apache-2.0
#include "framework/read_values.h"

#include <algorithm>
#include <charconv>

#include "base/text.h"

namespace agate::framework {

namespace {

bool is_within_limit(Decimal value) {
    return value <= Decimal::from_int(number_limit) && value >= Decimal::from_int(-number_limit);
}

std::optional<Located<Decimal>> limited(Decimal value, const Text& text, Faults& faults) {
    if (!is_within_limit(value)) {
        faults.error(text.at,
                     "pack_number_limit",
                     {{"value", text.value}, {"limit", std::to_string(number_limit)}});
        return std::nullopt;
    }
    return Located<Decimal>{value, text.at};
}

// Digits that Decimal refuses are too many of them.
void report_number(std::string_view written, const Text& text, Faults& faults) {
    std::string_view digits = written;
    if (digits.starts_with('-') || digits.starts_with('+')) {
        digits.remove_prefix(1);
    }
    const auto point = digits.find('.');
    const auto whole = digits.substr(0, point);
    const auto part =
        point == std::string_view::npos ? std::string_view{} : digits.substr(point + 1);
    constexpr std::string_view all_digits = "0123456789";
    if (whole.empty() || whole.find_first_not_of(all_digits) != std::string_view::npos ||
        part.find_first_not_of(all_digits) != std::string_view::npos) {
        faults.error(text.at, "pack_number_form", {{"value", text.value}});
    } else if (part.size() > static_cast<std::size_t>(Decimal::max_decimals)) {
        faults.error(text.at, "pack_number_decimals", {{"value", text.value}});
    } else {
        faults.error(text.at,
                     "pack_number_limit",
                     {{"value", text.value}, {"limit", std::to_string(number_limit)}});
    }
}

std::optional<Located<std::int64_t>> percent_of(Decimal value, const Text& text, Faults& faults) {
    if (value < Decimal{} || value > Decimal::from_int(100)) {
        faults.error(text.at, "pack_percent_range", {{"value", text.value}});
        return std::nullopt;
    }
    constexpr std::int64_t nano_per_ppm = Decimal::one / 10'000;
    if (value.nano() % nano_per_ppm != 0) {
        faults.error(text.at, "pack_percent_decimals", {{"value", text.value}});
        return std::nullopt;
    }
    return Located<std::int64_t>{value.nano() / nano_per_ppm, text.at};
}

std::optional<Located<int>> integer_of(Decimal value,
                                       const Text& text,
                                       std::pair<int, int> range,
                                       Faults& faults) {
    if (value.decimals() != 0 || value < Decimal::from_int(range.first) ||
        value > Decimal::from_int(range.second)) {
        faults.error(text.at,
                     "pack_integer_range",
                     {{"value", text.value},
                      {"low", std::to_string(range.first)},
                      {"high", std::to_string(range.second)}});
        return std::nullopt;
    }
    return Located<int>{static_cast<int>(value.nano() / Decimal::one), text.at};
}

}  // namespace

std::optional<Located<Decimal>> parse_number(const Text& text, Faults& faults) {
    if (text.value.empty()) {
        return std::nullopt;
    }
    const auto written = fold_width(text.value);
    const auto value = Decimal::parse(written);
    if (!value) {
        report_number(written, text, faults);
        return std::nullopt;
    }
    return limited(*value, text, faults);
}

std::optional<Located<std::int64_t>> parse_percent(const Text& text, Faults& faults) {
    std::string digits = fold_width(text.value);
    if (digits.ends_with('%')) {
        digits.pop_back();
    }
    const auto number = parse_number({digits, text.at}, faults);
    return number ? percent_of(number->value, text, faults) : std::nullopt;
}

std::optional<Located<int>> parse_integer(const Text& text,
                                          std::pair<int, int> range,
                                          Faults& faults) {
    const auto number = parse_number(text, faults);
    return number ? integer_of(number->value, text, range, faults) : std::nullopt;
}

bool parse_yes(const Text& text, Faults& faults) {
    static const WordList<bool> words{{"yes", true}, {"no", false}, {"是", true}, {"否", false}};
    const auto word = parse_word(text, words, faults);
    return word && word->value;
}

void report_too_many(At at, std::size_t limit, Faults& faults) {
    faults.error(at, "pack_too_many", {{"limit", std::to_string(limit)}});
}

std::vector<Text> split_codes(const Text& text, Faults& faults) {
    constexpr std::size_t most_codes = 100;
    std::vector<Text> codes;
    if (text.value.empty()) {
        return codes;
    }
    At at = text.at;
    for (const auto part : agate::split(text.value, '|')) {
        if (codes.size() == most_codes) {
            report_too_many(at, most_codes, faults);
            break;
        }
        const auto code = trim(part);
        At code_at = at;
        if (!code.empty()) {
            code_at.column += static_cast<std::int32_t>(count_characters(
                part.substr(0, static_cast<std::size_t>(code.data() - part.data()))));
        }
        codes.push_back({std::string{code}, code_at});
        at.column += static_cast<std::int32_t>(count_characters(part)) + 1;
    }
    return codes;
}

bool check_code(const Text& code, Faults& faults) {
    constexpr std::size_t longest = 64;
    constexpr std::string_view letters =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.";
    if (code.value.size() <= longest &&
        code.value.find_first_not_of(letters) == std::string::npos) {
        return true;
    }
    faults.error(code.at, "pack_code_form", {{"value", code.value}});
    return false;
}

std::optional<Located<Decimal>> number_of(const TomlValue& value, Faults& faults) {
    if (value.kind != TomlValue::Kind::number) {
        if (value.kind != TomlValue::Kind::other) {
            faults.error(value.at, "pack_need_number");
        }
        return std::nullopt;
    }
    return limited(value.number, {value.number.to_string(), value.at}, faults);
}

const TomlValue* TomlTable::any(std::string_view key) {
    asked_.emplace(key);
    const auto found =
        std::find_if(table_->members.begin(), table_->members.end(), [&](const TomlMember& member) {
            return member.key.value == key;
        });
    return found == table_->members.end() ? nullptr : &found->value;
}

const TomlValue* TomlTable::expect(std::string_view key, TomlValue::Kind kind) {
    const auto* value = any(key);
    if (value == nullptr || value->kind == kind) {
        return value;
    }
    // A number that could not be read has been reported where it was read.
    if (value->kind != TomlValue::Kind::other || kind != TomlValue::Kind::number) {
        constexpr std::array<std::string_view, 6> codes{"pack_need_text",
                                                        "pack_need_number",
                                                        "pack_need_flag",
                                                        "pack_need_list",
                                                        "pack_need_table",
                                                        "pack_need_text"};
        faults_->error(value->at, codes[static_cast<std::size_t>(kind)]);
    }
    return nullptr;
}

Text TomlTable::text(std::string_view key) {
    const auto* value = expect(key, TomlValue::Kind::text);
    return value == nullptr ? Text{{}, table_->at} : Text{value->text, value->at};
}

Text TomlTable::required_text(std::string_view key) {
    const auto* value = any(key);
    if (value == nullptr || (value->kind == TomlValue::Kind::text && value->text.empty())) {
        faults_->error(value == nullptr ? table_->at : value->at,
                       "pack_key_missing",
                       {{"key", std::string{key}}});
        return {{}, table_->at};
    }
    return text(key);
}

std::optional<Located<Decimal>> TomlTable::number(std::string_view key) {
    const auto* value = expect(key, TomlValue::Kind::number);
    return value == nullptr ? std::nullopt : number_of(*value, *faults_);
}

std::optional<Located<Decimal>> TomlTable::required_number(std::string_view key) {
    if (any(key) == nullptr) {
        faults_->error(table_->at, "pack_key_missing", {{"key", std::string{key}}});
        return std::nullopt;
    }
    return number(key);
}

std::optional<Located<std::int64_t>> TomlTable::percent(std::string_view key) {
    const auto value = number(key);
    return value ? percent_of(value->value, {value->value.to_string(), value->at}, *faults_)
                 : std::nullopt;
}

std::optional<Located<int>> TomlTable::integer(std::string_view key, std::pair<int, int> range) {
    const auto value = number(key);
    return value ? integer_of(value->value, {value->value.to_string(), value->at}, range, *faults_)
                 : std::nullopt;
}

bool TomlTable::flag(std::string_view key) {
    const auto* value = expect(key, TomlValue::Kind::flag);
    return value != nullptr && value->flag;
}

std::vector<Text> TomlTable::texts(std::string_view key) {
    std::vector<Text> out;
    if (const auto* list = expect(key, TomlValue::Kind::list)) {
        for (const auto& item : list->items) {
            if (item.kind == TomlValue::Kind::text) {
                out.push_back({item.text, item.at});
            } else {
                faults_->error(item.at, "pack_need_text");
            }
        }
    }
    return out;
}

std::vector<Located<Decimal>> TomlTable::numbers(std::string_view key) {
    std::vector<Located<Decimal>> out;
    if (const auto* list = expect(key, TomlValue::Kind::list)) {
        for (const auto& item : list->items) {
            if (const auto number = number_of(item, *faults_)) {
                out.push_back(*number);
            }
        }
    }
    return out;
}

std::vector<TomlTable> TomlTable::tables(std::string_view key) {
    std::vector<TomlTable> out;
    if (const auto* list = expect(key, TomlValue::Kind::list)) {
        for (const auto& item : list->items) {
            if (item.kind == TomlValue::Kind::table) {
                out.emplace_back(item, *faults_);
            } else {
                faults_->error(item.at, "pack_need_table");
            }
        }
    }
    return out;
}

std::optional<TomlTable> TomlTable::table(std::string_view key) {
    const auto* value = expect(key, TomlValue::Kind::table);
    return value == nullptr ? std::nullopt : std::optional<TomlTable>{TomlTable{*value, *faults_}};
}

const std::vector<TomlMember>& TomlTable::members() {
    takes_all_ = true;
    return table_->members;
}

void TomlTable::report_unknown() {
    if (takes_all_) {
        return;
    }
    for (const auto& member : table_->members) {
        if (!asked_.contains(member.key.value)) {
            faults_->unknown(member.key, "pack_unknown_key", asked_);
        }
    }
}

}  // namespace agate::framework
