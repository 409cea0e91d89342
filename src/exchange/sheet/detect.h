// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace agate::exchange {

/// What a file is by its first bytes; its name is never asked.
enum class FileShape : std::uint8_t {
    empty,
    zip,           ///< perhaps a workbook
    encrypted,     ///< an Office file under a password (OLE container with EncryptedPackage)
    old_workbook,  ///< Excel 97-2003 (.xls)
    other_ole,     ///< Word 97-2003 and the like
    html,          ///< a web page, often named .xls
    xml,           ///< XML that is no .xlsx, for one Excel 2003 XML
    pdf,
    picture,
    text,
    binary,
};

[[nodiscard]] FileShape detect_shape(std::string_view bytes);

/// A text table's bytes as UTF-8. `text` points into the bytes given, or into `own`.
struct DecodedText {
    std::string own{};
    bool is_own = false;
    std::string_view given{};
    std::string encoding{};   ///< empty: in no encoding we know
    bool is_cut_off = false;  ///< UTF-8 that ends inside a character

    [[nodiscard]] std::string_view text() const { return is_own ? std::string_view{own} : given; }
};

[[nodiscard]] DecodedText decode_text(std::string_view bytes);

}  // namespace agate::exchange
