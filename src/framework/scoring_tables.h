// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/org.h"
#include "framework/faults.h"
#include "framework/pack_files.h"
#include "framework/plan.h"

// Official score tables: raw values to scores by sex and grade, whole numbers throughout. Read once
// from a pack's CSV files, every fault found; looked up many million times.
namespace agate::framework {

inline constexpr int highest_grade = 12;

/// A level of the year total, best first in levels.csv: "excellent", 90.0 to 120.0.
struct ScoringLevel {
    std::string code, name_zh;
    Decimal from, to;
};

/// The tables of one pack, checked. `weight_percent` and `bonus_cap` are [sex][grade][item].
struct ScoringTables {
    std::vector<ScoringItem> items;  ///< in the order of items.csv
    std::array<std::array<std::vector<std::int32_t>, highest_grade + 1>, 2> weight_percent;
    std::array<std::array<std::vector<std::int32_t>, highest_grade + 1>, 2> bonus_cap;
    std::vector<ScoringLevel> levels;  ///< lowest first

    [[nodiscard]] std::optional<int> find(std::string_view item) const;
};

/// Reads items.csv, item_thresholds.csv, bmi_classes.csv, bonus_thresholds.csv, item_weights.csv
/// and levels.csv of the pack and checks them against each other; its other files are passed over.
/// Usable only when no error was added to `faults`.
[[nodiscard]] ScoringTables read_scoring_tables(const PackFiles& pack, Faults& faults);

/// True when the pack has score tables at all (an items.csv).
[[nodiscard]] bool has_scoring_tables(const PackFiles& pack);

/// The weights of a parent whose children are leaves of these items, in the children's order, from
/// item_weights.csv.
[[nodiscard]] GroupWeights group_weights(const ScoringTables& tables,
                                         NodeIndex parent,
                                         std::span<const int> items_of_children);

enum class RawFault : std::uint8_t { not_exact, out_of_range };

/// A measured value in 10^-decimals of the item's unit, rounded as the item says.
struct RawValue {
    std::int64_t value = 0;
    std::optional<RawFault> fault;  ///< then `value` means nothing
};

[[nodiscard]] RawValue round_raw(const ScoringItem& item, Decimal given);

/// kg / m^2 in 10^-decimals of `bmi` (at most 3), half up. Nothing for a height outside 1 cm to
/// 10 m, a weight that is not positive or over 10 t, or values finer than thousandths.
[[nodiscard]] std::optional<std::int64_t> body_mass_index(const ScoringItem& bmi,
                                                          Decimal height_cm,
                                                          Decimal weight_kg);

/// The score of a raw value; 0 when worse than the last mark; nothing when the item has no table
/// for this sex and grade. Grades outside 1 to 12 have no table.
[[nodiscard]] std::optional<std::int32_t> score_for(const ScoringItem& item,
                                                    Sex sex,
                                                    int grade,
                                                    std::int64_t raw);

/// The bonus of a raw value; 0 where there is none.
[[nodiscard]] std::int32_t bonus_for(const ScoringItem& item, Sex sex, int grade, std::int64_t raw);

/// The class of a banded item; nullptr when there is no table.
[[nodiscard]] const ScoringItem::Class* class_for(const ScoringItem& item,
                                                  Sex sex,
                                                  int grade,
                                                  std::int64_t raw);

[[nodiscard]] bool has_table(const ScoringItem& item, Sex sex, int grade);

}  // namespace agate::framework
