// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.h"
#include "core/org.h"

namespace agate::app {

/// A seeded source of small decisions for the demonstration. Never for keys.
class Dice {
public:
    explicit Dice(std::uint64_t seed) : state_(seed * 2 + 1) {}

    [[nodiscard]] std::uint64_t next();

    /// 0 to n - 1.
    [[nodiscard]] int below(int n) {
        return static_cast<int>(next() % static_cast<std::uint64_t>(n));
    }

    [[nodiscard]] bool chance(int percent) { return below(100) < percent; }

    /// An index drawn by weight.
    [[nodiscard]] std::size_t weighted(const std::vector<int>& weights);

private:
    std::uint64_t state_;
};

/// Invented names, drawn from how often surnames and characters occur (demo/*.csv).
class Names {
public:
    Names();
    [[nodiscard]] std::string surname(Dice& dice) const;
    [[nodiscard]] std::string given(Dice& dice, Sex sex) const;

private:
    std::vector<std::string> surnames_, characters_;
    std::vector<int> surname_weights_, male_weights_, female_weights_;
};

}  // namespace agate::app
