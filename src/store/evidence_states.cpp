// SPDX-License-Identifier: Apache-2.0
#include "store/evidence_states.h"

#include "base/error.h"

namespace agate::store {

namespace {

void read_states(Query& query, EvidenceStates& states) {
    while (query.next()) {
        states.insert_or_assign(query.id<EvidenceId>(0), state_of(query.text(1)));
    }
}

}  // namespace

EvidenceState state_of(std::string_view text) {
    const auto state = parse_evidence_state(text);
    if (!state) {
        throw Error(ErrorKind::internal, "store_damaged", {}, "evidence state");
    }
    return *state;
}

EvidenceStates states_of_school(Db& db, SchoolId school, std::int64_t as_of_seq) {
    EvidenceStates states;
    Query query(db,
                "select evidence_id, state from review where school_id = $1 and seq <= $2"
                " order by seq, ordinal",
                school,
                as_of_seq);
    read_states(query, states);
    return states;
}

EvidenceStates states_of_student(Db& db,
                                 SchoolId school,
                                 std::int64_t as_of_seq,
                                 const PersonId& student) {
    EvidenceStates states;
    Query query(db,
                "select evidence_id, state from review where school_id = $1 and student_id = $2"
                " and seq <= $3 order by seq, ordinal",
                school,
                student,
                as_of_seq);
    read_states(query, states);
    return states;
}

}  // namespace agate::store
