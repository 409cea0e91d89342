// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

// A file layer under SQLite that behaves as a bad disk does. For tests alone: the product does not
// link it.
namespace agate::store {

/// What the disk does. Counting starts anew with every `plan_faults`.
struct FaultPlan {
    /// After so many writes and syncs the power goes: everything from then on fails. 0: never.
    std::int64_t cut_after = 0;
    /// The n-th write or sync fails, once; -1 with `fails_every` unset: never.
    std::int64_t fail_at = 0;
    /// Bytes that may still be written before the disk is full; negative: no end.
    std::int64_t free_bytes = -1;
    /// Decides which unsynced writes reach the platter, and which are torn.
    std::uint64_t seed = 1;
};

/// Registers the layer once; its name for StoreOptions::vfs.
[[nodiscard]] std::string fault_vfs();

void plan_faults(const FaultPlan& plan);
[[nodiscard]] bool is_power_cut();
/// Writes and syncs since the plan.
[[nodiscard]] std::int64_t fault_operations();

/// After every connection is closed: makes the files what the disk held at the cut. Of what was
/// written since a file's last sync, a random part is kept in any order, some of it torn; the rest
/// is as it was before.
void lose_unsynced_writes();

}  // namespace agate::store
