// SPDX-License-Identifier: Apache-2.0
#include "app/recording.h"
#include "base/error.h"
#include "base/json_writer.h"
#include "server/answer.h"
#include "server/body.h"
#include "server/parameters.h"

namespace agate::server {
namespace {

constexpr std::size_t most_in_a_batch = 1000;

template <class Id>
Id id_in(Body& body, std::string_view name) {
    const auto id = Id::parse(body.text(name));
    if (!id) {
        throw Error(ErrorKind::invalid, "field_type", {{"field", std::string(name)}});
    }
    return *id;
}

app::NewRecord to_record(Body body) {
    app::NewRecord record{.client_id = id_in<EvidenceId>(body, "client_id"),
                          .student = id_in<PersonId>(body, "student_id"),
                          .reason = body.text("reason"),
                          .day = body.day("day"),
                          .value = body.optional_decimal("value"),
                          .label = body.text_or_empty("label"),
                          .activity = body.text_or_empty("activity"),
                          .note = body.text_or_empty("note")};
    body.finish();
    if (record.note.size() > 4000 || record.label.size() > 200 || record.activity.size() > 200) {
        throw Error(ErrorKind::too_large, "text_too_long");
    }
    return record;
}

void write_recorded(JsonWriter& json, const app::Recorded& recorded) {
    json.begin_object();
    json.member("evidence_id", recorded.evidence_id.to_string());
    json.member("sequence", recorded.sequence);
    json.member("state", to_text(recorded.state));
    json.end_object();
}

Response record_one(ApiCall& call) {
    const auto recorded =
        app::record(call.services, call.call, to_record(Body::parse(call.request.body)));
    JsonWriter json;
    write_recorded(json, recorded);
    return json_response(json.take(), 201);
}

Response record_batch(ApiCall& call) {
    auto body = Body::parse(call.request.body);
    std::vector<app::NewRecord> records;
    for (auto& entry : body.objects("records")) {
        records.push_back(to_record(std::move(entry)));
    }
    body.finish();
    if (records.size() > most_in_a_batch) {
        throw Error(ErrorKind::too_large, "batch_too_large", {{"limit", "1000"}});
    }
    JsonWriter json;
    json.begin_object().key("taken").begin_array();
    for (const auto& recorded : app::record_all(call.services, call.call, records)) {
        write_recorded(json, recorded);
    }
    json.end_array().key("problems").begin_array().end_array().end_object();
    return json_response(json.take(), 201);
}

/// A step in a record's life: student_id and a reason in the body.
template <void (*step)(app::Services&, const app::Call&, EvidenceId, PersonId)>
Response take_step(ApiCall& call) {
    auto body = Body::parse(call.request.body);
    const auto student = id_in<PersonId>(body, "student_id");
    call.call.reason = body.text_or_empty("reason");
    body.finish();
    step(call.services, call.call, evidence_of(call), student);
    return no_content();
}

constexpr Route table[] = {
    {.method = Method::post,
     .pattern = "/api/v1/evidence",
     .operation = "record",
     .summary = "Record one fact; acknowledged when it is in the chain and synced",
     .resource = "evidence",
     .action = "create",
     .handle = record_one,
     .request_schema = "NewRecord",
     .response_schema = "Recorded",
     .success = 201},
    {.method = Method::post,
     .pattern = "/api/v1/evidence/batch",
     .operation = "record_batch",
     .summary = "Record up to 1,000 facts, all or none",
     .resource = "evidence",
     .action = "create",
     .body_limit = 2 << 20,
     .handle = record_batch,
     .request_schema = "NewRecords",
     .response_schema = "RecordedAll",
     .success = 201},
    {.method = Method::post,
     .pattern = "/api/v1/evidence/{evidence_id}/void",
     .operation = "void_record",
     .summary = "Void a record; both entries stay",
     .resource = "evidence",
     .action = "void",
     .handle = take_step<app::void_record>,
     .request_schema = "RecordStep",
     .success = 204},
    {.method = Method::post,
     .pattern = "/api/v1/evidence/{evidence_id}/review",
     .operation = "review_record",
     .summary = "Verify a record",
     .resource = "review",
     .action = "review",
     .handle = take_step<app::review_record>,
     .request_schema = "RecordStep",
     .success = 204},
    {.method = Method::post,
     .pattern = "/api/v1/evidence/{evidence_id}/return",
     .operation = "return_record",
     .summary = "Return a record with a reason",
     .resource = "review",
     .action = "return",
     .handle = take_step<app::return_record>,
     .request_schema = "RecordStep",
     .success = 204},
};

}  // namespace

std::span<const Route> evidence_routes() {
    return table;
}

}  // namespace agate::server
