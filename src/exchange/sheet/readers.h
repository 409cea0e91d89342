// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "exchange/sheet/table.h"

// The two readers behind read_table.
namespace agate::exchange {

enum class ReadDepth : std::uint8_t { rows, names_only };

[[nodiscard]] TableReport read_xlsx(std::string_view bytes,
                                    const TableOptions& options,
                                    const RowSink& sink,
                                    ReadDepth depth);
[[nodiscard]] TableReport read_text_table(std::string_view bytes,
                                          const TableOptions& options,
                                          const RowSink& sink);

/// A problem of the file as a whole.
[[nodiscard]] Problem file_problem(const TableOptions& options,
                                   std::string code,
                                   MessageArgs args = {});

}  // namespace agate::exchange
