// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "core/calendar.h"
#include "core/org.h"
#include "evaluate/evaluate.h"
#include "store/member.h"

namespace agate::app {

/// What the engine must know of a student, out of the student's memberships at the school: the days
/// of belonging and the grades on the way. Nothing when none of them touches the period.
[[nodiscard]] std::optional<evaluate::Subject> make_subject(
    PersonId person,
    Sex sex,
    std::span<const store::Membership> memberships,
    const DayRange& period);

}  // namespace agate::app
