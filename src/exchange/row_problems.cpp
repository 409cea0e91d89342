// SPDX-License-Identifier: Apache-2.0
#include "exchange/row_problems.h"

#include <algorithm>

#include "exchange/values.h"

namespace agate::exchange {

void RowProblems::add(const ImportTable& table,
                      const Row& row,
                      std::string_view field,
                      Finding finding) {
    Problem problem;
    problem.where = {.file = file_, .sheet = table.sheet, .row = row.number};
    problem.code = finding.code;
    problem.severity = finding.severity;
    problem.args = std::move(finding.args);
    problem.args.push_back({"field", std::string{field}});
    problem.args.push_back({"row", std::to_string(row.number)});
    const auto* column = table.column_of(field);
    if (column != nullptr) {
        problem.where.column = column->number;
        problem.where.column_name = column->header;
    }
    problem.args.push_back({"column", column == nullptr ? std::string{field} : column->header});
    const bool has_value = std::any_of(problem.args.begin(),
                                       problem.args.end(),
                                       [](const auto& arg) { return arg.name == "value"; });
    if (!has_value) {
        const auto text = column == nullptr ? std::string_view{} : row.at(column->number).text;
        problem.args.push_back({"value", std::string{text}});
    }
    if (!finding.suggestion.empty()) {
        problem.args.push_back({"suggestion", std::move(finding.suggestion)});
    }
    problems_.push_back(std::move(problem));
}

void RowProblems::add_row(const ImportTable& table, std::int64_t row, Finding finding) {
    Problem problem;
    problem.where = {.file = file_, .sheet = table.sheet, .row = row};
    problem.code = finding.code;
    problem.severity = finding.severity;
    problem.args = std::move(finding.args);
    problem.args.push_back({"row", std::to_string(row)});
    problems_.push_back(std::move(problem));
}

FieldCells::FieldCells(const ImportTable& table) {
    for (const auto& column : table.columns) {
        if (column.field) {
            columns_.emplace(*column.field, column.number);
        }
    }
}

bool FieldCells::has(std::string_view field) const {
    return columns_.find(field) != columns_.end();
}

Cell FieldCells::get(const Row& row, std::string_view field) const {
    const auto found = columns_.find(field);
    return found == columns_.end() ? Cell{} : row.at(found->second);
}

std::string FieldCells::text(const Row& row, std::string_view field) const {
    return plain_text(get(row, field).text);
}

}  // namespace agate::exchange
