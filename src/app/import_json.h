// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "app/import_run.h"
#include "store/imports.h"

namespace agate::app {

/// {"rows","ready","problem","blank_cells","doubles","taken_before","skipped"}.
[[nodiscard]] std::string counts_json(const DryRun& run);

[[nodiscard]] std::string show_import(const store::Import& import,
                                      const ImportSource& source,
                                      const DryRun& run,
                                      Language language);

struct RowsQuery {
    std::string_view filter;  ///< all, ready, problem, blank, double
    std::int64_t from = 0;    ///< how many rows of the filtered list to pass over
    int limit = 200;
};

[[nodiscard]] std::string show_rows(const ImportSource& source,
                                    const DryRun& run,
                                    const RowsQuery& query,
                                    Language language);

}  // namespace agate::app
