// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "exchange/sheet/table.h"
#include "exchange/sheet/workbook.h"
#include "exchange/sheet/xml.h"

namespace agate::exchange {

/// "AB12" -> column 28, row 12; nothing when it is no such reference within Excel's limits.
struct CellPlace {
    std::int64_t column = 0, row = 0;
};

[[nodiscard]] std::optional<CellPlace> parse_cell_place(std::string_view text);
[[nodiscard]] std::optional<MergedArea> parse_area(std::string_view text);

/// Turns one worksheet part into rows while it streams by.
class SheetRows : public XmlHandler {
public:
    SheetRows(const Workbook& workbook,
              const SharedStrings& strings,
              const TableLimits& limits,
              const RowSink& sink);

    void start(std::string_view name, const Attributes& attributes) override;
    void end(std::string_view name) override;
    void text(std::string_view piece) override;

    [[nodiscard]] std::int64_t current_row() const { return row_; }

    [[nodiscard]] std::int64_t current_column() const { return column_; }

    std::int64_t row_count = 0, hidden_row_count = 0, formula_count = 0;
    std::vector<std::int64_t> hidden_columns;
    std::vector<MergedArea> merged;

private:
    /// A cell of the row being read; text not shared lies in buffer_.
    struct Held {
        Cell cell;
        std::size_t begin = 0, size = 0;
        bool is_in_buffer = false;
    };

    enum class Type : std::uint8_t { number, shared, in_line, formula_text, boolean, error, date };

    void start_row(const Attributes& attributes);
    void start_cell(const Attributes& attributes);
    void start_column(const Attributes& attributes);
    void end_cell();
    void end_row();
    void hold_shared(Held& held);
    void hold_number(Held& held);
    void hold_text(Held& held, std::string_view text, CellKind kind);

    const Workbook& workbook_;
    const SharedStrings& strings_;
    const TableLimits& limits_;
    const RowSink& sink_;

    bool is_in_data_ = false, is_in_value_ = false, is_row_hidden_ = false;
    bool has_formula_ = false;
    int phonetic_depth_ = 0;
    Type type_ = Type::number;
    std::size_t style_ = 0;
    std::int64_t row_ = 0, column_ = 0, cell_count_ = 0;
    std::string value_;
    std::string buffer_;
    std::vector<Held> held_;
    std::vector<Cell> cells_;
};

}  // namespace agate::exchange
