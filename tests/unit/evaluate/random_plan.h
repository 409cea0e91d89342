// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <random>
#include <string>
#include <vector>

#include "evaluate/evaluate.h"

// Random frameworks of the shape that the checker lets through, and random records for them.
namespace agate::evaluate::testing {

class Dice {
public:
    explicit Dice(std::uint32_t seed) : random_(seed) {}

    /// Both ends included.
    int pick(int low, int high) { return std::uniform_int_distribution<int>(low, high)(random_); }

    bool one_in(int n) { return pick(1, n) == 1; }

    Decimal tenths(int low, int high) { return Decimal::from_milli(100LL * pick(low, high)); }

    template <class T>
    void shuffle(std::vector<T>& values) {
        std::shuffle(values.begin(), values.end(), random_);
    }

private:
    std::mt19937 random_;
};

struct Sample {
    framework::Plan plan;
    DayRange period;
    Subject subject;
    std::vector<Evidence> evidence;
};

/// Leaves of every measure under two levels of parents, with bands and rules.
[[nodiscard]] framework::Plan random_plan(Dice& dice);

/// Records for its reasons; a few outside the period. `plan` must outlive them.
[[nodiscard]] std::vector<Evidence> random_evidence(Dice& dice,
                                                    const framework::Plan& plan,
                                                    const DayRange& period,
                                                    int count);

[[nodiscard]] Evidence random_record(Dice& dice,
                                     const framework::Plan& plan,
                                     const DayRange& period,
                                     int number);

}  // namespace agate::evaluate::testing
