// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "exchange/mapping.h"

namespace agate::exchange {

/// Which sheet of a file is read, found before its rows stream.
struct SheetChoice {
    std::optional<std::string> sheet{};
    std::vector<MergedArea> merged{};
    std::string others{};  ///< names of further sheets with the same kind of table
    bool is_text = false;
};

/// The sheet that the user named, else the visible one in which most names are known.
[[nodiscard]] SheetChoice choose_sheet(std::string_view bytes,
                                       const std::vector<Field>& fields,
                                       const ReadOptions& options);

}  // namespace agate::exchange
