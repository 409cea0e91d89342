// SPDX-License-Identifier: Apache-2.0
#include "evaluate/evaluate.h"

#include <algorithm>
#include <iterator>

#include "evaluate/bands.h"
#include "evaluate/leaf_records.h"
#include "evaluate/measure.h"
#include "evaluate/rollup.h"

namespace agate::evaluate {
namespace {

std::size_t at(NodeIndex index) {
    return static_cast<std::size_t>(index);
}

class Run {
public:
    Run(const framework::Plan& plan, const Subject& subject, const LeafRecords& records)
        : plan_(plan),
          subject_(subject),
          records_(records),
          results_(plan.nodes.size()),
          attempts_(plan.items.empty() ? 0 : plan.nodes.size()) {}

    std::vector<NodeResult> run() {
        const Weights weights = weights_for(plan_, subject_);
        start();
        measure_leaves();
        measure_bonuses();
        for (NodeIndex index = 0; index <= plan_.root(); ++index) {
            if (!plan_.node(index).children.empty()) {
                roll_up(plan_, index, weights, results_);
            }
        }
        records_.count_once(plan_, results_);
        tell_groups(weights);
        give_bands(plan_, results_);
        return std::move(results_);
    }

private:
    /// Children come before parents, so walking down from the root hands exemption to all below.
    void start() {
        for (const NodeIndex index : subject_.exempt) {
            results_.at(at(index)).is_exempt = true;
        }
        for (NodeIndex index = plan_.root(); index >= 0; --index) {
            const framework::Node& node = plan_.node(index);
            NodeResult& result = results_[at(index)];
            result.node = index;
            if (node.parent && results_[at(*node.parent)].is_exempt) {
                result.is_exempt = true;
            }
            if (result.is_exempt) {
                result.notes.push_back({.code = "exempt", .args = {}, .evidence = {}});
            }
            if (node.children.empty()) {
                result.record_count = static_cast<std::int32_t>(records_.at(index).size());
                records_.tell_left_out(index, result.notes);
            }
        }
    }

    [[nodiscard]] LeafContext context(NodeIndex index) const {
        return {plan_, plan_.node(index), subject_, records_.at(index)};
    }

    void take(NodeIndex index, LeafOutcome outcome) {
        NodeResult& result = results_[at(index)];
        result.score = outcome.score;
        result.coverage_ppm = outcome.coverage_ppm;
        result.inputs = std::move(outcome.inputs);
        result.notes.insert(result.notes.end(),
                            std::make_move_iterator(outcome.notes.begin()),
                            std::make_move_iterator(outcome.notes.end()));
        if (outcome.attempt) {
            attempts_.at(at(index)) = std::move(outcome.attempt);
        }
    }

    void measure_leaves() {
        for (NodeIndex index = 0; index <= plan_.root(); ++index) {
            const framework::Node& node = plan_.node(index);
            if (!node.children.empty() || results_[at(index)].is_exempt) {
                continue;
            }
            if (!node.measure) {
                results_[at(index)].notes.push_back(
                    {.code = "no_measure", .args = {}, .evidence = {}});
                continue;
            }
            std::visit(
                [&](const auto& rule) {
                    using Rule = std::decay_t<decltype(rule)>;
                    if constexpr (!std::is_same_v<Rule, framework::BonusMeasure>) {
                        take(index, measure(rule, context(index)));
                    }
                },
                *node.measure);
        }
    }

    /// After all other leaves: a bonus reads their counted attempts, wherever they stand.
    void measure_bonuses() {
        for (NodeIndex index = 0; index <= plan_.root(); ++index) {
            const framework::Node& node = plan_.node(index);
            if (!node.measure || results_[at(index)].is_exempt) {
                continue;
            }
            if (const auto* rule = std::get_if<framework::BonusMeasure>(&*node.measure)) {
                take(index, measure_bonus(*rule, context(index), attempts_));
            }
        }
    }

    /// Says at a node that its group does not take it.
    void tell_groups(const Weights& weights) {
        for (const framework::GroupWeights& group : plan_.group_weights) {
            for (const NodeIndex child : plan_.node(group.parent).children) {
                if (weights.weight_ppm[at(child)] == 0) {
                    results_[at(child)].notes = {
                        {.code = "not_for_group", .args = {}, .evidence = {}}};
                }
            }
        }
    }

    const framework::Plan& plan_;
    const Subject& subject_;
    const LeafRecords& records_;
    std::vector<NodeResult> results_;
    std::vector<std::optional<CountedAttempt>> attempts_;
};

}  // namespace

SubjectResult evaluate(const framework::Plan& plan,
                       const DayRange& period,
                       const Subject& subject,
                       std::span<const Evidence> evidence) {
    const LeafRecords records(plan, period, subject, evidence);
    SubjectResult result{.subject = subject.person_id, .nodes = Run(plan, subject, records).run()};
    records.tell_unknown(result.nodes.back().notes);
    return result;
}

}  // namespace agate::evaluate
