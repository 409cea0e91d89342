// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "exchange/sheet/readers.h"
#include "exchange/sheet/sheet_rows.h"
#include "exchange/sheet/workbook.h"
#include "exchange/sheet/xml.h"
#include "exchange/sheet/zip.h"

namespace agate::exchange {
namespace {

// Areas come after the rows; up to this size a sheet is searched for them before.
constexpr std::int64_t early_merge_bytes = 16 << 20;

void add_fault(TableReport& report, const TableOptions& options, const PartFault& fault) {
    report.problems.push_back(file_problem(options,
                                           fault.code,
                                           {{"part", fault.part},
                                            {"line", std::to_string(fault.line)},
                                            {"character", std::to_string(fault.character)}}));
}

const Workbook::Sheet* choose_sheet(const Workbook& workbook, const TableOptions& options) {
    const auto& sheets = workbook.sheets;
    const auto found = options.sheet
                           ? std::find_if(sheets.begin(),
                                          sheets.end(),
                                          [&](const auto& s) { return s.name == *options.sheet; })
                           : std::find_if(sheets.begin(), sheets.end(), [](const auto& s) {
                                 return !s.is_hidden;
                             });
    return found == sheets.end() ? nullptr : &*found;
}

std::vector<MergedArea> find_merged_areas(std::string_view bytes, const TableLimits& limits) {
    std::vector<MergedArea> areas;
    constexpr std::string_view tag = "mergeCell ";
    for (auto at = bytes.find(tag); at != std::string_view::npos; at = bytes.find(tag, at + 1)) {
        const auto end = bytes.find('>', at);
        const auto element = bytes.substr(at, end == std::string_view::npos ? 0 : end - at);
        const auto ref = element.find("ref=\"");
        if (ref == std::string_view::npos) {
            continue;
        }
        const auto value = element.substr(ref + 5);
        const auto area = parse_area(value.substr(0, value.find('"')));
        if (area && static_cast<std::int64_t>(areas.size()) < limits.merged_areas) {
            areas.push_back(*area);
        }
    }
    return areas;
}

std::vector<MergedArea> look_for_merged_areas(const ZipArchive& zip,
                                              const std::string& part,
                                              const TableLimits& limits) {
    if (zip.size_of(part) > early_merge_bytes) {
        return {};
    }
    const auto whole = zip.whole(part);
    return whole.fault.empty() ? find_merged_areas(whole.bytes, limits) : std::vector<MergedArea>{};
}

// The sheet's XML through the row builder, with the place of a fault inside it.
void stream_rows(const ZipArchive& zip,
                 const std::string& part,
                 const TableOptions& options,
                 SheetRows& rows,
                 TableReport& report) {
    XmlParser parser{rows};
    const auto total = static_cast<std::uint64_t>(std::max<std::int64_t>(zip.size_of(part), 1));
    std::uint64_t done = 0;
    const auto zip_fault = zip.inflate(part, [&](std::string_view piece, bool is_last) {
        done += piece.size();
        if (options.progress) {
            options.progress("read", std::min(done, total), total);
        }
        return parser.feed(piece, is_last) ? Flow::go_on : Flow::stop;
    });
    const auto code = parser.fault().empty() ? zip_fault : parser.fault();
    if (code.empty()) {
        return;
    }
    auto problem = file_problem(options,
                                std::string{code},
                                {{"part", part},
                                 {"row", std::to_string(rows.current_row())},
                                 {"line", std::to_string(parser.line())},
                                 {"character", std::to_string(parser.column())}});
    problem.where.sheet = report.sheet;
    problem.where.row = rows.current_row();
    problem.where.column = rows.current_row() == 0 ? 0 : rows.current_column();
    report.problems.push_back(std::move(problem));
}

// A zip ends with a record of its directory; minizip takes one that was cut short for a whole one.
bool has_whole_end(std::string_view bytes) {
    constexpr std::size_t end_size = 22;
    const auto at = bytes.rfind("PK\x05\x06");
    if (at == std::string_view::npos || at + end_size > bytes.size()) {
        return false;
    }
    const auto low = static_cast<unsigned char>(bytes[at + 20]);
    const auto high = static_cast<unsigned char>(bytes[at + 21]);
    return at + end_size + low + high * 256U <= bytes.size();
}

std::string_view fault_of_unreadable_zip(std::string_view bytes) {
    if (bytes.starts_with("PK\x05\x06")) {
        return "zip_not_workbook";  // an archive with nothing in it
    }
    return has_whole_end(bytes) ? "xlsx_damaged" : "file_cut_off";
}

}  // namespace

TableReport read_xlsx(std::string_view bytes,
                      const TableOptions& options,
                      const RowSink& sink,
                      ReadDepth depth) {
    TableReport report;
    const auto zip = ZipArchive::open(bytes, options.limits);
    if (!zip || !has_whole_end(bytes)) {
        add_fault(report, options, {std::string{fault_of_unreadable_zip(bytes)}, ""});
        return report;
    }
    auto book = read_workbook(*zip);
    if (book.fault) {
        add_fault(report, options, *book.fault);
        return report;
    }
    report.format = book.workbook.has_macros ? TableFormat::xlsm : TableFormat::xlsx;
    for (const auto& sheet : book.workbook.sheets) {
        report.sheets.push_back({sheet.name, sheet.is_hidden});
    }
    if (book.workbook.has_macros) {
        report.problems.push_back(file_problem(options, "xlsm_macros_not_run"));
        report.problems.back().severity = Severity::warning;
    }
    const auto* sheet = choose_sheet(book.workbook, options);
    if (sheet == nullptr) {
        add_fault(
            report,
            options,
            {options.sheet ? "sheet_not_found" : "no_visible_sheet", options.sheet.value_or("")});
        return report;
    }
    report.sheet = sheet->name;
    report.merged = look_for_merged_areas(*zip, sheet->part, options.limits);
    if (depth == ReadDepth::names_only) {
        return report;
    }
    const auto shared =
        read_shared_strings(*zip, book.workbook.shared_strings_part, options.limits);
    if (shared.fault) {
        add_fault(report, options, *shared.fault);
        return report;
    }
    SheetRows rows{book.workbook, shared.strings, options.limits, sink};
    stream_rows(*zip, sheet->part, options, rows, report);
    if (report.merged.empty()) {
        report.merged = std::move(rows.merged);
    }
    report.hidden_columns = std::move(rows.hidden_columns);
    report.row_count = rows.row_count;
    report.hidden_row_count = rows.hidden_row_count;
    report.formula_count = rows.formula_count;
    return report;
}

}  // namespace agate::exchange
