// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "base/problem.h"
#include "core/records.h"
#include "evaluate/subject.h"
#include "framework/plan.h"

// The roster and the evidence of an evaluation on files.
namespace agate::batch {

struct Roster {
    std::vector<std::string> names;  ///< as written, in the order of the file
    std::vector<evaluate::Subject> subjects;
    std::unordered_map<std::string, std::uint32_t> numbers;  ///< by name
};

/// Columns: subject; kind, sex, grade, from, to, exempt. Several rows of one subject are its stays
/// and grades. `where` names the file.
[[nodiscard]] Roster read_roster(const std::string& where,
                                 std::string_view text,
                                 const framework::Plan& plan,
                                 const DayRange& period,
                                 Problems& problems);

/// The records of all subjects, clustered by subject, each in time order.
struct CaseRecords {
    RecordWords words;
    std::vector<std::size_t> first;  ///< one more than subjects
    std::vector<Record> records;
    std::vector<EvidenceId> ids;
    std::int64_t not_counted = 0;
};

/// Columns: subject, reason, day; value, label, activity, rater, rater_kind, recorded_at, id,
/// state.
[[nodiscard]] CaseRecords read_evidence(const std::string& where,
                                        std::string_view text,
                                        const Roster& roster,
                                        const DayRange& period,
                                        Problems& problems);

/// "1234" or a UUID; as read_evidence takes it.
[[nodiscard]] std::string text_of(const EvidenceId& id);

}  // namespace agate::batch
