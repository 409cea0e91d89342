// SPDX-License-Identifier: Apache-2.0
#include "cli/evaluate_files.h"

#include <CLI/CLI.hpp>
#include <cstdio>

#include "base/error.h"
#include "base/json_writer.h"
#include "batch/evaluate_files.h"

namespace agate::cli {
namespace {

DayRange parse_period(const std::string& text) {
    const auto dots = text.find("..");
    const auto from = parse_day(text.substr(0, dots));
    const auto to = dots == std::string::npos ? std::nullopt : parse_day(text.substr(dots + 2));
    if (!from || !to) {
        throw Error(ErrorKind::invalid, "period_unreadable", {{"period", text}});
    }
    return {*from, *to};
}

void tell_problems(const Common& common, const Problems& problems) {
    for (const auto& problem : problems) {
        std::fprintf(stderr,
                     "%s: %s %s\n",
                     describe(problem.where).c_str(),
                     words().sentence(common.chosen(), problem.code, problem.args).c_str(),
                     words().mend(common.chosen(), problem.code, problem.args).c_str());
    }
}

}  // namespace

void FileOptions::add_to(CLI::App& command) {
    auto* group = command.add_option_group("on files", "without a store: a pack over CSV files");
    group->add_option("--pack", pack, "folder of a framework, or the id of one in the program");
    group->add_option("--overlay", overlays, "folder of an overlay on it, low to high");
    group->add_option("--roster", roster, "CSV of the subjects");
    group->add_option("--evidence", evidence, "CSV of the records");
    group->add_option("--out", out, "folder for results.csv and reasons.jsonl");
    group->add_flag("--no-reasons", no_reasons, "results alone");
}

void evaluate_files(const FileOptions& options, const Common& common) {
    for (const auto& [name, value] : {std::pair{"--roster", &options.roster},
                                      {"--evidence", &options.evidence},
                                      {"--period", &options.period},
                                      {"--out", &options.out}}) {
        if (value->empty()) {
            throw Error(ErrorKind::invalid, "option_missing", {{"name", name}});
        }
    }
    const auto summary =
        batch::evaluate_files({.pack = options.pack,
                               .overlays = {options.overlays.begin(), options.overlays.end()},
                               .roster = options.roster,
                               .evidence = options.evidence,
                               .period = parse_period(options.period),
                               .out = options.out,
                               .with_reasons = !options.no_reasons,
                               .threads = 0,
                               .progress = common.progress()});
    tell_problems(common, summary.problems);
    if (has_errors(summary.problems)) {
        throw Error(ErrorKind::invalid, "files_not_evaluated");
    }
    if (common.as_json) {
        JsonWriter json;
        json.begin_object().member("subjects", summary.subjects);
        json.member("records", summary.records).member("not_counted", summary.not_counted);
        json.member("digest", summary.digest).end_object();
        print(json.take() + "\n");
        return;
    }
    say(common,
        "files_evaluated",
        {{"subjects", std::to_string(summary.subjects)},
         {"records", std::to_string(summary.records)},
         {"not_counted", std::to_string(summary.not_counted)},
         {"out", options.out}});
}

}  // namespace agate::cli
