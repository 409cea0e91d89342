// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/csv.h"
#include "base/problem.h"

namespace agate::batch {

/// One column that a table may have.
struct ColumnRule {
    std::string_view name;
    bool is_required = false;
};

/// A CSV with a header row, columns in any order, read row by row. Faults go to `problems` with
/// line, column and header; after `most_problems` no more are gathered.
class TableReader {
public:
    TableReader(std::string file,
                std::string_view text,
                std::span<const ColumnRule> columns,
                Problems& problems);

    /// False at the end, or when the header does not serve.
    [[nodiscard]] bool next();

    /// The cell of the rule's column, without blanks around it; empty where the table has no such
    /// column.
    [[nodiscard]] std::string_view cell(std::size_t rule) const;

    [[nodiscard]] std::int64_t line() const { return record_.line; }

    void fault(std::size_t rule, std::string code, MessageArgs args = {});
    void warn(std::size_t rule, std::string code, MessageArgs args = {});

    static constexpr std::size_t most_problems = 1000;

private:
    void read_header(std::span<const ColumnRule> columns);
    void add(std::size_t rule, std::string code, MessageArgs args, Severity severity);

    std::string file_;
    CsvReader reader_;
    CsvRecord record_;
    std::span<const ColumnRule> columns_;
    std::vector<std::optional<std::size_t>> places_;  ///< by rule
    Problems& problems_;
    bool serves_ = true;
};

}  // namespace agate::batch
