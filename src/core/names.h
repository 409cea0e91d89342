// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

#include "base/error.h"

namespace agate {

/// The words of an enumeration, as they stand in tables, JSON and packs.
template <class Value>
struct Named {
    Value value;
    std::string_view name;
};

template <class Value, std::size_t count>
using NameTable = std::array<Named<Value>, count>;

template <class Value, std::size_t count>
std::string_view name_of(const NameTable<Value, count>& table, Value value) {
    const auto found = std::ranges::find(table, value, &Named<Value>::value);
    ensure(found != table.end(), "the value has a name");
    return found->name;
}

template <class Value, std::size_t count>
std::optional<Value> value_of(const NameTable<Value, count>& table, std::string_view name) {
    const auto found = std::ranges::find(table, name, &Named<Value>::name);
    return found == table.end() ? std::nullopt : std::optional{found->value};
}

}  // namespace agate
