// SPDX-License-Identifier: Apache-2.0
#include "app/suppress.h"

#include <gtest/gtest.h>

#include <numeric>

namespace agate::app {
namespace {

using Shown = std::vector<std::optional<int>>;

TEST(Suppress, LeavesLargeCountsAlone) {
    EXPECT_EQ(suppress(std::vector<int>{10, 20, 15}), (Shown{10, 20, 15}));
}

TEST(Suppress, HidesASmallCountAndOneMoreSoThatItCannotBeWorkedOut) {
    const auto shown = suppress(std::vector<int>{3, 20, 22});
    EXPECT_EQ(shown, (Shown{std::nullopt, std::nullopt, 22}));
}

TEST(Suppress, ZeroMayBeShownUnlessItMustCoverAnother) {
    const auto shown = suppress(std::vector<int>{0, 12, 33});
    EXPECT_EQ(shown, (Shown{0, 12, 33}));
}

TEST(Suppress, HidesAllOfASmallGroup) {
    EXPECT_EQ(suppress(std::vector<int>{1, 0, 2}),
              (Shown{std::nullopt, std::nullopt, std::nullopt}));
}

TEST(Suppress, HidesACountWhoseRestIsSmall) {
    const auto shown = suppress(std::vector<int>{43, 2, 0});
    EXPECT_FALSE(shown[0].has_value());
    EXPECT_FALSE(shown[1].has_value());
}

/// Every hidden cell could still take at least five values, knowing the shown ones and the total.
TEST(Suppress, NoHiddenCountCanBeNarrowedToFewerThanFiveValues) {
    for (int a = 0; a < 13; ++a) {
        for (int b = 0; b < 13; ++b) {
            for (int c = 0; c < 13; ++c) {
                for (int d = 0; d < 9; ++d) {
                    const std::vector<int> counts{a, b, c, d};
                    const auto shown = suppress(counts);
                    int hidden = 0, sum = 0, small = 0;
                    for (std::size_t i = 0; i < counts.size(); ++i) {
                        if (!shown[i]) {
                            ++hidden;
                            sum += counts[i];
                        } else {
                            small += *shown[i] > 0 && *shown[i] < smallest_group ? 1 : 0;
                        }
                    }
                    EXPECT_EQ(small, 0);
                    const bool all_hidden = hidden == 4;
                    EXPECT_TRUE(hidden == 0 || all_hidden ||
                                (hidden >= 2 && sum + 1 >= smallest_group))
                        << a << " " << b << " " << c << " " << d;
                }
            }
        }
    }
}

}  // namespace
}  // namespace agate::app
