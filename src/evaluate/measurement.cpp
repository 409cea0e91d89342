// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "evaluate/measure.h"
#include "framework/scoring_tables.h"

namespace agate::evaluate {
namespace {

using framework::Attempt;
using framework::ScoringItem;

/// One attempt that the item's table can score.
struct Try {
    int grade = 0;
    std::int64_t raw = 0;
    std::int32_t score = 0;
    std::vector<std::uint32_t> records;
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
    Reader(const ScoringItem& item, const LeafCall& call)
        : item_(item),
          call_(call),
          without_value_(call.trace, call.leaf().node, "value_missing"),
          not_exact_(call.trace, call.leaf().node, "raw_not_exact"),
          out_of_range_(call.trace, call.leaf().node, "raw_out_of_range"),
          half_pair_(call.trace, call.leaf().node, "pair_incomplete"),
          not_for_group_(call.trace, call.leaf().node, "item_not_for_group") {}

    void read_single() {
        for (const std::uint32_t index : call_.order) {
            if (const auto raw = raw_of(item_, index)) {
                add(index, *raw, {index});
            }
        }
    }

    /// Body mass index: the latest height and the latest weight of one day make an attempt.
    void read_pairs(const framework::MeasurementMeasure& rule) {
        const auto order = call_.order;
        for (std::size_t i = 0; i < order.size();) {
            const std::uint32_t day = call_.records[order[i]].day();
            std::optional<std::uint32_t> height, weight;
            for (; i < order.size() && call_.records[order[i]].day() == day; ++i) {
                const auto& reason = reason_of(order[i]);
                if (reason == rule.height_reason) {
                    height = order[i];
                } else if (reason == rule.weight_reason) {
                    weight = order[i];
                }
            }
            read_pair(height, weight);
        }
    }

    [[nodiscard]] const std::vector<Try>& tries() const { return tries_; }

    void tell() {
        without_value_.tell();
        not_exact_.tell();
        out_of_range_.tell();
        half_pair_.tell();
        not_for_group_.tell();
    }

private:
    [[nodiscard]] const std::string& reason_of(std::uint32_t index) const {
        return call_.binding.use(call_.records[index]).reason->code;
    }

    /// The item of a paired reason has the reason's own code; its rounding and range hold.
    [[nodiscard]] const ScoringItem* item_called(std::string_view code) const {
        for (const ScoringItem& item : call_.program.plan().items) {
            if (item.code == code) {
                return &item;
            }
        }
        return nullptr;
    }

    std::optional<std::int64_t> raw_of(const ScoringItem& item, std::uint32_t index) {
        const auto value = call_.binding.value(call_.records[index]);
        if (!value) {
            without_value_.add(index);
            return std::nullopt;
        }
        const framework::RawValue raw = framework::round_raw(item, *value);
        if (raw.fault) {
            const bool is_range = *raw.fault == framework::RawFault::out_of_range;
            (is_range ? out_of_range_ : not_exact_).add(index);
            return std::nullopt;
        }
        return raw.value;
    }

    std::optional<Decimal> part_of_pair(std::uint32_t index) {
        const ScoringItem* item = item_called(reason_of(index));
        if (item == nullptr) {
            return call_.binding.value(call_.records[index]);
        }
        const auto raw = raw_of(*item, index);
        return raw ? std::optional{decimal_of(*item, *raw)} : std::nullopt;
    }

    void read_pair(std::optional<std::uint32_t> height, std::optional<std::uint32_t> weight) {
        if (!height || !weight) {
            if (height || weight) {
                half_pair_.add(height ? *height : *weight);
            }
            return;
        }
        const auto tall = part_of_pair(*height);
        const auto heavy = part_of_pair(*weight);
        if (!tall || !heavy) {
            return;
        }
        if (const auto bmi = framework::body_mass_index(item_, *tall, *heavy)) {
            add(*height, *bmi, {*height, *weight});
        } else {
            out_of_range_.add(*height);
        }
    }

    void add(std::uint32_t first, std::int64_t raw, std::vector<std::uint32_t> records) {
        const int grade = grade_on(call_.subject, call_.day_of(call_.records[first]));
        if (const auto score = framework::score_for(item_, call_.subject.sex, grade, raw)) {
            tries_.push_back({grade, raw, *score, std::move(records)});
        } else {
            not_for_group_.add(first);
        }
    }

    const ScoringItem& item_;
    const LeafCall& call_;
    std::vector<Try> tries_;
    LeftOut without_value_, not_exact_, out_of_range_, half_pair_, not_for_group_;
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
        mean.records.insert(mean.records.end(), one.records.begin(), one.records.end());
    }
    const auto count = static_cast<Int128>(tries.size());
    const bool is_slower = item.rounding == ScoringItem::Rounding::slower &&
                           item.direction == ScoringItem::Direction::lower_is_better;
    const Int128 rounded =
        is_slower ? -floor_divide(-sum, count) : floor_divide(2 * sum + count, 2 * count);
    mean.grade = tries.back().grade;
    mean.raw = static_cast<std::int64_t>(rounded);
    mean.score = framework::score_for(item, sex, mean.grade, mean.raw).value_or(0);
    return mean;
}

void tell(const MeasurementRule& rule,
          const ScoringItem& item,
          const std::vector<Try>& tries,
          const Try& counted,
          const LeafCall& call) {
    for (const Try& one : tries) {
        const auto* found = framework::class_for(item, call.subject.sex, one.grade, one.raw);
        call.input(found == nullptr ? std::string{} : found->code,
                   one.records,
                   decimal_of(item, one.raw),
                   Decimal::from_int(one.score));
    }
    const Attempt attempt = rule.measure->attempt;
    if (tries.size() > 1) {
        call.note(attempt == Attempt::mean     ? "attempt_mean"
                  : attempt == Attempt::latest ? "attempt_latest"
                                               : "attempt_best",
                  {{"count", std::to_string(tries.size())}},
                  counted.records);
    }
    if (counted.score == 0) {
        call.note("below_table",
                  {{"value", decimal_of(item, counted.raw).to_string()},
                   {"unit_zh", item.unit_zh},
                   {"unit_en", item.unit}},
                  counted.records);
    }
}

const ScoringItem& item_at(const LeafCall& call, int item) {
    return call.program.plan().items.at(static_cast<std::size_t>(item));
}

}  // namespace

LeafValue measure(const MeasurementRule& rule, const LeafCall& call) {
    const ScoringItem& item = item_at(call, rule.measure->item);
    Reader reader(item, call);
    if (rule.measure->height_reason.empty()) {
        reader.read_single();
    } else {
        reader.read_pairs(*rule.measure);
    }
    reader.tell();
    const std::vector<Try>& tries = reader.tries();
    if (tries.empty()) {
        if (call.trace != nullptr) {
            call.note("no_measurement");
        }
        return {};
    }
    Try counted = rule.measure->attempt == Attempt::mean ? mean_of(item, call.subject.sex, tries)
                                                         : chosen(rule.measure->attempt, tries);
    if (call.trace != nullptr) {
        tell(rule, item, tries, counted, call);
    }
    call.scratch.attempts[static_cast<std::size_t>(call.slot)] =
        CountedAttempt{.item = rule.measure->item,
                       .grade = counted.grade,
                       .raw = counted.raw,
                       .records = std::move(counted.records)};
    return call.covered(Int128{counted.score} * Decimal::one);
}

LeafValue measure(const BonusRule& rule, const LeafCall& call) {
    Int128 sum = 0;
    bool has_any = false;
    for (const NodeIndex leaf : rule.measure->leaves) {
        const auto& attempt =
            call.scratch.attempts[static_cast<std::size_t>(call.program.slot_of(leaf))];
        if (!attempt) {
            continue;
        }
        has_any = true;
        const ScoringItem& item = item_at(call, attempt->item);
        const Decimal bonus = Decimal::from_int(
            framework::bonus_for(item, call.subject.sex, attempt->grade, attempt->raw));
        sum += bonus.nano();
        if (call.trace != nullptr) {
            call.input(item.code, attempt->records, decimal_of(item, attempt->raw), bonus);
        }
    }
    const Decimal high = rule.measure->high;
    if (call.trace != nullptr) {
        if (!has_any) {
            call.note("no_measurement");
        } else if (sum > high.nano()) {
            call.note("bonus_above_limit", {{"sum", text_of(sum)}, {"limit", high.to_string()}});
        }
    }
    return has_any ? call.covered(std::min<Int128>(sum, high.nano())) : LeafValue{};
}

}  // namespace agate::evaluate
