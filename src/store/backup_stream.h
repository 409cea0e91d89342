// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <filesystem>
#include <fstream>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/crypto.h"
#include "store/db.h"

namespace agate::store {

/// Bytes in numbered chunks, the last one marked, each proved: sealed under a key of the file when
/// there is a recovery key, else with its SHA-256. A file that is cut off or changed cannot be
/// read.
class BackupWriter {
public:
    BackupWriter(const std::filesystem::path& file,
                 const std::optional<std::array<std::uint8_t, 32>>& recovery_public_key);

    void add_number(std::int64_t number);
    void add_text(std::string_view text);
    void add_value(const Value& value);
    void add_tag(char tag);
    /// Writes the last chunk and syncs. Returns the size of the file.
    std::int64_t finish();

private:
    enum class Chunk : std::uint8_t { more, last };
    void write_chunk(Chunk kind);
    void write(std::string_view bytes);
    void add(std::string_view bytes);

    std::filesystem::path file_;
    std::ofstream out_;
    std::optional<SecretKey> key_;
    std::string pending_;
    std::int64_t number_ = 0;
    std::int64_t size_ = 0;
};

/// Reads what a BackupWriter wrote. Throws Error(invalid, "backup_unreadable").
class BackupReader {
public:
    BackupReader(const std::filesystem::path& file, const SecretKey* recovery_secret_key);

    [[nodiscard]] char tag();
    [[nodiscard]] std::int64_t number();
    [[nodiscard]] std::string text();
    /// One row of so many values, valid until the next call.
    void row(std::span<Value> values);

private:
    void read_header(const SecretKey* recovery_secret_key);
    void need(std::size_t bytes);
    void read_chunk();
    std::string read(std::size_t bytes);

    std::ifstream in_;
    std::optional<SecretKey> key_;

    /// Where text stands in the buffer, which may still move.
    struct Stretch {
        std::size_t at, size;
    };

    Stretch stretch();
    void let_go();

    std::string buffer_;
    std::size_t position_ = 0;
    std::int64_t number_ = 0;
    bool is_at_end_ = false;
};

}  // namespace agate::store
