// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace agate {

/// The whole file. Throws Error(not_found, "file_not_found"), (too_large, "file_too_large") or
/// (unavailable, "file_unreadable").
[[nodiscard]] std::string read_file(const std::filesystem::path& path,
                                    std::size_t max_bytes = std::size_t{1} << 32);

/// All or nothing: written beside the target, synced, renamed over it, folder synced. Throws
/// Error(unavailable, "disk_full") or (unavailable, "file_unwritable"); the old file then stands.
enum class FileMode { normal, secret };  ///< 0644, 0400
void write_file(const std::filesystem::path& path,
                std::string_view content,
                FileMode mode = FileMode::normal);

/// Appends and syncs; creates the file when missing.
void append_file(const std::filesystem::path& path, std::string_view content);

/// A folder of its own that goes with the object.
class TemporaryFolder {
public:
    TemporaryFolder();
    ~TemporaryFolder();
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;

    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

}  // namespace agate
