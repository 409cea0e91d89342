// SPDX-License-Identifier: Apache-2.0
#include "exchange/writer.h"

#include <fstream>
#include <system_error>

#include "base/csv.h"
#include "base/error.h"
#include "base/file.h"
#include "exchange/xlsx_writer.h"

namespace agate::exchange {
namespace {

constexpr std::size_t flush_bytes = 1 << 20;

void append_line(std::string& out, std::span<const std::string_view> cells) {
    bool is_first = true;
    for (const auto cell : cells) {
        if (!is_first) {
            out += ',';
        }
        is_first = false;
        append_csv_field(out, cell, FormulaGuard::on);
    }
    // A line without anything would be skipped as blank.
    out += cells.size() == 1 && cells[0].empty() ? "\"\"\r\n" : "\r\n";
}

std::vector<std::string_view> headers_of(const WriteSheet& sheet) {
    std::vector<std::string_view> headers;
    for (const auto& column : sheet.columns) {
        headers.push_back(column.header);
    }
    return headers;
}

}  // namespace

std::string guarded_csv_field(std::string_view field) {
    std::string out;
    append_csv_field(out, field, FormulaGuard::on);
    return out;
}

// The file grows beside its place and is moved there when it is whole.
struct TableWriter::Sink {
    std::filesystem::path path, temporary;
    std::unique_ptr<XlsxFile> xlsx;
    std::ofstream text;
    std::string buffer;
    bool is_closed = false;

    void flush() {
        text.write(buffer.data(), static_cast<std::streamsize>(buffer.size()));
        buffer.clear();
        if (!text) {
            const bool is_full = errno == ENOSPC;
            throw Error(ErrorKind::unavailable,
                        is_full ? "disk_full" : "file_unwritable",
                        {{"file", path.filename().string()}});
        }
    }

    ~Sink() {
        if (!is_closed) {
            xlsx.reset();
            text.close();
            std::error_code ignored;
            std::filesystem::remove(temporary, ignored);
        }
    }
};

TableWriter::TableWriter(const std::filesystem::path& path, WriteFormat format, WriteSheet sheet)
    : sink_(std::make_unique<Sink>()) {
    sink_->path = path;
    sink_->temporary = path;
    sink_->temporary += ".part";
    if (format == WriteFormat::xlsx) {
        sink_->xlsx = std::make_unique<XlsxFile>(sink_->temporary, sheet);
        return;
    }
    sink_->text.open(sink_->temporary, std::ios::binary | std::ios::trunc);
    sink_->buffer = "\xef\xbb\xbf";
    append_line(sink_->buffer, headers_of(sheet));
    sink_->flush();
}

TableWriter::~TableWriter() = default;
TableWriter::TableWriter(TableWriter&&) noexcept = default;

void TableWriter::add(std::span<const std::string_view> cells) {
    if (sink_->xlsx) {
        sink_->xlsx->add(cells);
        return;
    }
    append_line(sink_->buffer, cells);
    if (sink_->buffer.size() > flush_bytes) {
        sink_->flush();
    }
}

void TableWriter::add(std::span<const std::string> cells) {
    const std::vector<std::string_view> views(cells.begin(), cells.end());
    add(std::span<const std::string_view>{views});
}

void TableWriter::close() {
    if (sink_->xlsx) {
        sink_->xlsx->close();
    } else {
        sink_->flush();
        sink_->text.close();
    }
    std::error_code error;
    std::filesystem::rename(sink_->temporary, sink_->path, error);
    if (error) {
        throw Error(ErrorKind::unavailable,
                    "file_unwritable",
                    {{"file", sink_->path.filename().string()}},
                    error.message());
    }
    sink_->is_closed = true;
}

std::string write_table(WriteFormat format,
                        WriteSheet sheet,
                        std::span<const std::vector<std::string>> rows) {
    const TemporaryFolder folder;
    const auto path = folder.path() / "table";
    TableWriter writer{path, format, std::move(sheet)};
    for (const auto& row : rows) {
        writer.add(std::span<const std::string>{row});
    }
    writer.close();
    return read_file(path);
}

}  // namespace agate::exchange
