// SPDX-License-Identifier: Apache-2.0
#include "evaluate/evaluator.h"

#include <algorithm>

namespace agate::evaluate {
namespace {

std::size_t at(std::int32_t index) {
    return static_cast<std::size_t>(index);
}

/// True when the subject belongs on every day of the period, as nearly all do.
bool belongs_throughout(const Subject& subject, DayRange period) {
    return subject.belongs.empty() ||
           std::any_of(subject.belongs.begin(), subject.belongs.end(), [&](const DayRange& days) {
               return days.from <= period.from && period.to <= days.to;
           });
}

bool belongs_on(const Subject& subject, Day day) {
    return std::any_of(subject.belongs.begin(), subject.belongs.end(), [&](const DayRange& days) {
        return days.contains(day);
    });
}

/// Records that are left out before any leaf sees them, told at the leaf or at the root.
class Outsiders {
public:
    Outsiders(const Program& program, Trace* trace) : program_(program), trace_(trace) {}

    void add(std::int32_t slot, std::uint32_t record) {
        if (trace_ != nullptr) {
            outside_.emplace_back(slot, record);
        }
    }

    void tell() {
        std::stable_sort(outside_.begin(), outside_.end(), [](const auto& a, const auto& b) {
            return a.first < b.first;
        });
        for (std::size_t i = 0; i < outside_.size();) {
            const std::int32_t slot = outside_[i].first;
            const bool is_known = slot != Binding::unknown;
            LeftOut left_out(trace_,
                             is_known ? program_.leaves()[at(slot)].node : program_.plan().root(),
                             is_known ? "outside_belonging" : "record_reason_unknown");
            for (; i < outside_.size() && outside_[i].first == slot; ++i) {
                left_out.add(outside_[i].second);
            }
            left_out.tell();
        }
    }

private:
    const Program& program_;
    Trace* trace_;
    std::vector<std::pair<std::int32_t, std::uint32_t>> outside_;
};

}  // namespace

Evaluator::Evaluator(const Program& program, const RecordWords& words, DayRange period)
    : program_(program),
      binding_(program, words),
      windows_(period),
      period_(period),
      first_(program.leaves().size() + 1),
      next_(program.leaves().size()),
      values_(program.plan().nodes.size()) {
    if (!program.plan().items.empty()) {
        scratch_.attempts.resize(program.leaves().size());
    }
    for (std::size_t slot = 0; slot < program.leaves().size(); ++slot) {
        if (std::holds_alternative<BonusRule>(program.leaves()[slot].rule)) {
            bonus_slots_.push_back(static_cast<std::int32_t>(slot));
        }
    }
}

std::span<const std::uint32_t> Evaluator::records_of(std::int32_t slot) const {
    return std::span(order_).subspan(first_[at(slot)], first_[at(slot) + 1] - first_[at(slot)]);
}

std::span<const NodeValue> Evaluator::run(const Subject& subject,
                                          std::span<const Record> records,
                                          Trace* trace) {
    deal(subject, records, trace);
    start(subject, trace);
    measure_leaves(subject, records, trace);
    roll_up(subject, trace);
    count_once(records);
    give_bands(program_.plan(), values_, trace);
    return values_;
}

/// Sorts places into leaves by counting, so that each leaf's records stay in time order.
void Evaluator::deal(const Subject& subject, std::span<const Record> records, Trace* trace) {
    const bool is_throughout = belongs_throughout(subject, period_);
    const auto is_inside = [&](const Record& record) {
        return is_throughout ||
               belongs_on(subject, period_.from + static_cast<std::int32_t>(record.day()));
    };
    Outsiders outsiders(program_, trace);
    std::fill(first_.begin(), first_.end(), 0);
    shared_.clear();
    slots_.resize(records.size());
    const auto count = static_cast<std::uint32_t>(records.size());
    for (std::uint32_t place = 0; place < count; ++place) {
        const Record& record = records[place];
        const std::int32_t slot = binding_.slot(record);
        if (slot == Binding::unknown) {
            outsiders.add(slot, place);
            slots_[place] = Binding::unknown;
        } else if (!is_inside(record)) {
            each_leaf(record, [&](std::int32_t leaf) { outsiders.add(leaf, place); });
            slots_[place] = Binding::unknown;
        } else {
            each_leaf(record, [&](std::int32_t leaf) { ++first_[at(leaf) + 1]; });
            slots_[place] = slot;
            if (slot == Binding::several) {
                shared_.push_back(place);
            }
        }
    }
    for (std::size_t slot = 1; slot < first_.size(); ++slot) {
        first_[slot] += first_[slot - 1];
    }
    std::copy(first_.begin(), first_.end() - 1, next_.begin());
    order_.resize(first_.back());
    for (std::uint32_t place = 0; place < count; ++place) {
        if (slots_[place] != Binding::unknown) {
            each_leaf(records[place],
                      [&](std::int32_t leaf) { order_[next_[at(leaf)]++] = place; });
        }
    }
    outsiders.tell();
}

template <class Visit>
void Evaluator::each_leaf(const Record& record, const Visit& visit) const {
    const std::int32_t slot = binding_.slot(record);
    if (slot >= 0) {
        visit(slot);
    } else {
        for (const std::int32_t leaf : binding_.many(record).slots) {
            visit(leaf);
        }
    }
}

/// Children come before parents, so walking down from the root hands exemption to all below.
void Evaluator::start(const Subject& subject, Trace* trace) {
    std::fill(values_.begin(), values_.end(), NodeValue{});
    scratch_.clips.clear();
    if (subject.exempt.empty()) {
        return;
    }
    for (const NodeIndex index : subject.exempt) {
        values_.at(at(index)).is_exempt = true;
    }
    const framework::Plan& plan = program_.plan();
    for (NodeIndex index = plan.root(); index >= 0; --index) {
        NodeValue& value = values_[at(index)];
        const auto& parent = plan.node(index).parent;
        value.is_exempt = value.is_exempt || (parent && values_[at(*parent)].is_exempt);
        if (value.is_exempt && trace != nullptr) {
            trace->note(index, "exempt");
        }
    }
}

void Evaluator::measure_leaf(LeafCall& call, std::int32_t slot) {
    call.slot = slot;
    call.order = records_of(slot);
    NodeValue& value = values_[at(call.leaf().node)];
    if (value.is_exempt) {
        return;
    }
    const LeafValue leaf = std::visit(
        [&](const auto& rule) {
            if constexpr (std::is_same_v<std::decay_t<decltype(rule)>, std::monostate>) {
                if (call.trace != nullptr) {
                    call.note("no_measure");
                }
                return LeafValue{};
            } else {
                return measure(rule, call);
            }
        },
        call.leaf().rule);
    value.score = leaf.score;
    value.has_score = leaf.has_score;
    value.coverage_ppm = leaf.coverage_ppm;
}

void Evaluator::measure_leaves(const Subject& subject,
                               std::span<const Record> records,
                               Trace* trace) {
    LeafCall call{.program = program_,
                  .binding = binding_,
                  .windows = windows_,
                  .period = period_,
                  .subject = subject,
                  .records = records,
                  .scratch = scratch_,
                  .trace = trace};
    const auto leaves = program_.leaves();
    for (auto& attempt : scratch_.attempts) {
        attempt.reset();
    }
    for (std::size_t slot = 0; slot < leaves.size(); ++slot) {
        values_[at(leaves[slot].node)].record_count =
            static_cast<std::int32_t>(first_[slot + 1] - first_[slot]);
        if (!std::holds_alternative<BonusRule>(leaves[slot].rule)) {
            measure_leaf(call, static_cast<std::int32_t>(slot));
        }
    }
    for (const std::int32_t slot : bonus_slots_) {
        measure_leaf(call, slot);
    }
}

void Evaluator::roll_up(const Subject& subject, Trace* trace) {
    const auto weights = program_.weights(subject.sex, subject.grade);
    for (const Program::Parent& parent : program_.parents()) {
        evaluate::roll_up({.program = program_,
                           .parent = parent,
                           .weights = weights,
                           .values = values_,
                           .trace = trace});
    }
    if (trace == nullptr) {
        return;
    }
    for (const framework::GroupWeights& group : program_.plan().group_weights) {
        for (const NodeIndex child : program_.plan().node(group.parent).children) {
            if (weights[at(child)] == 0) {
                trace->at(child).notes = {{.code = "not_for_group", .args = {}, .evidence = {}}};
            }
        }
    }
}

/// Parents have added up their children's records; one that counts at several leaves is one record.
void Evaluator::count_once(std::span<const Record> records) {
    for (const std::uint32_t place : shared_) {
        const auto& many = binding_.many(records[place]);
        for (const auto& [node, again] : many.counted_again) {
            values_[at(node)].record_count -= again;
        }
    }
}

}  // namespace agate::evaluate
