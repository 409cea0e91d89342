// SPDX-License-Identifier: Apache-2.0
#include "app/suppress.h"

#include <algorithm>
#include <numeric>

#include "base/error.h"

namespace agate::app {
namespace {

bool is_small(int count, int k) {
    return count > 0 && count < k;
}

/// How many values each hidden cell could take, with what is known: the hidden cells' sum and that
/// each is either small or was hidden to protect a small one. A single hidden cell takes one value;
/// h cells with sum s leave each s + 1 values at most.
bool is_open_enough(int hidden_cells, int hidden_sum, int k) {
    return hidden_cells == 0 || (hidden_cells >= 2 && hidden_sum + 1 >= k);
}

}  // namespace

std::vector<std::optional<int>> suppress(std::span<const int> counts, int k) {
    ensure(k >= smallest_group, "the smallest group is only ever raised");
    const int total = std::accumulate(counts.begin(), counts.end(), 0);
    std::vector<std::optional<int>> shown(counts.begin(), counts.end());
    if (is_small(total, k)) {
        return std::vector<std::optional<int>>(counts.size());
    }
    int hidden_cells = 0, hidden_sum = 0;
    const auto hide = [&](std::size_t i) {
        shown[i] = std::nullopt;
        ++hidden_cells;
        hidden_sum += counts[i];
    };
    for (std::size_t i = 0; i < counts.size(); ++i) {
        if (is_small(counts[i], k) || is_small(total - counts[i], k)) {
            hide(i);
        }
    }
    while (!is_open_enough(hidden_cells, hidden_sum, k)) {
        std::optional<std::size_t> next;
        for (std::size_t i = 0; i < counts.size(); ++i) {
            if (shown[i] && (!next || counts[i] < counts[*next])) {
                next = i;
            }
        }
        if (!next) {
            break;
        }
        hide(*next);
    }
    return shown;
}

}  // namespace agate::app
