// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/decimal.h"

namespace agate {

/// Writes JSON straight into a string, in the order called. It checks nothing but commas: nesting
/// is the caller's. Text must be UTF-8; control characters are escaped.
class JsonWriter {
public:
    JsonWriter& begin_object();
    JsonWriter& end_object();
    JsonWriter& begin_array();
    JsonWriter& end_array();
    JsonWriter& key(std::string_view name);
    JsonWriter& value(std::string_view text);

    JsonWriter& value(const char* text) { return value(std::string_view{text}); }

    JsonWriter& value(const std::string& text) { return value(std::string_view{text}); }

    JsonWriter& value(std::int64_t number);

    JsonWriter& value(int number) { return value(static_cast<std::int64_t>(number)); }

    JsonWriter& value(std::size_t number) { return value(static_cast<std::int64_t>(number)); }

    JsonWriter& value(double number);
    JsonWriter& value(bool flag);
    /// A number in its shortest exact form.
    JsonWriter& value(Decimal number);
    JsonWriter& null();
    /// Bytes that are JSON already.
    JsonWriter& raw(std::string_view json);

    template <class T>
    JsonWriter& member(std::string_view name, const T& content) {
        key(name);
        return value(content);
    }

    template <class T>
    JsonWriter& member(std::string_view name, const std::optional<T>& content) {
        key(name);
        return content ? value(*content) : null();
    }

    [[nodiscard]] const std::string& text() const { return out_; }

    [[nodiscard]] std::string take() { return std::move(out_); }

private:
    void separate();
    std::string out_;
    bool needs_comma_ = false;
};

}  // namespace agate
