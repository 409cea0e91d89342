// SPDX-License-Identifier: Apache-2.0
#include "app/subjects.h"

#include <algorithm>

namespace agate::app {

std::optional<evaluate::Subject> make_subject(PersonId person,
                                              Sex sex,
                                              std::span<const store::Membership> memberships,
                                              const DayRange& period) {
    std::vector<const store::Membership*> mine;
    for (const auto& membership : memberships) {
        const bool touches =
            membership.from <= period.to && (!membership.to || period.from <= *membership.to);
        if (membership.role == "student" && membership.person_id == person && touches) {
            mine.push_back(&membership);
        }
    }
    if (mine.empty()) {
        return std::nullopt;
    }
    std::sort(mine.begin(), mine.end(), [](const auto* a, const auto* b) {
        return std::tie(a->from, a->membership_id) < std::tie(b->from, b->membership_id);
    });
    evaluate::Subject subject{.person_id = person,
                              .sex = sex,
                              .grade = mine.back()->grade,
                              .exempt = {},
                              .belongs = {},
                              .grades = {}};
    for (const auto* membership : mine) {
        subject.belongs.push_back({membership->from, membership->to.value_or(period.to)});
        if (subject.grades.empty() || subject.grades.back().grade != membership->grade) {
            subject.grades.push_back({membership->from, membership->grade});
        }
    }
    return subject;
}

}  // namespace agate::app
