// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "cli/command.h"

namespace agate::cli {

/// The options of `agate evaluate` on files.
struct FileOptions {
    std::string pack, roster, evidence, period, out;
    std::vector<std::string> overlays;
    bool no_reasons = false;

    void add_to(CLI::App& command);
};

void evaluate_files(const FileOptions& options, const Common& common);

}  // namespace agate::cli
