// SPDX-License-Identifier: Apache-2.0
#include "random_plan.h"

#include <algorithm>
#include <array>

namespace agate::evaluate::testing {
namespace {

using framework::Node;
using framework::Plan;
using framework::Window;

constexpr std::array<std::string_view, 4> labels{"A", "B", "C", "Z"};  // Z is in no table

std::optional<framework::Cap> maybe_cap(Dice& dice, Window window) {
    if (!dice.one_in(2)) {
        return std::nullopt;
    }
    framework::Cap cap{.window = window, .ceiling = dice.tenths(0, 80), .floor = std::nullopt};
    if (dice.one_in(3)) {
        cap.floor = -dice.tenths(0, 80);
    }
    return cap;
}

framework::Measure random_points(Dice& dice) {
    framework::PointsMeasure rule;
    // A giver's window no wider than the next: then more points never count for less.
    rule.giver_cap = maybe_cap(dice, Window::day);
    rule.day_cap = maybe_cap(dice, Window::day);
    rule.week_or_month_cap = maybe_cap(dice, dice.one_in(2) ? Window::week : Window::month);
    rule.period_cap = maybe_cap(dice, Window::period);
    rule.base = dice.tenths(0, 400);
    rule.low = Decimal{};
    rule.high = Decimal::from_int(100);
    rule.when_empty = dice.one_in(2) ? framework::WhenEmpty::base : framework::WhenEmpty::missing;
    Decimal x = Decimal{};
    Decimal y = Decimal{};
    for (int i = dice.pick(0, 4); i > 0; --i) {
        x = x + dice.tenths(1, 200);
        y = std::min(Decimal::from_int(100), y + dice.tenths(0, 400));
        rule.curve.points.push_back({x, y});
    }
    return rule;
}

framework::Measure random_rating(Dice& dice) {
    framework::RatingMeasure rule;
    for (int step = 1; step <= 5; ++step) {
        rule.step_scores.push_back(Decimal::from_int(20 * step));
    }
    for (auto& kind : rule.kinds) {
        if (dice.one_in(2)) {
            kind = framework::RatingMeasure::Kind{
                .weight_ppm = 1000 * dice.pick(1, 900), .minimum = dice.pick(1, 3), .trim_ppm = 0};
        }
    }
    rule.kinds[1] = framework::RatingMeasure::Kind{
        .weight_ppm = 300'000, .minimum = 1, .trim_ppm = 10'000 * dice.pick(0, 49)};
    return rule;
}

framework::Measure random_measure(Dice& dice) {
    switch (dice.pick(0, 4)) {
        case 0:
            return random_points(dice);
        case 1:
            return random_rating(dice);
        case 2:
            return framework::CompletionMeasure{
                .count = static_cast<framework::CompletionMeasure::Count>(dice.pick(0, 2)),
                .target = dice.tenths(1, 200),
                .unit_zh = {},
                .unit_en = {}};
        case 3:
            return framework::AwardMeasure{
                .level_scores = {{"A", dice.tenths(300, 900)}, {"B", dice.tenths(1, 300)}},
                .best_per_category = dice.pick(1, 3),
                .high = Decimal::from_int(100)};
        default:
            return framework::MarkMeasure{
                .attempt = static_cast<framework::Attempt>(dice.pick(0, 2)),
                .label_scores = {{"A", Decimal::from_int(95)}, {"C", Decimal::from_int(55)}},
                .low = Decimal{},
                .high = Decimal::from_int(100)};
    }
}

Node random_node(Dice& dice, Plan& plan) {
    Node node;
    node.code = node.name_zh = "n" + std::to_string(plan.nodes.size());
    node.decimals = dice.pick(0, 3);
    node.high = Decimal::from_int(100);
    node.missing = static_cast<framework::MissingPolicy>(dice.pick(0, 2));
    node.band_set = 0;
    return node;
}

void add_parent(Dice& dice, Plan& plan, NodeIndex from) {
    Node parent = random_node(dice, plan);
    const auto index = static_cast<NodeIndex>(plan.nodes.size());
    std::int64_t left = 1'000'000;
    for (NodeIndex i = from; i < index; ++i) {
        Node& child = plan.nodes[static_cast<std::size_t>(i)];
        if (child.parent) {
            continue;
        }
        child.parent = index;
        parent.children.push_back(i);
        child.weight_ppm = left / 2;
        left -= child.weight_ppm;
    }
    plan.nodes[static_cast<std::size_t>(parent.children.back())].weight_ppm += left;
    plan.nodes.push_back(std::move(parent));
}

}  // namespace

Plan random_plan(Dice& dice) {
    Plan plan;
    plan.band_sets.push_back(
        {.code = "random",
         .bands = {{.code = "fail", .name_zh = "d", .name_en = {}, .from = {}},
                   {.code = "pass", .name_zh = "c", .name_en = {}, .from = Decimal::from_int(60)},
                   {.code = "good",
                    .name_zh = "b",
                    .name_en = {},
                    .from = Decimal::from_int(80),
                    .minimum_coverage_ppm = 10'000 * dice.pick(0, 100)}}});
    for (int group = dice.pick(1, 3); group > 0; --group) {
        const auto from = static_cast<NodeIndex>(plan.nodes.size());
        for (int leaf = dice.pick(1, 4); leaf > 0; --leaf) {
            Node node = random_node(dice, plan);
            node.measure = random_measure(dice);
            const auto index = static_cast<NodeIndex>(plan.nodes.size());
            for (const char* suffix : {"a", "b"}) {
                framework::Reason reason;
                reason.code = node.code + suffix;
                reason.leaves = {index};
                if (index > 0 && !plan.nodes.back().measure) {
                    reason.leaves = {index};
                } else if (index > 0 && dice.one_in(6)) {
                    reason.leaves = {index - 1, index};
                }
                plan.reasons.emplace(reason.code, reason);
            }
            plan.nodes.push_back(std::move(node));
        }
        add_parent(dice, plan, from);
    }
    add_parent(dice, plan, 0);
    if (dice.one_in(2)) {
        plan.band_rules.push_back({.node = plan.root(),
                                   .premise = dice.pick(0, plan.root() - 1),
                                   .premise_at_most = 0,
                                   .ceiling = static_cast<BandIndex>(dice.pick(0, 1)),
                                   .reason_zh = "r",
                                   .reason_en = "r"});
    }
    return plan;
}

Evidence random_record(Dice& dice, const Plan& plan, const DayRange& period, int number) {
    auto reason = plan.reasons.begin();
    std::advance(reason, dice.pick(0, static_cast<int>(plan.reasons.size()) - 1));
    Evidence record;
    record.evidence_id.bytes[0] = static_cast<std::uint8_t>(number >> 16);
    record.evidence_id.bytes[1] = static_cast<std::uint8_t>(number >> 8);
    record.evidence_id.bytes[2] = static_cast<std::uint8_t>(number);
    record.reason = reason->first;
    record.day = period.from + dice.pick(-2, period.to - period.from + 2);
    record.recorded_at = {dice.pick(0, 3)};
    if (!dice.one_in(10)) {
        record.value =
            dice.one_in(2) ? Decimal::from_int(dice.pick(-1, 6)) : dice.tenths(-40, 1005);
    }
    if (dice.one_in(2)) {
        record.label = labels[static_cast<std::size_t>(dice.pick(0, 3))];
    }
    if (dice.one_in(3)) {
        record.activity = labels[static_cast<std::size_t>(dice.pick(0, 3))];
    }
    record.rater_kind = static_cast<RaterKind>(dice.pick(0, rater_kind_count - 1));
    record.rater = {static_cast<std::uint64_t>(dice.pick(0, 5))};
    return record;
}

std::vector<Evidence> random_evidence(Dice& dice,
                                      const Plan& plan,
                                      const DayRange& period,
                                      int count) {
    std::vector<Evidence> evidence;
    for (int i = 0; i < count; ++i) {
        evidence.push_back(random_record(dice, plan, period, i));
    }
    return evidence;
}

}  // namespace agate::evaluate::testing
