// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// Where packs come from: a folder of TOML and CSV files, or the packs that the build put into the
// program. Everything after this works on the bytes alone.
namespace agate::framework {

struct PackFile {
    std::string name;  ///< inside the pack: "indicators.csv"
    std::string text;  ///< the bytes as they are
};

/// The files of one pack, sorted by name.
struct PackFiles {
    std::string place;  ///< as the user named it, for faults: "packs/cn-compulsory-2021"
    std::vector<PackFile> files;

    /// Null when there is no such file.
    [[nodiscard]] const PackFile* find(std::string_view name) const;
};

/// Every .toml and .csv of the folder. Throws Error(not_found, "pack_folder_not_found"), or
/// (too_large, "pack_too_large") beyond 64 files or 8 MB a file.
[[nodiscard]] PackFiles read_pack_folder(const std::filesystem::path& folder);

/// Ids of the packs in this program, sorted.
[[nodiscard]] std::vector<std::string> shipped_packs();
/// One of them; nothing for an id that is not shipped.
[[nodiscard]] std::optional<PackFiles> shipped_pack(std::string_view id);

/// Finds the pack that another one extends or mounts, by id.
using PackFinder = std::function<std::optional<PackFiles>(std::string_view id)>;

}  // namespace agate::framework
