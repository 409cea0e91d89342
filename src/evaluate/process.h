// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>

#include "base/decimal.h"

// Process evaluation 过程评价: how a term went on, from the dates of the records alone. No score
// comes out of it and none goes in.
namespace agate::evaluate {

enum class Trend : std::uint8_t {
    too_little,  ///< under six weeks, or under five records: nothing is said
    steady,
    rising,
    falling,
};
[[nodiscard]] std::string_view to_text(Trend trend);

/// What one content, or all of them, has to show. Weeks are those with a working day, so far.
struct ProcessInput {
    std::span<const std::int32_t> weekly;  ///< records of each week
    std::int32_t leaves = 0;               ///< indicators that apply to the subject
    std::int32_t leaves_with_records = 0;
    std::int32_t records_in_last_tenth = 0;  ///< of the days so far
    bool is_long_enough = true;  ///< the last tenth has at least five days; else no burst is told
};

struct Process {
    std::int32_t weeks = 0, active_weeks = 0, records = 0;
    std::int32_t regularity_ppm = 0;  ///< active weeks / weeks, rounded down
    std::int32_t breadth_ppm = 0;     ///< indicators with records / indicators, rounded down
    Trend trend = Trend::too_little;
    Decimal slope{};  ///< records a week more each week (Theil-Sen), two decimals half up
    std::int32_t last_tenth_ppm = 0;  ///< share of the records in the last tenth of the days
    bool is_burst = false;            ///< over 40 % of at least ten records

    friend bool operator==(const Process&, const Process&) = default;
};

/// The slope is the median of (y_j - y_i) / (j - i) over all pairs of weeks. A direction is claimed
/// only where the Mann-Kendall statistic, corrected for ties and for continuity, is beyond 1.645:
/// nine in ten by chance would not be. All of it in whole numbers.
[[nodiscard]] Process evaluate_process(const ProcessInput& input);

}  // namespace agate::evaluate
