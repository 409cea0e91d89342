// SPDX-License-Identifier: Apache-2.0
#include "evaluate/fitness.h"

#include <algorithm>
#include <variant>

#include "base/error.h"
#include "evaluate/rounding.h"
#include "framework/scoring_tables.h"

namespace agate::evaluate {
namespace {

Decimal rounded(Int128 numerator, Int128 denominator, const framework::Node& node) {
    return Decimal::from_nano(Rounding(node).of(numerator, denominator));
}

using framework::BonusMeasure;
using framework::MeasurementMeasure;
using framework::Node;
using framework::Plan;
using framework::ScoringItem;

[[noreturn]] void refuse(std::string_view why) {
    throw Error(ErrorKind::invalid, "plan_is_not_fitness", {}, std::string{why});
}

std::size_t at(int index) {
    return static_cast<std::size_t>(index);
}

std::size_t at(Sex sex) {
    return sex == Sex::male ? 0 : 1;
}

template <class Measure>
const Measure* measure_at(const Node& node) {
    return node.measure ? std::get_if<Measure>(&*node.measure) : nullptr;
}

NodeIndex find_bonus(const Plan& plan) {
    for (std::size_t i = 0; i < plan.nodes.size(); ++i) {
        if (measure_at<BonusMeasure>(plan.nodes[i]) != nullptr) {
            return static_cast<NodeIndex>(i);
        }
    }
    refuse("no bonus leaf");
}

int find_item(const Plan& plan, std::string_view code) {
    for (std::size_t i = 0; i < plan.items.size(); ++i) {
        if (plan.items[i].code == code) {
            return static_cast<int>(i);
        }
    }
    refuse("no item for height or weight");
}

Decimal decimal_of(const ScoringItem& item, std::int64_t raw) {
    static constexpr std::array<std::int64_t, 10> units{
        1'000'000'000, 100'000'000, 10'000'000, 1'000'000, 100'000, 10'000, 1'000, 100, 10, 1};
    return Decimal::from_nano(raw * units[at(item.decimals)]);
}

/// Collects the problems of one row; there are never more than items.
void add(FitnessScore& score, FitnessFault fault, int item) {
    if (score.problem_count < max_fitness_items) {
        score.problem_list[at(score.problem_count++)] = {fault, item};
    }
}

}  // namespace

std::string_view to_text(FitnessFault fault) {
    switch (fault) {
        case FitnessFault::missing_value:
            return "missing_value";
        case FitnessFault::not_exact:
            return "not_exact";
        case FitnessFault::out_of_range:
            return "out_of_range";
        case FitnessFault::not_for_group:
            return "not_for_group";
        case FitnessFault::grade_not_scored:
            break;
    }
    return "grade_not_scored";
}

FitnessScorer::FitnessScorer(const Plan& plan) : plan_(&plan) {
    if (plan.items.size() > max_fitness_items) {
        refuse("too many items");
    }
    const NodeIndex bonus_node = find_bonus(plan);
    const auto& bonus = std::get<BonusMeasure>(*plan.node(bonus_node).measure);
    bonus_high_ = bonus.high;
    if (!plan.node(bonus_node).parent) {
        refuse("the bonus is not part of a total");
    }
    total_ = *plan.node(bonus_node).parent;
    const framework::GroupWeights* weights = nullptr;
    for (const framework::GroupWeights& group : plan.group_weights) {
        if (plan.node(group.parent).parent == total_) {
            weights = &group;
        }
    }
    if (weights == nullptr) {
        refuse("no weights by sex and grade");
    }
    standard_ = weights->parent;
    for (const NodeIndex child : plan.node(standard_).children) {
        add_leaf(child, *weights, bonus);
    }
    if (bmi_ < 0) {
        refuse("no body mass index");
    }
}

void FitnessScorer::add_leaf(NodeIndex leaf,
                             const framework::GroupWeights& weights,
                             const BonusMeasure& bonus) {
    const auto& children = plan_->node(standard_).children;
    const auto position = static_cast<std::size_t>(
        std::find(children.begin(), children.end(), leaf) - children.begin());
    const auto* measurement = measure_at<MeasurementMeasure>(plan_->node(leaf));
    if (measurement == nullptr) {
        refuse("an item without a table");
    }
    const bool has_bonus =
        std::find(bonus.leaves.begin(), bonus.leaves.end(), leaf) != bonus.leaves.end();
    if (has_bonus) {
        has_bonus_[at(measurement->item)] = true;
    }
    const bool is_bmi = !measurement->height_reason.empty();
    if (is_bmi) {
        bmi_ = measurement->item;
        height_ = find_item(*plan_, measurement->height_reason);
        weight_ = find_item(*plan_, measurement->weight_reason);
    }
    for (std::size_t sex = 0; sex < 2; ++sex) {
        for (std::size_t grade = 1; grade <= framework::highest_grade; ++grade) {
            const auto& row = weights.weight_ppm[sex][grade];
            const std::int64_t weight = position < row.size() ? row[position] : 0;
            if (weight == 0) {
                continue;
            }
            Group& group = groups_[sex][grade];
            group.leaves[at(group.leaf_count++)] = {measurement->item, weight, has_bonus};
            group.applies[at(measurement->item)] = true;
            if (is_bmi) {
                group.applies[at(height_)] = true;
                group.applies[at(weight_)] = true;
            }
        }
    }
}

bool FitnessScorer::has_bonus(int item) const {
    return has_bonus_.at(at(item));
}

std::optional<std::int64_t> FitnessScorer::raw_of(const FitnessRow& row,
                                                  int item,
                                                  FitnessScore& score) const {
    const std::optional<Decimal>& given = row.raw[at(item)];
    if (!given) {
        add(score, FitnessFault::missing_value, item);
        return std::nullopt;
    }
    const framework::RawValue raw = framework::round_raw(plan_->items[at(item)], *given);
    if (raw.fault) {
        const bool is_range = *raw.fault == framework::RawFault::out_of_range;
        add(score, is_range ? FitnessFault::out_of_range : FitnessFault::not_exact, item);
        return std::nullopt;
    }
    return raw.value;
}

std::optional<std::int64_t> FitnessScorer::bmi_of(const FitnessRow& row,
                                                  FitnessScore& score) const {
    const auto height = raw_of(row, height_, score);
    const auto weight = raw_of(row, weight_, score);
    if (!height || !weight) {
        return std::nullopt;
    }
    const ScoringItem& bmi = plan_->items[at(bmi_)];
    const auto value = framework::body_mass_index(bmi,
                                                  decimal_of(plan_->items[at(height_)], *height),
                                                  decimal_of(plan_->items[at(weight_)], *weight));
    if (!value) {
        add(score, FitnessFault::out_of_range, height_);
        return std::nullopt;
    }
    score.bmi = decimal_of(bmi, *value);
    if (const auto* found = framework::class_for(bmi, row.sex, row.grade, *value)) {
        score.bmi_class = found->code;
    }
    return value;
}

FitnessScore FitnessScorer::score(const FitnessRow& row) const {
    FitnessScore score;
    const bool is_grade = row.grade >= 1 && row.grade <= framework::highest_grade;
    const Group& group = groups_[at(row.sex)][is_grade ? at(row.grade) : 0];
    if (group.leaf_count == 0) {
        add(score, FitnessFault::grade_not_scored, bmi_);
        return score;
    }
    Int128 sum = 0;
    Int128 weights = 0;
    std::int32_t bonus = 0;
    bool is_complete = true;
    for (int i = 0; i < group.leaf_count; ++i) {
        const Leaf& leaf = group.leaves[at(i)];
        const ScoringItem& item = plan_->items[at(leaf.item)];
        const auto raw = leaf.item == bmi_ ? bmi_of(row, score) : raw_of(row, leaf.item, score);
        const auto points =
            raw ? framework::score_for(item, row.sex, row.grade, *raw) : std::nullopt;
        if (!points) {
            is_complete = false;
            continue;
        }
        score.item_score[at(leaf.item)] = *points;
        sum += Int128{leaf.weight_ppm} * *points;
        weights += leaf.weight_ppm;
        if (leaf.has_bonus) {
            const std::int32_t more = framework::bonus_for(item, row.sex, row.grade, *raw);
            score.item_bonus[at(leaf.item)] = more;
            bonus += more;
        }
    }
    for (std::size_t item = 0; item < plan_->items.size(); ++item) {
        if (row.raw[item] && !group.applies[item]) {
            add(score, FitnessFault::not_for_group, static_cast<int>(item));
        }
    }
    if (is_complete) {
        const Node& standard = plan_->node(standard_);
        const Node& total = plan_->node(total_);
        const Decimal extra = std::min(Decimal::from_int(bonus), bonus_high_);
        score.standard_score = rounded(sum * Decimal::one, weights, standard);
        score.bonus = extra;
        score.total = rounded((*score.standard_score + extra).nano(), 1, total);
        score.level = level_of(*score.total);
    }
    return score;
}

std::string_view FitnessScorer::level_of(Decimal total) const {
    const auto& set = plan_->node(total_).band_set;
    if (!set) {
        return {};
    }
    std::string_view level;
    for (const framework::Band& band : plan_->band_sets.at(at(*set)).bands) {
        if (total >= band.from) {
            level = band.code;
        }
    }
    return level;
}

std::optional<GraduationResult> FitnessScorer::graduation(std::span<const Decimal> totals) const {
    if (totals.size() < 2) {
        return std::nullopt;
    }
    const auto others = static_cast<Int128>(totals.size() - 1);
    Int128 sum = 0;
    for (const Decimal total : totals.first(totals.size() - 1)) {
        sum += total.nano();
    }
    // (last + sum / others) / 2
    const Int128 numerator = totals.back().nano() * others + sum;
    const Decimal total = rounded(numerator, 2 * others, plan_->node(total_));
    return GraduationResult{
        .total = total, .level = level_of(total), .is_completion = total < Decimal::from_int(50)};
}

}  // namespace agate::evaluate
