// SPDX-License-Identifier: Apache-2.0
#include "server/body.h"

#include <boost/json.hpp>
#include <boost/json/basic_parser_impl.hpp>

#include "base/error.h"

namespace agate::server {
namespace {

namespace json = boost::json;

[[noreturn]] void refuse(std::string_view code, std::string_view field) {
    throw Error(ErrorKind::invalid, std::string(code), {{"field", std::string(field)}});
}

/// Walks the text once, only to see whether an object names a field twice: the value tree would
/// keep the last one without a word.
class TwiceNamed {
public:
    static constexpr std::size_t max_object_size = 10'000;
    static constexpr std::size_t max_array_size = 100'000;
    static constexpr std::size_t max_key_size = 256;
    static constexpr std::size_t max_string_size = 1 << 20;

    std::string twice;

    bool on_document_begin(json::error_code&) { return true; }

    bool on_document_end(json::error_code&) { return true; }

    bool on_object_begin(json::error_code&) {
        names_.emplace_back();
        return true;
    }

    bool on_object_end(std::size_t, json::error_code&) {
        names_.pop_back();
        return true;
    }

    bool on_array_begin(json::error_code&) { return true; }

    bool on_array_end(std::size_t, json::error_code&) { return true; }

    bool on_key_part(json::string_view part, std::size_t, json::error_code&) {
        key_.append(part.data(), part.size());
        return true;
    }

    bool on_key(json::string_view part, std::size_t, json::error_code&) {
        key_.append(part.data(), part.size());
        if (!names_.back().insert(key_).second) {
            twice = key_;
        }
        key_.clear();
        return true;
    }

    bool on_string_part(json::string_view, std::size_t, json::error_code&) { return true; }

    bool on_string(json::string_view, std::size_t, json::error_code&) { return true; }

    bool on_number_part(json::string_view, json::error_code&) { return true; }

    bool on_int64(std::int64_t, json::string_view, json::error_code&) { return true; }

    bool on_uint64(std::uint64_t, json::string_view, json::error_code&) { return true; }

    bool on_double(double, json::string_view, json::error_code&) { return true; }

    bool on_bool(bool, json::error_code&) { return true; }

    bool on_null(json::error_code&) { return true; }

    bool on_comment_part(json::string_view, json::error_code&) { return true; }

    bool on_comment(json::string_view, json::error_code&) { return true; }

private:
    std::vector<std::set<std::string>> names_;
    std::string key_;
};

void refuse_repeated_names(std::string_view text, const json::parse_options& options) {
    json::basic_parser<TwiceNamed> parser(options);
    json::error_code error;
    parser.write_some(false, text.data(), text.size(), error);
    if (!parser.handler().twice.empty()) {
        refuse("field_twice", parser.handler().twice);
    }
}

}  // namespace

Body Body::parse(std::string_view text) {
    json::parse_options options;
    options.max_depth = 8;
    json::error_code error;
    auto value = json::parse(text, error, {}, options);
    if (error || !value.is_object()) {
        throw Error(ErrorKind::invalid, "json_broken", {}, error.message());
    }
    refuse_repeated_names(text, options);
    return Body(std::move(value.as_object()));
}

const json::value* Body::find(std::string_view name) {
    asked_.emplace(name);
    const auto* value = object_.if_contains(name);
    return value == nullptr || value->is_null() ? nullptr : value;
}

std::optional<std::string> Body::optional_text(std::string_view name) {
    const auto* value = find(name);
    if (value == nullptr) {
        return std::nullopt;
    }
    if (!value->is_string()) {
        refuse("field_type", name);
    }
    return std::string(value->get_string());
}

std::string Body::text_or_empty(std::string_view name) {
    return optional_text(name).value_or(std::string{});
}

std::string Body::text(std::string_view name) {
    auto value = optional_text(name);
    if (!value) {
        refuse("field_missing", name);
    }
    return *value;
}

std::optional<std::int64_t> Body::optional_number(std::string_view name) {
    const auto* value = find(name);
    if (value == nullptr) {
        return std::nullopt;
    }
    if (!value->is_int64()) {
        refuse("field_type", name);
    }
    return value->get_int64();
}

std::optional<Decimal> Body::optional_decimal(std::string_view name) {
    const auto* value = find(name);
    if (value == nullptr) {
        return std::nullopt;
    }
    // A JSON number is written back in its shortest form, which for what people enter is what they
    // wrote; a text is taken exactly.
    const auto text =
        value->is_string() ? std::string(value->get_string()) : json::serialize(*value);
    auto decimal = Decimal::parse(text);
    if (!decimal && value->is_double()) {
        decimal = Decimal::parse(std::to_string(value->get_double()));
    }
    if (!decimal) {
        refuse("field_type", name);
    }
    return decimal;
}

Day Body::day(std::string_view name) {
    const auto parsed = parse_day(text(name));
    if (!parsed) {
        refuse("field_type", name);
    }
    return *parsed;
}

bool Body::flag_or(std::string_view name, bool otherwise) {
    const auto* value = find(name);
    if (value != nullptr && !value->is_bool()) {
        refuse("field_type", name);
    }
    return value == nullptr ? otherwise : value->get_bool();
}

std::vector<Body> Body::objects(std::string_view name) {
    const auto* value = find(name);
    std::vector<Body> bodies;
    if (value == nullptr) {
        return bodies;
    }
    if (!value->is_array()) {
        refuse("field_type", name);
    }
    for (const auto& entry : value->get_array()) {
        if (!entry.is_object()) {
            refuse("field_type", name);
        }
        bodies.push_back(Body(entry.get_object()));
    }
    return bodies;
}

std::vector<std::int64_t> Body::numbers(std::string_view name) {
    const auto* value = find(name);
    std::vector<std::int64_t> list;
    if (value == nullptr) {
        return list;
    }
    if (!value->is_array()) {
        refuse("field_type", name);
    }
    for (const auto& entry : value->get_array()) {
        if (!entry.is_int64()) {
            refuse("field_type", name);
        }
        list.push_back(entry.get_int64());
    }
    return list;
}

std::vector<std::pair<std::string, std::optional<std::string>>> Body::texts_by_name(
    std::string_view name) {
    std::vector<std::pair<std::string, std::optional<std::string>>> list;
    const auto* value = find(name);
    if (value == nullptr) {
        return list;
    }
    if (!value->is_object()) {
        refuse("field_type", name);
    }
    for (const auto& entry : value->get_object()) {
        if (!entry.value().is_string() && !entry.value().is_null()) {
            refuse("field_type", name);
        }
        list.emplace_back(entry.key(),
                          entry.value().is_null()
                              ? std::nullopt
                              : std::optional<std::string>(entry.value().get_string()));
    }
    return list;
}

std::vector<std::pair<std::string, bool>> Body::flags_by_name(std::string_view name) {
    std::vector<std::pair<std::string, bool>> list;
    const auto* value = find(name);
    if (value == nullptr) {
        return list;
    }
    if (!value->is_object()) {
        refuse("field_type", name);
    }
    for (const auto& entry : value->get_object()) {
        if (!entry.value().is_bool()) {
            refuse("field_type", name);
        }
        list.emplace_back(entry.key(), entry.value().get_bool());
    }
    return list;
}

void Body::finish() const {
    for (const auto& entry : object_) {
        if (asked_.find(std::string_view(entry.key().data(), entry.key().size())) == asked_.end()) {
            refuse("field_unknown", entry.key());
        }
    }
}

}  // namespace agate::server
