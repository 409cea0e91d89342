// SPDX-License-Identifier: Apache-2.0
#include "exchange/sheet/table.h"

#include "exchange/sheet/detect.h"
#include "exchange/sheet/readers.h"

namespace agate::exchange {
namespace {

std::string_view refusal(FileShape shape) {
    switch (shape) {
        case FileShape::empty:
            return "file_empty";
        case FileShape::encrypted:
            return "xlsx_encrypted";
        case FileShape::old_workbook:
            return "xls_not_supported";
        case FileShape::html:
            return "html_not_workbook";
        case FileShape::xml:
            return "xml_not_workbook";
        case FileShape::zip:
        case FileShape::text:
            return {};
        case FileShape::other_ole:
        case FileShape::pdf:
        case FileShape::picture:
        case FileShape::binary:
            break;
    }
    return "file_not_table";
}

TableReport refuse(const TableOptions& options, std::string_view code) {
    TableReport report;
    report.problems.push_back(file_problem(options, std::string{code}));
    return report;
}

}  // namespace

Problem file_problem(const TableOptions& options, std::string code, MessageArgs args) {
    Problem problem;
    problem.where.file = options.file;
    problem.code = std::move(code);
    problem.args = std::move(args);
    problem.args.insert(problem.args.begin(), {"file", options.file});
    return problem;
}

TableReport read_table(std::string_view bytes, const TableOptions& options, const RowSink& sink) {
    const auto shape = detect_shape(bytes);
    if (const auto code = refusal(shape); !code.empty()) {
        return refuse(options, code);
    }
    return shape == FileShape::zip ? read_xlsx(bytes, options, sink, ReadDepth::rows)
                                   : read_text_table(bytes, options, sink);
}

TableReport look_at_table(std::string_view bytes, const TableOptions& options) {
    const auto shape = detect_shape(bytes);
    if (const auto code = refusal(shape); !code.empty()) {
        return refuse(options, code);
    }
    if (shape == FileShape::zip) {
        return read_xlsx(bytes, options, {}, ReadDepth::names_only);
    }
    TableReport report;
    report.format = TableFormat::text;
    return report;
}

}  // namespace agate::exchange
