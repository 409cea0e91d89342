// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/words.h"

// Requests and responses as plain values: the whole API runs without a socket.
namespace agate::server {

enum class Method { get, post, delete_, other };

/// One request after parsing. Names of headers are lower case; the query is decoded. Views live as
/// long as the request is handled.
struct Request {
    Method method = Method::get;
    std::string path;  ///< decoded, without the query
    std::map<std::string, std::string, std::less<>> query;
    std::map<std::string, std::string, std::less<>> parameters;  ///< of the route's pattern
    std::string body;
    std::string content_type, accept_language, cookie, origin, host, csrf, accept_encoding,
        if_none_match;
    std::string peer;        ///< network address
    bool is_secure = false;  ///< came over TLS (behind a proxy that says so)

    [[nodiscard]] std::optional<std::string> cookie_named(std::string_view name) const;
    [[nodiscard]] std::string query_or(std::string_view name, std::string_view otherwise) const;

    [[nodiscard]] Language language() const { return parse_language(accept_language); }
};

struct Response {
    int status = 200;
    std::string content_type = "application/json; charset=utf-8";
    std::string body;
    std::vector<std::pair<std::string, std::string>> headers;
};

/// "a=1&b=%E4%BD%A0" to names and values; a repeated name keeps its first value.
[[nodiscard]] std::map<std::string, std::string, std::less<>> parse_query(std::string_view text);

/// %XX and, in a query, + ; nothing when an escape is broken or the bytes are not UTF-8.
[[nodiscard]] std::optional<std::string> percent_decode(std::string_view text, bool plus_is_blank);

}  // namespace agate::server
