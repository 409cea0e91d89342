// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include "app/installation.h"
#include "app/services.h"
#include "base/progress.h"
#include "base/words.h"
#include "cli/cli.h"

namespace CLI {
class App;
}

// One file a command. Each adds itself to the parser and keeps its own options.
namespace agate::cli {

/// Options that every command has.
struct Common {
    bool as_json = false;
    std::string language = "zh";
    bool is_quiet = false;

    [[nodiscard]] Language chosen() const { return parse_language(language); }

    /// A bar on standard error, when that is a terminal and nobody asked for quiet.
    [[nodiscard]] Progress progress() const;
};

/// Options of commands that act as a person in a store.
struct Account {
    std::string folder = "agate-data";
    std::string login, password_file, code;

    void add_to(CLI::App& command);
};

/// An opened store with the person signed in.
struct SignedIn {
    std::unique_ptr<app::Installation> installation;
    app::Actor actor;

    [[nodiscard]] app::Services& services() const { return installation->services(); }

    [[nodiscard]] app::Call call(Language language) const;
};

[[nodiscard]] SignedIn sign_in(const Account& account);

/// Writes to standard output.
void print(std::string_view text);
/// A sentence of words/cli.csv with a line break.
void say(const Common& common, std::string_view code, const MessageArgs& args = {});

void add_fitness(CLI::App& app, const Common& common);
void add_pack(CLI::App& app, const Common& common);
void add_school(CLI::App& app, const Common& common);   ///< import, evaluate, explain, report
void add_keeping(CLI::App& app, const Common& common);  ///< verify, backup, restore
void add_serving(CLI::App& app, const Common& common, const Serve& serve);  ///< serve, demo
void add_init(CLI::App& app, const Common& common);

}  // namespace agate::cli
