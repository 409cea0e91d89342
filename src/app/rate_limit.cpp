// SPDX-License-Identifier: Apache-2.0
#include "app/rate_limit.h"

#include <algorithm>

namespace agate::app {
namespace {
constexpr std::size_t most_buckets = 100'000;
}

bool RateLimit::take(std::string_view key, Instant now) {
    const std::lock_guard lock(mutex_);
    if (buckets_.size() >= most_buckets) {
        forget_full(now);
    }
    const auto full = static_cast<double>(rule_.burst);
    auto [found, is_new] = buckets_.try_emplace(std::string(key), Bucket{full, now});
    auto& bucket = found->second;
    if (!is_new) {
        const auto passed = static_cast<double>(now.micros - bucket.at.micros);
        bucket.tokens =
            std::min(full, bucket.tokens + passed / static_cast<double>(rule_.refill_micros));
        bucket.at = now;
    }
    if (bucket.tokens < 1) {
        return false;
    }
    bucket.tokens -= 1;
    return true;
}

void RateLimit::forget_full(Instant now) {
    const auto time_to_fill = rule_.refill_micros * rule_.burst;
    std::erase_if(buckets_, [&](const auto& entry) {
        return now.micros - entry.second.at.micros >= time_to_fill;
    });
    if (buckets_.size() >= most_buckets) {
        buckets_.clear();
    }
}

}  // namespace agate::app
