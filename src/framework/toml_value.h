// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/decimal.h"
#include "framework/faults.h"

namespace agate::framework {

struct TomlMember;

/// A TOML value with its place. Numbers are exact: taken from the text, never from a double.
struct TomlValue {
    enum class Kind : std::uint8_t { text, number, flag, list, table, other } kind = Kind::other;
    At at;
    std::string text;
    Decimal number;
    bool flag = false;
    std::vector<TomlValue> items;     ///< of a list
    std::vector<TomlMember> members;  ///< of a table, in the file's order
};

struct TomlMember {
    Text key;
    TomlValue value;
};

/// The file as one table; empty when its syntax is broken, which is one fault.
[[nodiscard]] TomlValue read_toml(std::string_view text, std::int32_t source, Faults& faults);

}  // namespace agate::framework
