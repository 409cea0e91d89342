// SPDX-License-Identifier: Apache-2.0
#include "exchange/sheet/sheet_rows.h"

#include <charconv>

#include "exchange/sheet/cell_text.h"

namespace agate::exchange {
namespace {

constexpr std::int64_t last_column = 16'384;
constexpr std::int64_t last_row = 1'048'576;

std::optional<std::int64_t> to_number(std::string_view text) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) {
        return std::nullopt;
    }
    return value;
}

bool is_blank(std::string_view text) {
    return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

}  // namespace

std::optional<CellPlace> parse_cell_place(std::string_view text) {
    CellPlace place;
    std::size_t i = 0;
    for (; i < text.size() && text[i] >= 'A' && text[i] <= 'Z'; ++i) {
        place.column = place.column * 26 + (text[i] - 'A' + 1);
        if (place.column > last_column) {
            return std::nullopt;
        }
    }
    const auto row = to_number(text.substr(i));
    if (i == 0 || !row || *row < 1 || *row > last_row) {
        return std::nullopt;
    }
    place.row = *row;
    return place;
}

std::optional<MergedArea> parse_area(std::string_view text) {
    const auto colon = text.find(':');
    const auto first = parse_cell_place(text.substr(0, colon));
    const auto last =
        colon == std::string_view::npos ? first : parse_cell_place(text.substr(colon + 1));
    if (!first || !last || last->row < first->row || last->column < first->column) {
        return std::nullopt;
    }
    return MergedArea{first->row, first->column, last->row, last->column};
}

SheetRows::SheetRows(const Workbook& workbook,
                     const SharedStrings& strings,
                     const TableLimits& limits,
                     const RowSink& sink)
    : workbook_(workbook), strings_(strings), limits_(limits), sink_(sink) {}

void SheetRows::start(std::string_view name, const Attributes& attributes) {
    if (is_in_data_) {
        if (name == "c") {
            start_cell(attributes);
        } else if (name == "v" || (name == "t" && phonetic_depth_ == 0)) {
            is_in_value_ = true;
        } else if (name == "row") {
            start_row(attributes);
        } else if (name == "f") {
            has_formula_ = true;
        } else if (name == "rPh") {
            ++phonetic_depth_;
        }
        return;
    }
    if (name == "sheetData") {
        is_in_data_ = true;
    } else if (name == "col") {
        start_column(attributes);
    } else if (name == "mergeCell") {
        const auto area = parse_area(attributes.get("ref"));
        if (area && static_cast<std::int64_t>(merged.size()) < limits_.merged_areas) {
            merged.push_back(*area);
        }
    }
}

void SheetRows::start_column(const Attributes& attributes) {
    const auto low = to_number(attributes.get("min"));
    const auto high = to_number(attributes.get("max"));
    if (attributes.is_true("hidden") && low && high && *low >= 1 && *high <= last_column) {
        // A hidden tail to the last column hides nothing that is filled.
        for (auto column = *low; column <= *high && hidden_columns.size() < 1000; ++column) {
            hidden_columns.push_back(column);
        }
    }
}

void SheetRows::start_row(const Attributes& attributes) {
    const auto stated = attributes.get("r");
    const auto number = stated.empty() ? std::optional{row_ + 1} : to_number(stated);
    if (!number || *number <= row_ || *number > last_row) {
        fault = "xlsx_rows_out_of_order";
        return;
    }
    if (row_count >= limits_.rows) {
        fault = "too_many_rows";
        return;
    }
    row_ = *number;
    column_ = 0;
    is_row_hidden_ = attributes.is_true("hidden");
    buffer_.clear();
    held_.clear();
}

void SheetRows::start_cell(const Attributes& attributes) {
    const auto stated = attributes.get("r");
    if (stated.empty()) {
        ++column_;
    } else {
        const auto place = parse_cell_place(stated);
        if (!place || place->row != row_) {
            fault = "xlsx_bad_cell_place";
            return;
        }
        column_ = place->column;
    }
    if (column_ > limits_.columns || row_ == 0) {
        fault = "xlsx_bad_cell_place";
        return;
    }
    const auto type = attributes.get("t");
    type_ = type.empty() || type == "n" ? Type::number
            : type == "s"               ? Type::shared
            : type == "inlineStr"       ? Type::in_line
            : type == "str"             ? Type::formula_text
            : type == "b"               ? Type::boolean
            : type == "e"               ? Type::error
            : type == "d"               ? Type::date
                                        : Type::formula_text;
    const auto style = to_number(attributes.get("s"));
    style_ = style && *style >= 0 ? static_cast<std::size_t>(*style) : 0;
    value_.clear();
    has_formula_ = false;
}

void SheetRows::text(std::string_view piece) {
    if (!is_in_value_) {
        return;
    }
    value_ += piece;
    if (value_.size() > static_cast<std::size_t>(limits_.cell_bytes)) {
        fault = "cell_too_long";
    }
}

void SheetRows::end(std::string_view name) {
    if (!is_in_data_) {
        return;
    }
    if (name == "v" || name == "t") {
        is_in_value_ = false;
    } else if (name == "c") {
        end_cell();
    } else if (name == "row") {
        end_row();
    } else if (name == "rPh") {
        --phonetic_depth_;
    } else if (name == "sheetData") {
        is_in_data_ = false;
    }
}

void SheetRows::hold_text(Held& held, std::string_view text, CellKind kind) {
    held.begin = buffer_.size();
    held.is_in_buffer = true;
    buffer_ += text;
    held.size = text.size();
    held.cell.kind = kind;
}

void SheetRows::hold_shared(Held& held) {
    const auto index = to_number(value_);
    const auto text =
        index && *index >= 0 ? strings_.get(static_cast<std::size_t>(*index)) : std::nullopt;
    if (!text) {
        fault = "xlsx_bad_shared_string";
        return;
    }
    held.cell.text = *text;
    held.cell.kind = text->empty() ? CellKind::empty : CellKind::text;
}

void SheetRows::hold_number(Held& held) {
    const auto style =
        style_ < workbook_.styles.size() ? workbook_.styles[style_] : NumberStyle::plain;
    if (style != NumberStyle::plain) {
        const auto shown = shown_time(value_, style, workbook_.uses_1904);
        hold_text(held, shown.text, shown.kind);
        held.cell.day = shown.day;
    } else if (is_shown_form(value_)) {
        hold_text(held, value_, CellKind::number);
    } else {
        const auto shown = shown_number(value_);
        hold_text(held, shown, CellKind::number);
    }
}

void SheetRows::end_cell() {
    if (has_formula_) {
        ++formula_count;
    }
    if (value_.empty() || (type_ == Type::number && is_blank(value_))) {
        return;
    }
    const auto index = static_cast<std::size_t>(column_ - 1);
    if (held_.size() <= index) {
        cell_count_ += static_cast<std::int64_t>(index + 1 - held_.size());
        held_.resize(index + 1);
    }
    if (cell_count_ > limits_.cells) {
        fault = "too_many_cells";
        return;
    }
    Held& held = held_[index];
    held = {};
    held.cell.is_formula = has_formula_;
    switch (type_) {
        case Type::shared:
            hold_shared(held);
            break;
        case Type::number:
            hold_number(held);
            break;
        case Type::boolean:
            hold_text(held, value_ == "0" ? "FALSE" : "TRUE", CellKind::boolean);
            break;
        case Type::error:
            hold_text(held, value_, CellKind::error);
            break;
        case Type::date: {
            const auto day = day_of_iso(value_);
            hold_text(held,
                      day && value_.ends_with("T00:00:00") ? value_.substr(0, 10) : value_,
                      day ? CellKind::date : CellKind::text);
            held.cell.day = day.value_or(Day{});
            break;
        }
        case Type::in_line:
        case Type::formula_text:
            if (value_.find("_x") != std::string::npos) {
                value_ = decode_escapes(value_);
            }
            hold_text(held, value_, CellKind::text);
            break;
    }
}

void SheetRows::end_row() {
    ++row_count;
    hidden_row_count += is_row_hidden_ ? 1 : 0;
    cells_.resize(held_.size());
    for (std::size_t i = 0; i < held_.size(); ++i) {
        cells_[i] = held_[i].cell;
        if (held_[i].is_in_buffer) {
            cells_[i].text = std::string_view{buffer_}.substr(held_[i].begin, held_[i].size);
        }
    }
    if (sink_({.number = row_, .cells = cells_, .is_hidden = is_row_hidden_}) == Flow::stop) {
        is_done = true;
    }
}

}  // namespace agate::exchange
