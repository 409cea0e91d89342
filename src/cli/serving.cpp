// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <filesystem>

#include "app/demo.h"
#include "base/crypto.h"
#include "base/file.h"
#include "cli/check_demo.h"
#include "cli/command.h"

namespace agate::cli {
namespace {

struct Options {
    std::string folder = "agate-data";
    std::string address = "127.0.0.1";
    std::uint16_t port = 8080;
    int students = 8000;
    bool check = false;
    std::string accounts_file;
};

std::string pad(std::string text, std::size_t width, std::size_t shown) {
    text.append(width > shown ? width - shown : 1, ' ');
    return text;
}

/// The sign-ins, one a role; the second factor's present code beside its secret.
std::string account_table(const app::DemoDistrict& district, const Common& common) {
    const auto step = app::system_now().micros / 30'000'000;
    std::string table;
    for (const auto& account : district.accounts) {
        table += pad(account.login, 24, account.login.size()) +
                 pad(account.password, 16, account.password.size());
        if (!account.factor_secret.empty()) {
            const auto seed = from_base32(account.factor_secret);
            table +=
                words().sentence(common.chosen(),
                                 "demo_factor",
                                 {{"secret", account.factor_secret},
                                  {"code", totp_code(as_bytes(std::string_view(seed)), step)}});
        }
        table += "\n";
    }
    return table;
}

void run_demo(const Options& options, const Common& common, const Serve& serve) {
    const TemporaryFolder folder;
    app::DemoOptions how;
    how.folder = folder.path();
    how.students = options.students;
    how.now = app::system_now();
    how.progress = common.progress();
    say(common, "demo_begins", {{"students", std::to_string(options.students)}});
    const auto district = app::make_demo(how);
    say(common,
        "demo_made",
        {{"students", std::to_string(district.students)},
         {"classes", std::to_string(district.classes)},
         {"records", std::to_string(district.records)}});
    ServeRequest request;
    request.folder = folder.path().string();
    request.address = options.address;
    request.port = options.check ? std::uint16_t{0} : options.port;
    request.is_demo = true;
    DemoCheck check(district);
    request.listening = [&](std::uint16_t port) {
        if (options.check) {
            check.start(options.address, port);
            return;
        }
        if (!options.accounts_file.empty()) {
            write_file(options.accounts_file, accounts_json(district, port), FileMode::normal);
        }
        say(common,
            "demo_serves",
            {{"address", fmt::format("http://{}:{}", options.address, port)}});
        print(account_table(district, common));
        say(common, "demo_stop");
        std::fflush(stdout);
    };
    request.is_over = [&] { return options.check && check.is_over(); };
    serve(request);
    if (options.check) {
        check.finish(common);
    }
}

}  // namespace

void add_serving(CLI::App& app, const Common& common, const Serve& serve) {
    auto options = std::make_shared<Options>();  // shared by the parser and the callbacks
    auto* serving = app.add_subcommand("serve", "serve an installation over HTTP");
    serving->add_option("--data", options->folder, "folder of the installation")
        ->capture_default_str();
    serving->add_option("--address", options->address, "address to listen on")
        ->capture_default_str();
    serving->add_option("--port", options->port, "port; 0 takes a free one")->capture_default_str();
    serving->callback([options, &common, &serve] {
        ServeRequest request;
        request.folder = options->folder;
        request.address = options->address;
        request.port = options->port;
        request.listening = [&](std::uint16_t port) {
            say(common,
                "serves",
                {{"address", fmt::format("http://{}:{}", options->address, port)}});
            std::fflush(stdout);
        };
        serve(request);
    });
    auto* demo = app.add_subcommand("demo", "an invented district to try; gone when stopped");
    demo->add_option("--address", options->address, "address to listen on")->capture_default_str();
    demo->add_option("--port", options->port, "port; 0 takes a free one")->capture_default_str();
    demo->add_option("--students", options->students, "how many children")->capture_default_str();
    demo->add_option(
        "--accounts-file", options->accounts_file, "write the sign-ins there as JSON, for tests");
    demo->add_flag(
        "--check", options->check, "prove over HTTP that the main pages answer, then stop");
    demo->callback([options, &common, &serve] { run_demo(*options, common, serve); });
}

}  // namespace agate::cli
