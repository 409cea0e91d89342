// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace agate::exchange {

/// How a written time looks. What it then means may depend on the mapping (NumberTimes).
enum class TimeShape : std::uint8_t {
    none,             ///< no time at all
    minutes_seconds,  ///< 3'45, 3'45", 3′45″, 3:45, 3分45秒, 0:03:45
    point_two,        ///< 3.45
    point_one,        ///< 3.5: 3'05 or 3'50, nobody can tell
    whole,            ///< 225, or 4
    short_seconds,    ///< 3'5: one digit after the mark
    no_seconds,       ///< 4'
    with_fraction,    ///< 3'45.2, 3.456
    seconds_over_59,  ///< 3'75, 3.75
};

struct TimeEntry {
    TimeShape shape = TimeShape::none;
    std::int64_t minutes = 0;
    std::int64_t seconds = 0;
};

/// Reads what is written; quotes, primes, colons and full-width forms alike. Never throws.
[[nodiscard]] TimeEntry read_time_entry(std::string_view text);

/// 225 -> 3'45
[[nodiscard]] std::string minutes_seconds_text(std::int64_t seconds);

}  // namespace agate::exchange
