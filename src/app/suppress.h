// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <vector>

namespace agate::app {

/// Groups under this size are not shown. A school may only raise it.
inline constexpr int smallest_group = 5;

/// One row of counts as it may be shown: nothing for a hidden cell. The rules of rights/README
/// (small cells): counts 1 to k-1 are hidden; so is a count whose rest is 1 to k-1; and the next
/// smallest cells are hidden until every hidden cell could still take at least k values, knowing
/// the total. The row's total is taken to be known.
[[nodiscard]] std::vector<std::optional<int>> suppress(std::span<const int> counts,
                                                       int k = smallest_group);

}  // namespace agate::app
