// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace agate::exchange {

enum class WriteFormat : std::uint8_t { xlsx, csv };

struct WriteColumn {
    std::string header{};
    enum class Type : std::uint8_t { text, number } type = Type::text;
    double width = 12;   ///< in characters
    std::string note{};  ///< shown as a cell note on the header; xlsx only
    bool is_required = false;
};

struct WriteSheet {
    std::string name{};
    std::vector<std::string> lines_above{};  ///< title and remarks over the header; xlsx only
    std::vector<WriteColumn> columns{};
};

/// A table to a file, row by row in constant memory. Text stays text: nothing that begins with = +
/// - @ is ever a formula (xlsx: string cells; CSV: an apostrophe in front, which the reader takes
/// off again). CSV is UTF-8 with a byte order mark, CRLF.
/// Throws Error(unavailable, "file_unwritable") or (unavailable, "disk_full"); a half-written file
/// is never left behind.
class TableWriter {
public:
    TableWriter(const std::filesystem::path& path, WriteFormat format, WriteSheet sheet);
    ~TableWriter();
    TableWriter(TableWriter&&) noexcept;
    TableWriter& operator=(TableWriter&&) = delete;

    void add(std::span<const std::string_view> cells);
    void add(std::span<const std::string> cells);
    /// Writes what is left and puts the file in place. Without it nothing is left behind.
    void close();

private:
    struct Sink;
    std::unique_ptr<Sink> sink_;
};

/// The same, to bytes; for downloads of moderate size.
[[nodiscard]] std::string write_table(WriteFormat format,
                                      WriteSheet sheet,
                                      std::span<const std::vector<std::string>> rows);

/// Quotes and guards one CSV field so that read_table gives back exactly `field`.
[[nodiscard]] std::string guarded_csv_field(std::string_view field);

}  // namespace agate::exchange
