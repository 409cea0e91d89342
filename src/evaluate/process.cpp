// SPDX-License-Identifier: Apache-2.0
#include "evaluate/process.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <map>
#include <numeric>
#include <string_view>
#include <vector>

namespace agate::evaluate {
namespace {

constexpr std::int64_t million = 1'000'000;
constexpr std::size_t least_weeks = 6;
constexpr std::int32_t least_records = 5;
constexpr std::int32_t least_records_of_a_burst = 10;
constexpr std::int64_t burst_ppm = 400'000;

std::int32_t share_ppm(std::int64_t part, std::int64_t whole) {
    return whole == 0 ? 0 : static_cast<std::int32_t>(part * million / whole);
}

struct Slope {
    std::int64_t rise = 0, run = 1;

    friend bool operator<(const Slope& a, const Slope& b) {
        return a.rise * b.run < b.rise * a.run;
    }
};

/// Median of all pairwise slopes; of an even number, the mean of the two in the middle.
Decimal median_slope(std::span<const std::int32_t> weekly) {
    std::vector<Slope> slopes;
    for (std::size_t j = 1; j < weekly.size(); ++j) {
        for (std::size_t i = 0; i < j; ++i) {
            slopes.push_back(
                {std::int64_t{weekly[j]} - weekly[i], static_cast<std::int64_t>(j - i)});
        }
    }
    std::sort(slopes.begin(), slopes.end());
    const Slope& high = slopes[slopes.size() / 2];
    const Slope& low = slopes[(slopes.size() - 1) / 2];
    const Int128 numerator = Int128{low.rise} * high.run + Int128{high.rise} * low.run;
    return divide_half_up(numerator * Decimal::one, Int128{2} * low.run * high.run, 2);
}

/// (|S| - 1)^2 >= z^2 Var(S), with z = 1.645 and 18 Var(S) = n(n-1)(2n+5) - sum of t(t-1)(2t+5)
/// over groups of t equal weeks (Kendall 1975).
Trend direction_of(std::span<const std::int32_t> weekly) {
    std::int64_t s = 0;
    std::map<std::int32_t, std::int64_t> ties;
    for (std::size_t j = 0; j < weekly.size(); ++j) {
        ++ties[weekly[j]];
        for (std::size_t i = 0; i < j; ++i) {
            s += weekly[j] > weekly[i] ? 1 : weekly[j] < weekly[i] ? -1 : 0;
        }
    }
    const auto spread = [](std::int64_t n) { return n * (n - 1) * (2 * n + 5); };
    std::int64_t variance = spread(static_cast<std::int64_t>(weekly.size()));
    for (const auto& [count, times] : ties) {
        variance -= spread(times);
    }
    const std::int64_t beyond = std::max<std::int64_t>(std::llabs(s) - 1, 0);
    constexpr std::int64_t z_squared_milli = 2706;
    const bool is_claimed =
        beyond > 0 && Int128{18'000} * beyond * beyond >= Int128{z_squared_milli} * variance;
    return !is_claimed ? Trend::steady : s > 0 ? Trend::rising : Trend::falling;
}

}  // namespace

std::string_view to_text(Trend trend) {
    constexpr std::array<std::string_view, 4> names{"too_little", "steady", "rising", "falling"};
    return names[static_cast<std::size_t>(trend)];
}

Process evaluate_process(const ProcessInput& input) {
    const auto& weekly = input.weekly;
    Process process;
    process.weeks = static_cast<std::int32_t>(weekly.size());
    process.active_weeks = static_cast<std::int32_t>(
        std::count_if(weekly.begin(), weekly.end(), [](auto count) { return count > 0; }));
    process.records = std::accumulate(weekly.begin(), weekly.end(), 0);
    process.regularity_ppm = share_ppm(process.active_weeks, process.weeks);
    process.breadth_ppm = share_ppm(input.leaves_with_records, input.leaves);
    if (weekly.size() >= least_weeks && process.records >= least_records) {
        process.trend = direction_of(weekly);
        process.slope = median_slope(weekly);
    }
    process.last_tenth_ppm = share_ppm(input.records_in_last_tenth, process.records);
    process.is_burst = input.is_long_enough && process.records >= least_records_of_a_burst &&
                       process.last_tenth_ppm > burst_ppm;
    return process;
}

}  // namespace agate::evaluate
