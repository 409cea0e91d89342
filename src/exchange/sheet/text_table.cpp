// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "base/csv.h"
#include "exchange/sheet/detect.h"
#include "exchange/sheet/readers.h"

namespace agate::exchange {
namespace {

bool ends_without_line_break(std::string_view text) {
    return !text.empty() && text.back() != '\n' && text.back() != '\r';
}

}  // namespace

TableReport read_text_table(std::string_view bytes,
                            const TableOptions& options,
                            const RowSink& sink) {
    TableReport report;
    report.format = TableFormat::text;
    const auto decoded = decode_text(bytes);
    report.encoding = decoded.encoding;
    if (decoded.encoding.empty()) {
        report.problems.push_back(
            file_problem(options, decoded.is_cut_off ? "file_cut_off" : "text_unknown_encoding"));
        return report;
    }
    const auto text = decoded.text();
    CsvReader reader{text, {.max_fields = 1000, .max_field_bytes = 1 << 20}};
    CsvRecord record;
    std::vector<Cell> cells;
    std::size_t widest = 0, last_width = 0;
    std::int64_t last_line = 0;
    while (reader.next(record)) {
        if (report.row_count >= options.limits.rows) {
            report.problems.push_back(file_problem(options, "too_many_rows"));
            return report;
        }
        cells.resize(record.fields.size());
        for (std::size_t i = 0; i < cells.size(); ++i) {
            const auto field = record.fields[i];
            cells[i].text = field.starts_with('\'') ? remove_formula_guard(field) : field;
            cells[i].kind = cells[i].text.empty() ? CellKind::empty : CellKind::text;
        }
        ++report.row_count;
        widest = std::max(widest, cells.size());
        last_width = cells.size();
        last_line = record.line;
        if (options.progress && report.row_count % 10'000 == 0 && !record.fields.empty()) {
            const auto done =
                record.fields[0].data() >= text.data() &&
                        record.fields[0].data() < text.data() + text.size()
                    ? static_cast<std::uint64_t>(record.fields[0].data() - text.data())
                    : 0;
            options.progress("read", done, text.size());
        }
        if (sink({.number = record.line, .cells = cells, .is_hidden = false}) == Flow::stop) {
            return report;
        }
    }
    for (auto problem : reader.problems()) {
        problem.where.file = options.file;
        report.problems.push_back(std::move(problem));
    }
    // A last line that is short and has no end looks like half a file.
    if (report.problems.empty() && report.row_count > 1 && last_width < widest &&
        ends_without_line_break(text)) {
        auto problem =
            file_problem(options, "text_perhaps_cut_off", {{"row", std::to_string(last_line)}});
        problem.where.row = last_line;
        problem.severity = Severity::warning;
        report.problems.push_back(std::move(problem));
    }
    return report;
}

}  // namespace agate::exchange
