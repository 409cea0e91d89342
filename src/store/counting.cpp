// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <numeric>
#include <unordered_map>

#include "base/error.h"
#include "store/evidence.h"
#include "store/evidence_states.h"

namespace agate::store {

class CountingBuilder {
public:
    CountingBuilder(const Counting& what, EvidenceStates states)
        : what_(what), states_(std::move(states)) {}

    /// Columns: evidence_id, student_id, reason, day, value_milli, label, activity, rater_kind,
    /// rater_tag, recorded_at, state, is_late.
    void read(Query& query) {
        while (query.next()) {
            const auto id = query.id<EvidenceId>(0);
            const auto step = states_.find(id);
            const auto state = step == states_.end() ? state_of(query.text(10)) : step->second;
            const bool is_in_time = what_.late == Late::included || !query.boolean(11);
            if (is_in_time &&
                (state == EvidenceState::verified || state == EvidenceState::sealed)) {
                keep(id, query);
            }
        }
    }

    CountingEvidence finish() {
        std::vector<std::size_t> order(result_.students_.size());
        std::iota(order.begin(), order.end(), 0);
        std::ranges::sort(order, {}, [&](std::size_t i) { return result_.students_[i]; });
        std::vector<std::size_t> place(order.size());
        for (std::size_t i = 0; i < order.size(); ++i) {
            place[order[i]] = i;
        }
        result_.starts_.assign(order.size() + 1, 0);
        for (const auto owner : owners_) {
            ++result_.starts_[place[owner] + 1];
        }
        std::partial_sum(result_.starts_.begin(), result_.starts_.end(), result_.starts_.begin());
        auto next = result_.starts_;
        std::vector<Evidence> sorted(rows_.size());
        for (std::size_t i = 0; i < rows_.size(); ++i) {
            sorted[next[place[owners_[i]]]++] = rows_[i];
        }
        result_.records_ = std::move(sorted);
        std::ranges::sort(result_.students_);
        return std::move(result_);
    }

private:
    void keep(const EvidenceId& id, const Query& query) {
        Evidence record{.evidence_id = id,
                        .reason = intern(query.text(2)),
                        .day = query.day(3),
                        .recorded_at = query.instant(9),
                        .value = std::nullopt,
                        .label = intern(query.text(5)),
                        .activity = intern(query.text(6)),
                        .rater = {static_cast<std::uint64_t>(query.int64(8))}};
        if (!query.is_null(4)) {
            record.value = Decimal::from_milli(query.int64(4));
        }
        const auto kind = parse_rater_kind(query.text(7));
        if (!kind) {
            throw Error(ErrorKind::internal, "store_damaged", {}, "rater kind");
        }
        record.rater_kind = *kind;
        const auto student = query.id<PersonId>(1);
        const auto [found, is_new] = numbers_.try_emplace(student, result_.students_.size());
        if (is_new) {
            result_.students_.push_back(student);
        }
        owners_.push_back(found->second);
        rows_.push_back(record);
    }

    std::string_view intern(std::string_view text) {
        if (text.empty()) {
            return {};
        }
        const auto known = known_.find(text);
        if (known != known_.end()) {
            return *known;
        }
        const std::string_view kept = *result_.words_.emplace(text).first;
        known_.insert(kept);
        return kept;
    }

    const Counting& what_;
    EvidenceStates states_;
    CountingEvidence result_;
    std::unordered_set<std::string_view> known_;
    std::unordered_map<PersonId, std::size_t> numbers_;
    std::vector<std::size_t> owners_;
    std::vector<Evidence> rows_;
};

std::span<const Evidence> CountingEvidence::of(PersonId student) const {
    const auto found = std::ranges::lower_bound(students_, student);
    if (found == students_.end() || *found != student) {
        return {};
    }
    const auto i = static_cast<std::size_t>(found - students_.begin());
    return std::span(records_).subspan(starts_[i], starts_[i + 1] - starts_[i]);
}

CountingEvidence read_counting(Db& db, const Counting& what) {
    CountingBuilder builder(what, states_of_school(db, what.school, what.as_of_seq));
    Query query(db,
                "select evidence_id, student_id, reason, day, value_milli, label, activity,"
                " rater_kind, rater_tag, recorded_at, state, is_late from evidence"
                " where school_id = $1 and seq <= $2 and day between $3 and $4"
                " order by seq, ordinal",
                what.school,
                what.as_of_seq,
                what.days.from,
                what.days.to);
    builder.read(query);
    return builder.finish();
}

CountingEvidence read_counting_of(Db& db, const Counting& what, PersonId student) {
    CountingBuilder builder(what, states_of_student(db, what.school, what.as_of_seq, student));
    Query query(db,
                "select evidence_id, student_id, reason, day, value_milli, label, activity,"
                " rater_kind, rater_tag, recorded_at, state, is_late from evidence"
                " where school_id = $1 and student_id = $2 and day between $3 and $4"
                " and seq <= $5 order by seq, ordinal",
                what.school,
                student,
                what.days.from,
                what.days.to,
                what.as_of_seq);
    builder.read(query);
    return builder.finish();
}

}  // namespace agate::store
