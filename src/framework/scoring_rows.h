// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/org.h"
#include "framework/faults.h"
#include "framework/pack_files.h"
#include "framework/scoring_tables.h"

// The rows of a scoring pack's files as read, each with its place, before they are checked against
// each other and built into tables.
namespace agate::framework {

/// One score of one table; no threshold: blank in the official table, never awarded.
struct ThresholdRow {
    int item = 0;
    Sex sex = Sex::male;
    int grade = 0;
    std::int32_t score = 0;
    std::optional<std::int64_t> threshold;
    At at;
};

struct BonusRow {
    int item = 0;
    Sex sex = Sex::male;
    int grade = 0;
    std::int32_t bonus = 0;
    std::int64_t beyond = 0;  ///< distance from the 100 mark, always positive
    std::int64_t threshold = 0;
    At at;
};

struct ClassRow {
    Sex sex = Sex::male;
    int grade = 0;
    std::string code, name_zh;
    std::int32_t score = 0;
    std::optional<std::int64_t> from, to;  ///< inclusive; nothing: open end
    At at;
};

struct WeightRow {
    int item = 0;
    Sex sex = Sex::male;
    int grade = 0;
    std::int32_t percent = 0;
    std::int32_t bonus_cap = 0;
    At at;
};

struct LevelRow {
    ScoringLevel level;
    At at;
};

struct ScoringRows {
    std::vector<ScoringItem> items;
    std::optional<int> banded_item;  ///< the item of bmi_classes.csv
    std::vector<ThresholdRow> thresholds;
    std::vector<BonusRow> bonuses;
    std::vector<ClassRow> classes;
    std::vector<WeightRow> weights;
    std::vector<LevelRow> levels;
    std::int32_t levels_source = 0;  ///< of levels.csv, for faults of the whole file
};

/// Faults of single rows are told, and those rows left out.
[[nodiscard]] ScoringRows read_scoring_rows(const PackFiles& pack, Faults& faults);

/// Faults between rows: order, completeness, gaps, sums.
void check_scoring_rows(const ScoringRows& rows, Faults& faults);

}  // namespace agate::framework
