// SPDX-License-Identifier: Apache-2.0
#include "base/json_writer.h"
#include "server/answer.h"
#include "server/openapi.h"
#include "server/route.h"

namespace agate::server {
namespace {

constexpr std::string_view version = "0.1.0";

Response health(ApiCall&) {
    JsonWriter json;
    json.begin_object().member("status", "ok").member("version", version).end_object();
    return json_response(json.take());
}

std::optional<Response> health_at_once(ApiCall& call) {
    return health(call);
}

Response openapi(ApiCall&) {
    return json_response(openapi_json());
}

Response docs(ApiCall&) {
    return {.status = 200,
            .content_type = "text/html; charset=utf-8",
            .body = openapi_html(),
            .headers = {}};
}

constexpr Route table[] = {
    {.pattern = "/api/v1/health",
     .operation = "health",
     .summary = "Alive, and which version",
     .resource = "health",
     .action = "read",
     .access = Access::anyone,
     .handle = health,
     .at_once = health_at_once,
     .response_schema = "Health"},
    {.pattern = "/api/v1/openapi.json",
     .operation = "openapi",
     .summary = "This description",
     .access = Access::anyone,
     .handle = openapi,
     .response_schema = "Any"},
    {.pattern = "/api/v1/docs",
     .operation = "docs",
     .summary = "The same for people",
     .access = Access::anyone,
     .handle = docs,
     .content = "text/html"},
};

}  // namespace

std::span<const Route> meta_routes() {
    return table;
}

}  // namespace agate::server
