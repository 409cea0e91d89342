// SPDX-License-Identifier: Apache-2.0
#include "store/evidence.h"

namespace agate::store {

std::vector<EvidenceId> find_doubles(Db& db, SchoolId school, const NewEvidence& evidence) {
    std::optional<std::int64_t> milli;
    if (evidence.value) {
        milli = evidence.value->milli();
    }
    std::vector<EvidenceId> doubles;
    for (Query query(db,
                     "select evidence_id from evidence e where school_id = $1 and student_id = $2"
                     " and day = $3 and reason = $4 and value_milli is not distinct from"
                     " cast($5 as bigint) and rater_tag = $6 and not exists"
                     " (select 1 from review r where r.school_id = e.school_id"
                     " and r.student_id = e.student_id and r.evidence_id = e.evidence_id"
                     " and r.state = 'voided')",
                     school,
                     evidence.student,
                     evidence.day,
                     evidence.reason,
                     milli,
                     static_cast<std::int64_t>(evidence.rater.value));
         query.next();) {
        doubles.push_back(query.id<EvidenceId>(0));
    }
    std::erase(doubles, evidence.evidence_id);
    std::sort(doubles.begin(), doubles.end());  // not in SQL: it would walk the primary key instead
    return doubles;
}

std::optional<EvidenceId> find_by_source(Db& db,
                                         SchoolId school,
                                         std::string_view source,
                                         std::string_view source_record) {
    Query query(db,
                "select evidence_id from evidence where school_id = $1 and source = $2"
                " and source_record = $3",
                school,
                source,
                source_record);
    return query.next() ? std::optional(query.id<EvidenceId>(0)) : std::nullopt;
}

}  // namespace agate::store
