// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "base/progress.h"
#include "base/words.h"

// Maintenance of a store: ids and counts only, so no account is asked for (rights/README: commands
// that print no person).
namespace agate::app {

struct VerifyReport {
    bool is_intact = false;
    std::int64_t findings = 0;
    std::string text, json;
};

[[nodiscard]] VerifyReport verify_store(const std::filesystem::path& folder,
                                        Language language,
                                        const Progress& progress);

struct BackupReport {
    std::int64_t rows = 0, keys = 0;
};

[[nodiscard]] BackupReport back_up_store(const std::filesystem::path& folder,
                                         const std::filesystem::path& to,
                                         const Progress& progress);

/// The secret of the backed-up installation must be in place in the new folder.
[[nodiscard]] VerifyReport restore_store(const std::filesystem::path& from,
                                         const std::filesystem::path& folder,
                                         Language language,
                                         const Progress& progress);

}  // namespace agate::app
