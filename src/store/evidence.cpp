// SPDX-License-Identifier: Apache-2.0
#include "store/evidence.h"

#include <array>

#include "base/error.h"

namespace agate::store {

namespace {

const CoveredTable& evidence_table() {
    static const CoveredTable& table = covered_table("evidence");
    return table;
}

const CoveredTable& review_table() {
    static const CoveredTable& table = covered_table("review");
    return table;
}

CellPlace place_in(std::string_view table,
                   SchoolId school,
                   const EvidenceId& evidence,
                   const PersonId& student) {
    return {.school = school,
            .table = table,
            .column = "sealed",
            .row = evidence.bytes,
            .owner = student};
}

/// In the order of the covered table's columns.
std::array<Value, 15> row_values(const SealedEvidence& evidence) {
    const NewEvidence& plain = evidence.plain;
    return {plain.evidence_id,
            plain.student,
            plain.reason,
            plain.day,
            evidence.value_milli,
            text_or_null(plain.label),
            text_or_null(plain.activity),
            to_text(plain.rater_kind),
            static_cast<std::int64_t>(plain.rater.value),
            plain.source,
            text_or_null(plain.source_record),
            to_text(plain.state),
            plain.is_late,
            plain.recorded_at,
            plain.voids};
}

std::string pack_content(const NewEvidence& evidence) {
    const auto& author = evidence.author.bytes;
    std::string content(reinterpret_cast<const char*>(author.data()), author.size());
    return content += evidence.note;
}

bool is_voided(Db& db, SchoolId school, const EvidenceId& evidence) {
    Query query(db,
                "select 1 from review where school_id = $1 and evidence_id = $2"
                " and state = 'voided'",
                school,
                evidence);
    return query.next();
}

void insert_review(Entry& entry, const ReviewStep& step, const SealedContent& content) {
    if (step.to == EvidenceState::voided &&
        is_voided(entry.db(), entry.school(), step.evidence_id)) {
        throw Error(ErrorKind::conflict, "evidence_already_voided");
    }
    const std::array<Value, 6> values{
        step.evidence_id, step.student, to_text(step.to), step.by, step.second_signer, entry.at()};
    entry.insert(review_table(), values, &content);
}

}  // namespace

SealedEvidence seal_evidence(Keys& keys, SchoolId school, NewEvidence evidence) {
    SealedEvidence sealed;
    if (evidence.value) {
        sealed.value_milli = evidence.value->milli();
        if (!sealed.value_milli) {
            throw Error(ErrorKind::invalid, "value_too_fine");
        }
    }
    const PersonId& student = evidence.student;
    sealed.content = seal_content(
        keys, place_in("evidence", school, evidence.evidence_id, student), pack_content(evidence));
    if (evidence.voids) {
        sealed.voiding =
            seal_content(keys, place_in("review", school, *evidence.voids, student), "");
    }
    sealed.plain = std::move(evidence);
    sealed.digest = row_digest(evidence_table(), row_values(sealed), &sealed.content.commitment);
    return sealed;
}

void add_evidence(Entry& entry, const SealedEvidence& evidence) {
    const NewEvidence& plain = evidence.plain;
    // Both numbers are the same when the same record comes twice: then the id is what to say.
    if (!plain.source_record.empty() &&
        find_by_source(entry.db(), entry.school(), plain.source, plain.source_record)) {
        const bool is_same = has_evidence(entry.db(), entry.school(), plain.evidence_id);
        throw Error(ErrorKind::conflict, is_same ? "evidence_id_used" : "source_record_taken");
    }
    if (plain.voids) {
        insert_review(entry,
                      {.evidence_id = *plain.voids,
                       .student = plain.student,
                       .to = EvidenceState::voided,
                       .by = {},
                       .second_signer = {},
                       .reason = {}},
                      *evidence.voiding);
    }
    entry.insert(evidence_table(), row_values(evidence), &evidence.content, evidence.digest);
}

void add_evidence(Entry& entry, std::span<const SealedEvidence> evidence) {
    for (const auto& one : evidence) {
        add_evidence(entry, one);
    }
}

SealedReview seal_review(Keys& keys, SchoolId school, ReviewStep step) {
    auto content =
        seal_content(keys, place_in("review", school, step.evidence_id, step.student), step.reason);
    return {.step = std::move(step), .content = std::move(content)};
}

void add_review(Entry& entry, const SealedReview& review) {
    insert_review(entry, review.step, review.content);
}

EvidenceContent open_evidence(Keys& keys, SchoolId school, const EvidenceRecord& record) {
    const auto opened =
        open_content(keys,
                     place_in("evidence", school, record.evidence_id, record.student),
                     record.content.sealed,
                     record.content.commitment);
    EvidenceContent content;
    if (opened.state == ContentState::erased) {
        content.is_erased = true;
        return content;
    }
    if (opened.state == ContentState::damaged || opened.content.size() < 16) {
        throw Error(ErrorKind::internal, "cell_unreadable", {}, "evidence.sealed");
    }
    std::copy_n(opened.content.begin(), 16, content.author.bytes.begin());
    content.note = opened.content.substr(16);
    return content;
}

std::vector<ReviewRow> list_reviews(Db& db, SchoolId school, EvidenceId evidence) {
    std::vector<ReviewRow> rows;
    for (Query query(db,
                     "select r.student_id, r.state, r.by_id, r.second_id, r.at, r.seq,"
                     " r.commitment, r.sealed from evidence e join review r"
                     " on r.school_id = e.school_id and r.student_id = e.student_id"
                     " and r.evidence_id = e.evidence_id"
                     " where e.school_id = $1 and e.evidence_id = $2 order by r.seq, r.ordinal",
                     school,
                     evidence);
         query.next();) {
        rows.push_back(
            {.evidence_id = evidence,
             .student = query.id<PersonId>(0),
             .to = parse_evidence_state(query.text(1)).value(),
             .by = query.optional_id<PersonId>(2),
             .second_signer = query.optional_id<PersonId>(3),
             .at = query.instant(4),
             .seq = query.int64(5),
             .content = {.commitment = query.digest(6), .sealed = std::string(query.blob(7))}});
    }
    return rows;
}

std::optional<std::string> open_review(Keys& keys, SchoolId school, const ReviewRow& review) {
    const auto opened = open_content(keys,
                                     place_in("review", school, review.evidence_id, review.student),
                                     review.content.sealed,
                                     review.content.commitment);
    if (opened.state == ContentState::damaged) {
        throw Error(ErrorKind::internal, "cell_unreadable", {}, "review.sealed");
    }
    return opened.state == ContentState::erased ? std::nullopt : std::optional(opened.content);
}

}  // namespace agate::store
