// SPDX-License-Identifier: Apache-2.0
#include "core/result.h"

#include <gtest/gtest.h>

namespace agate {
namespace {

TEST(PossibleRange, RunsFromWorstToBest) {
    struct Case {
        std::string_view score;
        std::int32_t coverage_ppm;
        int decimals;
        std::string_view low, high;
    };

    const Case cases[] = {
        {"87.5", 1'000'000, 1, "87.5", "87.5"},
        {"87.5", 0, 1, "0", "100"},
        {"80", 500'000, 1, "40", "90"},
        {"87.5", 410'000, 1, "35.9", "94.9"},
        {"33.3", 333'333, 1, "11.1", "77.8"},
    };
    for (const auto& c : cases) {
        const auto range =
            possible_range(Decimal::parse(c.score).value(), c.coverage_ppm, c.decimals);
        EXPECT_EQ(range.low.to_string(), c.low);
        EXPECT_EQ(range.high.to_string(), c.high);
    }
}

}  // namespace
}  // namespace agate
