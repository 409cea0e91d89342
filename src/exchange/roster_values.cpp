// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <charconv>

#include "base/text.h"
#include "exchange/roster.h"
#include "exchange/values.h"

namespace agate::exchange {
namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

int number_in(std::string_view text) {
    int value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

// "2019级" with the running school year: 小学2019级 in 2019-20 is grade 1.
std::optional<int> grade_of_cohort(std::string_view text, int school_year) {
    const auto mark = text.find("级");
    if (mark == std::string_view::npos || mark < 4) {
        return std::nullopt;
    }
    const auto digits = text.substr(mark - 4, 4);
    if (!std::all_of(digits.begin(), digits.end(), is_digit)) {
        return std::nullopt;
    }
    const int years = school_year - number_in(digits);

    struct Stage {
        std::string_view word;
        int first, count;
    };

    static constexpr std::array stages = {
        Stage{"小学", 1, 6}, Stage{"初中", 7, 3}, Stage{"高中", 10, 3}};
    for (const auto& stage : stages) {
        if (text.starts_with(stage.word) && years >= 0 && years < stage.count) {
            return stage.first + years;
        }
    }
    return std::nullopt;
}

}  // namespace

bool is_id_number(std::string_view text) {
    static constexpr std::array weights = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    static constexpr std::string_view checks = "10X98765432";
    if (text.size() != 18 || !std::all_of(text.begin(), text.begin() + 17, is_digit)) {
        return false;
    }
    int sum = 0;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        sum += weights[i] * (text[i] - '0');
    }
    const bool is_day = make_day({number_in(text.substr(6, 4)),
                                  number_in(text.substr(10, 2)),
                                  number_in(text.substr(12, 2))})
                            .has_value();
    return is_day && text[17] == checks[static_cast<std::size_t>(sum % 11)];
}

std::optional<int> grade_of_class(std::string_view class_name, std::optional<int> school_year) {
    const auto text = plain_number(class_name);
    if (school_year) {
        if (const auto grade = grade_of_cohort(text, *school_year)) {
            return grade;
        }
    }
    if (const auto mark = text.find("年级"); mark != std::string::npos) {
        return parse_grade(
            std::string_view{text}.substr(0, mark + std::string_view{"年级"}.size()));
    }
    // 初一, 初二(3)班, 高三5班: stage and number are the first two characters.
    for (const std::string_view stage : {"初", "高", "小"}) {
        if (text.starts_with(stage) && text.size() >= 6) {
            return parse_grade(std::string_view{text}.substr(0, 6));
        }
    }
    return std::nullopt;
}

}  // namespace agate::exchange
