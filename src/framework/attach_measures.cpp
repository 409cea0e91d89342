// SPDX-License-Identifier: Apache-2.0
#include <set>

#include "framework/draft.h"

namespace agate::framework {

namespace {

constexpr std::size_t most_mounts = 16;

void add_labels(Draft& draft, const Pack& pack, Faults& faults) {
    for (const auto& label : pack.labels) {
        const LabelName name{label.name_zh.value, label.name_en.value};
        if (!label.code.value.empty() && !draft.labels.emplace(label.code.value, name).second) {
            faults.error(label.code.at, "label_twice", {{"value", label.code.value}});
        }
    }
}

// The scores that a measure can give, where it states them.
std::vector<Decimal> stated_scores(const Measure& measure) {
    std::vector<Decimal> scores;
    if (const auto* points = std::get_if<PointsMeasure>(&measure)) {
        for (const auto& point : points->curve.points) {
            scores.push_back(point.y);
        }
        if (scores.empty()) {
            scores = {points->low, points->high};
        }
    } else if (const auto* rating = std::get_if<RatingMeasure>(&measure)) {
        scores = rating->step_scores;
    } else if (const auto* award = std::get_if<AwardMeasure>(&measure)) {
        scores.push_back(award->high);
        for (const auto& [label, score] : award->level_scores) {
            scores.push_back(score);
        }
    } else if (const auto* mark = std::get_if<MarkMeasure>(&measure)) {
        scores = {mark->low, mark->high};
        for (const auto& [label, score] : mark->label_scores) {
            scores.push_back(score);
        }
    }
    return scores;
}

void check_range(const PackMeasure& measure, const Node& node, Faults& faults) {
    for (const auto score : stated_scores(*measure.measure)) {
        if (score < node.low || score > node.high) {
            faults.error(measure.at,
                         "measure_outside_range",
                         {{"code", node.code},
                          {"value", score.to_string()},
                          {"low", node.low.to_string()},
                          {"high", node.high.to_string()}});
            return;
        }
    }
}

// What a measure names must exist: labels, a table's item.
void check_names(const Draft& draft, const PackMeasure& measure, Faults& faults) {
    std::set<std::string> labels;
    for (const auto& [code, name] : draft.labels) {
        labels.insert(code);
    }
    for (const auto& label : measure.labels) {
        if (!labels.contains(label.value)) {
            faults.unknown(label, "unknown_label", labels);
        }
    }
    if (!measure.item.value.empty() && !draft.tables.find(measure.item.value)) {
        std::set<std::string> items;
        for (const auto& item : draft.tables.items) {
            items.insert(item.code);
        }
        faults.unknown(measure.item, "unknown_item", items);
    }
}

void check_bonus_leaves(Draft& draft,
                        const PackMeasure& measure,
                        const std::set<std::string>& known,
                        Faults& faults) {
    for (const auto& leaf : measure.bonus_of) {
        const auto* node = draft.find(leaf.value);
        if (node == nullptr) {
            faults.unknown(leaf, "unknown_indicator", known);
        } else if (node->measure == nullptr || !node->measure->measure ||
                   kind_of(*node->measure->measure) != MeasureKind::measurement) {
            faults.error(leaf.at, "bonus_not_measured", {{"code", leaf.value}});
        }
    }
}

void mount_pack(Draft& draft,
                DraftNode& node,
                const PackMeasure& measure,
                const MountCompiler& mounts,
                Faults& faults) {
    if (draft.mounts.size() >= most_mounts) {
        faults.error(measure.at, "mount_too_many", {{"limit", std::to_string(most_mounts)}});
        return;
    }
    for (const auto& other : draft.mounts) {
        if (other.prefix == measure.mount->prefix.value) {
            faults.error(measure.mount->prefix.at, "mount_prefix_twice", {{"value", other.prefix}});
            break;
        }
    }
    if (auto plan = mounts(*measure.mount)) {
        node.mount = draft.mounts.size();
        draft.mounts.push_back({std::move(*plan), measure.mount->prefix.value});
    }
}

// False, with a fault, when this leaf may not take a measure here.
bool may_attach(const Text& leaf,
                const DraftNode& node,
                const PackMeasure& measure,
                Layer layer,
                Faults& faults) {
    if (!node.children.empty() || node.node.level == 0) {
        faults.error(leaf.at, "measure_on_parent", {{"code", leaf.value}});
        return false;
    }
    if (layer == Layer::national) {
        return true;
    }
    if (measure.mount) {
        faults.error(measure.at, "mount_in_overlay");
        return false;
    }
    if (node.mount || (node.measure != nullptr && node.measure->is_core)) {
        faults.error(leaf.at, "overlay_measure_locked", {{"code", leaf.value}});
        return false;
    }
    return true;
}

}  // namespace

void attach_measures(
    Draft& draft, const Pack& pack, Layer layer, const MountCompiler& mounts, Faults& faults) {
    add_labels(draft, pack, faults);
    const auto known = draft.codes();
    std::map<std::string, At> done;
    for (const auto& measure : pack.measures) {
        for (const auto& leaf : measure.leaves) {
            auto* node = draft.find(leaf.value);
            const auto [first, is_new] = done.emplace(leaf.value, leaf.at);
            if (node == nullptr) {
                faults.unknown(leaf, "unknown_indicator", known);
            } else if (!is_new) {
                faults.error(leaf.at,
                             "measure_twice",
                             {{"code", leaf.value}, {"line", std::to_string(first->second.line)}});
            } else if (may_attach(leaf, *node, measure, layer, faults)) {
                node->measure = &measure;
                node->measure_layer = layer;
                if (measure.mount) {
                    mount_pack(draft, *node, measure, mounts, faults);
                } else if (measure.measure) {
                    check_range(measure, node->node, faults);
                }
            }
        }
        check_names(draft, measure, faults);
    }
    for (const auto& measure : pack.measures) {
        check_bonus_leaves(draft, measure, known, faults);
    }
}

void check_leaves(const Draft& draft, Faults& faults) {
    for (const auto& node : draft.nodes) {
        if (node.children.empty() && node.measure == nullptr && node.node.level > 0) {
            if (node.node.layer != Layer::national) {
                faults.error(node.at, "leaf_no_measure", {{"code", node.node.code}});
            } else if (faults.error_count() == 0) {
                faults.warn(node.at, "leaf_no_measure_yet", {{"code", node.node.code}});
            }
        }
        const bool wants_group = node.is_weighed_by_group &&
                                 (node.measure == nullptr || !node.measure->measure ||
                                  kind_of(*node.measure->measure) != MeasureKind::measurement);
        if (wants_group) {
            faults.error(node.weight_at, "weight_group_not_measured", {{"code", node.node.code}});
        }
    }
}

}  // namespace agate::framework
