// SPDX-License-Identifier: Apache-2.0
#include "app/keeping.h"

#include <CLI/CLI.hpp>

#include "base/error.h"
#include "cli/command.h"

namespace agate::cli {

void add_keeping(CLI::App& app, const Common& common) {
    struct Options {
        std::string folder = "agate-data", to, from;
    };

    auto options = std::make_shared<Options>();  // shared by the parser and the callbacks
    auto* verify = app.add_subcommand(
        "verify", "walk every chain: nothing changed, removed, reordered or cut off");
    verify->add_option("--data", options->folder, "folder of the installation")
        ->capture_default_str();
    verify->callback([options, &common] {
        const auto report = app::verify_store(options->folder, common.chosen(), common.progress());
        print(common.as_json ? report.json + "\n" : report.text);
        if (!report.is_intact) {
            throw Error(
                ErrorKind::conflict, "chain_broken", {{"count", std::to_string(report.findings)}});
        }
    });
    auto* backup = app.add_subcommand("backup", "copy the store while it runs");
    backup->add_option("--data", options->folder, "folder of the installation")
        ->capture_default_str();
    backup->add_option("folder", options->to, "new folder for the copy")->required();
    backup->callback([options, &common] {
        const auto done = app::back_up_store(options->folder, options->to, common.progress());
        say(common,
            "backed_up",
            {{"rows", std::to_string(done.rows)},
             {"keys", std::to_string(done.keys)},
             {"folder", options->to}});
    });
    auto* restore =
        app.add_subcommand("restore", "a copy into a new installation, verified at the end");
    restore->add_option("folder", options->from, "folder of the copy")->required();
    restore
        ->add_option(
            "--data", options->folder, "new folder of the installation, with its secret in place")
        ->required();
    restore->callback([options, &common] {
        const auto report =
            app::restore_store(options->from, options->folder, common.chosen(), common.progress());
        print(common.as_json ? report.json + "\n" : report.text);
        if (!report.is_intact) {
            throw Error(
                ErrorKind::conflict, "chain_broken", {{"count", std::to_string(report.findings)}});
        }
    });
}

}  // namespace agate::cli
