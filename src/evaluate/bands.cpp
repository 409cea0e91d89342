// SPDX-License-Identifier: Apache-2.0
#include "evaluate/bands.h"

#include <algorithm>

namespace agate::evaluate {
namespace {

using framework::Band;
using framework::BandRule;

std::size_t at(NodeIndex index) {
    return static_cast<std::size_t>(index);
}

const std::vector<Band>* bands_of(const framework::Plan& plan, NodeIndex index) {
    const auto& set = plan.node(index).band_set;
    return set ? &plan.band_sets.at(static_cast<std::size_t>(*set)).bands : nullptr;
}

MessageArgs band_args(const Band& band) {
    return {{"band_zh", band.name_zh}, {"band_en", band.name_en}};
}

/// "3.5" percent of a millionth count, rounded down to whole percent as coverage is shown.
std::string percent_of(std::int32_t ppm) {
    return std::to_string(ppm / 10'000);
}

void compute_band(const std::vector<Band>& bands, NodeResult& result) {
    std::optional<BandIndex> by_score;
    for (std::size_t i = bands.size(); i-- > 0;) {
        const Band& band = bands[i];
        if (*result.score < band.from) {
            continue;
        }
        const auto index = static_cast<BandIndex>(i);
        by_score = by_score.value_or(index);
        if (result.coverage_ppm >= band.minimum_coverage_ppm) {
            result.band = index;
            break;
        }
    }
    if (by_score && by_score != result.band) {
        const Band& missed = bands[static_cast<std::size_t>(*by_score)];
        MessageArgs args = band_args(missed);
        args.push_back({"have", percent_of(result.coverage_ppm)});
        args.push_back({"need", percent_of(missed.minimum_coverage_ppm)});
        result.notes.push_back(
            {.code = "band_needs_coverage", .args = std::move(args), .evidence = {}});
    }
}

MessageArgs rule_args(const framework::Plan& plan, const BandRule& rule) {
    const framework::Node& premise = plan.node(rule.premise);
    return {{"premise_zh", premise.name_zh},
            {"premise_en", premise.name_en.empty() ? premise.name_zh : premise.name_en},
            {"reason_zh", rule.reason_zh},
            {"reason_en", rule.reason_en}};
}

void apply(const framework::Plan& plan, const BandRule& rule, std::vector<NodeResult>& results) {
    NodeResult& result = results[at(rule.node)];
    if (!result.band) {
        return;
    }
    const std::optional<BandIndex>& premise = results[at(rule.premise)].band;
    MessageArgs args = rule_args(plan, rule);
    if (!premise) {
        result.notes.push_back(
            {.code = "band_rule_not_judged", .args = std::move(args), .evidence = {}});
        return;
    }
    if (*premise > rule.premise_at_most || *result.band <= rule.ceiling) {
        return;
    }
    const auto& bands = *bands_of(plan, rule.node);
    for (const MessageArg& arg : band_args(bands.at(static_cast<std::size_t>(rule.ceiling)))) {
        args.push_back(arg);
    }
    result.computed_band = result.computed_band.value_or(*result.band);
    result.band = rule.ceiling;
    result.notes.push_back({.code = "band_ceiling", .args = std::move(args), .evidence = {}});
}

}  // namespace

void give_bands(const framework::Plan& plan, std::vector<NodeResult>& results) {
    for (NodeResult& result : results) {
        const std::vector<Band>* bands = bands_of(plan, result.node);
        if (bands != nullptr && result.score) {
            compute_band(*bands, result);
        }
    }
    for (const BandRule& rule : plan.band_rules) {
        apply(plan, rule, results);
    }
}

}  // namespace agate::evaluate
