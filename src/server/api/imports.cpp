// SPDX-License-Identifier: Apache-2.0
#include "app/importing.h"
#include "base/error.h"
#include "base/text.h"
#include "server/answer.h"
#include "server/body.h"
#include "server/parameters.h"

namespace agate::server {
namespace {

constexpr std::size_t largest_file = 64 << 20;
constexpr std::string_view xlsx_type =
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

Response start(ApiCall& call) {
    const auto kind = app::parse_import_kind(call.request.query_or("kind", ""));
    if (!kind) {
        throw Error(ErrorKind::invalid, "unknown_import_kind");
    }
    return json_response(app::start_import(call.services,
                                           call.call,
                                           *kind,
                                           call.request.query_or("file", "import"),
                                           call.request.body),
                         201);
}

Response show(ApiCall& call) {
    return json_response(app::import_json(call.services, call.call, import_of(call)));
}

Response map(ApiCall& call) {
    auto body = Body::parse(call.request.body);
    app::Mapping mapping{
        .sheet = body.text_or_empty("sheet"),
        .header_row = static_cast<int>(body.optional_number("header_row").value_or(0)),
        .columns = {},
        .options = {}};
    for (auto& [letters, field] : body.texts_by_name("columns")) {
        mapping.columns.emplace(std::move(letters), std::move(field));
    }
    for (auto& [name, flag] : body.flags_by_name("options")) {
        mapping.options.emplace(std::move(name), flag);
    }
    body.finish();
    return json_response(app::map_import(call.services, call.call, import_of(call), mapping));
}

Response mend(ApiCall& call) {
    auto body = Body::parse(call.request.body);
    std::vector<app::Mend> mends;
    for (auto& entry : body.objects("mends")) {
        mends.push_back({.row = entry.optional_number("row").value_or(0),
                         .column = entry.text_or_empty("column"),
                         .value = entry.optional_text("value"),
                         .skip_row = entry.flag_or("skip_row", false)});
        entry.finish();
    }
    body.finish();
    return json_response(app::mend_import(call.services, call.call, import_of(call), mends));
}

Response rows(ApiCall& call) {
    return json_response(app::import_rows_json(call.services,
                                               call.call,
                                               import_of(call),
                                               call.request.query_or("filter", "all"),
                                               number_in_query(call, "from", 0),
                                               number_in_query(call, "limit", 200)));
}

Response commit(ApiCall& call) {
    auto body = Body::parse(call.request.body);
    const app::CommitChoice choice{.digest = body.text("digest"),
                                   .take_doubles = body.numbers("take_doubles"),
                                   .skip_problem_rows = body.flag_or("skip_problem_rows", false)};
    body.finish();
    return json_response(app::commit_import(call.services, call.call, import_of(call), choice));
}

Response left_out(ApiCall& call) {
    return file_response(app::left_out_csv(call.services, call.call, import_of(call)),
                         "text/csv; charset=utf-8",
                         "left-out.csv");
}

Response template_file(ApiCall& call) {
    auto kind = call.request.parameters.at("kind");
    if (!kind.ends_with(".xlsx")) {
        throw Error(ErrorKind::not_found, "not_yours_to_open");
    }
    const auto name = kind;
    kind.resize(kind.size() - 5);
    return file_response(app::template_xlsx(kind, call.call.language), xlsx_type, name);
}

Response fitness_sheet(ApiCall& call) {
    const auto class_id = number_in_query(call, "class_id", 0);
    return file_response(
        app::fitness_sheet_xlsx(call.services,
                                call.call,
                                class_id == 0 ? std::nullopt : std::optional(OrgId{class_id}),
                                asked_period(call)),
        xlsx_type,
        "fitness.xlsx");
}

constexpr Route table[] = {
    {.method = Method::post,
     .pattern = "/api/v1/imports",
     .operation = "start_import",
     .summary = "A file in: dry run, nothing is written",
     .resource = "import",
     .action = "create",
     .body_limit = largest_file,
     .handle = start,
     .request_schema = "File",
     .response_schema = "Import",
     .query = "kind file",
     .success = 201},
    {.pattern = "/api/v1/imports/{import_id}",
     .operation = "get_import",
     .summary = "What the dry run found",
     .resource = "import",
     .action = "read",
     .handle = show,
     .response_schema = "Import"},
    {.method = Method::post,
     .pattern = "/api/v1/imports/{import_id}/mapping",
     .operation = "map_import",
     .summary = "Which column means what; dry run again",
     .resource = "import",
     .action = "read",
     .handle = map,
     .request_schema = "ImportMapping",
     .response_schema = "Import"},
    {.method = Method::post,
     .pattern = "/api/v1/imports/{import_id}/mends",
     .operation = "mend_import",
     .summary = "Mend cells or leave rows out; dry run again",
     .resource = "import",
     .action = "read",
     .body_limit = 2 << 20,
     .handle = mend,
     .request_schema = "ImportMends",
     .response_schema = "Import"},
    {.pattern = "/api/v1/imports/{import_id}/rows",
     .operation = "import_rows",
     .summary = "The rows of the file with their state",
     .resource = "import",
     .action = "read",
     .handle = rows,
     .response_schema = "ImportRows",
     .query = "filter from limit"},
    {.method = Method::post,
     .pattern = "/api/v1/imports/{import_id}/commit",
     .operation = "commit_import",
     .summary = "Take what the dry run showed, all or nothing",
     .resource = "import",
     .action = "commit",
     .handle = commit,
     .request_schema = "ImportCommit",
     .response_schema = "ImportCommitted"},
    {.pattern = "/api/v1/imports/{import_id}/left-out.csv",
     .operation = "import_left_out",
     .summary = "Rows not taken, with place and reason",
     .resource = "import",
     .action = "read",
     .handle = left_out,
     .content = "text/csv"},
    {.pattern = "/api/v1/templates/{kind}",
     .operation = "template_file",
     .summary = "A workbook to fill in: roster.xlsx, evidence.xlsx, fitness-primary.xlsx …",
     .handle = template_file,
     .content = xlsx_type},
    {.pattern = "/api/v1/exports/fitness.xlsx",
     .operation = "fitness_sheet",
     .summary = "The national upload sheet",
     .resource = "export",
     .action = "download_fitness_sheet",
     .handle = fitness_sheet,
     .content = xlsx_type,
     .query = "class_id period"},
};

}  // namespace

std::span<const Route> import_routes() {
    return table;
}

}  // namespace agate::server
