// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <unordered_map>

#include "base/error.h"
#include "store/evidence.h"

namespace agate::store {

namespace {

constexpr std::string_view columns =
    "select evidence_id, student_id, reason, day, value_milli, label, activity, rater_kind,"
    " rater_tag, source, source_record, state, is_late, recorded_at, voids_id, seq, commitment,"
    " sealed from evidence where school_id = $1";

EvidenceState state_of(std::string_view text) {
    const auto state = parse_evidence_state(text);
    if (!state) {
        throw Error(ErrorKind::internal, "store_damaged", {}, "evidence state");
    }
    return *state;
}

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

std::vector<WeekCount> count_weeks(Db& db,
                                   SchoolId school,
                                   std::span<const PersonId> students,
                                   DayRange days) {
    std::vector<WeekCount> counts;
    for (const auto& student : students) {
        const auto steps = latest_steps(db, school, student);
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
            const auto state = step == steps.end() ? state_of(query.text(3)) : step->second.state;
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

}  // namespace agate::store
