// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>
#include <cstdio>
#include <fstream>

#include "app/plain_files.h"
#include "base/error.h"
#include "base/file.h"
#include "base/json_writer.h"
#include "cli/command.h"

namespace agate::cli {
namespace {

struct Options {
    std::string file, out;
    bool times_as_m_ss = false, times_as_seconds = false, sex_from_items = false;
    int grade = 0, school_year = 0;
};

void tell_problems(const Common& common, const Problems& problems) {
    for (const auto& problem : problems) {
        std::fprintf(stderr,
                     "%s: %s %s\n",
                     describe(problem.where).c_str(),
                     words().sentence(common.chosen(), problem.code, problem.args).c_str(),
                     words().mend(common.chosen(), problem.code, problem.args).c_str());
    }
}

void tell_summary(const Common& common, const app::ScoreSummary& summary) {
    if (common.as_json) {
        JsonWriter json;
        json.begin_object();
        json.member("rows", summary.rows).member("with_total", summary.with_total);
        json.member("with_problems", summary.with_problems).key("problems").begin_object();
        for (const auto& [code, count] : summary.codes) {
            json.member(code, count);
        }
        json.end_object().end_object();
        print(json.take() + "\n");
        return;
    }
    say(common,
        "scored",
        {{"rows", std::to_string(summary.rows)},
         {"totals", std::to_string(summary.with_total)},
         {"problems", std::to_string(summary.with_problems)}});
}

void score(const Options& options, const Common& common) {
    const auto bytes = read_file(options.file);
    app::ScoreOptions how;
    how.file_name = options.file;
    how.number_times = options.times_as_m_ss      ? exchange::NumberTimes::minutes_seconds
                       : options.times_as_seconds ? exchange::NumberTimes::seconds
                                                  : exchange::NumberTimes::refuse;
    how.sex_from_items = options.sex_from_items;
    how.grade = options.grade > 0 ? std::optional(options.grade) : std::nullopt;
    how.school_year = options.school_year > 0 ? std::optional(options.school_year) : std::nullopt;
    how.progress = common.progress();
    std::string text;
    const auto summary =
        app::score_file(bytes, how, [&](std::string_view piece) { text += piece; });
    tell_problems(common, summary.problems);
    if (has_errors(summary.problems)) {
        throw Error(ErrorKind::invalid, "file_not_scored", {{"file", options.file}});
    }
    if (options.out.empty()) {
        print(text);
        return;
    }
    write_file(options.out, text);
    tell_summary(common, summary);
}

}  // namespace

void add_fitness(CLI::App& app, const Common& common) {
    auto options = std::make_shared<Options>();  // shared by the parser and the callback
    auto* fitness = app.add_subcommand("fitness", "the national student physical health standard");
    fitness->require_subcommand(1);
    auto* command =
        fitness->add_subcommand("score", "score a workbook or CSV of raw results; needs no store");
    command
        ->add_option(
            "file", options->file, ".xlsx or .csv, national layout or item codes as headers")
        ->required();
    command->add_option("--out", options->out, "CSV to write; standard output without it");
    command->add_flag(
        "--times-as-m-ss", options->times_as_m_ss, "numbers such as 3.45 are 3 min 45 s");
    command->add_flag(
        "--times-as-seconds", options->times_as_seconds, "numbers such as 225 are seconds");
    command->add_flag("--sex-from-items",
                      options->sex_from_items,
                      "no sex column: tell it from the items filled");
    command->add_option("--grade", options->grade, "grade 1-12 of every row without one");
    command->add_option("--school-year",
                        options->school_year,
                        "first calendar year of the school year, for class names like 2019级1班");
    command->callback([options, &common] { score(*options, common); });
}

}  // namespace agate::cli
