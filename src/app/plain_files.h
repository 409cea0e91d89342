// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/problem.h"
#include "base/progress.h"
#include "base/words.h"
#include "exchange/fitness.h"

// Work on plain files: no store, no account.
namespace agate::app {

struct PackReport {
    std::string id, version;
    bool is_sound = false;
    int errors = 0, warnings = 0;
    int indicators = 0, reasons = 0;
    std::string text;  ///< every fault as a compiler shows it
    std::string json;
};

/// Checks a pack folder against everything below it.
[[nodiscard]] PackReport check_pack(const std::string& folder, Language language);
/// The packs that the program carries.
[[nodiscard]] std::vector<std::string> list_packs();

struct ScoreOptions {
    std::string file_name;
    exchange::NumberTimes number_times = exchange::NumberTimes::refuse;
    bool sex_from_items = false;
    std::optional<int> grade;
    std::optional<int> school_year;
    Progress progress;
};

struct ScoreSummary {
    std::int64_t rows = 0;
    std::int64_t with_total = 0;
    std::int64_t with_problems = 0;
    Problems problems;  ///< of the file as a whole; with an error nothing counts
    std::map<std::string, std::int64_t> codes;  ///< problem code -> how often
};

/// Scores every row of a workbook or CSV by the national fitness standard; CSV in pieces to `out`.
ScoreSummary score_file(std::string_view bytes,
                        const ScoreOptions& options,
                        const std::function<void(std::string_view)>& out);

}  // namespace agate::app
