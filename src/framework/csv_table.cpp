// SPDX-License-Identifier: Apache-2.0
#include "framework/csv_table.h"

#include <optional>
#include <set>

#include "base/csv.h"
#include "base/text.h"

namespace agate::framework {

namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

bool is_character_start(char byte) {
    return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U;
}

// Follows the raw text beside the reader, because the reader's fields may be unquoted copies that
// no longer know their place.
class CellPlaces {
public:
    explicit CellPlaces(std::string_view text) : text_(text) {
        if (text_.starts_with(byte_order_mark)) {
            position_ = byte_order_mark.size();
        }
        const auto first_line = text_.substr(0, text_.find('\n'));
        if (first_line.find(',') == std::string_view::npos) {
            separator_ = first_line.find('\t') != std::string_view::npos  ? '\t'
                         : first_line.find(';') != std::string_view::npos ? ';'
                                                                          : ',';
        }
    }

    // The place of each cell of the record that begins at `line`.
    std::vector<At> record(std::int32_t source, std::int64_t line) {
        while (line_ < line && position_ < text_.size()) {
            step();
        }
        std::vector<At> places;
        bool in_quotes = false;
        bool at_start = true;
        while (true) {
            if (at_start) {
                const bool is_quoted = position_ < text_.size() && text_[position_] == '"';
                places.push_back({source,
                                  static_cast<std::int32_t>(line_),
                                  static_cast<std::int32_t>(column_) + (is_quoted ? 1 : 0)});
                at_start = false;
            }
            if (position_ >= text_.size()) {
                return places;
            }
            const char byte = text_[position_];
            if (byte == '\n' && !in_quotes) {
                return places;
            }
            in_quotes = byte == '"' ? !in_quotes : in_quotes;
            at_start = byte == separator_ && !in_quotes;
            step();
        }
    }

private:
    void step() {
        const char byte = text_[position_++];
        if (byte == '\n') {
            ++line_;
            column_ = 1;
        } else if (position_ >= text_.size() || is_character_start(text_[position_])) {
            ++column_;
        }
    }

    std::string_view text_;
    std::size_t position_ = 0;
    std::int64_t line_ = 1;
    std::int64_t column_ = 1;
    char separator_ = ',';
};

// For each column of the file: which asked-for column it is.
using Header = std::vector<std::optional<std::size_t>>;

Header match_header(const CsvRecord& record,
                    const std::vector<At>& places,
                    std::span<const CsvColumn> columns,
                    Faults& faults) {
    std::set<std::string> known;
    for (const auto& column : columns) {
        known.emplace(column.name);
    }
    Header header;
    std::vector<bool> is_seen(columns.size());
    for (std::size_t i = 0; i < record.fields.size(); ++i) {
        const std::string name = fold_key(record.fields[i]);
        header.emplace_back();
        if (name.empty() || name.starts_with("x_")) {
            continue;
        }
        for (std::size_t j = 0; j < columns.size(); ++j) {
            if (columns[j].name == name) {
                header.back() = j;
            }
        }
        if (!header.back()) {
            faults.unknown({name, places[i]}, "pack_unknown_column", known);
        } else if (is_seen[*header.back()]) {
            faults.error(places[i], "pack_column_twice", {{"value", name}});
            header.back().reset();
        } else {
            is_seen[*header.back()] = true;
        }
    }
    for (std::size_t j = 0; j < columns.size(); ++j) {
        if (columns[j].need == CsvColumn::Need::required && !is_seen[j]) {
            faults.unreadable(
                places.front(), "pack_column_missing", {{"value", std::string{columns[j].name}}});
        }
    }
    return header;
}

CsvRow match_row(const CsvRecord& record,
                 const std::vector<At>& places,
                 const Header& header,
                 std::size_t column_count) {
    const At end{places.front().source, places.front().line, 0};
    CsvRow row{std::vector<Text>(column_count, Text{{}, end})};
    for (std::size_t i = 0; i < record.fields.size() && i < header.size(); ++i) {
        if (header[i]) {
            const auto place = i < places.size() ? places[i] : end;
            row.cells[*header[i]] = {std::string{trim(record.fields[i])}, place};
        }
    }
    return row;
}

bool is_blank(const CsvRecord& record) {
    for (const auto field : record.fields) {
        if (!trim(field).empty()) {
            return false;
        }
    }
    return true;
}

}  // namespace

std::vector<CsvRow> read_csv_table(std::string_view text,
                                   std::int32_t source,
                                   std::span<const CsvColumn> columns,
                                   Faults& faults) {
    CsvReader reader{text};
    CellPlaces cells{text};
    CsvRecord record;
    std::optional<Header> header;
    std::vector<CsvRow> rows;
    while (reader.next(record)) {
        const auto places = cells.record(source, record.line);
        if (!header) {
            header = match_header(record, places, columns, faults);
        } else if (!is_blank(record)) {
            if (record.fields.size() > header->size()) {
                faults.error(places[std::min(header->size(), places.size() - 1)],
                             "pack_cell_too_many",
                             {{"count", std::to_string(record.fields.size())},
                              {"columns", std::to_string(header->size())}});
            }
            rows.push_back(match_row(record, places, *header, columns.size()));
        }
    }
    for (const auto& problem : reader.problems()) {
        faults.unreadable({source,
                           static_cast<std::int32_t>(problem.where.row),
                           static_cast<std::int32_t>(problem.where.column)},
                          problem.code,
                          problem.args);
    }
    if (!header && reader.problems().empty()) {
        faults.unreadable({source, 1, 1}, "pack_file_empty");
    }
    return rows;
}

}  // namespace agate::framework
