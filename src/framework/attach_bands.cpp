// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <queue>

#include "framework/build_plan.h"

namespace agate::framework {

namespace {

struct PlacedRule {
    BandRule rule;
    At at;
};

std::optional<BandIndex> find_band(const Plan& plan,
                                   NodeIndex node,
                                   const Text& code,
                                   Faults& faults) {
    const auto& set = plan.band_sets[static_cast<std::size_t>(*plan.node(node).band_set)];
    std::set<std::string> known;
    for (std::size_t i = 0; i < set.bands.size(); ++i) {
        if (set.bands[i].code == code.value) {
            return static_cast<BandIndex>(i);
        }
        known.insert(set.bands[i].code);
    }
    faults.unknown(code, "unknown_band", known);
    return std::nullopt;
}

std::optional<NodeIndex> find_banded(const Plan& plan, const Text& code, Faults& faults) {
    const auto index = plan.find(code.value);
    if (!index) {
        std::set<std::string> known;
        for (const auto& node : plan.nodes) {
            known.insert(node.code);
        }
        faults.unknown(code, "unknown_indicator", known);
        return std::nullopt;
    }
    if (!plan.node(*index).band_set) {
        faults.error(code.at, "band_rule_no_bands", {{"code", code.value}});
        return std::nullopt;
    }
    return index;
}

std::vector<PlacedRule> read_rules(const Plan& plan, const Pack& pack, Faults& faults) {
    std::vector<PlacedRule> rules;
    for (const auto& written : pack.band_rules) {
        if (written.node.value.empty() || written.premise.value.empty()) {
            continue;
        }
        const auto node = find_banded(plan, written.node, faults);
        const auto premise = find_banded(plan, written.premise, faults);
        if (!node || !premise) {
            continue;
        }
        const auto ceiling = find_band(plan, *node, written.ceiling, faults);
        const auto at_most = find_band(plan, *premise, written.premise_at_most, faults);
        if (ceiling && at_most) {
            rules.push_back({{.node = *node,
                              .premise = *premise,
                              .premise_at_most = *at_most,
                              .ceiling = *ceiling,
                              .reason_zh = written.reason_zh.value,
                              .reason_en = written.reason_en.value},
                             written.node.at});
        }
    }
    return rules;
}

// Rules sorted so that each premise is final before it is read: by the length of the longest chain
// of rules that leads to a node (Kahn). What is left over runs in a circle.
void order_rules(Plan& plan, std::vector<PlacedRule>& rules, Faults& faults) {
    std::map<NodeIndex, std::size_t> waiting;  // rules on a node that are not placed yet
    std::multimap<NodeIndex, std::size_t> by_premise;
    for (std::size_t i = 0; i < rules.size(); ++i) {
        ++waiting[rules[i].rule.node];
        by_premise.emplace(rules[i].rule.premise, i);
    }
    std::vector<bool> is_placed(rules.size());
    std::vector<std::size_t> ready;
    const auto release = [&](NodeIndex node) {
        const auto [first, last] = by_premise.equal_range(node);
        for (auto at = first; at != last; ++at) {
            ready.push_back(at->second);
        }
    };
    for (auto at = by_premise.begin(); at != by_premise.end();
         at = by_premise.upper_bound(at->first)) {
        if (!waiting.contains(at->first)) {
            release(at->first);
        }
    }
    for (std::size_t next = 0; next < ready.size(); ++next) {
        auto& rule = rules[ready[next]].rule;
        is_placed[ready[next]] = true;
        const auto node = rule.node;
        plan.band_rules.push_back(std::move(rule));
        if (--waiting[node] == 0) {
            release(node);
        }
    }
    for (std::size_t i = 0; i < rules.size(); ++i) {
        if (!is_placed[i]) {
            faults.error(rules[i].at,
                         "band_rule_cycle",
                         {{"node", plan.node(rules[i].rule.node).code},
                          {"premise", plan.node(rules[i].rule.premise).code}});
        }
    }
}

}  // namespace

void attach_band_rules(Plan& plan, const Pack& pack, Faults& faults) {
    auto rules = read_rules(plan, pack, faults);
    order_rules(plan, rules, faults);
}

}  // namespace agate::framework
