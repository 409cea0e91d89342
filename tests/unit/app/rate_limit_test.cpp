// SPDX-License-Identifier: Apache-2.0
#include "app/rate_limit.h"

#include <gtest/gtest.h>

namespace agate::app {
namespace {

TEST(RateLimit, GivesABurstThenOneForEachRefill) {
    RateLimit limit({.burst = 3, .refill_micros = 1000});
    for (int i = 0; i < 3; ++i) {
        EXPECT_TRUE(limit.take("a", {0}));
    }
    EXPECT_FALSE(limit.take("a", {999}));
    EXPECT_TRUE(limit.take("a", {2000}));
}

TEST(RateLimit, KeepsKeysApart) {
    RateLimit limit({.burst = 1, .refill_micros = 1000});
    EXPECT_TRUE(limit.take("a", {0}));
    EXPECT_TRUE(limit.take("b", {0}));
    EXPECT_FALSE(limit.take("a", {0}));
}

TEST(RateLimit, NeverSavesUpMoreThanTheBurst) {
    RateLimit limit({.burst = 2, .refill_micros = 1000});
    EXPECT_TRUE(limit.take("a", {0}));
    EXPECT_TRUE(limit.take("a", {1'000'000'000}));
    EXPECT_TRUE(limit.take("a", {1'000'000'000}));
    EXPECT_FALSE(limit.take("a", {1'000'000'000}));
}

}  // namespace
}  // namespace agate::app
