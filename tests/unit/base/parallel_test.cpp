// SPDX-License-Identifier: Apache-2.0
#include "base/parallel.h"

#include <gtest/gtest.h>

#include <atomic>
#include <stdexcept>
#include <vector>

namespace agate {
namespace {

TEST(ShareOut, DoesEveryPieceOnce) {
    for (const int threads : {0, 1, 2, 7}) {
        for (const std::size_t count : {0U, 1U, 6U, 7U, 8U, 1000U}) {
            std::vector<int> done(count);
            share_out(count, 7, threads, [&]() -> Share {
                return [&](std::size_t from, std::size_t to) {
                    for (std::size_t i = from; i < to; ++i) {
                        ++done[i];
                    }
                };
            });
            EXPECT_EQ(done, std::vector<int>(count, 1));
        }
    }
}

TEST(ShareOut, ThrowsWhatAShareThrew) {
    std::atomic<int> shares{0};
    const auto run = [&](int threads) {
        share_out(100, 1, threads, [&]() -> Share {
            return [&](std::size_t from, std::size_t) {
                ++shares;
                if (from == 10) {
                    throw std::runtime_error("ten");
                }
            };
        });
    };
    EXPECT_THROW(run(1), std::runtime_error);
    EXPECT_EQ(shares, 11);
    EXPECT_THROW(run(4), std::runtime_error);
}

TEST(ShareOut, ThereIsAtLeastOneProcessor) {
    EXPECT_GE(processor_count(), 1);
}

}  // namespace
}  // namespace agate
