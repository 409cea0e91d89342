// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "evaluate/exact.h"
#include "evaluate/measure.h"
#include "framework/scoring_tables.h"

namespace agate::evaluate {
namespace {

using framework::Attempt;
using framework::ScoringItem;

/// One attempt that the item's table can score.
struct Try {
    Day day;
    int grade = 0;
    std::int64_t raw = 0;
    std::int32_t score = 0;
    std::vector<EvidenceId> evidence;
};

Decimal decimal_of(const ScoringItem& item, std::int64_t raw) {
    std::int64_t nano = raw;
    for (int i = item.decimals; i < Decimal::max_decimals; ++i) {
        nano *= 10;
    }
    return Decimal::from_nano(nano);
}

/// Reads records into attempts and tells those that cannot be.
class Reader {
public:
    Reader(const ScoringItem& item, const LeafContext& leaf) : item_(item), leaf_(leaf) {}

    void read_single() {
        for (const LeafRecord& record : leaf_.records) {
            if (const auto raw = raw_of(item_, record)) {
                add(*record.evidence, *raw, {record.evidence->evidence_id});
            }
        }
    }

    /// Body mass index: the latest height and the latest weight of one day make an attempt.
    void read_pairs(const framework::MeasurementMeasure& rule) {
        const auto records = leaf_.records;
        for (std::size_t i = 0; i < records.size();) {
            const Day day = records[i].evidence->day;
            const LeafRecord* height = nullptr;
            const LeafRecord* weight = nullptr;
            for (; i < records.size() && records[i].evidence->day == day; ++i) {
                if (records[i].evidence->reason == rule.height_reason) {
                    height = &records[i];
                } else if (records[i].evidence->reason == rule.weight_reason) {
                    weight = &records[i];
                }
            }
            read_pair(height, weight);
        }
    }

    [[nodiscard]] const std::vector<Try>& tries() const { return tries_; }

    void tell(std::vector<ReasonNote>& notes) {
        std::move(without_value_).tell(notes);
        std::move(not_exact_).tell(notes);
        std::move(out_of_range_).tell(notes);
        std::move(half_pair_).tell(notes);
        std::move(not_for_group_).tell(notes);
    }

private:
    /// The item of a paired reason has the reason's own code; its rounding and range hold.
    [[nodiscard]] const ScoringItem* item_called(std::string_view code) const {
        for (const ScoringItem& item : leaf_.plan.items) {
            if (item.code == code) {
                return &item;
            }
        }
        return nullptr;
    }

    std::optional<std::int64_t> raw_of(const ScoringItem& item, const LeafRecord& record) {
        const auto value = record.value();
        if (!value) {
            without_value_.add(*record.evidence);
            return std::nullopt;
        }
        const framework::RawValue raw = framework::round_raw(item, *value);
        if (raw.fault) {
            const bool is_range = *raw.fault == framework::RawFault::out_of_range;
            (is_range ? out_of_range_ : not_exact_).add(*record.evidence);
            return std::nullopt;
        }
        return raw.value;
    }

    std::optional<Decimal> part_of_pair(const LeafRecord& record) {
        const ScoringItem* item = item_called(record.evidence->reason);
        if (item == nullptr) {
            return record.value();
        }
        const auto raw = raw_of(*item, record);
        return raw ? std::optional{decimal_of(*item, *raw)} : std::nullopt;
    }

    void read_pair(const LeafRecord* height, const LeafRecord* weight) {
        if (height == nullptr || weight == nullptr) {
            if (const LeafRecord* alone = height != nullptr ? height : weight) {
                half_pair_.add(*alone->evidence);
            }
            return;
        }
        const auto tall = part_of_pair(*height);
        const auto heavy = part_of_pair(*weight);
        if (!tall || !heavy) {
            return;
        }
        if (const auto bmi = framework::body_mass_index(item_, *tall, *heavy)) {
            add(*height->evidence,
                *bmi,
                {height->evidence->evidence_id, weight->evidence->evidence_id});
        } else {
            out_of_range_.add(*height->evidence);
        }
    }

    void add(const Evidence& first, std::int64_t raw, std::vector<EvidenceId> evidence) {
        const int grade = grade_on(leaf_.subject, first.day);
        if (const auto score = framework::score_for(item_, leaf_.subject.sex, grade, raw)) {
            tries_.push_back({first.day, grade, raw, *score, std::move(evidence)});
        } else {
            not_for_group_.add(first);
        }
    }

    const ScoringItem& item_;
    const LeafContext& leaf_;
    std::vector<Try> tries_;
    LeftOut without_value_{"value_missing"};
    LeftOut not_exact_{"raw_not_exact"};
    LeftOut out_of_range_{"raw_out_of_range"};
    LeftOut half_pair_{"pair_incomplete"};
    LeftOut not_for_group_{"item_not_for_group"};
};

/// Best score, then earliest; or latest.
const Try& chosen(Attempt attempt, const std::vector<Try>& tries) {
    if (attempt == Attempt::latest) {
        return tries.back();
    }
    const Try* best = &tries.front();
    for (const Try& one : tries) {
        best = one.score > best->score ? &one : best;
    }
    return *best;
}

/// The mean raw value, rounded as the item is (half up where it is measured exactly), scored with
/// the grade of the latest attempt.
Try mean_of(const ScoringItem& item, Sex sex, const std::vector<Try>& tries) {
    Int128 sum = 0;
    Try mean;
    for (const Try& one : tries) {
        sum += one.raw;
        mean.evidence.insert(mean.evidence.end(), one.evidence.begin(), one.evidence.end());
    }
    const auto count = static_cast<Int128>(tries.size());
    const bool is_slower = item.rounding == ScoringItem::Rounding::slower &&
                           item.direction == ScoringItem::Direction::lower_is_better;
    const Int128 rounded =
        is_slower ? -floor_divide(-sum, count) : floor_divide(2 * sum + count, 2 * count);
    mean.day = tries.back().day;
    mean.grade = tries.back().grade;
    mean.raw = static_cast<std::int64_t>(rounded);
    mean.score = framework::score_for(item, sex, mean.grade, mean.raw).value_or(0);
    return mean;
}

void tell_choice(Attempt attempt,
                 const ScoringItem& item,
                 const Try& counted,
                 std::size_t count,
                 std::vector<ReasonNote>& notes) {
    if (count > 1) {
        notes.push_back({.code = attempt == Attempt::mean     ? "attempt_mean"
                                 : attempt == Attempt::latest ? "attempt_latest"
                                                              : "attempt_best",
                         .args = {{"count", std::to_string(count)}},
                         .evidence = counted.evidence});
    }
    if (counted.score == 0) {
        notes.push_back({.code = "below_table",
                         .args = {{"value", decimal_of(item, counted.raw).to_string()},
                                  {"unit_zh", item.unit_zh},
                                  {"unit_en", item.unit}},
                         .evidence = counted.evidence});
    }
}

}  // namespace

LeafOutcome measure(const framework::MeasurementMeasure& rule, const LeafContext& leaf) {
    LeafOutcome outcome;
    const ScoringItem& item = leaf.plan.items.at(static_cast<std::size_t>(rule.item));
    Reader reader(item, leaf);
    if (rule.height_reason.empty()) {
        reader.read_single();
    } else {
        reader.read_pairs(rule);
    }
    reader.tell(outcome.notes);
    const std::vector<Try>& tries = reader.tries();
    if (tries.empty()) {
        outcome.notes.push_back({.code = "no_measurement", .args = {}, .evidence = {}});
        return outcome;
    }
    const Sex sex = leaf.subject.sex;
    Try counted =
        rule.attempt == Attempt::mean ? mean_of(item, sex, tries) : chosen(rule.attempt, tries);
    for (const Try& one : tries) {
        const auto* found = framework::class_for(item, sex, one.grade, one.raw);
        outcome.inputs.push_back({.label = found == nullptr ? std::string{} : found->code,
                                  .evidence = one.evidence,
                                  .given = decimal_of(item, one.raw),
                                  .credited = Decimal::from_int(one.score),
                                  .weight = std::nullopt});
    }
    tell_choice(rule.attempt, item, counted, tries.size(), outcome.notes);
    outcome.score = round_within(Int128{counted.score} * Decimal::one, 1, leaf.node);
    outcome.coverage_ppm = full_coverage;
    outcome.attempt = CountedAttempt{.item = rule.item,
                                     .grade = counted.grade,
                                     .raw = counted.raw,
                                     .evidence = std::move(counted.evidence)};
    return outcome;
}

LeafOutcome measure_bonus(const framework::BonusMeasure& rule,
                          const LeafContext& leaf,
                          std::span<const std::optional<CountedAttempt>> attempts) {
    LeafOutcome outcome;
    Int128 sum = 0;
    for (const NodeIndex index : rule.leaves) {
        const auto& attempt = attempts[static_cast<std::size_t>(index)];
        if (!attempt) {
            continue;
        }
        const ScoringItem& item = leaf.plan.items.at(static_cast<std::size_t>(attempt->item));
        const Decimal bonus = Decimal::from_int(
            framework::bonus_for(item, leaf.subject.sex, attempt->grade, attempt->raw));
        sum += bonus.nano();
        outcome.inputs.push_back({.label = item.code,
                                  .evidence = attempt->evidence,
                                  .given = decimal_of(item, attempt->raw),
                                  .credited = bonus,
                                  .weight = std::nullopt});
    }
    if (outcome.inputs.empty()) {
        outcome.notes.push_back({.code = "no_measurement", .args = {}, .evidence = {}});
        return outcome;
    }
    if (sum > rule.high.nano()) {
        outcome.notes.push_back({.code = "bonus_above_limit",
                                 .args = {{"sum", text_of(sum)}, {"limit", rule.high.to_string()}},
                                 .evidence = {}});
    }
    outcome.score = round_within(std::min<Int128>(sum, rule.high.nano()), 1, leaf.node);
    outcome.coverage_ppm = full_coverage;
    return outcome;
}

}  // namespace agate::evaluate
