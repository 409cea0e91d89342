// SPDX-License-Identifier: Apache-2.0
#include "framework/scoring_tables.h"

#include <algorithm>
#include <array>
#include <iterator>

#include "base/error.h"
#include "framework/scoring_rows.h"

namespace agate::framework {
namespace {

std::size_t at(Sex sex) {
    return sex == Sex::male ? 0 : 1;
}

bool is_grade(int grade) {
    return grade >= 1 && grade <= highest_grade;
}

/// The table of one sex and grade; empty for grades that there are not.
template <class Tables>
const auto& table_of(const Tables& tables, Sex sex, int grade) {
    return tables[at(sex)][is_grade(grade) ? static_cast<std::size_t>(grade) : 0];
}

constexpr std::array<std::int64_t, 10> powers_of_ten{
    1, 10, 100, 1'000, 10'000, 100'000, 1'000'000, 10'000'000, 100'000'000, 1'000'000'000};

std::int64_t power_of_ten(int exponent) {
    return powers_of_ten[static_cast<std::size_t>(exponent)];
}

ScoringTables build(ScoringRows rows) {
    ScoringTables tables;
    tables.items = std::move(rows.items);
    const std::size_t count = tables.items.size();
    for (std::size_t sex = 0; sex < 2; ++sex) {
        for (std::size_t grade = 0; grade <= highest_grade; ++grade) {
            tables.weight_percent[sex][grade].assign(count, 0);
            tables.bonus_cap[sex][grade].assign(count, 0);
        }
    }
    const auto item_at = [&](int index) -> ScoringItem& {
        return tables.items[static_cast<std::size_t>(index)];
    };
    for (const ThresholdRow& row : rows.thresholds) {
        if (row.threshold) {
            item_at(row.item).rows[at(row.sex)][static_cast<std::size_t>(row.grade)].push_back(
                {*row.threshold, row.score});
        }
    }
    for (const BonusRow& row : rows.bonuses) {
        item_at(row.item).bonus[at(row.sex)][static_cast<std::size_t>(row.grade)].push_back(
            {row.threshold, row.bonus});
    }
    for (ClassRow& row : rows.classes) {
        item_at(*rows.banded_item)
            .classes[at(row.sex)][static_cast<std::size_t>(row.grade)]
            .push_back({row.from.value_or(INT64_MIN), row.score, row.code, row.name_zh});
    }
    for (const WeightRow& row : rows.weights) {
        const auto grade = static_cast<std::size_t>(row.grade);
        const auto item = static_cast<std::size_t>(row.item);
        tables.weight_percent[at(row.sex)][grade][item] = row.percent;
        tables.bonus_cap[at(row.sex)][grade][item] = row.bonus_cap;
    }
    for (LevelRow& row : rows.levels) {
        tables.levels.push_back(std::move(row.level));
    }
    return tables;
}

void sort_tables(ScoringTables& tables) {
    const auto best_first = [](const ScoringItem::Row& a, const ScoringItem::Row& b) {
        return a.score > b.score;
    };
    for (ScoringItem& item : tables.items) {
        for (std::size_t sex = 0; sex < 2; ++sex) {
            for (std::size_t grade = 0; grade <= highest_grade; ++grade) {
                std::sort(item.rows[sex][grade].begin(), item.rows[sex][grade].end(), best_first);
                std::sort(item.bonus[sex][grade].begin(), item.bonus[sex][grade].end(), best_first);
                std::sort(item.classes[sex][grade].begin(),
                          item.classes[sex][grade].end(),
                          [](const auto& a, const auto& b) { return a.from < b.from; });
            }
        }
    }
    std::sort(tables.levels.begin(), tables.levels.end(), [](const auto& a, const auto& b) {
        return a.from < b.from;
    });
}

/// The first row, best first, that the raw value reaches.
const ScoringItem::Row* reached(const ScoringItem& item,
                                const std::vector<ScoringItem::Row>& rows,
                                std::int64_t raw) {
    const bool is_lower = item.direction == ScoringItem::Direction::lower_is_better;
    const auto found =
        std::partition_point(rows.begin(), rows.end(), [&](const ScoringItem::Row& row) {
            return is_lower ? raw > row.threshold : raw < row.threshold;
        });
    return found == rows.end() ? nullptr : &*found;
}

}  // namespace

std::optional<int> ScoringTables::find(std::string_view item) const {
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (items[i].code == item) {
            return static_cast<int>(i);
        }
    }
    return std::nullopt;
}

bool has_scoring_tables(const PackFiles& pack) {
    return pack.find("items.csv") != nullptr;
}

ScoringTables read_scoring_tables(const PackFiles& pack, Faults& faults) {
    const std::size_t before = faults.error_count();
    ScoringRows rows = read_scoring_rows(pack, faults);
    // Rows with faults are left out above; what that breaks is not told twice.
    if (faults.error_count() == before) {
        check_scoring_rows(rows, faults);
    }
    ScoringTables tables = build(std::move(rows));
    sort_tables(tables);
    return tables;
}

GroupWeights group_weights(const ScoringTables& tables,
                           NodeIndex parent,
                           std::span<const int> items_of_children) {
    GroupWeights weights;
    weights.parent = parent;
    for (std::size_t sex = 0; sex < 2; ++sex) {
        for (std::size_t grade = 1; grade <= highest_grade; ++grade) {
            for (const int item : items_of_children) {
                weights.weight_ppm[sex][grade].push_back(
                    10'000 * std::int64_t{tables.weight_percent[sex][grade].at(
                                 static_cast<std::size_t>(item))});
            }
        }
    }
    return weights;
}

RawValue round_raw(const ScoringItem& item, Decimal given) {
    using Rounding = ScoringItem::Rounding;
    const std::int64_t unit = power_of_ten(Decimal::max_decimals - item.decimals);
    std::int64_t low = given.nano() / unit;  // towards minus infinity
    std::int64_t rest = given.nano() % unit;
    if (rest < 0) {
        rest += unit;
        --low;
    }
    if (rest != 0) {
        const bool is_lower = item.direction == ScoringItem::Direction::lower_is_better;
        switch (item.rounding) {
            case Rounding::exact:
                return {.value = 0, .fault = RawFault::not_exact};
            case Rounding::half_up:
                low += 2 * rest >= unit ? 1 : 0;
                break;
            case Rounding::slower:
                low += is_lower ? 1 : 0;
                break;
        }
    }
    const bool has_range = item.entry != ScoringItem::Entry::computed;
    if (has_range && (low < item.import_min || low > item.import_max)) {
        return {.value = 0, .fault = RawFault::out_of_range};
    }
    return {.value = low, .fault = std::nullopt};
}

std::optional<std::int64_t> body_mass_index(const ScoringItem& bmi,
                                            Decimal height_cm,
                                            Decimal weight_kg) {
    const auto height = height_cm.milli();
    const auto weight = weight_kg.milli();
    const bool is_height = height && *height >= 1'000 && *height <= 1'000'000;
    const bool is_weight = weight && *weight > 0 && *weight <= 10'000'000;
    if (!is_height || !is_weight || bmi.decimals > 3) {
        return std::nullopt;
    }
    // kg / m^2 = 10^4 kg / cm^2 = 10^7 g / mm^2 in thousandths of centimetres and kilograms; with
    // the bounds above at most 2 * 10^17, so that 64 bits do.
    const std::int64_t top = 10'000'000 * power_of_ten(bmi.decimals) * *weight;
    const std::int64_t square = *height * *height;
    return (2 * top + square) / (2 * square);
}

std::optional<std::int32_t> score_for(const ScoringItem& item,
                                      Sex sex,
                                      int grade,
                                      std::int64_t raw) {
    if (item.direction == ScoringItem::Direction::banded) {
        const ScoringItem::Class* found = class_for(item, sex, grade, raw);
        return found == nullptr ? std::nullopt : std::optional{found->score};
    }
    const auto& rows = table_of(item.rows, sex, grade);
    if (rows.empty()) {
        return std::nullopt;
    }
    const ScoringItem::Row* row = reached(item, rows, raw);
    return row == nullptr ? 0 : row->score;
}

std::int32_t bonus_for(const ScoringItem& item, Sex sex, int grade, std::int64_t raw) {
    const ScoringItem::Row* row = reached(item, table_of(item.bonus, sex, grade), raw);
    return row == nullptr ? 0 : row->score;
}

const ScoringItem::Class* class_for(const ScoringItem& item, Sex sex, int grade, std::int64_t raw) {
    const auto& classes = table_of(item.classes, sex, grade);
    const auto above =
        std::partition_point(classes.begin(), classes.end(), [&](const ScoringItem::Class& one) {
            return one.from <= raw;
        });
    return above == classes.begin() ? nullptr : &*std::prev(above);
}

bool has_table(const ScoringItem& item, Sex sex, int grade) {
    return !table_of(item.rows, sex, grade).empty() || !table_of(item.classes, sex, grade).empty();
}

}  // namespace agate::framework
