// SPDX-License-Identifier: Apache-2.0
#include "batch/table_reader.h"

#include "base/text.h"

namespace agate::batch {

TableReader::TableReader(std::string file,
                         std::string_view text,
                         std::span<const ColumnRule> columns,
                         Problems& problems)
    : file_(std::move(file)),
      reader_(text),
      columns_(columns),
      places_(columns.size()),
      problems_(problems) {
    read_header(columns);
}

void TableReader::read_header(std::span<const ColumnRule> columns) {
    if (!reader_.next(record_)) {
        problems_.push_back({.where = {.file = file_, .row = 1}, .code = "table_without_header"});
        serves_ = false;
        return;
    }
    for (std::size_t i = 0; i < record_.fields.size(); ++i) {
        const auto name = trim(record_.fields[i]);
        bool is_known = false;
        for (std::size_t rule = 0; rule < columns.size(); ++rule) {
            if (columns[rule].name == name) {
                is_known = true;
                serves_ = serves_ && !places_[rule];
                if (places_[rule]) {
                    add(rule, "table_column_twice", {}, Severity::error);
                }
                places_[rule] = i;
            }
        }
        if (!is_known) {
            problems_.push_back({.where = {.file = file_,
                                           .row = record_.line,
                                           .column = static_cast<std::int64_t>(i + 1)},
                                 .code = "table_column_unknown",
                                 .args = {{"name", std::string(name)}},
                                 .severity = Severity::warning});
        }
    }
    for (std::size_t rule = 0; rule < columns.size(); ++rule) {
        if (columns[rule].is_required && !places_[rule]) {
            add(rule, "table_column_missing", {}, Severity::error);
            serves_ = false;
        }
    }
}

bool TableReader::next() {
    if (!serves_) {
        return false;
    }
    if (reader_.next(record_)) {
        return true;
    }
    for (auto problem : reader_.problems()) {
        problem.where.file = file_;
        problems_.push_back(std::move(problem));
    }
    return false;
}

std::string_view TableReader::cell(std::size_t rule) const {
    const auto& place = places_[rule];
    return place && *place < record_.fields.size() ? trim(record_.fields[*place])
                                                   : std::string_view{};
}

void TableReader::fault(std::size_t rule, std::string code, MessageArgs args) {
    add(rule, std::move(code), std::move(args), Severity::error);
}

void TableReader::warn(std::size_t rule, std::string code, MessageArgs args) {
    add(rule, std::move(code), std::move(args), Severity::warning);
}

void TableReader::add(std::size_t rule, std::string code, MessageArgs args, Severity severity) {
    if (problems_.size() >= most_problems) {
        return;
    }
    args.push_back({"name", std::string(columns_[rule].name)});
    args.push_back({"value", std::string(cell(rule))});
    problems_.push_back(
        {.where = {.file = file_,
                   .row = record_.line,
                   .column = static_cast<std::int64_t>(places_[rule].value_or(0) + 1),
                   .column_name = std::string(columns_[rule].name)},
         .code = std::move(code),
         .args = std::move(args),
         .severity = severity});
}

}  // namespace agate::batch
