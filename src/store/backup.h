// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <filesystem>
#include <optional>
#include <vector>

#include "base/progress.h"
#include "store/store.h"
#include "store/verify.h"

// A backup is two files, data and keys, each a stream of tables in one format that any driver can
// read back. The keys are read after the data's snapshot, so no row comes without its key.
namespace agate::store {

struct BackupOptions {
    std::filesystem::path folder;  ///< made new; holds agate.backup and keys.backup
    /// Encrypted while it is written, for the holder of the private half alone.
    std::optional<std::array<std::uint8_t, 32>> recovery_public_key = {};
    Progress progress = {};
};

struct BackupSummary {
    std::int64_t rows = 0;
    std::int64_t bytes = 0;
    std::int64_t keys = 0;
};

/// While the store runs. Throws Error(conflict, "backup_exists"), (unavailable, "disk_full").
BackupSummary back_up(Store& store, const BackupOptions& options);

struct RestoreOptions {
    std::filesystem::path backup_folder;
    StoreOptions store;  ///< where to; the root key file must be the one of the backed-up store
    std::optional<SecretKey> recovery_secret_key = {};
    Progress progress = {};
};

struct RestoreSummary {
    std::int64_t rows = 0;
    std::int64_t erased_again = 0;  ///< keys destroyed again, by the chains' own erasure entries
    Verification verification;
};

/// Into a folder without a store. Sessions are not restored; every chain is verified at the end.
/// Throws Error(invalid, "backup_unreadable") on a backup that is damaged, cut off or encrypted for
/// someone else.
RestoreSummary restore(RestoreOptions options);

}  // namespace agate::store
