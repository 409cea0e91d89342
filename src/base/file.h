// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
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

/// The same for content that comes in pieces: the old file stands until `finish`, and for good
/// where that is never called.
class FileWriter {
public:
    explicit FileWriter(const std::filesystem::path& path);
    ~FileWriter();
    FileWriter(const FileWriter&) = delete;
    FileWriter& operator=(const FileWriter&) = delete;

    void write(std::string_view piece);
    void finish();

private:
    struct Open;
    std::unique_ptr<Open> open_;
    std::filesystem::path path_;
    std::string waiting_;
};

/// Appends and syncs; creates the file when missing.
void append_file(const std::filesystem::path& path, std::string_view content);

/// A file's bytes as they lie on the disk, for as long as the object lives. The file must not
/// change meanwhile; a file renamed over it does no harm.
class MappedFile {
public:
    /// Nothing when there is no such file, it is empty or cannot be mapped.
    [[nodiscard]] static std::optional<MappedFile> open(const std::filesystem::path& path);

    MappedFile(MappedFile&& other) noexcept;
    MappedFile& operator=(MappedFile&& other) noexcept;
    MappedFile(const MappedFile&) = delete;
    MappedFile& operator=(const MappedFile&) = delete;
    ~MappedFile();

    [[nodiscard]] std::string_view bytes() const { return bytes_; }

private:
    explicit MappedFile(std::string_view bytes) : bytes_(bytes) {}

    std::string_view bytes_;
};

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
