// SPDX-License-Identifier: Apache-2.0
#include <map>
#include <tuple>

#include "store/evidence_states.h"

namespace agate::store {

std::vector<WeekCount> count_weeks(Db& db,
                                   SchoolId school,
                                   std::span<const PersonId> students,
                                   DayRange days) {
    const auto position = chain_position(db, school);
    std::vector<WeekCount> counts;
    for (const auto& student : students) {
        const auto steps = states_of_student(db, school, position, student);
        std::map<std::tuple<Day, std::string, EvidenceState>, std::int64_t> of_student;
        for (Query query(db,
                         "select evidence_id, reason, day, state from evidence"
                         " where school_id = $1 and student_id = $2 and day between $3 and $4",
                         school,
                         student,
                         days.from,
                         days.to);
             query.next();) {
            const auto step = steps.find(query.id<EvidenceId>(0));
            const auto state = step == steps.end() ? state_of(query.text(3)) : step->second;
            if (state != EvidenceState::voided) {
                ++of_student[{week_start(query.day(2)), query.string(1), state}];
            }
        }
        for (const auto& [key, records] : of_student) {
            const auto& [week, reason, state] = key;
            counts.push_back({student, week, reason, state, records});
        }
    }
    return counts;
}

std::map<EvidenceState, std::int64_t> count_states(Db& db, SchoolId school, DayRange days) {
    const auto steps = states_of_school(db, school, chain_position(db, school));
    std::map<EvidenceState, std::int64_t> counts;
    for (Query query(db,
                     "select evidence_id, state from evidence where school_id = $1"
                     " and day between $2 and $3",
                     school,
                     days.from,
                     days.to);
         query.next();) {
        const auto step = steps.find(query.id<EvidenceId>(0));
        ++counts[step == steps.end() ? state_of(query.text(1)) : step->second];
    }
    return counts;
}

}  // namespace agate::store
