// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "exchange/sheet/xml.h"

namespace agate::exchange {

/// A scanner for the XML that spreadsheets write, several times as fast as a general parser: UTF-8,
/// no DTD. What it accepts it gives to the handler exactly as expat would; it checks tags, nesting,
/// references and characters.
class XmlScanner {
public:
    explicit XmlScanner(XmlHandler& handler) : handler_(handler) {}

    /// False for a part that says another encoding: that one is expat's.
    [[nodiscard]] static bool can_read(std::string_view beginning);

    /// False when reading ended, as XmlParser::feed.
    [[nodiscard]] bool feed(std::string_view piece, bool is_last);

    [[nodiscard]] std::string_view fault() const { return fault_; }

    [[nodiscard]] std::int64_t line() const { return line_; }

    [[nodiscard]] std::int64_t column() const { return column_; }

private:
    /// Bytes taken from the front of `text`; it may need more than there is.
    std::size_t scan(std::string_view text, bool is_last);
    std::size_t scan_markup(std::string_view text);
    std::size_t skip_until(std::string_view text, std::size_t from, std::string_view end);
    std::size_t scan_start(std::string_view text);
    std::size_t scan_end(std::string_view text);
    std::size_t scan_character_data(std::string_view text);
    void give_text(std::string_view text, std::uint8_t seen);
    [[nodiscard]] bool decode(std::string_view text, std::string& out);
    [[nodiscard]] std::optional<std::string_view> value_of(std::string_view written,
                                                           std::uint8_t seen);
    std::size_t broken();
    [[nodiscard]] std::size_t read_attributes(std::string_view text, std::size_t at);

    void break_off(std::string_view code) { fault_ = fault_.empty() ? code : fault_; }

    [[nodiscard]] bool has_ended() const;
    void count_lines(std::string_view taken);

    static constexpr std::size_t needs_more = static_cast<std::size_t>(-1);

    XmlHandler& handler_;
    std::string pending_;  ///< of a token that goes on in the next piece
    std::vector<std::size_t> open_;
    std::string names_;  ///< of the open elements, one after the other
    std::vector<Attributes::Item> attributes_;
    std::vector<std::string> values_;  ///< decoded ones
    std::size_t decoded_count_ = 0;
    std::string decoded_;
    std::string_view fault_;
    std::int64_t line_ = 1, column_ = 1;
    bool has_root_ = false;
};

}  // namespace agate::exchange
