// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/calendar.h"
#include "store/audit.h"

// Terms, the approvals given on their way, and the framework adopted for them. Rows are only added.
namespace agate::store {

/// Adds a period or its next revision (a new state). Returns the revision's number.
std::int64_t add_period(Entry& entry, const Period& period);
[[nodiscard]] std::optional<Period> find_period(Db& db, SchoolId school, PeriodId period);
/// Latest revision each, by first day.
[[nodiscard]] std::vector<Period> list_periods(Db& db, SchoolId school);
[[nodiscard]] PeriodId next_period_id(Db& db, SchoolId school);

/// One passage of a period from state to state, as the chain has it.
struct PeriodStep {
    std::int64_t revision = 0;
    PeriodState state = PeriodState::planned;
    std::int64_t seq = 0;
};

[[nodiscard]] std::vector<PeriodStep> list_period_steps(Db& db, SchoolId school, PeriodId period);

/// A named person's yes, or second signature, to exactly what was shown.
struct Approval {
    std::string kind = {};            ///< "period.approve", "period.sign", "override" …
    std::string object = {};          ///< "period:12"
    std::optional<OrgId> scope = {};  ///< the class or grade approved
    PersonId by = {};
    std::string post = {};
    Digest shown{};  ///< digest of what the person saw
    Instant at = {};
    std::int64_t seq = 0;
};

void add_approval(Entry& entry, const Approval& approval);
[[nodiscard]] std::vector<Approval> list_approvals(Db& db,
                                                   SchoolId school,
                                                   std::string_view object);

/// A pack's or overlay's files as they were, kept once by their digest; an old evaluation can be
/// run again from them.
void put_pack(Db& db, const Digest& digest, std::string_view name, std::string_view files);
[[nodiscard]] std::optional<std::string> find_pack(Db& db, const Digest& digest);

/// The framework a school uses from a period on.
struct Adoption {
    PeriodId period_id = {};
    std::string framework = {};       ///< pack id and version of the top layer
    std::vector<Digest> layers = {};  ///< packs, national first
    Digest plan_digest{};             ///< of all files of all layers
    Instant at = {};
    std::int64_t seq = 0;
};

void add_adoption(Entry& entry, const Adoption& adoption);
/// The latest for this period.
[[nodiscard]] std::optional<Adoption> find_adoption(Db& db, SchoolId school, PeriodId period);

}  // namespace agate::store
