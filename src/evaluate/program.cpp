// SPDX-License-Identifier: Apache-2.0
#include "evaluate/program.h"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <numeric>

#include "base/error.h"

namespace agate::evaluate {
namespace {

using framework::Node;
using framework::PointsMeasure;

std::size_t at(std::int32_t index) {
    return static_cast<std::size_t>(index);
}

/// Below every sum, and with room below it.
template <class Number>
constexpr Number no_floor = -(Number{1} << (8 * sizeof(Number) - 3));

constexpr std::int64_t nanos_in_a_milli = 1'000'000;

std::optional<std::int64_t> to_milli(Decimal value) {
    const std::int64_t nano = value.nano();
    const bool is_whole = nano % nanos_in_a_milli == 0 && std::llabs(nano) < small_limit;
    return is_whole ? std::optional{nano / nanos_in_a_milli} : std::nullopt;
}

/// The rule's numbers, each through `convert`; nothing when one of them has no such form.
template <class Number, class Convert>
std::optional<PointsNumbers<Number>> numbers_of(const PointsMeasure& rule, Convert convert) {
    PointsNumbers<Number> numbers;
    bool is_whole = true;
    const auto take = [&](Decimal value) {
        const auto number = convert(value);
        is_whole = is_whole && number.has_value();
        return number.value_or(Number{});
    };
    const auto cap_of = [&](const framework::Cap& cap) {
        return typename PointsNumbers<Number>::Cap{
            .window = cap.window,
            .ceiling = take(cap.ceiling),
            .floor = cap.floor ? take(*cap.floor) : no_floor<Number>};
    };
    if (rule.giver_cap) {
        numbers.giver = cap_of(*rule.giver_cap);
    }
    for (const auto* cap : {&rule.day_cap, &rule.week_or_month_cap, &rule.period_cap}) {
        if (*cap) {
            numbers.caps[at(numbers.cap_count++)] = cap_of(**cap);
        }
    }
    numbers.base = take(rule.base);
    numbers.low = take(rule.low);
    numbers.high = take(rule.high);
    return is_whole ? std::optional{std::move(numbers)} : std::nullopt;
}

/// Nothing when 64 bits do not hold the piece's figures.
std::optional<CurvePiece> piece_of(const framework::Curve::Point& left,
                                   const framework::Curve::Point& right,
                                   std::int64_t unit) {
    const auto from = to_milli(left.x);
    const auto to = to_milli(right.x);
    if (!from || !to) {
        return std::nullopt;
    }
    const std::int64_t rise = right.y.nano() - left.y.nano();
    const std::int64_t divisor = std::gcd(std::gcd(left.y.nano(), rise), unit);
    const CurvePiece piece{.from = *from,
                           .width = *to - *from,
                           .at = left.y.nano() / divisor,
                           .rise = rise / divisor,
                           .unit = unit / divisor};
    const Int128 most =
        Int128{std::max(
            {std::llabs(piece.at), std::llabs(piece.rise), static_cast<long long>(piece.unit)})} *
        piece.width;
    return most < small_limit / 2 ? std::optional{piece} : std::nullopt;
}

PointsRule points_rule(const PointsMeasure& measure, const Rounding& rounding) {
    PointsRule rule{.measure = &measure,
                    .milli = numbers_of<std::int64_t>(measure, to_milli),
                    .pieces = {},
                    .nano = *numbers_of<Int128>(measure, [](Decimal value) {
                        return std::optional<Int128>{value.nano()};
                    })};
    const auto& points = measure.curve.points;
    for (std::size_t i = 1; i < points.size() && rule.milli; ++i) {
        if (const auto piece = piece_of(points[i - 1], points[i], rounding.unit())) {
            rule.pieces.push_back(*piece);
        } else {
            rule.milli.reset();
        }
    }
    return rule;
}

RatingRule rating_rule(const framework::RatingMeasure& measure, const Rounding& rounding) {
    RatingRule rule;
    rule.measure = &measure;
    std::int64_t divisor = 0;
    for (const auto& kind : measure.kinds) {
        divisor = std::gcd(divisor, kind ? kind->weight_ppm : 0);
    }
    for (std::size_t i = 0; i < rule.kinds.size(); ++i) {
        if (const auto& kind = measure.kinds[i]) {
            rule.kinds[i] = {.weight = divisor == 0 ? 0 : kind->weight_ppm / divisor,
                             .minimum = kind->minimum,
                             .trim_ppm = kind->trim_ppm,
                             .is_asked = true};
            rule.all_weights += rule.kinds[i].weight;
        }
    }
    Int128 most = rounding.unit();
    for (const Decimal score : measure.step_scores) {
        rule.step_scores.push_back(score.nano());
        most = std::max<Int128>(most, Int128{2} * std::llabs(score.nano()) + rounding.unit());
    }
    rule.most_counts = static_cast<std::int64_t>(
        Int128{small_limit} / (most * std::max<std::int64_t>(rule.all_weights, 1)));
    return rule;
}

CompletionRule completion_rule(const framework::CompletionMeasure& measure) {
    const auto target = to_milli(measure.target);
    return {.measure = &measure,
            .is_small = target && *target <= small_limit / (100 * Decimal::one)};
}

struct MakeRule {
    const Rounding& rounding;

    LeafRule operator()(const PointsMeasure& m) const { return points_rule(m, rounding); }

    LeafRule operator()(const framework::RatingMeasure& m) const {
        return rating_rule(m, rounding);
    }

    LeafRule operator()(const framework::CompletionMeasure& m) const { return completion_rule(m); }

    LeafRule operator()(const framework::AwardMeasure& m) const { return AwardRule{&m}; }

    LeafRule operator()(const framework::MarkMeasure& m) const { return MarkRule{&m}; }

    LeafRule operator()(const framework::MeasurementMeasure& m) const {
        return MeasurementRule{&m};
    }

    LeafRule operator()(const framework::BonusMeasure& m) const { return BonusRule{&m}; }
};

}  // namespace

Program::Program(const framework::Plan& plan) : plan_(&plan), slots_(plan.nodes.size(), -1) {
    add_weights();
    for (NodeIndex index = 0; index <= plan.root(); ++index) {
        if (plan.node(index).children.empty()) {
            add_leaf(index);
        } else {
            parents_.push_back({.node = index, .rounding = Rounding(plan.node(index))});
        }
    }
}

void Program::add_leaf(NodeIndex node) {
    const Node& rule = plan_->node(node);
    const Rounding rounding(rule);
    slots_[at(node)] = static_cast<std::int32_t>(leaves_.size());
    leaves_.push_back(
        {.node = node,
         .rounding = rounding,
         .rule = rule.measure ? std::visit(MakeRule{rounding}, *rule.measure) : LeafRule{}});
}

void Program::add_weights() {
    std::vector<std::int64_t> plain;
    for (const Node& node : plan_->nodes) {
        plain.push_back(node.weight_ppm);
    }
    weights_.assign(plan_->group_weights.empty() ? 1 : 26, plain);
    for (const framework::GroupWeights& group : plan_->group_weights) {
        const auto& children = plan_->node(group.parent).children;
        for (std::size_t table = 0; table < weights_.size(); ++table) {
            const auto& row = group.weight_ppm[table / 13][table % 13];
            for (std::size_t i = 0; i < children.size(); ++i) {
                weights_[table][at(children[i])] = i < row.size() ? row[i] : 0;
            }
        }
    }
}

std::span<const std::int64_t> Program::weights(Sex sex, int grade) const {
    if (weights_.size() == 1) {
        return weights_.front();
    }
    const int row = grade >= 1 && grade <= 12 ? grade : 0;
    return weights_[at((sex == Sex::male ? 0 : 13) + row)];
}

Binding::Binding(const Program& program, const RecordWords& words)
    : words_(&words), is_milli_(words.wide.empty()) {
    for (const auto& reason : words.reasons) {
        add_reason(program, reason);
    }
    std::map<std::string_view, std::uint32_t> numbers{{{}, 0}};
    for (const auto& tag : words.tags) {
        const auto next = static_cast<std::uint32_t>(numbers.size());
        activities_.push_back(numbers.try_emplace(tag.activity, next).first->second);
    }
}

void Binding::add_reason(const Program& program, std::string_view code) {
    const auto& plan = program.plan();
    const auto found = plan.reasons.find(code);
    if (found == plan.reasons.end()) {
        slots_.push_back(unknown);
        uses_.emplace_back();
        return;
    }
    const framework::Reason& reason = found->second;
    const auto milli = reason.default_value ? to_milli(*reason.default_value) : std::nullopt;
    is_milli_ = is_milli_ && (!reason.default_value || milli);
    uses_.push_back({.many = static_cast<std::uint32_t>(many_.size()),
                     .reason = &reason,
                     .default_value = reason.default_value,
                     .default_milli = milli.value_or(0)});
    if (reason.leaves.size() == 1) {
        slots_.push_back(program.slot_of(reason.leaves.front()));
    } else {
        add_several(program, reason);
    }
}

void Binding::add_several(const Program& program, const framework::Reason& reason) {
    const auto& plan = program.plan();
    Many many;
    std::map<NodeIndex, std::int32_t> seen;
    for (const NodeIndex leaf : reason.leaves) {
        many.slots.push_back(program.slot_of(leaf));
        for (auto up = plan.node(leaf).parent; up; up = plan.node(*up).parent) {
            ++seen[*up];
        }
    }
    for (const auto& [node, count] : seen) {
        if (count > 1) {
            many.counted_again.emplace_back(node, count - 1);
        }
    }
    many_.push_back(std::move(many));
    slots_.push_back(several);
}

}  // namespace agate::evaluate
