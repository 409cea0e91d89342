// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/id.h"

namespace agate {

using PersonId = Uuid<struct PersonTag>;
using EvidenceId = Uuid<struct EvidenceTag>;
using MembershipId = Uuid<struct MembershipTag>;
using ImportId = Uuid<struct ImportTag>;
using RunId = Uuid<struct RunTag>;
using AccountId = Uuid<struct AccountTag>;
using SessionId = Uuid<struct SessionTag>;

/// Any organisation: district, group, school, campus, grade, class, committee, branch.
using OrgId = NumberId<struct OrgTag>;
/// The legal school that owns a row; a campus never is one. District rows carry the district's id.
using SchoolId = NumberId<struct SchoolTag>;
using PeriodId = NumberId<struct PeriodTag>;

/// A rater without a name: keyed by school, period and person (DESIGN.md 3a). Equal tags are one
/// rater; nothing else can be read from it.
struct RaterTag {
    std::uint64_t value = 0;
    friend auto operator<=>(RaterTag, RaterTag) = default;
};

}  // namespace agate
