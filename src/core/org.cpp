// SPDX-License-Identifier: Apache-2.0
#include "core/org.h"

#include <array>

#include "base/text.h"
#include "core/names.h"

namespace agate {

namespace {

constexpr NameTable<OrgKind, 8> org_kinds = {{
    {OrgKind::district, "district"},
    {OrgKind::group, "group"},
    {OrgKind::school, "school"},
    {OrgKind::campus, "campus"},
    {OrgKind::grade, "grade"},
    {OrgKind::class_, "class"},
    {OrgKind::committee, "committee"},
    {OrgKind::branch, "branch"},
}};

constexpr NameTable<Sex, 12> sexes = {{
    {Sex::male, "male"},
    {Sex::female, "female"},
    {Sex::male, "1"},
    {Sex::female, "2"},
    {Sex::male, "男"},
    {Sex::female, "女"},
    {Sex::male, "m"},
    {Sex::female, "f"},
    {Sex::male, "boy"},
    {Sex::female, "girl"},
    {Sex::male, "男生"},
    {Sex::female, "女生"},
}};

constexpr std::array<std::string_view, 12> chinese_numbers = {
    "一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"};

/// How a grade is written in front of its number: the grade before the first one, and how many
/// there are.
struct Stage {
    std::string_view prefix;
    int before = 0;
    int count = 0;
};

constexpr std::array stages = {
    Stage{"小学", 0, 6},
    Stage{"小", 0, 6},
    Stage{"初中", 6, 3},
    Stage{"初", 6, 3},
    Stage{"高中", 9, 3},
    Stage{"高", 9, 3},
    Stage{"primary", 0, 6},
    Stage{"junior", 6, 3},
    Stage{"senior", 9, 3},
    Stage{"grade", 0, 12},
    Stage{"g", 0, 12},
    Stage{"p", 0, 6},
    Stage{"j", 6, 3},
    Stage{"s", 9, 3},
    Stage{"", 0, 12},
};

/// 0 to 99.
std::optional<int> parse_digits(std::string_view text) {
    if (text.empty() || text.size() > 2 ||
        text.find_first_not_of("0123456789") != std::string_view::npos) {
        return std::nullopt;
    }
    int number = 0;
    for (const char c : text) {
        number = number * 10 + (c - '0');
    }
    return number;
}

/// The same, or 1 to 12 in Chinese.
std::optional<int> parse_number(std::string_view text) {
    for (std::size_t i = 0; i < chinese_numbers.size(); ++i) {
        if (text == chinese_numbers[i]) {
            return static_cast<int>(i) + 1;
        }
    }
    return parse_digits(text);
}

std::optional<int> grade_in(const Stage& stage, int number) {
    if (number >= 1 && number <= stage.count) {
        return stage.before + number;
    }
    // 初中七年级 counts through from primary school.
    if (stage.before > 0 && number > stage.before && number <= stage.before + stage.count) {
        return number;
    }
    return std::nullopt;
}

std::string_view without_suffix(std::string_view text) {
    for (const std::string_view suffix : {"年级", "年"}) {
        if (text.ends_with(suffix)) {
            return text.substr(0, text.size() - suffix.size());
        }
    }
    return text;
}

}  // namespace

std::string_view to_text(OrgKind kind) {
    return name_of(org_kinds, kind);
}

std::optional<OrgKind> parse_org_kind(std::string_view text) {
    return value_of(org_kinds, text);
}

std::string_view to_text(Sex sex) {
    return name_of(sexes, sex);
}

std::optional<Sex> parse_sex(std::string_view text) {
    return value_of(sexes, std::string_view(fold_key(text)));
}

std::optional<int> parse_grade_code(std::string_view text) {
    const auto code = parse_digits(fold_key(text));
    if (!code) {
        return std::nullopt;
    }
    switch (*code / 10) {
        case 1:
            return grade_in({"", 0, 6}, *code % 10);
        case 2:
            return grade_in({"", 6, 3}, *code % 10);
        case 3:
            return grade_in({"", 9, 3}, *code % 10);
        default:
            return std::nullopt;
    }
}

std::optional<int> parse_grade(std::string_view text) {
    const std::string key = fold_key(text);
    const std::string_view number = without_suffix(key);
    if (number == key) {
        if (const auto grade = parse_grade_code(key)) {
            return grade;
        }
    }
    for (const auto& stage : stages) {
        if (number.starts_with(stage.prefix)) {
            const auto parsed = parse_number(number.substr(stage.prefix.size()));
            return parsed ? grade_in(stage, *parsed) : std::nullopt;
        }
    }
    return std::nullopt;
}

int national_grade_code(int grade) {
    ensure(grade >= 1 && grade <= 12, "a grade is 1 to 12");
    if (grade <= 6) {
        return 10 + grade;
    }
    return grade <= 9 ? 20 + grade - 6 : 30 + grade - 9;
}

std::string grade_name_zh(int grade) {
    ensure(grade >= 1 && grade <= 12, "a grade is 1 to 12");
    if (grade <= 9) {
        return std::string(chinese_numbers[static_cast<std::size_t>(grade - 1)]) + "年级";
    }
    return "高" + std::string(chinese_numbers[static_cast<std::size_t>(grade - 10)]);
}

}  // namespace agate
