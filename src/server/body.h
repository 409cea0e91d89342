// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json/object.hpp>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/day.h"
#include "base/decimal.h"

namespace agate::server {

/// A JSON object of a request with a closed set of fields: each is asked for by name and type, and
/// `finish` refuses what nobody asked for. All refusals are Error(invalid, …) naming the field.
class Body {
public:
    /// Refuses what is no JSON object, nests deeper than 8 levels or names a field twice.
    [[nodiscard]] static Body parse(std::string_view text);

    [[nodiscard]] std::string text(std::string_view name);
    /// Empty when the field is missing or null.
    [[nodiscard]] std::string text_or_empty(std::string_view name);
    [[nodiscard]] std::optional<std::string> optional_text(std::string_view name);
    [[nodiscard]] std::optional<std::int64_t> optional_number(std::string_view name);
    [[nodiscard]] std::optional<Decimal> optional_decimal(std::string_view name);
    [[nodiscard]] Day day(std::string_view name);
    [[nodiscard]] bool flag_or(std::string_view name, bool otherwise);

    [[nodiscard]] bool has(std::string_view name) const { return object_.contains(name); }

    [[nodiscard]] std::vector<Body> objects(std::string_view name);
    [[nodiscard]] std::vector<std::int64_t> numbers(std::string_view name);
    /// An object of optional texts: {"A": "name", "B": null}.
    [[nodiscard]] std::vector<std::pair<std::string, std::optional<std::string>>> texts_by_name(
        std::string_view name);
    [[nodiscard]] std::vector<std::pair<std::string, bool>> flags_by_name(std::string_view name);

    void finish() const;

private:
    explicit Body(boost::json::object object) : object_(std::move(object)) {}

    const boost::json::value* find(std::string_view name);

    boost::json::object object_;
    std::set<std::string, std::less<>> asked_;
};

}  // namespace agate::server
