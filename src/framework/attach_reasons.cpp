// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "framework/build_plan.h"

namespace agate::framework {

namespace {

template <class Scores>
bool knows_labels(const Scores& scores, const std::vector<std::string>& labels) {
    return std::all_of(labels.begin(), labels.end(), [&](const std::string& label) {
        return scores.find(label) != scores.end();
    });
}

bool has_value(const Reason& reason) {
    return reason.default_value.has_value() || reason.value_low.has_value();
}

// Whether a record under the reason can count at this measure.
bool can_count(const Reason& reason, const Measure& measure) {
    switch (kind_of(measure)) {
        case MeasureKind::points:
            return reason.kind == MeasureKind::points ||
                   (reason.kind == MeasureKind::completion && reason.default_value);
        case MeasureKind::completion:
            if (std::get<CompletionMeasure>(measure).count == CompletionMeasure::Count::value) {
                return reason.kind == MeasureKind::completion && has_value(reason);
            }
            return reason.kind == MeasureKind::points || reason.kind == MeasureKind::completion ||
                   reason.kind == MeasureKind::award;
        case MeasureKind::rating: {
            const auto steps =
                static_cast<std::int32_t>(std::get<RatingMeasure>(measure).step_scores.size());
            return reason.kind == MeasureKind::rating &&
                   (!reason.value_high || *reason.value_high <= Decimal::from_int(steps));
        }
        case MeasureKind::award:
            return reason.kind == MeasureKind::award &&
                   knows_labels(std::get<AwardMeasure>(measure).level_scores, reason.labels);
        case MeasureKind::mark: {
            const auto& mark = std::get<MarkMeasure>(measure);
            return reason.kind == MeasureKind::mark &&
                   knows_labels(mark.label_scores, reason.labels) &&
                   (!reason.value_low || *reason.value_low >= mark.low) &&
                   (!reason.value_high || *reason.value_high <= mark.high);
        }
        case MeasureKind::measurement:
            return reason.kind == MeasureKind::measurement;
        case MeasureKind::bonus:
            break;
    }
    return false;
}

// What the leaf itself says about values and labels, where the reason leaves it open.
void complete_from(const Measure& measure, Reason& reason) {
    if (const auto* rating = std::get_if<RatingMeasure>(&measure)) {
        const auto steps = Decimal::from_int(static_cast<std::int32_t>(rating->step_scores.size()));
        reason.value_low = reason.value_low.value_or(Decimal::from_int(1));
        reason.value_high = reason.value_high.value_or(steps);
    } else if (const auto* award = std::get_if<AwardMeasure>(&measure)) {
        if (reason.labels.empty()) {
            for (const auto& [label, score] : award->level_scores) {
                reason.labels.push_back(label);
            }
        }
    } else if (const auto* mark = std::get_if<MarkMeasure>(&measure)) {
        if (reason.labels.empty()) {
            for (const auto& [label, score] : mark->label_scores) {
                reason.labels.push_back(label);
            }
        }
        reason.value_low = reason.value_low.value_or(mark->low);
        reason.value_high = reason.value_high.value_or(mark->high);
    } else if (const auto* completion = std::get_if<CompletionMeasure>(&measure)) {
        if (reason.unit_zh.empty()) {
            reason.unit_zh = completion->unit_zh;
            reason.unit_en = completion->unit_en;
        }
    }
}

std::optional<NodeIndex> content_of(const Plan& plan, NodeIndex index) {
    std::optional<NodeIndex> at = index;
    while (at && plan.node(*at).level > 1) {
        at = plan.node(*at).parent;
    }
    return at;
}

class ReasonAttacher {
public:
    ReasonAttacher(const ReasonTarget& target, const Pack& pack, Layer layer, Faults& faults)
        : target_(&target), pack_(&pack), faults_(&faults), layer_(layer) {}

    void run() {
        for (const auto& row : pack_->reasons) {
            if (!row.code.value.empty()) {
                add(row);
            }
        }
    }

private:
    void add(const PackReason& row) {
        if (target_->school->reasons.contains(row.code.value)) {
            faults_->error(row.code.at, "reason_twice", {{"code", row.code.value}});
            return;
        }
        Reason reason = make(row);
        check_values(row, reason);
        check_words(row);
        reason.leaves = distinct_leaves(row);
        // The labels the file states are what must be known; those taken from a leaf are known.
        check_kind(row, reason);
        Reason national = reason;
        national.leaves = national_leaves(row, reason);
        if (!reason.leaves.empty()) {
            if (const auto& leaf = target_->school->node(reason.leaves.front()); leaf.measure) {
                complete_from(*leaf.measure, reason);
                national.labels = reason.labels;
                national.value_low = reason.value_low;
                national.value_high = reason.value_high;
            }
        }
        target_->school->reasons.emplace(row.code.value, std::move(reason));
        target_->national->reasons.emplace(row.code.value, std::move(national));
    }

    Reason make(const PackReason& row) const {
        Reason out;
        out.code = row.code.value;
        out.name_zh = row.name_zh.value;
        out.name_en = row.name_en.value;
        out.deed_zh = row.deed_zh.value.empty() ? row.name_zh.value : row.deed_zh.value;
        out.deed_en = row.deed_en.value.empty() ? row.name_en.value : row.deed_en.value;
        out.unit_zh = row.unit_zh.value;
        out.unit_en = row.unit_en.value;
        out.kind = row.kind.value;
        out.layer = layer_;
        out.position = static_cast<int>(target_->school->reasons.size());
        out.givers = row.givers;
        for (const auto& label : row.labels) {
            out.labels.push_back(label.value);
        }
        if (row.value) {
            out.default_value = row.value->value;
        }
        out.value_low = row.value_min   ? std::optional{row.value_min->value}
                        : row.value_max ? std::nullopt
                                        : out.default_value;
        out.value_high = row.value_max   ? std::optional{row.value_max->value}
                         : row.value_min ? std::nullopt
                                         : out.default_value;
        out.is_trusted = row.is_trusted;
        return out;
    }

    void check_values(const PackReason& row, const Reason& reason) {
        if (row.value_min.has_value() != row.value_max.has_value()) {
            faults_->error(row.value_min ? row.value_min->at : row.value_max->at,
                           "reason_range_half",
                           {{"code", row.code.value}});
            return;
        }
        if (row.value_min && row.value_min->value > row.value_max->value) {
            faults_->error(row.value_min->at,
                           "pack_low_above_high",
                           {{"low", row.value_min->value.to_string()},
                            {"high", row.value_max->value.to_string()}});
        } else if (row.value && row.value_min &&
                   (row.value->value < row.value_min->value ||
                    row.value->value > row.value_max->value)) {
            faults_->error(row.value->at,
                           "reason_value_outside",
                           {{"code", row.code.value},
                            {"value", row.value->value.to_string()},
                            {"low", row.value_min->value.to_string()},
                            {"high", row.value_max->value.to_string()}});
        }
        if (row.kind.value == MeasureKind::points && !has_value(reason)) {
            faults_->error(row.code.at, "reason_no_value", {{"code", row.code.value}});
        }
        check_negative(row, reason);
    }

    void check_negative(const PackReason& row, const Reason& reason) {
        const bool is_negative = (reason.default_value && *reason.default_value < Decimal{}) ||
                                 (reason.value_low && *reason.value_low < Decimal{});
        if (!is_negative || row.kind.value == MeasureKind::measurement) {
            return;
        }
        if (row.kind.value != MeasureKind::points) {
            faults_->error(row.code.at, "reason_negative_kind", {{"code", row.code.value}});
        }
        for (const auto giver : row.givers) {
            if (giver != RaterKind::teacher) {
                faults_->error(row.code.at, "reason_negative_giver", {{"code", row.code.value}});
                return;
            }
        }
    }

    void check_words(const PackReason& row) {
        for (const auto* cell : {&row.name_zh, &row.deed_zh}) {
            for (const auto& word : target_->belief_words) {
                if (cell->value.find(word) != std::string::npos) {
                    faults_->error(cell->at, "belief_not_deed", {{"value", word}});
                }
            }
        }
        for (const auto& label : row.labels) {
            if (!target_->school->label_names.contains(label.value)) {
                std::set<std::string> known;
                for (const auto& [code, name] : target_->school->label_names) {
                    known.insert(code);
                }
                faults_->unknown(label, "unknown_label", known);
            }
        }
    }

    std::optional<NodeIndex> find_leaf(const Text& leaf) {
        const auto index = index_of(leaf.value);
        if (!index) {
            if (!target_->known_leaves.contains(leaf.value)) {
                faults_->unknown(leaf, "unknown_indicator", target_->known_leaves);
            }
            return std::nullopt;
        }
        const auto& node = target_->school->node(*index);
        if (!node.children.empty()) {
            faults_->error(leaf.at, "reason_on_parent", {{"code", leaf.value}});
            return std::nullopt;
        }
        return index;
    }

    std::optional<NodeIndex> index_of(const std::string& code) {
        if (index_.empty()) {
            for (std::size_t i = 0; i < target_->school->nodes.size(); ++i) {
                index_.emplace(target_->school->nodes[i].code, static_cast<NodeIndex>(i));
            }
            for (std::size_t i = 0; i < target_->national->nodes.size(); ++i) {
                national_index_.emplace(target_->national->nodes[i].code,
                                        static_cast<NodeIndex>(i));
            }
        }
        const auto found = index_.find(code);
        return found == index_.end() ? std::nullopt : std::optional{found->second};
    }

    // Each leaf once; one fault a leaf named twice and one a content counted twice.
    std::vector<NodeIndex> distinct_leaves(const PackReason& row) {
        std::map<NodeIndex, int> times;
        std::map<NodeIndex, NodeIndex> first_of_content;
        std::set<NodeIndex> contents_said;
        std::vector<NodeIndex> leaves;
        const auto& school = *target_->school;
        for (const auto& leaf : row.leaves) {
            const auto index = find_leaf(leaf);
            if (!index) {
                continue;
            }
            if (++times[*index] > 1) {
                if (times[*index] == 2) {
                    faults_->error(leaf.at,
                                   "reason_leaf_twice",
                                   {{"code", row.code.value}, {"leaf", leaf.value}});
                }
                continue;
            }
            leaves.push_back(*index);
            const auto content = content_of(school, *index).value_or(*index);
            const auto [first, is_new] = first_of_content.emplace(content, *index);
            if (!is_new && !row.may_count_twice_in_content &&
                contents_said.insert(content).second) {
                faults_->error(leaf.at,
                               "reason_twice_in_content",
                               {{"code", row.code.value},
                                {"first", school.node(first->second).code},
                                {"second", leaf.value}});
            }
        }
        return leaves;
    }

    void check_kind(const PackReason& row, const Reason& reason) {
        for (const auto leaf : reason.leaves) {
            const auto& node = target_->school->node(leaf);
            if (node.measure && !can_count(reason, *node.measure)) {
                if (is_of_a_later_layer(node, row, reason)) {
                    continue;
                }
                const bool is_same_kind = kind_of(*node.measure) == reason.kind;
                faults_->error(is_same_kind ? row.code.at : row.kind.at,
                               is_same_kind ? "reason_values_unknown" : "reason_kind",
                               {{"code", row.code.value},
                                {"value", std::string{to_text(reason.kind)}},
                                {"leaf", node.code},
                                {"measure", std::string{to_text(kind_of(*node.measure))}}});
            }
        }
    }

    // True, with one fault a leaf at the overlay's measure, when an overlay measures a leaf in a
    // way that the reasons below it cannot feed.
    bool is_of_a_later_layer(const Node& node, const PackReason& row, const Reason& reason) {
        const auto found = target_->draft->by_code.find(node.code);
        if (found == target_->draft->by_code.end() ||
            target_->draft->at(found->second).measure_layer <= layer_) {
            return false;
        }
        if (unfed_.insert(node.code).second) {
            faults_->error(target_->draft->at(found->second).measure->at,
                           "overlay_measure_unfed",
                           {{"code", row.code.value},
                            {"value", std::string{to_text(reason.kind)}},
                            {"leaf", node.code},
                            {"measure", std::string{to_text(kind_of(*node.measure))}}});
        }
        return true;
    }

    std::vector<NodeIndex> national_leaves(const PackReason& row, const Reason& reason) {
        std::vector<NodeIndex> leaves;
        for (const auto leaf : reason.leaves) {
            const auto& school = target_->school->node(leaf);
            const auto& point = school.maps_to ? target_->school->node(*school.maps_to) : school;
            const auto found = national_index_.find(point.code);
            if (found == national_index_.end()) {
                continue;  // reported: the leaf maps to nothing
            }
            const auto& node = target_->national->node(found->second);
            const bool counts_here = school.measure && can_count(reason, *school.measure);
            if (counts_here && node.measure && !can_count(reason, *node.measure)) {
                faults_->error(row.code.at,
                               "reason_not_national",
                               {{"code", row.code.value},
                                {"leaf", school.code},
                                {"point", node.code},
                                {"value", std::string{to_text(reason.kind)}},
                                {"measure", std::string{to_text(kind_of(*node.measure))}}});
            } else if (std::find(leaves.begin(), leaves.end(), found->second) == leaves.end()) {
                leaves.push_back(found->second);
            }
        }
        return leaves;
    }

    const ReasonTarget* target_;
    const Pack* pack_;
    Faults* faults_;
    Layer layer_;
    std::map<std::string, NodeIndex, std::less<>> index_, national_index_;
    std::set<std::string> unfed_;
};

}  // namespace

void attach_reasons(const ReasonTarget& target, const Pack& pack, Layer layer, Faults& faults) {
    ReasonAttacher{target, pack, layer, faults}.run();
}

void check_reasons_of_leaves(const Plan& plan, const Draft& draft, Faults& faults) {
    std::vector<int> positive(plan.nodes.size());
    std::vector<int> all(plan.nodes.size());
    for (const auto& [code, reason] : plan.reasons) {
        for (const auto leaf : reason.leaves) {
            const auto at = static_cast<std::size_t>(leaf);
            ++all[at];
            const auto highest = reason.value_high ? reason.value_high : reason.default_value;
            positive[at] += !highest || *highest > Decimal{} ? 1 : 0;
        }
    }
    for (std::size_t i = 0; i < plan.nodes.size(); ++i) {
        const auto& node = plan.nodes[i];
        const auto drafted = draft.by_code.find(node.code);
        if (drafted == draft.by_code.end() || !node.measure) {
            continue;
        }
        const auto& from = draft.at(drafted->second);
        const auto* points = std::get_if<PointsMeasure>(&*node.measure);
        if (all[i] == 0 && kind_of(*node.measure) != MeasureKind::bonus) {
            if (faults.error_count() > 0) {
                continue;  // what should count here may be what is faulty
            }
            faults.warn(from.at, "leaf_no_reason", {{"code", node.code}});
        } else if (points != nullptr && positive[i] == 0 && points->when_empty != WhenEmpty::base) {
            faults.error(from.measure->at, "measure_only_deducts", {{"code", node.code}});
        }
    }
}

}  // namespace agate::framework
