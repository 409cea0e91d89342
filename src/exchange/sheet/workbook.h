// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "exchange/sheet/zip.h"

namespace agate::exchange {

/// How a number format shows its number.
enum class NumberStyle : std::uint8_t { plain, date, time, minutes_seconds };

/// By the built-in number of a format, and by the code of a custom one.
[[nodiscard]] NumberStyle style_of_built_in(int format_number);
[[nodiscard]] NumberStyle style_of_code(std::string_view format_code);

/// The shared strings, one after the other in one block.
class SharedStrings {
public:
    void append(std::string_view piece) { text_ += piece; }

    void close_string() { ends_.push_back(text_.size()); }

    [[nodiscard]] std::size_t count() const { return ends_.size(); }

    [[nodiscard]] std::size_t bytes() const { return text_.size(); }

    [[nodiscard]] std::optional<std::string_view> get(std::size_t index) const {
        if (index >= ends_.size()) {
            return std::nullopt;
        }
        const std::size_t begin = index == 0 ? 0 : ends_[index - 1];
        return std::string_view{text_}.substr(begin, ends_[index] - begin);
    }

    /// Turns _x000D_ and the like in the string being read into their characters.
    void decode_escapes_of_open_string();

private:
    std::string text_;
    std::vector<std::size_t> ends_;
};

/// Excel writes characters that XML cannot hold as _xHHHH_.
[[nodiscard]] std::string decode_escapes(std::string_view text);

/// A workbook's parts but its sheets' rows.
struct Workbook {
    struct Sheet {
        std::string name, part;
        bool is_hidden = false;
    };

    std::vector<Sheet> sheets;
    std::string shared_strings_part, styles_part;
    std::vector<NumberStyle> styles;  ///< by a cell's style index
    bool uses_1904 = false;
    bool has_macros = false;
};

/// A fault is a problem code with the part it is about.
struct PartFault {
    std::string code;
    std::string part{};
    std::int64_t line = 0, character = 0;  ///< of broken XML
};

struct WorkbookRead {
    Workbook workbook;
    std::optional<PartFault> fault;
};

[[nodiscard]] WorkbookRead read_workbook(const ZipArchive& zip);

struct SharedStringsRead {
    SharedStrings strings;
    std::optional<PartFault> fault;
};

[[nodiscard]] SharedStringsRead read_shared_strings(const ZipArchive& zip,
                                                    const std::string& part,
                                                    const TableLimits& limits);

}  // namespace agate::exchange
