// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "app/services.h"
#include "base/problem.h"
#include "core/evidence.h"

// Writing use cases for evidence. What is acknowledged is in the chain and synced.
namespace agate::app {

struct NewRecord {
    EvidenceId client_id;  ///< made by the client; the same id again answers the first entry
    PersonId student;
    std::string reason;
    Day day;
    std::optional<Decimal> value;  ///< nothing: the reason's default
    std::string label, activity, note;
};

struct Recorded {
    EvidenceId evidence_id;
    std::int64_t sequence = 0;  ///< of the school's chain
    EvidenceState state = EvidenceState::submitted;
};

/// One record. Throws Error: forbidden/not_found by right, conflict "period_not_recording", invalid
/// "unknown_reason" | "value_out_of_range" | "day_outside_period" | "not_a_member_that_day",
/// conflict "client_id_used" when the id came with another body, conflict "quota_full".
[[nodiscard]] Recorded record(Services& services, const Call& call, const NewRecord& record);

/// All or none.
[[nodiscard]] std::vector<Recorded> record_all(Services& services,
                                               const Call& call,
                                               std::span<const NewRecord> records);

/// A new entry that voids the old one. The author alone, or an office with a second signature.
void void_record(Services& services, const Call& call, EvidenceId evidence, PersonId student);

void review_record(Services& services, const Call& call, EvidenceId evidence, PersonId student);
void return_record(Services& services, const Call& call, EvidenceId evidence, PersonId student);

}  // namespace agate::app
