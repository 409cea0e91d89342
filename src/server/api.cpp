// SPDX-License-Identifier: Apache-2.0
#include "server/api.h"

#include <fmt/format.h>

#include "app/directory.h"
#include "base/crypto.h"
#include "base/error.h"
#include "server/answer.h"
#include "server/route.h"

namespace agate::server {
namespace {

constexpr std::string_view content_policy =
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// A page of another site must not act with our cookie: the Origin, where a browser sends one, is
/// ours, and the request carries the session's own secret.
void check_cross_site(const Request& request, const app::Session* session, const Route& route) {
    if (request.method == Method::get) {
        return;
    }
    const auto scheme = request.origin.find("://");
    const bool own = request.origin.empty() || (scheme != std::string::npos &&
                                                request.origin.substr(scheme + 3) == request.host);
    if (!own) {
        throw Error(ErrorKind::forbidden, "other_origin");
    }
    if (route.access == Access::anyone) {
        return;
    }
    const bool right =
        session != nullptr && equal_constant_time(as_bytes(session->csrf), as_bytes(request.csrf));
    if (session != nullptr && !right) {
        throw Error(ErrorKind::forbidden, "csrf_missing");
    }
}

void check_body(const Request& request, const Route& route) {
    if (request.method != Method::post || route.request_schema.empty()) {
        return;
    }
    const bool is_file = route.request_schema == "File";
    if (!is_file && !request.content_type.starts_with("application/json")) {
        throw Error(ErrorKind::invalid, "json_expected");
    }
}

void check_access(const Route& route, const app::Session* session) {
    if (route.access == Access::anyone) {
        return;
    }
    if (session == nullptr || (session->is_waiting_for_factor && route.access != Access::waiting)) {
        throw Error(ErrorKind::unauthenticated, "sign_in_first");
    }
}

void add_common_headers(Response& response) {
    response.headers.emplace_back("X-Content-Type-Options", "nosniff");
    response.headers.emplace_back("Referrer-Policy", "no-referrer");
    response.headers.emplace_back("Content-Security-Policy", content_policy);
    response.headers.emplace_back("Cross-Origin-Opener-Policy", "same-origin");
    for (const auto& [name, value] : response.headers) {
        if (name == "Cache-Control") {
            return;
        }
    }
    response.headers.emplace_back("Cache-Control", "no-store");
}

bool is_api(std::string_view path) {
    return path.starts_with("/api/") || path == "/api";
}

}  // namespace

std::string session_cookie_name(const Request& request) {
    return request.is_secure ? "__Host-agate" : "agate_session";
}

std::string session_cookie(const Request& request, std::string_view token) {
    return fmt::format("{}={}; Path=/; HttpOnly; SameSite=Strict{}{}",
                       session_cookie_name(request),
                       token,
                       request.is_secure ? "; Secure" : "",
                       token.empty() ? "; Max-Age=0" : "");
}

Api::Api(app::Services& services)
    : services_(services),
      static_files_(embedded::web()),
      sign_in_limit_({.burst = 30, .refill_micros = 2'000'000}) {}

std::size_t Api::body_limit(Method method, std::string_view path) {
    const auto match = find_route(method, path);
    return match.route == nullptr ? 1024 : match.route->body_limit;
}

template <class Use>
auto Api::with_call(Request& request, const Use& use) {
    auto match = find_route(request.method, request.path);
    if (match.route == nullptr) {
        throw Error(match.other_method ? ErrorKind::invalid : ErrorKind::not_found,
                    match.other_method ? "other_method" : "not_yours_to_open");
    }
    const Route& route = *match.route;
    request.parameters = std::move(match.parameters);
    std::optional<app::Session> session;
    if (const auto token = request.cookie_named(session_cookie_name(request))) {
        session = app::find_session(services_, *token);
    }
    const auto* present = session ? &*session : nullptr;
    check_cross_site(request, present, route);
    check_access(route, present);
    check_body(request, route);
    if (route.operation == "sign_in" && !sign_in_limit_.take(request.peer, services_.clock())) {
        throw Error(ErrorKind::unavailable, "try_later");
    }
    app::Actor actor;
    actor.now = services_.clock();
    if (session && !session->is_waiting_for_factor) {
        actor = app::make_actor(services_, *session);
    }
    ApiCall call{.services = services_,
                 .request = request,
                 .session = present,
                 .call = {.actor = actor,
                          .language = request.language(),
                          .purpose = request.query_or("purpose", ""),
                          .reason = {},
                          .network_address = request.peer,
                          .request_id = {}}};
    return use(route, call);
}

std::optional<Response> Api::handle_at_once(Request& request) {
    if (!is_api(request.path)) {
        return handle(request);  // the front's files are in memory
    }
    const auto match = find_route(request.method, request.path);
    if (match.route == nullptr || match.route->at_once == nullptr) {
        return std::nullopt;
    }
    // What cannot be answered at once, faults included, goes the ordinary way.
    try {
        auto response = with_call(
            request, [](const Route& route, ApiCall& call) { return route.at_once(call); });
        if (response) {
            add_common_headers(*response);
        }
        return response;
    } catch (const Error&) {
        return std::nullopt;
    }
}

Response Api::handle(Request& request) {
    Response response;
    // The border: whatever goes wrong below becomes an answer here, and nowhere else.
    try {
        response =
            is_api(request.path)
                ? with_call(request,
                            [](const Route& route, ApiCall& call) { return route.handle(call); })
                : static_files_.get(request);
    } catch (const Error& error) {
        response = error_response(error, request.language());
    } catch (const std::exception& error) {
        response = bug_response(error.what(), request.language());
    }
    add_common_headers(response);
    return response;
}

HttpHandler Api::handler() {
    return {.body_limit = body_limit,
            .answer_at_once = [this](Request& request) { return handle_at_once(request); },
            .answer = [this](Request& request) { return handle(request); }};
}

}  // namespace agate::server
