// SPDX-License-Identifier: Apache-2.0
#include "evaluate/process.h"

#include <gtest/gtest.h>

#include <random>
#include <vector>

namespace agate::evaluate {
namespace {

Process of(const std::vector<std::int32_t>& weekly) {
    return evaluate_process({.weekly = weekly,
                             .leaves = 9,
                             .leaves_with_records = 4,
                             .records_in_last_tenth = 0,
                             .is_long_enough = true});
}

TEST(Process, CountsWeeksAndBreadth) {
    const auto process = of({3, 0, 1, 0, 0, 2, 1});
    EXPECT_EQ(process.weeks, 7);
    EXPECT_EQ(process.active_weeks, 4);
    EXPECT_EQ(process.records, 7);
    EXPECT_EQ(process.regularity_ppm, 571'428);  // 4 / 7, rounded down
    EXPECT_EQ(process.breadth_ppm, 444'444);     // 4 / 9
    const auto empty = evaluate_process({});
    EXPECT_EQ(empty.regularity_ppm, 0);
    EXPECT_EQ(empty.breadth_ppm, 0);
    EXPECT_EQ(empty.trend, Trend::too_little);
}

struct TrendCase {
    std::vector<std::int32_t> weekly;
    Trend trend;
    const char* slope;
};

TEST(Process, TheTrendIsClaimedOnlyWhereItShows) {
    const TrendCase cases[] = {
        {{0, 1, 2, 3, 4}, Trend::too_little, "0"},     // five weeks
        {{0, 0, 1, 1, 1, 1}, Trend::too_little, "0"},  // four records
        {{0, 1, 2, 3, 4, 5}, Trend::rising, "1"},
        {{5, 4, 3, 2, 1, 0}, Trend::falling, "-1"},
        {{2, 2, 2, 2, 2, 2}, Trend::steady, "0"},
        {{1, 3, 2, 4, 1, 3}, Trend::steady, "0.33"},
        // S = 9 of 15, 18 Var = 510: 8 * 8 * 18 = 1152 < 2.706 * 510 = 1380.
        {{0, 2, 1, 4, 3, 3}, Trend::steady, "0.6"},
        // One week more in the same way: it shows.
        {{0, 2, 1, 4, 3, 3, 5}, Trend::rising, "0.67"},
    };
    for (const auto& one : cases) {
        SCOPED_TRACE(::testing::PrintToString(one.weekly));
        const auto process = of(one.weekly);
        EXPECT_EQ(to_text(process.trend), to_text(one.trend));
        EXPECT_EQ(process.slope.to_string(), one.slope);
    }
}

TEST(Process, TurnedRoundATrendIsItsOpposite) {
    std::mt19937 random(3);
    int claimed = 0;
    for (int round = 0; round < 2000; ++round) {
        std::vector<std::int32_t> weekly(6 + random() % 15);
        for (auto& count : weekly) {
            count = static_cast<std::int32_t>(random() % 6);
        }
        const auto forward = of(weekly);
        std::reverse(weekly.begin(), weekly.end());
        const auto back = of(weekly);
        claimed += forward.trend == Trend::rising || forward.trend == Trend::falling ? 1 : 0;
        EXPECT_EQ(forward.trend == Trend::rising, back.trend == Trend::falling);
        EXPECT_EQ(forward.trend == Trend::steady, back.trend == Trend::steady);
    }
    // Of orders without any trend about one in ten is claimed by chance, and no more.
    EXPECT_GT(claimed, 2000 * 5 / 100);
    EXPECT_LT(claimed, 2000 * 12 / 100);
}

TEST(Process, ABurstIsMoreThanFourInTenOfManyRecords) {
    const std::vector<std::int32_t> weekly{1, 1, 1, 1, 1, 5};
    ProcessInput input{.weekly = weekly, .records_in_last_tenth = 5};
    EXPECT_TRUE(evaluate_process(input).is_burst);
    EXPECT_EQ(evaluate_process(input).last_tenth_ppm, 500'000);
    input.records_in_last_tenth = 4;  // exactly 40 %
    EXPECT_FALSE(evaluate_process(input).is_burst);
    input.records_in_last_tenth = 5;
    input.is_long_enough = false;
    EXPECT_FALSE(evaluate_process(input).is_burst);
    const std::vector<std::int32_t> few{4, 5};
    EXPECT_FALSE(evaluate_process({.weekly = few, .records_in_last_tenth = 9}).is_burst);
}

}  // namespace
}  // namespace agate::evaluate
