// SPDX-License-Identifier: Apache-2.0
#include "cli/cli.h"

#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <iostream>

#include "base/error.h"
#include "base/file.h"
#include "base/json_writer.h"
#include "base/text.h"
#include "cli/command.h"

namespace agate::cli {
namespace {

int exit_code(ErrorKind kind) {
    switch (kind) {
        case ErrorKind::invalid:
        case ErrorKind::too_large:
            return 2;
        case ErrorKind::unauthenticated:
        case ErrorKind::forbidden:
            return 3;
        case ErrorKind::not_found:
            return 4;
        case ErrorKind::conflict:
            return 5;
        case ErrorKind::unavailable:
            return 6;
        case ErrorKind::internal:
            return 1;
    }
    return 1;
}

void tell(const Common& common, const Error& error) {
    const auto sentence = words().sentence(common.chosen(), error.code, error.args);
    const auto mend = words().mend(common.chosen(), error.code, error.args);
    if (common.as_json) {
        JsonWriter json;
        json.begin_object().member("code", error.code).member("message", sentence);
        json.member("mend", mend).end_object();
        std::fprintf(stderr, "%s\n", json.text().c_str());
        return;
    }
    std::fprintf(
        stderr, "agate: %s%s%s\n", sentence.c_str(), mend.empty() ? "" : " ", mend.c_str());
    if (!error.detail.empty()) {
        std::fprintf(stderr, "       (%s)\n", error.detail.c_str());
    }
}

}  // namespace

Progress Common::progress() const {
    if (is_quiet || as_json || isatty(STDERR_FILENO) == 0) {
        return {};
    }
    return [this](std::string_view stage, std::uint64_t done, std::uint64_t total) {
        const auto code = "progress_" + std::string(stage);
        const auto name = words().has(code) ? words().sentence(chosen(), code) : std::string(stage);
        constexpr std::uint64_t width = 30;
        const auto filled = total == 0 ? 0 : std::min(width, width * done / total);
        std::fprintf(stderr,
                     "\r\033[K%s [%s%s] %d%%",
                     name.c_str(),
                     std::string(filled, '#').c_str(),
                     std::string(width - filled, '.').c_str(),
                     total == 0 ? 0 : static_cast<int>(100 * done / total));
        if (total != 0 && done >= total) {
            std::fprintf(stderr, "\r\033[K");
        }
        std::fflush(stderr);
    };
}

void Account::add_to(CLI::App& command) {
    command.add_option("--data", folder, "folder of the installation")->capture_default_str();
    command.add_option("--as", login, "login of the account to act as")->required();
    command.add_option(
        "--password-file", password_file, "file with the password; else it is asked for");
    command.add_option("--code", code, "second factor, where the account has one");
}

SignedIn sign_in(const Account& account) {
    std::string password;
    if (!account.password_file.empty()) {
        password = read_file(account.password_file, 4096);
    } else if (isatty(STDIN_FILENO) != 0) {
        const char* typed = getpass("密码 Password: ");
        password = typed == nullptr ? "" : typed;
    } else {
        std::getline(std::cin, password);
    }
    const auto trimmed = std::string(trim(password));
    SignedIn signed_in;
    app::Installation::Options options;
    options.folder = account.folder;
    signed_in.installation = std::make_unique<app::Installation>(options);
    signed_in.actor =
        app::sign_in_for_command(signed_in.services(), account.login, trimmed, account.code);
    return signed_in;
}

app::Call SignedIn::call(Language language) const {
    return {.actor = actor,
            .language = language,
            .purpose = {},
            .reason = {},
            .network_address = "command",
            .request_id = {}};
}

void print(std::string_view text) {
    std::fwrite(text.data(), 1, text.size(), stdout);
}

void say(const Common& common, std::string_view code, const MessageArgs& args) {
    print(words().sentence(common.chosen(), code, args) + "\n");
}

int run(int argc, const char* const* argv, const Serve& serve) {
    Common common;
    CLI::App app("Agate 玛瑙 — student comprehensive-quality evaluation", "agate");
    app.require_subcommand(1);
    app.fallthrough();
    app.set_version_flag("--version", "0.1.0");
    app.add_flag("--json", common.as_json, "machine-readable output");
    app.add_option("--language", common.language, "zh or en")->capture_default_str();
    app.add_flag("--quiet", common.is_quiet, "no progress bars");
    add_fitness(app, common);
    add_pack(app, common);
    add_school(app, common);
    add_keeping(app, common);
    add_serving(app, common, serve);
    add_init(app, common);
    // The border of the command line: every fault becomes a sentence and an exit code here.
    try {
        app.parse(argc, argv);
        return 0;
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? 0 : 2;
    } catch (const Error& error) {
        tell(common, error);
        return exit_code(error.kind);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "agate: our fault: %s\n", error.what());
        return 1;
    }
}

}  // namespace agate::cli
