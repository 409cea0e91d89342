// SPDX-License-Identifier: Apache-2.0
#include <map>

#include "base/csv.h"
#include "exchange/templates.h"

namespace agate::exchange {
namespace {

/// All that is said about one row.
struct Said {
    std::string places, reasons, mends;
};

void append(std::string& to, const std::string& text) {
    if (!text.empty() && to.find(text) == std::string::npos) {
        to += (to.empty() ? "" : "; ") + text;
    }
}

std::map<std::int64_t, Said> by_row(std::span<const Problem> problems, Language language) {
    std::map<std::int64_t, Said> rows;
    for (const auto& problem : problems) {
        if (problem.severity != Severity::error || problem.where.row == 0) {
            continue;
        }
        auto& said = rows[problem.where.row];
        const auto place = problem.where.column == 0 ? std::to_string(problem.where.row)
                                                     : column_letters(problem.where.column) +
                                                           std::to_string(problem.where.row);
        append(said.places, place);
        append(said.reasons, words().sentence(language, problem.code, problem.args));
        append(said.mends, words().mend(language, problem.code, problem.args));
    }
    return rows;
}

void append_line(std::string& out, const std::vector<std::string>& cells) {
    for (std::size_t i = 0; i < cells.size(); ++i) {
        out += i == 0 ? "" : ",";
        append_csv_field(out, cells[i], FormulaGuard::on);
    }
    out += "\r\n";
}

}  // namespace

std::string left_out_csv(std::string_view bytes,
                         const ReadOptions& options,
                         const ImportTable& table,
                         std::span<const Problem> problems,
                         Language language) {
    const auto rows = by_row(problems, language);
    std::string out = "\xef\xbb\xbf";
    std::vector<std::string> line = {words().sentence(language, "left_out_row"),
                                     words().sentence(language, "left_out_place"),
                                     words().sentence(language, "left_out_reason"),
                                     words().sentence(language, "left_out_mend")};
    for (const auto& column : table.columns) {
        line.push_back(column.header);
    }
    append_line(out, line);
    TableOptions table_options{.file = options.file, .limits = options.limits};
    if (!table.sheet.empty()) {
        table_options.sheet = table.sheet;
    }
    static_cast<void>(read_table(bytes, table_options, [&](const Row& row) {
        const auto found = rows.find(row.number);
        if (found == rows.end() || row.number <= table.header_row) {
            return Flow::go_on;
        }
        const auto& said = found->second;
        line = {std::to_string(row.number), said.places, said.reasons, said.mends};
        for (const auto& column : table.columns) {
            const auto mend = options.mends.find({row.number, column.number});
            line.emplace_back(mend == options.mends.end() ? row.at(column.number).text
                                                          : std::string_view{mend->second.value});
        }
        append_line(out, line);
        return Flow::go_on;
    }));
    return out;
}

}  // namespace agate::exchange
