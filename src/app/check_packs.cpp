// SPDX-License-Identifier: Apache-2.0
#include "app/plain_files.h"
#include "base/json_writer.h"
#include "framework/compile.h"
#include "framework/render_problem.h"

namespace agate::app {
namespace {

std::string to_json(const PackReport& report, const Problems& problems, Language language) {
    JsonWriter json;
    json.begin_object();
    json.member("id", report.id).member("version", report.version);
    json.member("is_sound", report.is_sound);
    json.member("indicators", report.indicators).member("reasons", report.reasons);
    json.key("problems").begin_array();
    for (const auto& problem : problems) {
        json.begin_object();
        json.member("file", problem.where.file);
        json.member("line", problem.where.row);
        json.member("column", problem.where.column);
        json.member("severity", problem.severity == Severity::error ? "error" : "warning");
        json.member("code", problem.code);
        json.member("message", words().sentence(language, problem.code, problem.args));
        json.member("mend", words().mend(language, problem.code, problem.args));
        json.end_object();
    }
    json.end_array().end_object();
    return json.take();
}

}  // namespace

PackReport check_pack(const std::string& folder, Language language) {
    const auto files = framework::read_pack_folder(folder);
    // A pack beside it in the same place comes before one that the program carries.
    const auto outcome = framework::compile_pack(files);
    PackReport report;
    report.is_sound = outcome.plans.has_value();
    for (const auto& problem : outcome.problems) {
        ++(problem.severity == Severity::error ? report.errors : report.warnings);
    }
    if (outcome.plans) {
        report.id = outcome.plans->school.pack_id;
        report.version = outcome.plans->school.version;
        report.indicators = static_cast<int>(outcome.plans->school.nodes.size());
        report.reasons = static_cast<int>(outcome.plans->school.reasons.size());
    }
    const std::vector<framework::PackFiles> packs{files};
    report.text = framework::render_problems(outcome.problems, packs, language);
    report.json = to_json(report, outcome.problems, language);
    return report;
}

std::vector<std::string> list_packs() {
    return framework::shipped_packs();
}

}  // namespace agate::app
