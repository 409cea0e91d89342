// SPDX-License-Identifier: Apache-2.0
#include "framework/scoring_rows.h"

#include <algorithm>
#include <array>
#include <set>
#include <string>

#include "framework/scoring_csv.h"

namespace agate::framework {
namespace {

constexpr CsvColumn need(std::string_view name) {
    return {name, CsvColumn::Need::required};
}

constexpr CsvColumn note(std::string_view name) {
    return {name, CsvColumn::Need::optional};
}

std::optional<int> find_item(const ScoringRows& rows, std::string_view code) {
    for (std::size_t i = 0; i < rows.items.size(); ++i) {
        if (rows.items[i].code == code) {
            return static_cast<int>(i);
        }
    }
    return std::nullopt;
}

/// The item a row names; a fault, and nothing, when items.csv does not have it.
std::optional<int> item_of(const ScoringRows& rows,
                           const ScoringCsv& csv,
                           std::size_t column,
                           Faults& faults) {
    const auto found = find_item(rows, csv.text(column));
    if (!found) {
        std::set<std::string> known;
        for (const ScoringItem& item : rows.items) {
            known.insert(item.code);
        }
        faults.unknown(csv.cell(column), "scoring_item_unknown", known);
    }
    return found;
}

void read_items(const PackFiles& pack, ScoringRows& rows, Faults& faults) {
    static constexpr std::array columns{need("item"),
                                        need("name_zh"),
                                        need("name_en"),
                                        need("unit"),
                                        need("unit_zh"),
                                        need("direction"),
                                        need("decimals"),
                                        need("import_min"),
                                        need("import_max"),
                                        need("entry"),
                                        need("rounding"),
                                        note("precision_rule"),
                                        note("precision_basis")};
    // In the order of the enumerators.
    static constexpr std::array<std::string_view, 4> directions{
        "higher_is_better", "lower_is_better", "banded", "none"};
    static constexpr std::array<std::string_view, 4> entries{
        "integer", "decimal", "minutes_seconds", "computed"};
    static constexpr std::array<std::string_view, 3> roundings{"exact", "half_up", "slower"};
    ScoringCsv csv(pack, "items.csv", columns, faults);
    while (csv.next()) {
        ScoringItem item;
        item.code = csv.text(0);
        item.name_zh = csv.text(1);
        item.name_en = csv.text(2);
        item.unit = csv.text(3);
        item.unit_zh = csv.text(4);
        item.direction = static_cast<ScoringItem::Direction>(csv.choice(5, directions));
        const std::int32_t decimals = csv.small_number(6);
        if (decimals > 6) {
            csv.fault(6, "scoring_number_outside", {{"value", csv.text(6)}});
        }
        item.decimals = std::min(decimals, 6);
        item.entry = static_cast<ScoringItem::Entry>(csv.choice(9, entries));
        item.rounding = static_cast<ScoringItem::Rounding>(csv.choice(10, roundings));
        if (item.entry != ScoringItem::Entry::computed) {
            item.import_min = csv.number(7, item.decimals);
            item.import_max = csv.number(8, item.decimals);
        }
        if (item.import_max < item.import_min) {
            csv.fault(8, "scoring_range_reversed", {{"item", item.code}});
        }
        if (item.code.empty() || find_item(rows, item.code)) {
            csv.fault(0, "scoring_item_repeated", {{"item", item.code}});
            continue;
        }
        if (item.direction == ScoringItem::Direction::banded) {
            if (rows.banded_item) {
                csv.fault(5, "scoring_banded_twice", {{"item", item.code}});
            }
            rows.banded_item = static_cast<int>(rows.items.size());
        }
        rows.items.push_back(std::move(item));
    }
}

/// A row of a table must say the same direction as items.csv.
void check_direction(const ScoringItem& item, ScoringCsv& csv, std::size_t column) {
    using Direction = ScoringItem::Direction;
    const bool is_same =
        (item.direction == Direction::higher_is_better && csv.text(column) == "higher_is_better") ||
        (item.direction == Direction::lower_is_better && csv.text(column) == "lower_is_better");
    if (!is_same) {
        csv.fault(column,
                  "scoring_direction_differs",
                  {{"item", item.code}, {"value", csv.text(column)}});
    }
}

void read_thresholds(const PackFiles& pack, ScoringRows& rows, Faults& faults) {
    static constexpr std::array columns{need("item"),
                                        need("sex"),
                                        need("grade"),
                                        need("score"),
                                        need("threshold"),
                                        need("direction"),
                                        need("awarded"),
                                        note("unit"),
                                        note("official_notation")};
    static constexpr std::array<std::string_view, 2> answers{"yes", "no"};
    ScoringCsv csv(pack, "item_thresholds.csv", columns, faults);
    while (csv.next()) {
        const auto item = item_of(rows, csv, 0, faults);
        if (!item) {
            continue;
        }
        const ScoringItem& known = rows.items[static_cast<std::size_t>(*item)];
        check_direction(known, csv, 5);
        ThresholdRow row{.item = *item,
                         .sex = csv.sex(1),
                         .grade = csv.grade(2),
                         .score = csv.small_number(3),
                         .threshold = csv.number_if_any(4, known.decimals),
                         .at = csv.cell(0).at};
        const bool is_awarded = csv.choice(6, answers) == 0;
        if (is_awarded != row.threshold.has_value()) {
            csv.fault(4, is_awarded ? "scoring_threshold_missing" : "scoring_threshold_unawarded");
        }
        if (csv.is_clean()) {
            rows.thresholds.push_back(row);
        }
    }
}

void read_classes(const PackFiles& pack, ScoringRows& rows, Faults& faults) {
    static constexpr std::array columns{need("sex"),
                                        need("grade"),
                                        need("class"),
                                        need("class_zh"),
                                        need("score"),
                                        need("bmi_min"),
                                        need("bmi_max")};
    if (!rows.banded_item) {
        return;
    }
    const int decimals = rows.items[static_cast<std::size_t>(*rows.banded_item)].decimals;
    ScoringCsv csv(pack, "bmi_classes.csv", columns, faults);
    while (csv.next()) {
        ClassRow row{.sex = csv.sex(0),
                     .grade = csv.grade(1),
                     .code = csv.text(2),
                     .name_zh = csv.text(3),
                     .score = csv.small_number(4),
                     .from = csv.number_if_any(5, decimals),
                     .to = csv.number_if_any(6, decimals),
                     .at = csv.cell(0).at};
        if (csv.is_clean()) {
            rows.classes.push_back(std::move(row));
        }
    }
}

void read_bonuses(const PackFiles& pack, ScoringRows& rows, Faults& faults) {
    static constexpr std::array columns{need("item"),
                                        need("sex"),
                                        need("grade"),
                                        need("bonus"),
                                        need("beyond_100_point_mark"),
                                        need("absolute_threshold"),
                                        need("direction"),
                                        note("unit")};
    ScoringCsv csv(pack, "bonus_thresholds.csv", columns, faults);
    while (csv.next()) {
        const auto item = item_of(rows, csv, 0, faults);
        if (!item) {
            continue;
        }
        const ScoringItem& known = rows.items[static_cast<std::size_t>(*item)];
        check_direction(known, csv, 6);
        const BonusRow row{.item = *item,
                           .sex = csv.sex(1),
                           .grade = csv.grade(2),
                           .bonus = csv.small_number(3),
                           .beyond = csv.number(4, known.decimals),
                           .threshold = csv.number(5, known.decimals),
                           .at = csv.cell(0).at};
        if (csv.is_clean()) {
            rows.bonuses.push_back(row);
        }
    }
}

void read_weights(const PackFiles& pack, ScoringRows& rows, Faults& faults) {
    static constexpr std::array columns{need("grade"),
                                        need("sex"),
                                        need("item"),
                                        need("weight_percent"),
                                        need("bonus_cap"),
                                        note("stage")};
    ScoringCsv csv(pack, "item_weights.csv", columns, faults);
    while (csv.next()) {
        const auto item = item_of(rows, csv, 2, faults);
        if (!item) {
            continue;
        }
        const WeightRow row{.item = *item,
                            .sex = csv.sex(1),
                            .grade = csv.grade(0),
                            .percent = csv.small_number(3),
                            .bonus_cap = csv.small_number(4),
                            .at = csv.cell(0).at};
        using Direction = ScoringItem::Direction;
        if (rows.items[static_cast<std::size_t>(*item)].direction == Direction::none) {
            csv.fault(2, "scoring_item_unscored", {{"value", csv.text(2)}});
        }
        if (csv.is_clean()) {
            rows.weights.push_back(row);
        }
    }
}

void read_levels(const PackFiles& pack, ScoringRows& rows, Faults& faults) {
    static constexpr std::array columns{
        need("level"), need("level_zh"), need("total_min"), need("total_max")};
    ScoringCsv csv(pack, "levels.csv", columns, faults);
    rows.levels_source = csv.source();
    while (csv.next()) {
        LevelRow row{.level = {.code = csv.text(0),
                               .name_zh = csv.text(1),
                               .from = Decimal::from_nano(csv.number(2, Decimal::max_decimals)),
                               .to = Decimal::from_nano(csv.number(3, Decimal::max_decimals))},
                     .at = csv.cell(0).at};
        if (csv.is_clean()) {
            rows.levels.push_back(std::move(row));
        }
    }
}

}  // namespace

ScoringRows read_scoring_rows(const PackFiles& pack, Faults& faults) {
    ScoringRows rows;
    read_items(pack, rows, faults);
    read_thresholds(pack, rows, faults);
    read_classes(pack, rows, faults);
    read_bonuses(pack, rows, faults);
    read_weights(pack, rows, faults);
    read_levels(pack, rows, faults);
    return rows;
}

}  // namespace agate::framework
