// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace agate::exchange {

/// Attributes of one element.
class Attributes {
public:
    struct Item {
        std::string_view name, value;
    };

    explicit Attributes(std::span<const Item> items) : items_(items) {}

    /// By local name; empty text when there is none.
    [[nodiscard]] std::string_view get(std::string_view local_name) const;
    [[nodiscard]] bool is_true(std::string_view local_name) const;

private:
    std::span<const Item> items_;
};

/// What is done with an XML part while it streams by. Names come without their prefix.
class XmlHandler {
public:
    virtual ~XmlHandler() = default;
    virtual void start(std::string_view name, const Attributes& attributes) = 0;
    virtual void end(std::string_view name) = 0;
    virtual void text(std::string_view text) = 0;

    /// Set to end the reading: with a problem code, or because enough was seen.
    std::string_view fault;
    bool is_done = false;
};

/// Who reads: the scanner for what spreadsheets write, or expat for every encoding there is.
enum class XmlEngine : std::uint8_t { by_beginning, expat };

/// XML with its checks: every result looked at, no DTD and so no entities of its own, bounded
/// nesting and token length.
class XmlParser {
public:
    explicit XmlParser(XmlHandler& handler, XmlEngine engine = XmlEngine::by_beginning);
    ~XmlParser();
    XmlParser(const XmlParser&) = delete;
    XmlParser& operator=(const XmlParser&) = delete;

    /// False when reading ended: `fault()` says why, empty when the handler had enough.
    [[nodiscard]] bool feed(std::string_view piece, bool is_last);

    /// xml_broken, xml_has_dtd, xml_too_deep, xml_token_too_long, or the handler's own.
    [[nodiscard]] std::string_view fault() const;
    [[nodiscard]] std::int64_t line() const;
    [[nodiscard]] std::int64_t column() const;

    /// For the C callbacks.
    struct State;

private:
    std::unique_ptr<State> state_;
};

}  // namespace agate::exchange
