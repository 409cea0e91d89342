// SPDX-License-Identifier: Apache-2.0
#include "app/import_json.h"

#include <algorithm>
#include <map>

#include "base/json_writer.h"
#include "base/words.h"

namespace agate::app {
namespace {

constexpr std::size_t most_problems = 200;
constexpr std::size_t most_cells_of_a_cause = 20;

std::string argument(const Problem& problem, std::string_view name) {
    for (const auto& arg : problem.args) {
        if (arg.name == name) {
            return arg.value;
        }
    }
    return {};
}

void write_problem(JsonWriter& json, const Problem& problem, Language language) {
    json.begin_object().key("where").begin_object();
    json.member("file", problem.where.file);
    json.member("sheet", problem.where.sheet);
    json.member("row", problem.where.row);
    json.member("column", problem.where.column);
    json.member("column_letters",
                problem.where.column > 0 ? column_letters(problem.where.column) : "");
    json.member("column_name", problem.where.column_name);
    json.end_object();
    json.member("code", problem.code);
    json.member("message", words().sentence(language, problem.code, problem.args));
    json.member("mend", words().mend(language, problem.code, problem.args));
    json.member("severity", problem.severity == Severity::error ? "error" : "warning");
    json.member("value", argument(problem, "value"));
    const auto suggestion = argument(problem, "suggestion");
    json.key("suggestion");
    if (suggestion.empty()) {
        json.null();
    } else {
        json.value(suggestion);
    }
    json.end_object();
}

/// Problems grouped by what is wrong, the most frequent first.
void write_causes(JsonWriter& json, const DryRun& run, Language language) {
    std::map<std::string, std::vector<const Problem*>> by_code;
    for (const auto& problem : run.problems) {
        by_code[problem.code].push_back(&problem);
    }
    std::vector<std::pair<std::string, std::vector<const Problem*>>> causes(by_code.begin(),
                                                                            by_code.end());
    std::stable_sort(causes.begin(), causes.end(), [](const auto& a, const auto& b) {
        return a.second.size() > b.second.size();
    });
    json.key("causes").begin_array();
    for (const auto& [code, list] : causes) {
        json.begin_object();
        json.member("code", code);
        json.member("message", words().sentence(language, code, list.front()->args));
        json.member("mend", words().mend(language, code, list.front()->args));
        json.member("severity", list.front()->severity == Severity::error ? "error" : "warning");
        json.member("count", list.size());
        json.key("cells").begin_array();
        for (std::size_t i = 0; i < std::min(list.size(), most_cells_of_a_cause); ++i) {
            const auto& where = list[i]->where;
            json.begin_object().member("row", where.row);
            json.member("column_letters", where.column > 0 ? column_letters(where.column) : "");
            json.end_object();
        }
        json.end_array();
        json.member("suggestion", std::any_of(list.begin(), list.end(), [](const Problem* problem) {
                        return !argument(*problem, "suggestion").empty();
                    }));
        json.end_object();
    }
    json.end_array();
}

void write_columns(JsonWriter& json, const DryRun& run, Language language) {
    json.key("columns").begin_array();
    for (const auto& column : run.table.columns) {
        json.begin_object();
        json.member("letters", column_letters(column.number));
        json.member("header", column.header);
        json.member("field", column.field);
        std::string name;
        for (const auto& field : run.table.fields) {
            if (column.field && field.field == *column.field) {
                name = language == Language::zh ? field.name_zh : field.name_en;
            }
        }
        json.member("field_name", name);
        json.end_object();
    }
    json.end_array();
}

void write_counts(JsonWriter& json, const DryRun& run) {
    json.begin_object();
    json.member("rows", run.rows.size());
    json.member("ready", run.count(RowState::ready));
    json.member("problem", run.count(RowState::problem));
    json.member("blank_cells", run.blank_cells);
    json.member("doubles", run.count(RowState::double_));
    json.member("taken_before", run.count(RowState::taken_before));
    json.member("skipped", run.count(RowState::skipped));
    json.end_object();
}

bool fits(const ImportRow& row, std::string_view filter) {
    return filter == "all" || filter.empty() || filter == to_text(row.state);
}

void write_row(JsonWriter& json,
               const DryRun& run,
               const ImportRow& row,
               const std::vector<std::string>& cells,
               Language language) {
    json.begin_object().member("row", row.row).key("cells").begin_array();
    for (const auto& column : run.table.columns) {
        const auto index = static_cast<std::size_t>(column.number - 1);
        json.value(index < cells.size() ? cells[index] : std::string{});
    }
    json.end_array().member("state", to_text(row.state)).key("problems").begin_array();
    for (const auto& problem : run.problems) {
        if (problem.where.row == row.row) {
            write_problem(json, problem, language);
        }
    }
    json.end_array().end_object();
}

}  // namespace

std::string counts_json(const DryRun& run) {
    JsonWriter json;
    write_counts(json, run);
    return json.take();
}

std::string show_import(const store::Import& import,
                        const ImportSource& source,
                        const DryRun& run,
                        Language language) {
    JsonWriter json;
    json.begin_object();
    json.member("import_id", import.import_id.to_string());
    json.member("kind", import.kind);
    json.member("file", source.file_name);
    json.member("sheet", run.table.sheet);
    json.key("sheets").begin_array();
    for (const auto& sheet : run.table.sheets) {
        json.value(sheet.name);
    }
    json.end_array();
    json.member("header_row", run.table.header_row);
    json.member("digest", to_hex(run.digest));
    json.member("state", store::to_text(import.state));
    write_columns(json, run, language);
    json.key("fields").begin_array();
    for (const auto& field : run.table.fields) {
        json.begin_object();
        json.member("field", field.field);
        json.member("name", language == Language::zh ? field.name_zh : field.name_en);
        json.member("required", field.is_required);
        json.end_object();
    }
    json.end_array().key("counts");
    write_counts(json, run);
    write_causes(json, run, language);
    json.key("problems").begin_array();
    for (std::size_t i = 0; i < std::min(run.problems.size(), most_problems); ++i) {
        write_problem(json, run.problems[i], language);
    }
    json.end_array().key("committed");
    if (import.state == store::ImportState::committed) {
        json.raw(import.counts);
    } else {
        json.null();
    }
    json.end_object();
    return json.take();
}

std::string show_rows(const ImportSource& source,
                      const DryRun& run,
                      const RowsQuery& query,
                      Language language) {
    std::vector<const ImportRow*> wanted;
    for (const auto& row : run.rows) {
        if (fits(row, query.filter)) {
            wanted.push_back(&row);
        }
    }
    const auto first = std::min(static_cast<std::size_t>(query.from), wanted.size());
    const auto last = std::min(first + static_cast<std::size_t>(query.limit), wanted.size());
    std::map<std::int64_t, std::vector<std::string>> cells;
    if (first < last) {
        const auto from_row = wanted[first]->row;
        const auto to_row = wanted[last - 1]->row;
        for (auto& row :
             exchange::preview_rows(source.bytes, run.options, from_row, to_row - from_row + 1)) {
            cells.emplace(row.row, std::move(row.cells));
        }
    }
    JsonWriter json;
    json.begin_object();
    write_columns(json, run, language);
    json.key("rows").begin_array();
    for (auto i = first; i < last; ++i) {
        write_row(json, run, *wanted[i], cells[wanted[i]->row], language);
    }
    json.end_array().member("total", wanted.size()).end_object();
    return json.take();
}

}  // namespace agate::app
