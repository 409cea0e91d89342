// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/day.h"
#include "base/problem.h"
#include "base/progress.h"

// The one way in for tables: an Excel workbook (.xlsx, .xlsm) or a text table (CSV, TSV), told
// apart by their content. Rows stream to a sink; memory does not grow with the number of rows.
namespace agate::exchange {

enum class TableFormat : std::uint8_t { none, xlsx, xlsm, text };

enum class CellKind : std::uint8_t { empty, text, number, date, time, boolean, error };

/// One cell as a person sees it. `text` lives until the sink returns. Numbers come in their
/// shortest form ("19.4", never 19.399999999999999), dates as "2015-09-01", times as "3:45".
struct Cell {
    std::string_view text{};
    Day day{};  ///< of a date
    CellKind kind = CellKind::empty;
    bool is_formula = false;  ///< the value is the one the workbook stored; nothing is computed
};

/// Cells by column, [0] is column A. Columns after the last filled one are left out.
struct Row {
    std::int64_t number = 0;  ///< row of the sheet, or line of the text, from 1
    std::span<const Cell> cells;
    bool is_hidden = false;

    /// Column from 1; an empty cell beyond the end.
    [[nodiscard]] Cell at(std::int64_t column) const {
        const auto index = static_cast<std::size_t>(column - 1);
        return index < cells.size() ? cells[index] : Cell{};
    }
};

enum class Flow : std::uint8_t { go_on, stop };
using RowSink = std::function<Flow(const Row&)>;

/// What a file may cost before it is refused.
struct TableLimits {
    std::int64_t entries = 4096;                  ///< files inside a workbook
    std::int64_t inflated_bytes = 3'000'000'000;  ///< of the sheet that is read
    std::int64_t shared_string_bytes = 400'000'000;
    std::int64_t ratio = 300;  ///< inflated to packed, looked at beyond 16 MB
    std::int64_t rows = 1'048'576;
    std::int64_t columns = 16'384;
    std::int64_t cells = 120'000'000;   ///< gaps counted too
    std::int64_t cell_bytes = 1 << 20;  ///< of one cell's text
    std::int64_t merged_areas = 100'000;
};

struct SheetInfo {
    std::string name{};
    bool is_hidden = false;
};

/// A merged area; rows and columns from 1, ends included.
struct MergedArea {
    std::int64_t first_row = 0, first_column = 0, last_row = 0, last_column = 0;
};

struct TableOptions {
    std::string file{};                  ///< as the user named it, for places
    std::optional<std::string> sheet{};  ///< by name; nothing: the first visible sheet with a table
    TableLimits limits{};
    Progress progress{};  ///< stage "read", in bytes of the packed file
};

/// What there was beside the rows. With an error in `problems` the rows given so far are all that
/// could be read and must not be taken.
struct TableReport {
    TableFormat format = TableFormat::none;
    std::string encoding;  ///< "utf-8", "utf-8-bom", "gb18030", "utf-16le", "utf-16be"
    std::string sheet;
    std::vector<SheetInfo> sheets;
    std::vector<MergedArea> merged;
    std::vector<std::int64_t> hidden_columns;
    std::int64_t row_count = 0;
    std::int64_t hidden_row_count = 0;
    std::int64_t formula_count = 0;
    Problems problems;
};

/// Reads one sheet. Faults of the file come back in the report, never as an exception.
[[nodiscard]] TableReport read_table(std::string_view bytes,
                                     const TableOptions& options,
                                     const RowSink& sink);

/// The names of the sheets and the merged areas of the chosen one, without reading its rows where
/// that can be helped.
[[nodiscard]] TableReport look_at_table(std::string_view bytes, const TableOptions& options);

}  // namespace agate::exchange
