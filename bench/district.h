// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "core/records.h"
#include "framework/plan.h"

// The synthetic evaluation of a district: its rules, its records, and a pass over bare columns that
// does nothing else. What it asks is stated in docs/performance.md.
namespace agate::bench {

inline constexpr int indicators = 30;
inline constexpr int weeks = 20;
inline constexpr int pupils_a_school = 1200;

/// Records in the order in which they came in.
struct Columns {
    std::vector<std::uint32_t> pupil, rater;
    std::vector<std::uint8_t> indicator, kind, week;  ///< kind 0: points
    std::vector<std::int16_t> value;                  ///< points in hundredths; a rating 40 to 100
};

[[nodiscard]] Columns make_columns(std::size_t records, std::uint32_t pupils, std::uint64_t seed);

/// The five frameworks: schools differ in their bands. Nine decimals everywhere.
[[nodiscard]] std::vector<framework::Plan> make_plans();

/// One school's records, clustered by pupil in time order.
struct SchoolRecords {
    RecordWords words;
    std::vector<std::uint32_t> first;  ///< one more than pupils
    std::vector<Record> records;
};

[[nodiscard]] std::vector<SchoolRecords> make_schools(const Columns& columns, std::uint32_t pupils);

[[nodiscard]] DayRange period();

/// Scores (-1: none), totals and bands (0 the best) of every pupil.
struct Answer {
    std::vector<double> scores, totals;
    std::vector<std::uint8_t> bands;
};

/// The same columns clustered by pupil, eight bytes a record, for the bare pass.
struct Clustered {
    std::vector<std::uint32_t> first;
    std::vector<std::uint64_t> records;
};

[[nodiscard]] Clustered cluster(const Columns& columns, std::uint32_t pupils);

/// The near limit: hand-written, doubles, one rule set, no reasons.
void bare_pass(const Clustered& clustered, std::uint32_t pupils, int threads, Answer& answer);

}  // namespace agate::bench
