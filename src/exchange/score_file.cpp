// SPDX-License-Identifier: Apache-2.0
#include "exchange/score_file.h"

#include <array>
#include <charconv>
#include <utility>

namespace agate::exchange {
namespace {

void append_number(std::string& text, std::int64_t number) {
    std::array<char, 24> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
    text.append(digits.data(), end);
}

void append_figure(std::string& text, const std::optional<Decimal>& figure) {
    text += ',';
    if (!figure) {
        return;
    }
    if (figure->nano() % Decimal::one != 0) {
        text += figure->to_string();
        return;
    }
    append_number(text, figure->nano() / Decimal::one);
}

}  // namespace

ScoreFileWriter::ScoreFileWriter(std::span<const std::string> score_items,
                                 std::span<const std::string> bonus_items) {
    text_ = "row,bmi,bmi_class";
    for (const auto& item : score_items) {
        text_ += ',' + item + "_score";
    }
    for (const auto& item : bonus_items) {
        text_ += ',' + item + "_bonus";
    }
    text_ += ",standard_score,bonus,total,level,problems\n";
}

void ScoreFileWriter::add(const ScoreRow& row) {
    append_number(text_, row.index);
    append_figure(text_, row.bmi);
    text_ += ',';
    text_ += row.bmi_class;
    for (const auto& score : row.scores) {
        append_figure(text_, score);
    }
    for (const auto& bonus : row.bonuses) {
        append_figure(text_, bonus);
    }
    append_figure(text_, row.standard_score);
    append_figure(text_, row.bonus);
    append_figure(text_, row.total);
    text_ += ',';
    text_ += row.level;
    text_ += ',';
    bool is_first = true;
    for (const auto& note : row.notes) {
        if (note.severity != Severity::error) {
            continue;
        }
        if (!is_first) {
            text_ += ';';
        }
        is_first = false;
        text_ += note.code;
        text_ += '@';
        text_ += note.field.empty() ? std::string_view{"row"} : note.field;
    }
    text_ += '\n';
}

std::string ScoreFileWriter::take() {
    return std::exchange(text_, {});
}

}  // namespace agate::exchange
