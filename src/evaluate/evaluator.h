// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "evaluate/measure.h"

namespace agate::evaluate {

/// Evaluates subjects one after another over records of one set of words and one period. One for
/// each thread; the program and the words must outlive it, and neither changes meanwhile.
class Evaluator {
public:
    Evaluator(const Program& program, const RecordWords& words, DayRange period);

    /// Every node in the plan's order. `records` are those that count by their state, in time
    /// order, dated within the period; those outside the subject's belonging are left out here.
    /// What it gives is good until the next call. `trace` gathers the reasons; null: nobody asks.
    std::span<const NodeValue> run(const Subject& subject,
                                   std::span<const Record> records,
                                   Trace* trace = nullptr);

    // Of the last run:

    /// The records of a leaf by place, earliest first. `slot` as in Program::leaves.
    [[nodiscard]] std::span<const std::uint32_t> records_of(std::int32_t slot) const;

    /// What caps changed, by leaf and place.
    [[nodiscard]] std::span<const Clip> clips() const { return scratch_.clips; }

    [[nodiscard]] const Program& program() const { return program_; }

private:
    void deal(const Subject& subject, std::span<const Record> records, Trace* trace);
    void start(const Subject& subject, Trace* trace);
    void measure_leaves(const Subject& subject, std::span<const Record> records, Trace* trace);
    void measure_leaf(LeafCall& call, std::int32_t slot);
    template <class Visit>
    void each_leaf(const Record& record, const Visit& visit) const;
    void roll_up(const Subject& subject, Trace* trace);
    void count_once(std::span<const Record> records);

    const Program& program_;
    Binding binding_;
    Windows windows_;
    DayRange period_;
    Scratch scratch_;
    std::vector<std::uint32_t> first_;  ///< by slot: where its records begin; one more at the end
    std::vector<std::uint32_t> next_;
    std::vector<std::int32_t> slots_;  ///< by record; unknown: no leaf takes it
    std::vector<std::uint32_t> order_;
    std::vector<std::uint32_t> shared_;  ///< records that count at several leaves
    std::vector<NodeValue> values_;
    std::vector<std::int32_t> bonus_slots_;
};

/// Everything about rolling up one parent from its children's values, which are final.
struct ParentCall {
    const Program& program;
    const Program::Parent& parent;
    std::span<const std::int64_t> weights;
    std::span<NodeValue> values;
    Trace* trace = nullptr;

    [[nodiscard]] const framework::Node& node() const { return program.plan().node(parent.node); }

    [[nodiscard]] const NodeValue& at(NodeIndex index) const {
        return values[static_cast<std::size_t>(index)];
    }

    [[nodiscard]] std::int64_t weight(NodeIndex index) const {
        return weights[static_cast<std::size_t>(index)];
    }
};

/// Score by weighted mean or sum and the policy for missing and exempt children, coverage by
/// original weights, record count.
void roll_up(const ParentCall& call);

/// Gives every node with a score and bands its band: thresholds inclusive from below, minimum
/// coverage, then the framework's band rules in their order, each with its reason.
void give_bands(const framework::Plan& plan, std::span<NodeValue> values, Trace* trace);

}  // namespace agate::evaluate
