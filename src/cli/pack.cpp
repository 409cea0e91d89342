// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>
#include <cstdio>

#include "app/plain_files.h"
#include "base/error.h"
#include "base/json_writer.h"
#include "cli/command.h"

namespace agate::cli {
namespace {

void check(const std::string& folder, const Common& common) {
    const auto report = app::check_pack(folder, common.chosen());
    if (common.as_json) {
        print(report.json + "\n");
    } else {
        print(report.text);
    }
    if (!report.is_sound) {
        throw Error(
            ErrorKind::invalid, "pack_unsound", {{"errors", std::to_string(report.errors)}});
    }
    if (!common.as_json) {
        say(common,
            "pack_sound",
            {{"id", report.id},
             {"version", report.version},
             {"indicators", std::to_string(report.indicators)},
             {"reasons", std::to_string(report.reasons)}});
    }
}

void list(const Common& common) {
    JsonWriter json;
    json.begin_array();
    for (const auto& pack : app::list_packs()) {
        json.value(pack);
        if (!common.as_json) {
            print(pack + "\n");
        }
    }
    json.end_array();
    if (common.as_json) {
        print(json.take() + "\n");
    }
}

}  // namespace

void add_pack(CLI::App& app, const Common& common) {
    auto folder = std::make_shared<std::string>();  // shared by the parser and the callback
    auto* pack = app.add_subcommand("pack", "frameworks and overlays");
    pack->require_subcommand(1);
    auto* command =
        pack->add_subcommand("check", "every fault of a pack, with file, line and mend");
    command->add_option("dir", *folder, "the pack's folder")->required();
    command->callback([folder, &common] { check(*folder, common); });
    pack->add_subcommand("list", "the packs that this program carries")->callback([&common] {
        list(common);
    });
}

}  // namespace agate::cli
