// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "evaluate/evaluator.h"

namespace agate::evaluate {
namespace {

using framework::Band;
using framework::BandRule;

std::size_t at(std::int32_t index) {
    return static_cast<std::size_t>(index);
}

const std::vector<Band>& bands_of(const framework::Plan& plan, NodeIndex index) {
    return plan.band_sets.at(at(*plan.node(index).band_set)).bands;
}

MessageArgs band_args(const Band& band) {
    return {{"band_zh", band.name_zh}, {"band_en", band.name_en}};
}

/// "3.5" percent of a millionth count, rounded down to whole percent as coverage is shown.
std::string percent_of(std::int32_t ppm) {
    return std::to_string(ppm / 10'000);
}

void compute_band(const std::vector<Band>& bands, NodeIndex index, NodeValue& value, Trace* trace) {
    BandIndex by_score = NodeValue::no_band;
    for (std::size_t i = bands.size(); i-- > 0;) {
        const Band& band = bands[i];
        if (value.score < band.from.nano()) {
            continue;
        }
        const auto place = static_cast<BandIndex>(i);
        by_score = by_score == NodeValue::no_band ? place : by_score;
        if (value.coverage_ppm >= band.minimum_coverage_ppm) {
            value.band = place;
            break;
        }
    }
    if (trace != nullptr && by_score != value.band) {
        const Band& missed = bands[at(by_score)];
        MessageArgs args = band_args(missed);
        args.push_back({"have", percent_of(value.coverage_ppm)});
        args.push_back({"need", percent_of(missed.minimum_coverage_ppm)});
        trace->note(index, "band_needs_coverage", std::move(args));
    }
}

MessageArgs rule_args(const framework::Plan& plan, const BandRule& rule) {
    const framework::Node& premise = plan.node(rule.premise);
    return {{"premise_zh", premise.name_zh},
            {"premise_en", premise.name_en.empty() ? premise.name_zh : premise.name_en},
            {"reason_zh", rule.reason_zh},
            {"reason_en", rule.reason_en}};
}

void apply(const framework::Plan& plan,
           const BandRule& rule,
           std::span<NodeValue> values,
           Trace* trace) {
    NodeValue& value = values[at(rule.node)];
    if (value.band == NodeValue::no_band) {
        return;
    }
    const BandIndex premise = values[at(rule.premise)].band;
    if (premise == NodeValue::no_band) {
        if (trace != nullptr) {
            trace->note(rule.node, "band_rule_not_judged", rule_args(plan, rule));
        }
        return;
    }
    if (premise > rule.premise_at_most || value.band <= rule.ceiling) {
        return;
    }
    value.computed_band =
        value.computed_band == NodeValue::no_band ? value.band : value.computed_band;
    value.band = rule.ceiling;
    if (trace != nullptr) {
        MessageArgs args = rule_args(plan, rule);
        for (MessageArg& arg : band_args(bands_of(plan, rule.node).at(at(rule.ceiling)))) {
            args.push_back(std::move(arg));
        }
        trace->note(rule.node, "band_ceiling", std::move(args));
    }
}

}  // namespace

void give_bands(const framework::Plan& plan, std::span<NodeValue> values, Trace* trace) {
    for (NodeIndex index = 0; index <= plan.root(); ++index) {
        NodeValue& value = values[at(index)];
        if (value.has_score && plan.node(index).band_set) {
            compute_band(bands_of(plan, index), index, value, trace);
        }
    }
    for (const BandRule& rule : plan.band_rules) {
        apply(plan, rule, values, trace);
    }
}

}  // namespace agate::evaluate
