// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/day.h"

namespace agate::app {

/// A bucket of tokens for each key (a network address, a login): `burst` at once, then one every
/// `refill_micros`. Bounded: the fullest buckets are forgotten first.
class RateLimit {
public:
    struct Rule {
        int burst = 10;
        std::int64_t refill_micros = 6'000'000;
    };

    explicit RateLimit(Rule rule) : rule_(rule) {}

    /// Takes a token; false when there is none.
    [[nodiscard]] bool take(std::string_view key, Instant now);

private:
    struct Bucket {
        double tokens = 0;
        Instant at;
    };

    void forget_full(Instant now);

    Rule rule_;
    std::mutex mutex_;
    std::unordered_map<std::string, Bucket> buckets_;
};

}  // namespace agate::app
