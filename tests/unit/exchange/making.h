// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/problem.h"
#include "exchange/fitness.h"
#include "exchange/sheet/table.h"

// Workbooks made byte by byte, right and wrong, and what the tests share.
namespace agate::exchange::test {

struct ZipMember {
    std::string name, content;
    std::uint16_t flags = 0;
    bool is_packed = true;
    std::optional<std::uint32_t> stated_size{};  ///< a lie about its size
};

[[nodiscard]] std::string make_zip(const std::vector<ZipMember>& members);

/// The parts of a workbook with one sheet; each can be replaced.
struct BookParts {
    std::string sheet_data{};  ///< inside <sheetData>
    std::string before_data{}, after_data{};
    std::string shared{};  ///< inside <sst>; empty: no such part
    std::string styles{};  ///< inside <cellXfs>, with custom formats of 164 and up in `formats`
    std::string formats{};
    std::string workbook_properties{};
    std::string sheet_state{};
    std::string whole_sheet{};  ///< instead of all of the sheet's own parts
    std::vector<ZipMember> more{};
    bool has_macros = false;
};

[[nodiscard]] std::vector<ZipMember> book_members(const BookParts& parts);
[[nodiscard]] std::string make_book(const BookParts& parts);

/// <row> of inline strings; numbers where a text reads as one and `as_numbers` is set.
[[nodiscard]] std::string text_row(int number, const std::vector<std::string>& cells);
[[nodiscard]] std::string sheet_of(const std::vector<std::vector<std::string>>& rows);
[[nodiscard]] std::string csv_of(const std::vector<std::vector<std::string>>& rows);

/// Every cell of every row as shown.
struct Taken {
    TableReport report;
    std::vector<std::int64_t> numbers;
    std::vector<std::vector<std::string>> rows;
    std::vector<std::vector<CellKind>> kinds;
    std::vector<bool> formulas;  ///< of the first cell of each row
};

[[nodiscard]] Taken take_all(std::string_view bytes, const TableOptions& options = {});

[[nodiscard]] std::vector<std::string> codes_of(const Problems& problems);
/// Fails when a problem has no sentence in both languages or one of its places stays open.
void expect_words(const Problems& problems);

/// The twelve measured items as the national standard has them.
[[nodiscard]] std::vector<ItemSpec> national_items();
[[nodiscard]] const ItemSpec& item_named(const std::vector<ItemSpec>& items, std::string_view code);

/// The folder of real third-party files, when AGATE_TEST_DATA names one.
[[nodiscard]] std::optional<std::filesystem::path> real_file(std::string_view relative);

}  // namespace agate::exchange::test
