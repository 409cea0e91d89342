// SPDX-License-Identifier: Apache-2.0
#include "exchange/mapping.h"

#include <algorithm>
#include <set>

#include "base/text.h"
#include "exchange/header.h"
#include "exchange/row_source.h"

namespace agate::exchange {
namespace {

constexpr std::size_t window_rows = 60;
constexpr std::size_t stated_window_rows = 5000;
constexpr std::int64_t example_rows = 30;  // examples stand at the top

/// Everything that one reading of a sheet holds; rows go in one after the other.
class ImportReading {
public:
    ImportReading(const std::vector<Field>& fields,
                  const ReadOptions& options,
                  const DataSink& sink,
                  const SheetChoice& choice)
        : options_(options),
          sink_(sink),
          dictionary_(fields),
          merged_(choice.merged),
          is_text_(choice.is_text) {
        table_.file = options.file;
        table_.fields = fields;
        table_.sheet = choice.sheet.value_or("");
        table_.format = choice.is_text ? TableFormat::text : TableFormat::xlsx;
    }

    Flow take(const Row& row) {
        if (is_header_known_) {
            return give(row);
        }
        window_.emplace_back(row);
        const bool is_past_stated = options_.header_row && row.number >= *options_.header_row + 8;
        return window_.size() >= window_rows || is_past_stated ? settle_header() : Flow::go_on;
    }

    ImportTable finish(TableReport&& report) {
        table_.format = report.format;
        table_.encoding = std::move(report.encoding);
        table_.sheets = std::move(report.sheets);
        const bool has_fault = has_errors(report.problems);
        table_.problems.insert(table_.problems.begin(),
                               std::make_move_iterator(report.problems.begin()),
                               std::make_move_iterator(report.problems.end()));
        table_.sheet = std::move(report.sheet);
        if (!has_fault && !is_header_known_) {
            static_cast<void>(settle_header());
        }
        if (!has_fault) {
            warn(report);
        }
        for (auto& column : table_.columns) {
            column.is_hidden = std::find(report.hidden_columns.begin(),
                                         report.hidden_columns.end(),
                                         column.number) != report.hidden_columns.end();
        }
        return std::move(table_);
    }

private:
    Problem problem(std::string code, MessageArgs args = {}) const {
        Problem made;
        made.where.file = options_.file;
        made.where.sheet = table_.sheet;
        made.code = std::move(code);
        made.args = std::move(args);
        return made;
    }

    void warn(const TableReport& report) {
        const auto add = [&](std::string code, std::int64_t count) {
            if (count > 0) {
                table_.problems.push_back(
                    problem(std::move(code), {{"count", std::to_string(count)}}));
                table_.problems.back().severity = Severity::warning;
            }
        };
        add("hidden_rows_read", report.hidden_row_count);
        add("formulas_read_as_stored", report.formula_count);
        if (table_.is_readable() && table_.row_count == 0) {
            table_.problems.push_back(problem("no_data_rows"));
            table_.problems.back().severity = Severity::warning;
        }
    }

    Flow settle_header() {
        is_header_known_ = true;
        const auto place = find_header(window_, merged_, dictionary_, options_.header_row);
        if (!place) {
            table_.problems.push_back(problem(
                window_.empty() ? "table_empty" : "header_not_found",
                {{"row", options_.header_row ? std::to_string(*options_.header_row) : ""}}));
            return Flow::stop;
        }
        table_.header_row = window_[place->last].number;
        table_.columns = columns_of(window_, *place, merged_, dictionary_);
        use_own_mapping();
        check_columns();
        if (!table_.is_readable()) {
            return Flow::stop;
        }
        prepare_rows();
        auto held = std::move(window_);
        for (std::size_t i = place->last + 1; i < held.size(); ++i) {
            if (give(held[i].view()) == Flow::stop) {
                return Flow::stop;
            }
        }
        return Flow::go_on;
    }

    void use_own_mapping() {
        for (const auto& [number, field] : options_.columns) {
            auto found = std::find_if(table_.columns.begin(),
                                      table_.columns.end(),
                                      [&, n = number](const Column& c) { return c.number == n; });
            if (found == table_.columns.end()) {
                table_.columns.push_back({.number = number});
                found = std::prev(table_.columns.end());
            }
            found->field = field;
            found->other_field.reset();
            found->is_chosen_by_user = true;
            const bool is_known = !field || std::any_of(table_.fields.begin(),
                                                        table_.fields.end(),
                                                        [&, f = *field](const Field& known) {
                                                            return known.field == f;
                                                        });
            if (!is_known) {
                table_.problems.push_back(problem("mapping_unknown_field", {{"field", *field}}));
            }
        }
        std::sort(table_.columns.begin(), table_.columns.end(), [](const auto& a, const auto& b) {
            return a.number < b.number;
        });
    }

    void check_columns() {
        std::map<std::string, const Column*> seen;
        std::set<std::string> present;
        for (const auto& column : table_.columns) {
            if (!column.field) {
                if (!column.is_chosen_by_user) {
                    auto unknown = problem("column_not_taken", {{"header", column.header}});
                    unknown.where.row = table_.header_row;
                    unknown.where.column = column.number;
                    unknown.where.column_name = column.header;
                    unknown.severity = Severity::warning;
                    table_.problems.push_back(std::move(unknown));
                }
                continue;
            }
            present.insert(*column.field);
            const auto [first, is_new] = seen.emplace(*column.field, &column);
            if (!is_new) {
                auto twice = problem("column_twice",
                                     {{"header", column.header},
                                      {"first", column_letters(first->second->number)},
                                      {"second", column_letters(column.number)}});
                twice.where.row = table_.header_row;
                twice.where.column = column.number;
                twice.where.column_name = column.header;
                table_.problems.push_back(std::move(twice));
            }
        }
        check_missing(present);
    }

    void check_missing(const std::set<std::string>& present) {
        std::map<std::string, std::pair<bool, const Field*>> groups;
        std::map<std::string, std::pair<std::string, std::string>> group_names;
        for (const auto& field : table_.fields) {
            const bool is_there = present.count(field.field) != 0;
            if (field.is_required && !is_there) {
                add_missing("column_missing", field.name_zh, field.name_en, field.field);
            }
            if (!field.group.empty()) {
                auto& [is_any_there, first] = groups[field.group];
                is_any_there = is_any_there || is_there;
                first = first == nullptr ? &field : first;
                auto& [zh, en] = group_names[field.group];
                zh += (zh.empty() ? "" : " / ") + field.name_zh;
                en += (en.empty() ? "" : " / ") + field.name_en;
            }
        }
        for (const auto& [group, state] : groups) {
            if (!state.first) {
                add_missing("column_missing_one_of",
                            group_names[group].first,
                            group_names[group].second,
                            state.second->field);
            }
        }
    }

    void add_missing(std::string code,
                     const std::string& name_zh,
                     const std::string& name_en,
                     const std::string& field) {
        auto missing =
            problem(std::move(code), {{"name", name_zh}, {"name_en", name_en}, {"field", field}});
        missing.where.row = table_.header_row;
        table_.problems.push_back(std::move(missing));
    }

    void prepare_rows() {
        for (const auto& column : table_.columns) {
            last_column_ = std::max(last_column_, column.number);
            if (column.field) {
                mapped_.push_back(column.number);
                headers_.push_back(column.header);
            }
        }
        for (const auto& area : merged_) {
            if (area.last_row > area.first_row && area.last_row > table_.header_row &&
                std::find(mapped_.begin(), mapped_.end(), area.first_column) != mapped_.end()) {
                tall_areas_.push_back({area, {}});
            }
        }
        needs_patching_ = !tall_areas_.empty() || !options_.mends.empty();
    }

    // Mends stand before the file; a cell merged over several rows counts in each of them.
    Row patched(const Row& row) {
        patched_.assign(row.cells.begin(), row.cells.end());
        const auto put = [&](std::int64_t column, const Cell& cell) {
            const auto index = static_cast<std::size_t>(column - 1);
            if (index >= patched_.size()) {
                patched_.resize(index + 1);
            }
            patched_[index] = cell;
        };
        for (auto& [area, kept] : tall_areas_) {
            if (row.number < area.first_row || row.number > area.last_row) {
                continue;
            }
            const auto cell = row.at(area.first_column);
            if (cell.kind != CellKind::empty) {
                kept.text = cell.text;
                kept.cell = cell;
            } else if (!kept.text.empty()) {
                put(area.first_column, kept.cell);
                patched_[static_cast<std::size_t>(area.first_column - 1)].text = kept.text;
            }
        }
        for (auto mend = options_.mends.lower_bound({row.number, 0});
             mend != options_.mends.end() && mend->first.first == row.number;
             ++mend) {
            if (mend->first.second >= 1 && mend->first.second <= options_.limits.columns) {
                const std::string_view text = mend->second.value;
                put(mend->first.second,
                    {.text = text, .kind = text.empty() ? CellKind::empty : CellKind::text});
            }
        }
        return {.number = row.number, .cells = patched_, .is_hidden = row.is_hidden};
    }

    enum class Content : std::uint8_t { ours, other, none };

    Content content_of(const Row& row) const {
        for (const auto column : mapped_) {
            const auto& cell = row.at(column);
            const bool is_plain = !cell.text.empty() && cell.text.front() > ' ';
            if (is_plain || cell.kind == CellKind::number || !trim(cell.text).empty()) {
                return Content::ours;
            }
        }
        // A running number alone is a prepared row.
        const auto is_other = [](const Cell& cell) {
            return cell.kind == CellKind::text && !trim(cell.text).empty() &&
                   cell.text.find_first_not_of("0123456789. ") != std::string_view::npos;
        };
        return std::any_of(row.cells.begin(), row.cells.end(), is_other) ? Content::other
                                                                         : Content::none;
    }

    bool repeats_header(const Row& row) const {
        int same = 0;
        for (std::size_t i = 0; i < mapped_.size(); ++i) {
            const auto text = trim(row.at(mapped_[i]).text);
            if (text.empty()) {
                continue;
            }
            if (text != trim(headers_[i])) {
                return false;
            }
            ++same;
        }
        return same >= 2;
    }

    void skip(const Row& row, SkipReason reason) {
        if (table_.skipped.size() < 10'000) {
            table_.skipped.push_back({row.number, reason});
        }
    }

    Flow give(const Row& given) {
        const Row row = needs_patching_ ? patched(given) : given;
        const auto content = content_of(row);
        if (content == Content::none) {
            return Flow::go_on;
        }
        ++seen_;
        if (!options_.skip_rows.empty()) {
            const auto found = options_.skip_rows.find(row.number);
            if (found != options_.skip_rows.end() && found->second) {
                skip(row, SkipReason::by_user);
                return Flow::go_on;
            }
        }
        if (seen_ <= example_rows && is_example_row(row)) {
            skip(row, SkipReason::example);
            return Flow::go_on;
        }
        if (content == Content::other) {
            skip(row, SkipReason::nothing_of_ours);
            return Flow::go_on;
        }
        if (repeats_header(row)) {
            skip(row, SkipReason::repeated_header);
            return Flow::go_on;
        }
        const bool is_too_wide =
            is_text_ && static_cast<std::int64_t>(row.cells.size()) > last_column_ &&
            std::any_of(row.cells.begin() + last_column_, row.cells.end(), [](const Cell& cell) {
                return cell.kind != CellKind::empty;
            });
        const auto reason =
            sink_(table_, {.row = row, .index = table_.row_count + 1, .is_too_wide = is_too_wide});
        if (reason) {
            skip(row, *reason);
        } else {
            ++table_.row_count;
        }
        return Flow::go_on;
    }

    struct KeptCell {
        Cell cell;
        std::string text;
    };

    const ReadOptions& options_;
    const DataSink& sink_;
    Dictionary dictionary_;
    const std::vector<MergedArea>& merged_;
    ImportTable table_;
    std::vector<HeldRow> window_;
    std::vector<std::int64_t> mapped_;
    std::vector<std::string> headers_;
    std::vector<std::pair<MergedArea, KeptCell>> tall_areas_;
    std::vector<Cell> patched_;
    std::int64_t last_column_ = 0, seen_ = 0;
    bool is_text_ = false;  // of a text table the width means something
    bool is_header_known_ = false, needs_patching_ = false;
};

}  // namespace

ImportTable read_import(std::string_view bytes,
                        const std::vector<Field>& fields,
                        const ReadOptions& options,
                        const DataSink& sink) {
    const auto choice = choose_sheet(bytes, fields, options);
    ImportReading reading{fields, options, sink, choice};
    TableOptions table_options{.file = options.file,
                               .sheet = choice.sheet,
                               .limits = options.limits,
                               .progress = options.progress};
    auto report =
        read_table(bytes, table_options, [&](const Row& row) { return reading.take(row); });
    auto table = reading.finish(std::move(report));
    if (!choice.others.empty() && table.is_readable()) {
        Problem others;
        others.where = {.file = options.file, .sheet = table.sheet};
        others.code = "other_sheets_not_read";
        others.args = {{"sheets", choice.others}};
        others.severity = Severity::warning;
        table.problems.push_back(std::move(others));
    }
    return table;
}

const Column* ImportTable::column_of(std::string_view field) const {
    const auto found = std::find_if(columns.begin(), columns.end(), [&](const Column& column) {
        return column.field == field || column.other_field == field;
    });
    return found == columns.end() ? nullptr : &*found;
}

std::vector<PreviewRow> preview_rows(std::string_view bytes,
                                     const ReadOptions& options,
                                     std::int64_t from_row,
                                     std::int64_t limit) {
    std::vector<PreviewRow> rows;
    const TableOptions table_options{
        .file = options.file, .sheet = options.sheet, .limits = options.limits};
    static_cast<void>(read_table(bytes, table_options, [&](const Row& row) {
        if (row.number < from_row) {
            return Flow::go_on;
        }
        if (static_cast<std::int64_t>(rows.size()) >= limit) {
            return Flow::stop;
        }
        auto& made = rows.emplace_back(PreviewRow{row.number, {}});
        for (const auto& cell : row.cells) {
            made.cells.emplace_back(cell.text);
        }
        for (auto mend = options.mends.lower_bound({row.number, 0});
             mend != options.mends.end() && mend->first.first == row.number;
             ++mend) {
            const auto index = static_cast<std::size_t>(mend->first.second - 1);
            if (mend->first.second >= 1 && mend->first.second <= options.limits.columns) {
                made.cells.resize(std::max(made.cells.size(), index + 1));
                made.cells[index] = mend->second.value;
            }
        }
        return Flow::go_on;
    }));
    return rows;
}

}  // namespace agate::exchange
