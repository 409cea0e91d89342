// SPDX-License-Identifier: Apache-2.0
#include "app/pages.h"
#include "server/answer.h"
#include "server/parameters.h"

namespace agate::server {
namespace {

Response list(ApiCall& call) {
    return json_response(app::classes_json(call.services, call.call));
}

Response page(ApiCall& call) {
    const auto order = call.request.query_or("sort", "number") == "name" ? app::RosterOrder::name
                                                                         : app::RosterOrder::number;
    return json_response(
        app::class_page_json(call.services, call.call, class_of(call), asked_period(call), order));
}

Response reason_codes(ApiCall& call) {
    return json_response(app::reason_codes_json(
        call.services, call.call, OrgId{number_in_query(call, "class_id", 0)}));
}

Response book(ApiCall& call) {
    return file_response(
        app::class_book_pdf(call.services, call.call, class_of(call), asked_period(call)),
        "application/pdf",
        "class-book.pdf");
}

constexpr Route table[] = {
    {.pattern = "/api/v1/classes",
     .operation = "classes",
     .summary = "The classes that the signed-in person works with",
     .resource = "roster",
     .action = "read",
     .handle = list,
     .response_schema = "Classes"},
    {.pattern = "/api/v1/classes/{class_id}",
     .operation = "class_page",
     .summary = "A class in roster order: bands and coverage, never a rank",
     .resource = "roster",
     .action = "read",
     .handle = page,
     .response_schema = "ClassPage",
     .query = "period sort purpose"},
    {.pattern = "/api/v1/classes/{class_id}/report-book.pdf",
     .operation = "class_book",
     .summary = "The report book of a class, as PDF",
     .resource = "report_book",
     .action = "print",
     .handle = book,
     .content = "application/pdf",
     .query = "period"},
    {.pattern = "/api/v1/reasons",
     .operation = "reason_codes",
     .summary = "What may be recorded in a class",
     .resource = "roster",
     .action = "read",
     .handle = reason_codes,
     .response_schema = "ReasonCodes",
     .query = "class_id"},
};

}  // namespace

std::span<const Route> class_routes() {
    return table;
}

}  // namespace agate::server
