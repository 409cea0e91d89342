// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "evaluate/evaluate.h"

// Evaluation cases as a teacher can read and write them: a small framework, records, and what must
// come out. tests/cases/evaluate/README.md has the lines that may stand in a file.
namespace agate::evaluate::testing {

/// What one line of a case expects of one node.
struct Expectation {
    enum class Kind { result, input, note, quiet } kind = Kind::result;
    int line = 0;
    NodeIndex node = 0;
    // result
    std::optional<Decimal> score;
    std::optional<std::string> band, computed_band;  ///< "none" for no band
    std::optional<std::int32_t> coverage_ppm;
    std::optional<std::int32_t> records;
    bool is_exempt = false;
    // input: of a record, a child or a rater kind
    std::string label;
    std::optional<Decimal> given, credited, weight;
    // note
    std::string code;
    std::map<std::string, std::string> args;
    std::optional<std::vector<EvidenceId>> evidence;
};

struct Case {
    std::string file;
    std::string title;
    int line = 0;
    DayRange period;
    Subject subject;
    framework::Plan plan;
    std::vector<Evidence> evidence;
    std::map<std::string, EvidenceId> ids;
    std::vector<Expectation> expectations;
    std::deque<std::string> texts;  ///< what the evidence's views point into
};

/// Throws std::runtime_error with file and line when a line cannot be read: cases are ours.
[[nodiscard]] std::deque<Case> read_cases(const std::filesystem::path& file);

/// A record's id, from its name in the case: the same name, the same id, and ids grow with names.
[[nodiscard]] EvidenceId id_of(const std::string& name);

}  // namespace agate::evaluate::testing
