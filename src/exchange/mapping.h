// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "exchange/sheet/table.h"

// From a sheet as a school made it to fields: which row is the header, which column means what.
namespace agate::exchange {

/// A thing that a column can mean.
struct Field {
    std::string field{};                 ///< "student_number", or an item's code
    std::string name_zh{}, name_en{};    ///< shown to a person, and headers themselves
    std::vector<std::string> headers{};  ///< further header names, matched by fold_key without
                                         ///< marks such as * and without units in brackets
    bool is_required = false;
    std::string group{};  ///< of the fields that share a group, one at least must be there
};

/// A change that a person made in the preview; it stands before the file's own cell.
struct Mend {
    std::string value{};
};

/// What every import reader takes. `columns` is the user's own mapping and wins over the headers.
struct ReadOptions {
    std::string file{};
    std::optional<std::string> sheet{};
    std::optional<std::int64_t> header_row{};  ///< nothing: found
    std::map<std::int64_t, std::optional<std::string>>
        columns{};  ///< column from 1 -> field or none
    std::map<std::pair<std::int64_t, std::int64_t>, Mend> mends{};  ///< (row, column)
    std::map<std::int64_t, bool> skip_rows{};                       ///< rows the user leaves out
    TableLimits limits{};
    Progress progress{};
};

/// One column of the sheet. `header` is its text, rows of a merged header joined by " / ".
struct Column {
    std::int64_t number = 0;
    std::string header{};
    std::optional<std::string> field{};
    std::optional<std::string> other_field{};  ///< second meaning by sex: 引体向上 over 仰卧起坐
    bool is_hidden = false;
    bool is_chosen_by_user = false;
};

enum class SkipReason : std::uint8_t {
    example,            ///< marked 示例 or 此行不录
    by_user,            ///< left out in the preview
    nothing_of_ours,    ///< only columns that mean nothing here are filled
    repeated_header,    ///< the header again, as printed lists have it
    prepared_not_used,  ///< a row of a register with nobody in it
};

struct SkippedRow {
    std::int64_t row = 0;
    SkipReason reason = SkipReason::example;
};

/// What was read, beside the rows: for the preview and the mapping dialogue.
struct ImportTable {
    std::string file;
    TableFormat format = TableFormat::none;
    std::string encoding;
    std::string sheet;
    std::vector<SheetInfo> sheets;
    std::int64_t header_row = 0;      ///< the header's last row; 0: none found
    std::vector<Column> columns;      ///< every column with a header, left to right
    std::vector<Field> fields;        ///< all that this kind of import knows
    std::vector<SkippedRow> skipped;  ///< example rows and rows left out by the user
    std::int64_t row_count = 0;       ///< data rows seen, blank ones not counted
    Problems problems;                ///< of the file, its header and its columns

    /// The rows may be taken: no fault of the file as a whole.
    [[nodiscard]] bool is_readable() const { return !has_errors(problems); }

    [[nodiscard]] const Column* column_of(std::string_view field) const;
};

/// One data row with its header's places. `row.cells` has the mends in it.
struct DataRow {
    const Row& row;
    std::int64_t index = 0;    ///< data row from 1
    bool is_too_wide = false;  ///< text with more cells than the header: probably moved sideways
};

/// Why a row that the sink was given is not counted after all.
using DataSink = std::function<std::optional<SkipReason>(const ImportTable&, const DataRow&)>;

/// Finds the header and maps the columns, then gives every data row that is neither blank, an
/// example nor left out. When the header lacks a required field, no row is given.
[[nodiscard]] ImportTable read_import(std::string_view bytes,
                                      const std::vector<Field>& fields,
                                      const ReadOptions& options,
                                      const DataSink& sink);

/// fold_key without marks of duty (*, 必填) and without a unit in brackets or after "_".
[[nodiscard]] std::string header_key(std::string_view header);

/// The sheet's cells as shown, for the preview grid, header rows left out.
struct PreviewRow {
    std::int64_t row = 0;
    std::vector<std::string> cells;
};

[[nodiscard]] std::vector<PreviewRow> preview_rows(std::string_view bytes,
                                                   const ReadOptions& options,
                                                   std::int64_t from_row,
                                                   std::int64_t limit);

}  // namespace agate::exchange
