// SPDX-License-Identifier: Apache-2.0
#include "server/answer.h"

#include <fmt/format.h>

#include "base/crypto.h"
#include "base/json_writer.h"
#include "base/log.h"
#include "base/words.h"

namespace agate::server {
namespace {

/// "AG-409-7F2C": what a person can read out on the telephone and the log can be searched for.
std::string make_reference(int status) {
    std::array<std::uint8_t, 2> bytes{};
    system_random(bytes);
    return fmt::format("AG-{}-{:02X}{:02X}", status, bytes[0], bytes[1]);
}

Response error_body(int status,
                    std::string_view code,
                    const MessageArgs& args,
                    std::string_view reference,
                    Language language) {
    JsonWriter json;
    json.begin_object();
    json.member("code", code);
    json.member("message", words().sentence(language, code, args));
    json.member("mend", words().mend(language, code, args));
    json.member("reference", reference);
    json.end_object();
    return json_response(json.take(), status);
}

}  // namespace

int http_status(ErrorKind kind) {
    switch (kind) {
        case ErrorKind::invalid:
            return 400;
        case ErrorKind::unauthenticated:
            return 401;
        case ErrorKind::forbidden:
            return 403;
        case ErrorKind::not_found:
            return 404;
        case ErrorKind::conflict:
            return 409;
        case ErrorKind::too_large:
            return 413;
        case ErrorKind::unavailable:
            return 503;
        case ErrorKind::internal:
            return 500;
    }
    return 500;
}

Response json_response(std::string json, int status) {
    return {.status = status,
            .content_type = "application/json; charset=utf-8",
            .body = std::move(json),
            .headers = {}};
}

Response no_content() {
    return {.status = 204,
            .content_type = "application/json; charset=utf-8",
            .body = {},
            .headers = {}};
}

Response file_response(std::string bytes,
                       std::string_view content_type,
                       std::string_view file_name) {
    std::string encoded;
    for (const unsigned char c : file_name) {
        const bool plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
                           (c >= 'a' && c <= 'z') || c == '-' || c == '.' || c == '_';
        encoded += plain ? std::string(1, static_cast<char>(c)) : fmt::format("%{:02X}", c);
    }
    return {.status = 200,
            .content_type = std::string(content_type),
            .body = std::move(bytes),
            .headers = {{"Content-Disposition", "attachment; filename*=UTF-8''" + encoded}}};
}

Response error_response(const Error& error, Language language) {
    const int status = http_status(error.kind);
    if (error.kind == ErrorKind::not_found) {
        return error_body(status, "not_yours_to_open", {}, "AG-404", language);
    }
    const auto reference = make_reference(status);
    if (!error.detail.empty() || error.kind == ErrorKind::internal) {
        log(LogLevel::warning, fmt::format("{} {} {}", reference, error.code, error.detail));
    }
    return error_body(status, error.code, error.args, reference, language);
}

Response bug_response(std::string_view what, Language language) {
    const auto reference = make_reference(500);
    log(LogLevel::error, fmt::format("{} {}", reference, what));
    return error_body(500, "our_fault", {}, reference, language);
}

}  // namespace agate::server
