// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "exchange/fitness.h"
#include "exchange/fitness_rows.h"

namespace agate::exchange {
namespace {

std::vector<Field> fields_for(std::span<const ItemSpec> items, const FitnessOptions& options) {
    auto fields = fitness_fields(items);
    for (auto& field : fields) {
        if (field.field == "grade" && options.needs_grade && !options.grade) {
            // A class name may tell the grade as well.
            field.group = "grade";
        } else if (field.field == "class_name" && options.needs_grade && !options.grade) {
            field.group = "grade";
        }
    }
    return fields;
}

void warn_without_sex(ImportTable& table, const FitnessOptions& options) {
    if (table.column_of("sex") != nullptr || !table.is_readable() || table.row_count == 0 ||
        options.sex_source == SexSource::caller) {
        return;
    }
    Problem problem;
    problem.where = {.file = options.file, .sheet = table.sheet, .row = table.header_row};
    problem.code = options.sex_source == SexSource::filled_item ? "sex_from_filled_item"
                                                                : "sex_column_missing";
    problem.severity = Severity::warning;
    table.problems.push_back(std::move(problem));
}

}  // namespace

ImportTable read_fitness(std::string_view bytes,
                         std::span<const ItemSpec> items,
                         const FitnessOptions& options,
                         const FitnessSink& sink) {
    FitnessRows rows{items, options};
    bool is_stopped = false;
    auto table = read_import(
        bytes, fields_for(items, options), options, [&](const ImportTable& t, const DataRow& data) {
            if (!rows.read(t, data)) {
                return std::optional{SkipReason::prepared_not_used};
            }
            if (!is_stopped && sink(rows.row(), rows.problems()) == Flow::stop) {
                is_stopped = true;
            }
            return std::optional<SkipReason>{};
        });
    warn_without_sex(table, options);
    return table;
}

FitnessRead read_all_fitness(std::string_view bytes,
                             std::span<const ItemSpec> items,
                             const FitnessOptions& options) {
    FitnessRead read;
    FitnessRows rows{items, options};
    read.table = read_import(
        bytes, fields_for(items, options), options, [&](const ImportTable& t, const DataRow& data) {
            if (!rows.read(t, data)) {
                return std::optional{SkipReason::prepared_not_used};
            }
            read.rows.push_back(rows.row());
            const auto& found = rows.problems();
            read.problems.insert(read.problems.end(), found.begin(), found.end());
            return std::optional<SkipReason>{};
        });
    read.blank_cells = rows.blank_cells();
    warn_without_sex(read.table, options);
    return read;
}

}  // namespace agate::exchange
