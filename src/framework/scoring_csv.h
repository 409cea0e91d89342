// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "core/org.h"
#include "framework/csv_table.h"
#include "framework/faults.h"
#include "framework/pack_files.h"

namespace agate::framework {

/// One CSV file of a scoring pack, row by row. Faults of cells are told with their place, and the
/// row goes on, so that all of them are found.
class ScoringCsv {
public:
    /// A missing file is a fault, and there are no rows then. `faults` outlives this.
    ScoringCsv(const PackFiles& pack,
               std::string_view name,
               std::span<const CsvColumn> columns,
               Faults& faults);

    [[nodiscard]] bool next();

    /// True while no fault was found in the current row.
    [[nodiscard]] bool is_clean() const { return faults_->error_count() == faults_before_; }

    [[nodiscard]] std::int32_t source() const { return source_; }

    /// A cell, by its index in `columns`.
    [[nodiscard]] const Text& cell(std::size_t column) const { return row_->cells[column]; }

    [[nodiscard]] const std::string& text(std::size_t column) const { return cell(column).value; }

    /// In 10^-decimals; a fault when unreadable, finer or beyond a million.
    [[nodiscard]] std::int64_t number(std::size_t column, int decimals);
    [[nodiscard]] std::optional<std::int64_t> number_if_any(std::size_t column, int decimals);
    /// A whole number from 0 to 1000.
    [[nodiscard]] std::int32_t small_number(std::size_t column);
    [[nodiscard]] Sex sex(std::size_t column);
    [[nodiscard]] int grade(std::size_t column);
    /// Index of the text among the choices; a fault, and 0, otherwise.
    [[nodiscard]] std::size_t choice(std::size_t column, std::span<const std::string_view> choices);

    void fault(std::size_t column, std::string_view code, MessageArgs args = {});

private:
    Faults* faults_;
    std::int32_t source_ = 0;
    std::vector<CsvRow> rows_;
    std::size_t next_ = 0;
    const CsvRow* row_ = nullptr;
    std::size_t faults_before_ = 0;
};

}  // namespace agate::framework
