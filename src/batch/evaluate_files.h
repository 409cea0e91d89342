// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/day.h"
#include "base/problem.h"
#include "base/progress.h"

// A whole evaluation on plain files: no store, no account. docs/formats.md has every column.
namespace agate::batch {

struct EvaluateFiles {
    std::filesystem::path pack;                   ///< a folder, or the id of a pack in the program
    std::vector<std::filesystem::path> overlays;  ///< on it, low to high
    std::filesystem::path roster, evidence;
    DayRange period;
    std::filesystem::path out;  ///< folder; made when missing
    bool with_reasons = true;
    int threads = 0;  ///< 0: one for each processor
    Progress progress;
};

struct EvaluateSummary {
    std::int64_t subjects = 0;
    std::int64_t records = 0;      ///< that count
    std::int64_t not_counted = 0;  ///< dated outside the period, or in a state that does not count
    std::string digest;            ///< SHA-256 of the results, hex
    Problems problems;             ///< all of them; with an error nothing is written
};

/// Writes results.csv, with overlays results-national.csv too, and reasons.jsonl: all or nothing a
/// file. The same files give the same bytes, whatever the order of the evidence and the number of
/// threads. Throws Error as reading and writing files does.
[[nodiscard]] EvaluateSummary evaluate_files(const EvaluateFiles& files);

}  // namespace agate::batch
