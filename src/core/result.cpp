// SPDX-License-Identifier: Apache-2.0
#include "core/result.h"

namespace agate {

namespace {

constexpr std::int32_t full_coverage = 1'000'000;

}  // namespace

PossibleRange possible_range(Decimal score, std::int32_t coverage_ppm, int decimals) {
    constexpr Int128 hundred = Int128{100} * Decimal::one;
    const Int128 covered = Int128{score.nano()} * coverage_ppm;
    const Int128 missing = hundred * (full_coverage - coverage_ppm);
    return {.low = divide_half_up(covered, full_coverage, decimals),
            .high = divide_half_up(covered + missing, full_coverage, decimals)};
}

}  // namespace agate
