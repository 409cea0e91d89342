// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <tuple>
#include <unordered_map>

#include "base/error.h"
#include "store/evidence.h"
#include "store/evidence_states.h"

namespace agate::store {

namespace {

constexpr std::string_view columns =
    "select evidence_id, student_id, reason, day, value_milli, label, activity, rater_kind,"
    " rater_tag, source, source_record, state, is_late, recorded_at, voids_id, seq, commitment,"
    " sealed from evidence where school_id = $1";

EvidenceRecord read_record(const Query& query) {
    EvidenceRecord record{
        .evidence_id = query.id<EvidenceId>(0),
        .student = query.id<PersonId>(1),
        .reason = query.string(2),
        .day = query.day(3),
        .label = query.string(5),
        .activity = query.string(6),
        .rater = {static_cast<std::uint64_t>(query.int64(8))},
        .source = query.string(9),
        .source_record = query.string(10),
        .first_state = state_of(query.text(11)),
        .is_late = query.boolean(12),
        .recorded_at = query.instant(13),
        .voids = query.optional_id<EvidenceId>(14),
        .seq = query.int64(15),
        .content = {.commitment = query.digest(16), .sealed = std::string(query.blob(17))}};
    if (!query.is_null(4)) {
        record.value = Decimal::from_milli(query.int64(4));
    }
    record.rater_kind = parse_rater_kind(query.text(7)).value_or(RaterKind::teacher);
    record.state = record.first_state;
    return record;
}

struct LatestStep {
    EvidenceState state;
    std::int64_t seq;
    Instant at;
};

using LatestSteps = std::unordered_map<EvidenceId, LatestStep>;

LatestSteps latest_steps(Db& db, SchoolId school, const PersonId& student) {
    LatestSteps steps;
    for (Query query(db,
                     "select evidence_id, state, seq, at from review"
                     " where school_id = $1 and student_id = $2 order by seq, ordinal",
                     school,
                     student);
         query.next();) {
        steps.insert_or_assign(
            query.id<EvidenceId>(0),
            LatestStep{state_of(query.text(1)), query.int64(2), query.instant(3)});
    }
    return steps;
}

void apply(const LatestSteps& steps, EvidenceRecord& record) {
    const auto found = steps.find(record.evidence_id);
    if (found != steps.end()) {
        record.state = found->second.state;
        record.state_seq = found->second.seq;
        record.state_at = found->second.at;
    }
}

}  // namespace

bool has_evidence(Db& db, SchoolId school, EvidenceId evidence) {
    Query query(
        db, "select 1 from evidence where school_id = $1 and evidence_id = $2", school, evidence);
    return query.next();
}

std::optional<EvidenceRecord> find_evidence(Db& db, SchoolId school, EvidenceId evidence) {
    static const std::string text = std::string(columns) + " and evidence_id = $2";
    Query query(db, text, school, evidence);
    if (!query.next()) {
        return std::nullopt;
    }
    auto record = read_record(query);
    Query step(db,
               "select state, seq, at from review where school_id = $1 and student_id = $2"
               " and evidence_id = $3 order by seq desc, ordinal desc limit 1",
               school,
               record.student,
               evidence);
    if (step.next()) {
        record.state = state_of(step.text(0));
        record.state_seq = step.int64(1);
        record.state_at = step.instant(2);
    }
    return record;
}

std::vector<EvidenceRecord> list_evidence(Db& db,
                                          SchoolId school,
                                          PersonId student,
                                          DayRange days) {
    static const std::string text =
        std::string(columns) + " and student_id = $2 and day between $3 and $4";
    const auto steps = latest_steps(db, school, student);
    std::vector<EvidenceRecord> records;
    for (Query query(db, text, school, student, days.from, days.to); query.next();) {
        apply(steps, records.emplace_back(read_record(query)));
    }
    std::ranges::sort(records, [](const EvidenceRecord& a, const EvidenceRecord& b) {
        return std::tie(a.day, a.recorded_at, a.evidence_id) >
               std::tie(b.day, b.recorded_at, b.evidence_id);
    });
    return records;
}

}  // namespace agate::store
