// SPDX-License-Identifier: Apache-2.0
#include "framework/scoring_csv.h"

#include <algorithm>
#include <array>
#include <set>

#include "base/decimal.h"
#include "framework/scoring_tables.h"

namespace agate::framework {

ScoringCsv::ScoringCsv(const PackFiles& pack,
                       std::string_view name,
                       std::span<const CsvColumn> columns,
                       Faults& faults)
    : faults_(&faults) {
    const std::string file =
        pack.place.empty() ? std::string{name} : pack.place + "/" + std::string{name};
    source_ = faults.add_source(file);
    if (const PackFile* found = pack.find(name)) {
        rows_ = read_csv_table(found->text, source_, columns, faults);
    } else {
        faults.error({source_, 0, 0}, "scoring_file_missing", {{"file", std::string{name}}});
    }
}

bool ScoringCsv::next() {
    if (next_ == rows_.size()) {
        return false;
    }
    row_ = &rows_[next_++];
    faults_before_ = faults_->error_count();
    return true;
}

std::optional<std::int64_t> ScoringCsv::number_if_any(std::size_t column, int decimals) {
    if (text(column).empty()) {
        return std::nullopt;
    }
    return number(column, decimals);
}

std::int64_t ScoringCsv::number(std::size_t column, int decimals) {
    const auto value = Decimal::parse(text(column));
    const Decimal most = Decimal::from_int(1'000'000);
    if (!value || *value > most || *value < -most) {
        fault(column, "scoring_number_unreadable", {{"value", text(column)}});
        return 0;
    }
    if (value->decimals() > decimals) {
        fault(column,
              "scoring_number_too_fine",
              {{"value", text(column)}, {"decimals", std::to_string(decimals)}});
        return 0;
    }
    std::int64_t unit = Decimal::one;
    for (int i = 0; i < decimals; ++i) {
        unit /= 10;
    }
    return value->nano() / unit;
}

std::int32_t ScoringCsv::small_number(std::size_t column) {
    const std::int64_t value = number(column, 0);
    if (value < 0 || value > 1000) {
        fault(column, "scoring_number_outside", {{"value", text(column)}});
        return 0;
    }
    return static_cast<std::int32_t>(value);
}

Sex ScoringCsv::sex(std::size_t column) {
    static constexpr std::array<std::string_view, 2> choices{"male", "female"};
    return choice(column, choices) == 0 ? Sex::male : Sex::female;
}

int ScoringCsv::grade(std::size_t column) {
    const auto value = Decimal::parse(text(column));
    for (int grade = 1; value && grade <= highest_grade; ++grade) {
        if (*value == Decimal::from_int(grade)) {
            return grade;
        }
    }
    fault(column, "scoring_grade_unknown", {{"value", text(column)}});
    return 0;
}

std::size_t ScoringCsv::choice(std::size_t column, std::span<const std::string_view> choices) {
    const auto found = std::find(choices.begin(), choices.end(), text(column));
    if (found != choices.end()) {
        return static_cast<std::size_t>(found - choices.begin());
    }
    std::string list;
    for (const std::string_view one : choices) {
        list += (list.empty() ? "" : ", ") + std::string{one};
    }
    fault(
        column, "scoring_choice_unknown", {{"value", text(column)}, {"choices", std::move(list)}});
    return 0;
}

void ScoringCsv::fault(std::size_t column, std::string_view code, MessageArgs args) {
    faults_->error(cell(column).at, code, std::move(args));
}

}  // namespace agate::framework
