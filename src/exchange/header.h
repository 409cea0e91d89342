// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "exchange/mapping.h"

// Finding the header in the first rows of a sheet: titles and remarks above it, names merged over
// several rows and columns, examples below it.
namespace agate::exchange {

/// Header names of an import kind, by header_key.
class Dictionary {
public:
    explicit Dictionary(const std::vector<Field>& fields);

    [[nodiscard]] std::optional<std::string> find(std::string_view header) const;

private:
    std::unordered_map<std::string, std::string> by_key_;
};

/// A row kept beyond its sink call.
struct HeldRow {
    std::int64_t number = 0;
    bool is_hidden = false;
    std::vector<Cell> cells;
    std::vector<std::string> texts;

    explicit HeldRow(const Row& row);
    HeldRow(HeldRow&&) noexcept = default;
    HeldRow& operator=(HeldRow&&) noexcept = default;
    HeldRow(const HeldRow&) = delete;
    HeldRow& operator=(const HeldRow&) = delete;

    [[nodiscard]] Row view() const {
        return {.number = number, .cells = cells, .is_hidden = is_hidden};
    }
};

/// Which of the first rows are the header: positions into the window, ends included.
struct HeaderPlace {
    std::size_t first = 0, last = 0;
    std::optional<std::size_t> group_row;  ///< group headings above it
    int recognised = 0;                    ///< fields found
};

[[nodiscard]] std::optional<HeaderPlace> find_header(const std::vector<HeldRow>& window,
                                                     const std::vector<MergedArea>& merged,
                                                     const Dictionary& dictionary,
                                                     std::optional<std::int64_t> stated_row);

/// The columns under that header, with what the dictionary makes of them.
[[nodiscard]] std::vector<Column> columns_of(const std::vector<HeldRow>& window,
                                             const HeaderPlace& place,
                                             const std::vector<MergedArea>& merged,
                                             const Dictionary& dictionary);

/// A row that shows how to fill the sheet in.
[[nodiscard]] bool is_example_row(const Row& row);

}  // namespace agate::exchange
