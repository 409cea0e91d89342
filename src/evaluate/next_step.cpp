// SPDX-License-Identifier: Apache-2.0
#include "evaluate/next_step.h"

#include <algorithm>

#include "base/error.h"
#include "evaluate/evaluator.h"

namespace agate::evaluate {
namespace {

using framework::MeasureKind;
using framework::Reason;

/// What a record of this reason is worth when nothing else is said; nothing for reasons that are no
/// step of one's own.
std::optional<Decimal> value_of(const Reason& reason) {
    if (reason.kind != MeasureKind::points && reason.kind != MeasureKind::completion) {
        return std::nullopt;
    }
    const auto value = reason.default_value ? reason.default_value : reason.value_low;
    if (value) {
        return *value > Decimal{} ? value : std::nullopt;
    }
    return reason.kind == MeasureKind::completion ? std::optional{Decimal::from_int(1)}
                                                  : std::nullopt;
}

bool is_under(const framework::Plan& plan, NodeIndex leaf, NodeIndex above) {
    for (std::optional<NodeIndex> at = leaf; at; at = plan.node(*at).parent) {
        if (*at == above) {
            return true;
        }
    }
    return false;
}

/// Reasons that may be tried, in the order of the packs.
std::vector<const Reason*> candidates_of(const framework::Plan& plan, NodeIndex node) {
    std::vector<const Reason*> list;
    for (const auto& [code, reason] : plan.reasons) {
        const bool is_here =
            std::any_of(reason.leaves.begin(), reason.leaves.end(), [&](NodeIndex leaf) {
                return is_under(plan, leaf, node);
            });
        if (is_here && value_of(reason)) {
            list.push_back(&reason);
        }
    }
    std::sort(list.begin(), list.end(), [](const Reason* a, const Reason* b) {
        return std::tie(a->position, a->code) < std::tie(b->position, b->code);
    });
    return list;
}

/// More of a good thing never counts for less at its leaves: then all of it is the best there is.
bool is_monotone(const framework::Plan& plan, const Reason& reason) {
    return std::all_of(reason.leaves.begin(), reason.leaves.end(), [&](NodeIndex leaf) {
        const auto& measure = plan.node(leaf).measure;
        const auto* points = measure ? std::get_if<framework::PointsMeasure>(&*measure) : nullptr;
        return points == nullptr ||
               std::is_sorted(points->curve.points.begin(),
                              points->curve.points.end(),
                              [](const auto& a, const auto& b) { return a.y < b.y; });
    });
}

/// The records so far, with room for those that are tried.
class Trial {
public:
    explicit Trial(const StepInput& input) : input_(input), packer_(input.period) {
        std::vector<const Evidence*> sorted;
        for (const Evidence& record : input.evidence) {
            if (input.period.contains(record.day)) {
                sorted.push_back(&record);
            }
        }
        std::sort(sorted.begin(), sorted.end(), [](const Evidence* a, const Evidence* b) {
            return is_later(*b, *a);
        });
        for (const Evidence* record : sorted) {
            records_.push_back(packer_.pack(*record));
        }
    }

    /// Further records of a reason, one a day on the coming days.
    std::vector<Record> further(const Reason& reason) {
        std::vector<Record> list;
        for (const Day day : input_.days.first(most_times())) {
            list.push_back(packer_.pack({.evidence_id = {},
                                         .reason = reason.code,
                                         .day = day,
                                         .recorded_at = {},
                                         .value = value_of(reason),
                                         .label = {},
                                         .activity = {},
                                         .rater_kind = giver_of(reason),
                                         .rater = new_giver}));
        }
        return list;
    }

    [[nodiscard]] std::size_t most_times() const {
        return std::min<std::size_t>(input_.days.size(), most_step_records);
    }

    /// No more words after this.
    void begin() { evaluator_.emplace(input_.program, packer_.words(), input_.period); }

    /// Every node with these records more, each after those of its day that are there.
    std::span<const NodeValue> run(std::span<const Record> a, std::span<const Record> b) {
        all_.assign(records_.begin(), records_.end());
        all_.insert(all_.end(), a.begin(), a.end());
        all_.insert(all_.end(), b.begin(), b.end());
        std::stable_sort(all_.begin(), all_.end(), [](const Record& x, const Record& y) {
            return x.day() < y.day();
        });
        return evaluator_->run(input_.subject, all_);
    }

private:
    /// A giver of whom there is no record: tags are keyed and never this one.
    static constexpr RaterTag new_giver{0xFFFF'FFFF'FFFF'FFFEULL};

    static RaterKind giver_of(const Reason& reason) {
        return reason.givers.empty() ? RaterKind::teacher : reason.givers.front();
    }

    const StepInput& input_;
    RecordPacker packer_;
    std::vector<Record> records_, all_;
    std::optional<Evaluator> evaluator_;
};

/// One reason with what 0, 1, 2 … further records of it alone make of its leaves.
struct Option {
    const Reason* reason = nullptr;
    std::vector<Record> records;
    std::vector<std::vector<NodeValue>> leaves;  ///< by times; in the order of the reason's leaves
    std::vector<BandIndex> bands;                ///< of the node, by times
    bool is_monotone = true;
};

class Search {
public:
    Search(const StepInput& input, NodeIndex node)
        : input_(input), plan_(input.program.plan()), node_(node), trial_(input) {
        for (const Reason* reason : candidates_of(plan_, node)) {
            options_.push_back({.reason = reason,
                                .records = trial_.further(*reason),
                                .leaves = {},
                                .bands = {},
                                .is_monotone = is_monotone(plan_, *reason)});
        }
        trial_.begin();
        const auto now = trial_.run({}, {});
        base_.assign(now.begin(), now.end());
    }

    StepAnswer find() {
        const auto& set = plan_.node(node_).band_set;
        ensure(set.has_value(), "a next step is asked of a node with bands");
        const auto bands = plan_.band_sets[static_cast<std::size_t>(*set)].bands.size();
        wanted_ = static_cast<BandIndex>(base_[at(node_)].band + 1);
        if (static_cast<std::size_t>(wanted_) >= bands) {
            return {.step = std::nullopt, .why = NoStep::at_the_top};
        }
        const int most = static_cast<int>(trial_.most_times());
        try_alone();
        find_pairs(most);
        for (int total = 1; total <= most_step_records; ++total) {
            if (auto step = total <= most ? one_reason(total) : std::nullopt) {
                return {.step = std::move(step)};
            }
            if (auto step = two_reasons(total, most)) {
                return {.step = std::move(step)};
            }
        }
        return {};
    }

private:
    static std::size_t at(NodeIndex index) { return static_cast<std::size_t>(index); }

    void try_alone() {
        for (Option& option : options_) {
            for (std::size_t times = 0; times <= option.records.size(); ++times) {
                const auto values = trial_.run(std::span(option.records).first(times), {});
                option.bands.push_back(values[at(node_)].band);
                std::vector<NodeValue> leaves;
                for (const NodeIndex leaf : option.reason->leaves) {
                    leaves.push_back(values[at(leaf)]);
                }
                option.leaves.push_back(std::move(leaves));
            }
        }
    }

    std::optional<NextStep> one_reason(int total) {
        for (const Option& option : options_) {
            const BandIndex band = option.bands[static_cast<std::size_t>(total)];
            if (band >= wanted_) {
                return NextStep{.deeds = {{option.reason->code, total}}, .band = band};
            }
        }
        return std::nullopt;
    }

    std::optional<NextStep> two_reasons(int total, int most) {
        for (const auto& [a, b] : pairs_) {
            for (int first = std::min(total - 1, most); first >= 1; --first) {
                const int second = total - first;
                if (second > most || !may_reach(*a, *b, first, second)) {
                    continue;
                }
                const BandIndex band = band_with(*a, *b, first, second);
                if (band >= wanted_) {
                    return NextStep{.deeds = {{a->reason->code, first}, {b->reason->code, second}},
                                    .band = band};
                }
            }
        }
        return std::nullopt;
    }

    /// Pairs that reach the band at all.
    void find_pairs(int most) {
        for (std::size_t i = 0; i < options_.size(); ++i) {
            for (std::size_t j = i + 1; j < options_.size(); ++j) {
                const bool is_told_by_the_most = options_[i].is_monotone && options_[j].is_monotone;
                if (!is_told_by_the_most || may_reach(options_[i], options_[j], most, most)) {
                    pairs_.emplace_back(&options_[i], &options_[j]);
                }
            }
        }
    }

    static bool share_a_leaf(const Reason& a, const Reason& b) {
        return std::any_of(a.leaves.begin(), a.leaves.end(), [&](NodeIndex leaf) {
            return std::find(b.leaves.begin(), b.leaves.end(), leaf) != b.leaves.end();
        });
    }

    /// Rolls up the leaves that each reason alone would give; exact but for reasons that share a
    /// leaf.
    bool may_reach(const Option& a, const Option& b, int first, int second) {
        if (share_a_leaf(*a.reason, *b.reason)) {
            return true;
        }
        mixed_ = base_;
        put(a, first);
        put(b, second);
        const auto weights = input_.program.weights(input_.subject.sex, input_.subject.grade);
        for (const Program::Parent& parent : input_.program.parents()) {
            NodeValue& value = mixed_[at(parent.node)];
            value = NodeValue{.is_exempt = base_[at(parent.node)].is_exempt};
            roll_up({.program = input_.program,
                     .parent = parent,
                     .weights = weights,
                     .values = mixed_,
                     .trace = nullptr});
        }
        for (NodeValue& value : mixed_) {
            value.band = value.computed_band = NodeValue::no_band;
        }
        give_bands(plan_, mixed_, nullptr);
        return mixed_[at(node_)].band >= wanted_;
    }

    void put(const Option& option, int times) {
        const auto& leaves = option.leaves[static_cast<std::size_t>(times)];
        for (std::size_t i = 0; i < leaves.size(); ++i) {
            mixed_[at(option.reason->leaves[i])] = leaves[i];
        }
    }

    BandIndex band_with(const Option& a, const Option& b, int first, int second) {
        return trial_
            .run(std::span(a.records).first(static_cast<std::size_t>(first)),
                 std::span(b.records).first(static_cast<std::size_t>(second)))[at(node_)]
            .band;
    }

    const StepInput& input_;
    const framework::Plan& plan_;
    NodeIndex node_;
    Trial trial_;
    std::vector<Option> options_;
    std::vector<std::pair<const Option*, const Option*>> pairs_;
    std::vector<NodeValue> base_, mixed_;
    BandIndex wanted_ = 0;
};

}  // namespace

StepAnswer find_next_step(const StepInput& input, NodeIndex node) {
    return Search(input, node).find();
}

}  // namespace agate::evaluate
