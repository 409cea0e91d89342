// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>

namespace agate {

/// Does a share of the work: everything from `from` up to, not including, `to`.
using Share = std::function<void(std::size_t from, std::size_t to)>;

/// Cuts `count` pieces of work into shares and lets `threads` threads, the caller's among them,
/// take one after another. Each thread makes a worker of its own first, so that it may keep memory
/// for itself. Throws what the first failing share threw, after all have stopped.
void share_out(std::size_t count,
               std::size_t pieces_a_share,
               int threads,
               const std::function<Share()>& make_worker);

/// Threads that are worth having on this machine; at least one.
[[nodiscard]] int processor_count();

}  // namespace agate
