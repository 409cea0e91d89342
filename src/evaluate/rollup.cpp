// SPDX-License-Identifier: Apache-2.0
#include "evaluate/rollup.h"

#include <algorithm>

#include "evaluate/exact.h"
#include "evaluate/measure.h"

namespace agate::evaluate {
namespace {

using framework::MissingPolicy;
using framework::Node;
using framework::RollUp;

std::size_t at(NodeIndex index) {
    return static_cast<std::size_t>(index);
}

/// Children by what they do to their parent.
struct Children {
    std::vector<NodeIndex> counted;  ///< with a result
    std::vector<NodeIndex> missing;  ///< apply, but have none
    std::vector<NodeIndex> exempt;
};

Children sort_children(const Node& node,
                       const Weights& weights,
                       const std::vector<NodeResult>& results) {
    Children children;
    for (const NodeIndex child : node.children) {
        const bool applies = weights.weight_ppm[at(child)] > 0 || node.roll_up == RollUp::sum;
        if (!applies) {
            continue;
        }
        const NodeResult& result = results[at(child)];
        auto& group = result.is_exempt ? children.exempt
                      : result.score   ? children.counted
                                       : children.missing;
        group.push_back(child);
    }
    return children;
}

/// A note that names children in both languages.
ReasonNote name_children(const framework::Plan& plan,
                         std::string code,
                         const std::vector<NodeIndex>& children) {
    std::string zh;
    std::string en;
    for (const NodeIndex child : children) {
        const Node& node = plan.node(child);
        zh += (zh.empty() ? "" : "、") + node.name_zh;
        en += (en.empty() ? "" : ", ") + (node.name_en.empty() ? node.name_zh : node.name_en);
    }
    return {.code = std::move(code),
            .args = {{"count", std::to_string(children.size())},
                     {"names_zh", std::move(zh)},
                     {"names_en", std::move(en)}},
            .evidence = {}};
}

/// Mean of coverage by original weights over children that apply and are not exempt; equal weights
/// where a sum's children have none. Rounded down to a millionth.
std::int32_t coverage_of(const Children& children,
                         const Weights& weights,
                         const std::vector<NodeResult>& results) {
    Int128 sum = 0;
    Int128 all = 0;
    Int128 plain_sum = 0;
    Int128 count = 0;
    for (const auto* group : {&children.counted, &children.missing}) {
        for (const NodeIndex child : *group) {
            const std::int64_t weight = weights.weight_ppm[at(child)];
            sum += Int128{weight} * results[at(child)].coverage_ppm;
            all += weight;
            plain_sum += results[at(child)].coverage_ppm;
            ++count;
        }
    }
    if (count == 0) {
        return 0;
    }
    return static_cast<std::int32_t>(all > 0 ? sum / all : plain_sum / count);
}

/// What a child gave to its parent, for the reasons.
ReasonInput input_of(const Node& child, const NodeResult& result) {
    return {.label = child.code,
            .evidence = {},
            .given = result.score,
            .credited = std::nullopt,
            .weight = std::nullopt};
}

void weigh(const framework::Plan& plan,
           const Node& node,
           const Children& children,
           const Weights& weights,
           std::vector<NodeResult>& results,
           NodeResult& result) {
    const bool is_zero = node.missing == MissingPolicy::zero;
    Int128 shares = 0;
    Int128 sum = 0;
    for (const NodeIndex child : children.counted) {
        shares += weights.weight_ppm[at(child)];
        sum += Int128{weights.weight_ppm[at(child)]} * results[at(child)].score->nano();
    }
    for (const NodeIndex child : children.missing) {
        shares += is_zero ? weights.weight_ppm[at(child)] : 0;
    }
    result.score = round_within(sum, shares, node);
    const auto add = [&](NodeIndex child) {
        const Int128 weight = weights.weight_ppm[at(child)];
        ReasonInput input = input_of(plan.node(child), results[at(child)]);
        const Int128 nano = input.given ? input.given->nano() : 0;
        input.credited = round_shown(weight * nano, shares, node.decimals + 2);
        input.weight = round_shown(weight * 100 * Decimal::one, shares, 2);
        result.inputs.push_back(std::move(input));
    };
    std::for_each(children.counted.begin(), children.counted.end(), add);
    if (is_zero) {
        std::for_each(children.missing.begin(), children.missing.end(), add);
    }
}

void add_up(const framework::Plan& plan,
            const Node& node,
            const Children& children,
            const std::vector<NodeResult>& results,
            NodeResult& result) {
    Int128 sum = 0;
    for (const NodeIndex child : children.counted) {
        ReasonInput input = input_of(plan.node(child), results[at(child)]);
        sum += input.given->nano();
        input.credited = input.given;
        result.inputs.push_back(std::move(input));
    }
    result.score = round_within(sum, 1, node);
    if (sum > node.high.nano()) {
        result.notes.push_back({.code = "sum_above_range",
                                .args = {{"sum", text_of(sum)}, {"limit", node.high.to_string()}},
                                .evidence = {}});
    }
}

/// Tells what is missing; true when that takes the result away.
bool tell_missing(const framework::Plan& plan,
                  const Node& node,
                  const Children& children,
                  NodeResult& result) {
    if (!children.exempt.empty()) {
        const bool blocks = node.exempt == framework::ExemptPolicy::block;
        result.notes.push_back(
            name_children(plan, blocks ? "exempt_blocks" : "exempt_left_out", children.exempt));
        if (blocks) {
            return true;
        }
    }
    if (children.counted.empty()) {
        result.notes.push_back(
            children.missing.empty()
                ? ReasonNote{.code = "nothing_applies", .args = {}, .evidence = {}}
                : name_children(plan, "missing_all", children.missing));
        return true;
    }
    if (children.missing.empty()) {
        return false;
    }
    const char* code = node.missing == MissingPolicy::block  ? "missing_blocks"
                       : node.missing == MissingPolicy::zero ? "missing_as_zero"
                                                             : "missing_left_out";
    result.notes.push_back(name_children(plan, code, children.missing));
    return node.missing == MissingPolicy::block;
}

}  // namespace

Weights weights_for(const framework::Plan& plan, const Subject& subject) {
    Weights weights;
    weights.weight_ppm.reserve(plan.nodes.size());
    for (const Node& node : plan.nodes) {
        weights.weight_ppm.push_back(node.weight_ppm);
    }
    for (const framework::GroupWeights& group : plan.group_weights) {
        const auto& children = plan.node(group.parent).children;
        const bool is_grade = subject.grade >= 1 && subject.grade <= 12;
        const auto& row = group.weight_ppm[subject.sex == Sex::male ? 0 : 1]
                                          [is_grade ? static_cast<std::size_t>(subject.grade) : 0];
        for (std::size_t i = 0; i < children.size(); ++i) {
            weights.weight_ppm[at(children[i])] = i < row.size() ? row[i] : 0;
        }
    }
    return weights;
}

void roll_up(const framework::Plan& plan,
             NodeIndex index,
             const Weights& weights,
             std::vector<NodeResult>& results) {
    const Node& node = plan.node(index);
    NodeResult& result = results[at(index)];
    for (const NodeIndex child : node.children) {
        result.record_count += results[at(child)].record_count;
    }
    if (result.is_exempt) {
        return;
    }
    const Children children = sort_children(node, weights, results);
    if (children.counted.empty() && children.missing.empty() && !children.exempt.empty()) {
        result.is_exempt = true;
        result.notes.push_back({.code = "exempt", .args = {}, .evidence = {}});
        return;
    }
    result.coverage_ppm = coverage_of(children, weights, results);
    if (tell_missing(plan, node, children, result)) {
        return;
    }
    if (node.roll_up == RollUp::sum) {
        add_up(plan, node, children, results, result);
    } else {
        weigh(plan, node, children, weights, results, result);
    }
}

}  // namespace agate::evaluate
