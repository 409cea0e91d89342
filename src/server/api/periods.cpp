// SPDX-License-Identifier: Apache-2.0
#include "app/guard.h"
#include "app/pages.h"
#include "app/terms.h"
#include "base/error.h"
#include "base/json_writer.h"
#include "server/answer.h"
#include "server/body.h"
#include "server/parameters.h"

namespace agate::server {
namespace {

Response list(ApiCall& call) {
    return json_response(app::periods_json(call.services, call.call));
}

Response step(ApiCall& call) {
    auto body = Body::parse(call.request.body);
    const auto scope = body.optional_number("class_id");
    const app::PeriodStep wanted{.event = call.request.parameters.at("event"),
                                 .digest = body.text_or_empty("digest"),
                                 .class_id = scope ? std::optional(OrgId{*scope}) : std::nullopt};
    call.call.reason = body.text_or_empty("reason");
    body.finish();
    const auto school = app::school_of(call.call.actor);
    if (!school) {
        throw Error(ErrorKind::not_found, "not_yours_to_open");
    }
    const auto state = app::step_period(call.services, call.call, *school, period_of(call), wanted);
    JsonWriter json;
    json.begin_object().member("state", to_text(state)).end_object();
    return json_response(json.take());
}

constexpr Route table[] = {
    {.pattern = "/api/v1/periods",
     .operation = "periods",
     .summary = "The terms of one's school, latest first",
     .resource = "period",
     .action = "read",
     .handle = list,
     .response_schema = "Periods"},
    {.method = Method::post,
     .pattern = "/api/v1/periods/{period_id}/{event}",
     .operation = "step_period",
     .summary = "Move a term on: open, close_recording, evaluate, approve, publish, sign, seal",
     .resource = "period",
     .action = "read",
     .handle = step,
     .request_schema = "PeriodStep",
     .response_schema = "PeriodState"},
};

}  // namespace

std::span<const Route> period_routes() {
    return table;
}

}  // namespace agate::server
