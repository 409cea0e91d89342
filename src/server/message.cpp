// SPDX-License-Identifier: Apache-2.0
#include "server/message.h"

#include "base/text.h"

namespace agate::server {
namespace {

int hex_digit(char c) {
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    const char lower = static_cast<char>(c | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

}  // namespace

std::optional<std::string> percent_decode(std::string_view text, bool plus_is_blank) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '+' && plus_is_blank) {
            out += ' ';
        } else if (text[i] != '%') {
            out += text[i];
        } else {
            if (i + 2 >= text.size() || hex_digit(text[i + 1]) < 0 || hex_digit(text[i + 2]) < 0) {
                return std::nullopt;
            }
            out += static_cast<char>(hex_digit(text[i + 1]) * 16 + hex_digit(text[i + 2]));
            i += 2;
        }
    }
    if (!is_utf8(out) || out.find('\0') != std::string::npos) {
        return std::nullopt;
    }
    return out;
}

std::map<std::string, std::string, std::less<>> parse_query(std::string_view text) {
    std::map<std::string, std::string, std::less<>> query;
    for (const auto part : split(text, '&')) {
        const auto equals = part.find('=');
        const auto name = percent_decode(part.substr(0, equals), true);
        const auto value = equals == std::string_view::npos
                               ? std::optional<std::string>{""}
                               : percent_decode(part.substr(equals + 1), true);
        if (name && value && !name->empty()) {
            query.emplace(*name, *value);
        }
    }
    return query;
}

std::optional<std::string> Request::cookie_named(std::string_view name) const {
    for (auto part : split(cookie, ';')) {
        part = trim(part);
        const auto equals = part.find('=');
        if (equals != std::string_view::npos && part.substr(0, equals) == name) {
            return std::string(part.substr(equals + 1));
        }
    }
    return std::nullopt;
}

std::string Request::query_or(std::string_view name, std::string_view otherwise) const {
    const auto found = query.find(name);
    return found == query.end() ? std::string(otherwise) : found->second;
}

}  // namespace agate::server
