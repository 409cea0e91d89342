// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>
#include <cstdio>

#include "app/founding.h"
#include "base/error.h"
#include "base/file.h"
#include "base/json_writer.h"
#include "cli/command.h"

namespace agate::cli {
namespace {

struct Options {
    app::Founding founding;
    std::string folder = "agate-data", posts, from, to, grades = "1-6";
    std::vector<std::string> overlays;
};

Day day_of(const std::string& text) {
    const auto day = parse_day(text);
    if (!day) {
        throw Error(ErrorKind::invalid, "init_day", {{"value", text}});
    }
    return *day;
}

void read_grades(const std::string& text, app::Founding& founding) {
    const auto dash = text.find('-');
    const auto first = parse_grade(text.substr(0, dash));
    const auto last = dash == std::string::npos ? first : parse_grade(text.substr(dash + 1));
    if (!first || !last || *last < *first) {
        throw Error(ErrorKind::invalid, "init_grades", {{"value", text}});
    }
    founding.first_grade = *first;
    founding.last_grade = *last;
}

void tell(const Common& common, const Problems& problems) {
    for (const auto& problem : problems) {
        std::fprintf(stderr,
                     "%s: %s %s\n",
                     describe(problem.where).c_str(),
                     words().sentence(common.chosen(), problem.code, problem.args).c_str(),
                     words().mend(common.chosen(), problem.code, problem.args).c_str());
    }
}

void show(const Common& common, const std::vector<app::FoundedAccount>& accounts) {
    JsonWriter json;
    json.begin_object().key("accounts").begin_array();
    for (const auto& account : accounts) {
        json.begin_object().member("role", account.role_en).member("name", account.name);
        json.member("login", account.login).member("password", account.password);
        json.member("factor_secret", account.factor_secret).end_object();
        if (!common.as_json) {
            const auto& role = common.chosen() == Language::zh ? account.role_zh : account.role_en;
            print(role + "\t" + account.name + "\t" + account.login + "\t" + account.password +
                  "\t" + account.factor_secret + "\n");
        }
    }
    json.end_array().end_object();
    if (common.as_json) {
        print(json.take() + "\n");
    }
}

void init(Options& options, const Common& common) {
    constexpr std::size_t most = 1 << 20;
    auto list = app::read_posts(read_file(options.posts, most), options.posts);
    if (has_errors(list.problems)) {
        tell(common, list.problems);
        throw Error(ErrorKind::invalid, "posts_faulty", {{"file", options.posts}});
    }
    auto& founding = options.founding;
    read_grades(options.grades, founding);
    founding.folder = options.folder;
    founding.days = {day_of(options.from), day_of(options.to)};
    founding.overlays.assign(options.overlays.begin(), options.overlays.end());
    founding.posts = std::move(list.posts);
    const auto accounts = app::found_school(founding);
    if (!common.as_json) {
        say(common, "founded", {{"school", founding.school}, {"folder", options.folder}});
    }
    show(common, accounts);
}

}  // namespace

void add_init(CLI::App& app, const Common& common) {
    auto options = std::make_shared<Options>();  // shared by the parser and the callback
    auto* command = app.add_subcommand("init", "a new installation: school, posts, first term");
    auto& founding = options->founding;
    command->add_option("--data", options->folder, "new folder of the installation")
        ->capture_default_str();
    command->add_option("--district", founding.district, "name of the district")->required();
    command->add_option("--school", founding.school, "name of the school")->required();
    command->add_option("--campus", founding.campuses, "name of a campus; once for each");
    command->add_option("--grades", options->grades, "first and last grade")->capture_default_str();
    command->add_option("--posts", options->posts, "CSV: role, name, number, login, class")
        ->required();
    command->add_option("--term", founding.term, "name of the first term")->required();
    command->add_option("--from", options->from, "its first day, 2026-09-01")->required();
    command->add_option("--to", options->to, "its last day")->required();
    command->add_option("--overlay", options->overlays, "folder of a school pack; low to high");
    command->callback([options, &common] { init(*options, common); });
}

}  // namespace agate::cli
