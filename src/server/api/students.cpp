// SPDX-License-Identifier: Apache-2.0
#include "app/child_view.h"
#include "app/pages.h"
#include "server/answer.h"
#include "server/parameters.h"

namespace agate::server {
namespace {

Response portrait(ApiCall& call) {
    return json_response(
        app::portrait_json(call.services, call.call, student_of(call), asked_period(call)));
}

std::optional<Response> portrait_at_once(ApiCall& call) {
    if (asked_period(call)) {
        return std::nullopt;
    }
    auto page = app::cached_portrait(call.services, call.call, student_of(call));
    return page ? std::optional(json_response(std::move(*page))) : std::nullopt;
}

Response reasons(ApiCall& call) {
    return json_response(app::reasons_json(call.services,
                                           call.call,
                                           student_of(call),
                                           call.request.parameters.at("indicator"),
                                           asked_period(call)));
}

Response records(ApiCall& call) {
    const app::RecordsQuery query{.period = asked_period(call),
                                  .content = call.request.query_or("content", ""),
                                  .indicator = call.request.query_or("indicator", ""),
                                  .before = call.request.query_or("before", ""),
                                  .limit = number_in_query(call, "limit", 50)};
    return json_response(app::records_json(call.services, call.call, student_of(call), query));
}

Response report(ApiCall& call) {
    return file_response(
        app::child_report_pdf(call.services, call.call, student_of(call), asked_period(call)),
        "application/pdf",
        "report.pdf");
}

constexpr Route table[] = {
    {.pattern = "/api/v1/students/{student_id}/portrait",
     .operation = "portrait",
     .summary = "A child's page",
     .resource = "portrait",
     .action = "read",
     .handle = portrait,
     .at_once = portrait_at_once,
     .response_schema = "Portrait",
     .query = "period purpose"},
    {.pattern = "/api/v1/students/{student_id}/reasons/{indicator}",
     .operation = "reasons",
     .summary = "Why an indicator stands as it does, down to the records",
     .resource = "portrait",
     .action = "read",
     .handle = reasons,
     .response_schema = "Reason",
     .query = "period purpose"},
    {.pattern = "/api/v1/students/{student_id}/records",
     .operation = "records",
     .summary = "A child's records, latest first",
     .resource = "evidence",
     .action = "read",
     .handle = records,
     .response_schema = "Records",
     .query = "period content indicator before limit purpose"},
    {.pattern = "/api/v1/students/{student_id}/report.pdf",
     .operation = "student_report",
     .summary = "A child's page to keep, as PDF",
     .resource = "portrait",
     .action = "print",
     .handle = report,
     .content = "application/pdf",
     .query = "period"},
};

}  // namespace

std::span<const Route> student_routes() {
    return table;
}

}  // namespace agate::server
