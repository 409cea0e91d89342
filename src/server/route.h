// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/services.h"
#include "app/sign_in.h"
#include "server/http.h"
#include "server/message.h"

// The one route table. A row gives registration, the right that the use case behind it asks for,
// the OpenAPI page and the tests that walk all routes.
namespace agate::server {

enum class Access {
    anyone,
    waiting,  ///< also a session whose second factor is still due
    signed_in,
};

/// One request on its way to a use case.
struct ApiCall {
    app::Services& services;
    const Request& request;
    const app::Session* session;  ///< null: nobody is signed in
    app::Call call;
};

struct Route {
    Method method = Method::get;
    std::string_view pattern{};    ///< "/api/v1/students/{student_id}/portrait"
    std::string_view operation{};  ///< OpenAPI operationId
    std::string_view summary{};    ///< English, one line
    std::string_view resource{};   ///< of rights/resources.csv; empty: the route needs no right
    std::string_view action{};
    Access access = Access::signed_in;
    std::size_t body_limit = 64 * 1024;
    Response (*handle)(ApiCall&) = nullptr;
    /// The answer out of memory, when it can be given without asking a store; nothing: `handle`.
    std::optional<Response> (*at_once)(ApiCall&) = nullptr;
    std::string_view request_schema{};   ///< name in api/schemas.json; empty: no body
    std::string_view response_schema{};  ///< empty: not JSON, see content
    std::string_view content = "application/json";
    std::string_view query{};  ///< names of query parameters, blank separated
    int success = 200;
};

/// Every route, all nouns together.
[[nodiscard]] std::span<const Route> routes();

/// The route and its parameters for a path; null when no pattern fits. `other_method` tells a wrong
/// method from a wrong path.
struct RouteMatch {
    const Route* route = nullptr;
    bool other_method = false;
    std::map<std::string, std::string, std::less<>> parameters;
};

[[nodiscard]] RouteMatch find_route(Method method, std::string_view path);

// One file a noun in server/api/.
[[nodiscard]] std::span<const Route> account_routes();
[[nodiscard]] std::span<const Route> class_routes();
[[nodiscard]] std::span<const Route> student_routes();
[[nodiscard]] std::span<const Route> evidence_routes();
[[nodiscard]] std::span<const Route> import_routes();
[[nodiscard]] std::span<const Route> period_routes();
[[nodiscard]] std::span<const Route> meta_routes();

}  // namespace agate::server
