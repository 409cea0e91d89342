// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <unordered_map>

#include "store/evidence.h"

namespace agate::store {

/// The latest step of every record that had one.
using EvidenceStates = std::unordered_map<EvidenceId, EvidenceState>;

/// As of a sequence number, included.
[[nodiscard]] EvidenceStates states_of_school(Db& db, SchoolId school, std::int64_t as_of_seq);
[[nodiscard]] EvidenceStates states_of_student(Db& db,
                                               SchoolId school,
                                               std::int64_t as_of_seq,
                                               const PersonId& student);

/// Throws Error(internal, "store_damaged") on a word that is none.
[[nodiscard]] EvidenceState state_of(std::string_view text);

}  // namespace agate::store
