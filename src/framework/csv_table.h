// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "framework/faults.h"

namespace agate::framework {

struct CsvColumn {
    std::string_view name;
    enum class Need : std::uint8_t { required, optional } need = Need::optional;
};

struct CsvRow {
    std::vector<Text> cells;  ///< trimmed, one for each column asked for; empty when missing
};

/// The rows of a CSV file with the columns found by their header names, in any order. Faults of
/// form, unknown and repeated headers and surplus cells are reported; what can be read is given.
[[nodiscard]] std::vector<CsvRow> read_csv_table(std::string_view text,
                                                 std::int32_t source,
                                                 std::span<const CsvColumn> columns,
                                                 Faults& faults);

}  // namespace agate::framework
