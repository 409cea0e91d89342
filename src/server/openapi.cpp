// SPDX-License-Identifier: Apache-2.0
#include "server/openapi.h"

#include <fmt/format.h>

#include <map>

#include "base/embedded.h"
#include "base/error.h"
#include "base/json_writer.h"
#include "base/text.h"
#include "server/route.h"

namespace agate::embedded {
std::span<const EmbeddedFile> api();
}

namespace agate::server {
namespace {

std::string_view method_name(Method method) {
    return method == Method::get ? "get" : method == Method::post ? "post" : "delete";
}

void write_reference(JsonWriter& json, std::string_view schema) {
    json.key("schema").begin_object();
    json.member("$ref", fmt::format("#/components/schemas/{}", schema));
    json.end_object();
}

void write_parameter(JsonWriter& json, std::string_view name, std::string_view place) {
    json.begin_object();
    json.member("name", name);
    json.member("in", place);
    json.member("required", place == "path");
    json.key("schema").begin_object().member("type", "string").end_object();
    json.end_object();
}

void write_parameters(JsonWriter& json, const Route& route) {
    json.key("parameters").begin_array();
    for (const auto part : split(route.pattern, '/')) {
        if (part.starts_with('{')) {
            write_parameter(json, part.substr(1, part.size() - 2), "path");
        }
    }
    for (const auto name : split(route.query, ' ')) {
        if (!name.empty()) {
            write_parameter(json, name, "query");
        }
    }
    json.end_array();
}

void write_request(JsonWriter& json, const Route& route) {
    if (route.request_schema.empty()) {
        return;
    }
    const bool is_file = route.request_schema == "File";
    json.key("requestBody").begin_object().member("required", true).key("content").begin_object();
    json.key(is_file ? "application/octet-stream" : "application/json").begin_object();
    write_reference(json, route.request_schema);
    json.end_object().end_object().end_object();
}

void write_responses(JsonWriter& json, const Route& route) {
    json.key("responses").begin_object();
    json.key(std::to_string(route.success)).begin_object();
    json.member("description", route.summary);
    if (route.success != 204) {
        json.key("content").begin_object().key(route.content).begin_object();
        if (route.response_schema.empty()) {
            json.key("schema").begin_object().member("type", "string").end_object();
        } else {
            write_reference(json, route.response_schema);
        }
        json.end_object().end_object();
    }
    json.end_object().key("default").begin_object();
    json.member("description", "What is wrong, why, and what to do");
    json.key("content").begin_object().key("application/json").begin_object();
    write_reference(json, "Error");
    json.end_object().end_object().end_object().end_object();
}

void write_operation(JsonWriter& json, const Route& route) {
    json.key(method_name(route.method)).begin_object();
    json.member("operationId", route.operation);
    json.member("summary", route.summary);
    if (!route.resource.empty()) {
        json.member("x-agate-right", fmt::format("{}.{}", route.resource, route.action));
    }
    if (route.access == Access::anyone) {
        json.key("security").begin_array().end_array();
    }
    write_parameters(json, route);
    write_request(json, route);
    write_responses(json, route);
    json.end_object();
}

std::string make_json() {
    const auto schemas = find_file(embedded::api(), "schemas.json");
    ensure(schemas.has_value(), "api/schemas.json is in the program");
    std::map<std::string_view, std::vector<const Route*>> by_path;
    for (const auto& route : routes()) {
        by_path[route.pattern].push_back(&route);
    }
    JsonWriter json;
    json.begin_object().member("openapi", "3.1.0");
    json.key("info").begin_object();
    json.member("title", "Agate").member("version", "1");
    json.member("license", "Apache-2.0").end_object();
    json.key("security").begin_array().begin_object();
    json.key("session").begin_array().end_array().end_object().end_array();
    json.key("paths").begin_object();
    for (const auto& [path, list] : by_path) {
        json.key(path).begin_object();
        for (const auto* route : list) {
            write_operation(json, *route);
        }
        json.end_object();
    }
    json.end_object().key("components").begin_object();
    json.key("securitySchemes").begin_object().key("session").begin_object();
    json.member("type", "apiKey").member("in", "cookie").member("name", "agate_session");
    json.end_object().end_object();
    json.key("schemas").raw(*schemas);
    json.end_object().end_object();
    return json.take();
}

std::string make_html() {
    std::string rows;
    for (const auto& route : routes()) {
        rows += fmt::format(
            "<tr><td><code>{}</code></td><td><code>{}</code></td><td>{}</td><td><code>{}{}{}</"
            "code></td></tr>\n",
            method_name(route.method),
            route.pattern,
            route.summary,
            route.resource,
            route.resource.empty() ? "" : ".",
            route.action);
    }
    return fmt::format(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><meta name=\"viewport\" "
        "content=\"width=device-width\"><title>Agate API</title><style>body{{font:15px/1.6 "
        "sans-serif;max-width:1100px;margin:32px auto;padding:0 16px;background:#FBF7F0;color:"
        "#2A2320}}td,th{{text-align:left;padding:6px 12px 6px 0;border-bottom:1px solid #E9E0D3;"
        "vertical-align:top}}a{{color:#1C5E63}}</style><h1>Agate API</h1><p>Machine-readable: <a "
        "href=\"/api/v1/openapi.json\">openapi.json</a> (OpenAPI 3.1).</p><table><tr><th>method"
        "</th><th>path</th><th>what</th><th>right</th></tr>\n{}</table></html>\n",
        rows);
}

}  // namespace

const std::string& openapi_json() {
    static const std::string json = make_json();
    return json;
}

const std::string& openapi_html() {
    static const std::string html = make_html();
    return html;
}

}  // namespace agate::server
