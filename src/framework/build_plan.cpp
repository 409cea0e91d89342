// SPDX-License-Identifier: Apache-2.0
#include "framework/build_plan.h"

#include <algorithm>

namespace agate::framework {

namespace {

constexpr NodeIndex nowhere = -1;

BandSet read_band_set(const Pack& pack, Faults& faults) {
    BandSet set{.code = pack.id.value, .bands = {}};
    std::set<std::string> seen;
    const PackBand* above = nullptr;
    for (const auto& band : pack.bands) {
        if (!seen.insert(band.code.value).second) {
            faults.error(band.code.at, "band_twice", {{"value", band.code.value}});
        }
        if (above != nullptr && band.from && above->from) {
            if (band.from->value >= above->from->value) {
                faults.error(band.from->at,
                             "band_order",
                             {{"code", band.code.value},
                              {"value", band.from->value.to_string()},
                              {"before", above->from->value.to_string()}});
            }
            if (band.minimum_coverage_ppm > above->minimum_coverage_ppm) {
                faults.error(band.code.at,
                             "band_coverage_order",
                             {{"code", band.code.value}, {"above", above->code.value}});
            }
        }
        above = &band;
        set.bands.insert(set.bands.begin(),
                         Band{.code = band.code.value,
                              .name_zh = band.name_zh.value,
                              .name_en = band.name_en.value,
                              .from = band.from ? band.from->value : Decimal{},
                              .minimum_coverage_ppm = band.minimum_coverage_ppm});
    }
    if (above != nullptr && above->from && above->from->value > pack.root.rules.low) {
        faults.error(above->from->at,
                     "band_lowest",
                     {{"code", above->code.value},
                      {"value", above->from->value.to_string()},
                      {"low", pack.root.rules.low.to_string()}});
    }
    if (above != nullptr && above->minimum_coverage_ppm > 0) {
        faults.error(above->code.at, "band_lowest_coverage", {{"code", above->code.value}});
    }
    constexpr std::size_t most_bands = 20;
    if (set.bands.size() > most_bands) {
        faults.error(pack.bands_at, "band_too_many", {{"limit", std::to_string(most_bands)}});
        set.bands.resize(most_bands);
    }
    return set;
}

class TreeBuilder {
public:
    TreeBuilder(const Draft& draft, Plan& plan, Faults& faults)
        : draft_(&draft), plan_(&plan), faults_(&faults), index_of_(draft.nodes.size(), nowhere) {}

    void run() {
        // Children before parents, without recursion: 9 levels today, but a pack is only data.
        std::vector<std::pair<int, std::size_t>> stack{{0, 0}};
        while (!stack.empty()) {
            auto& [index, next] = stack.back();
            const auto& children = draft_->at(index).children;
            if (next < children.size()) {
                stack.emplace_back(children[next++], 0);
            } else {
                place(index);
                stack.pop_back();
            }
        }
        for (std::size_t i = 0; i < draft_->nodes.size(); ++i) {
            if (index_of_[i] != nowhere) {
                link(static_cast<int>(i));
            }
        }
    }

private:
    void place(int index) {
        const auto& from = draft_->at(index);
        Node node = from.node;
        node.parent.reset();
        if (from.mount) {
            const auto root = place_mount(draft_->mounts[*from.mount], from);
            node.children.push_back(root);
            node.missing = MissingPolicy::renormalise;
            node.roll_up = RollUp::weighted_mean;
        }
        node.band_set = band_set_of(from);
        if (from.measure != nullptr) {
            node.is_comparable = from.measure->is_comparable;
            node.measure = from.measure->measure;
        }
        if (auto* measured =
                node.measure ? std::get_if<MeasurementMeasure>(&*node.measure) : nullptr) {
            measured->item = draft_->tables.find(from.measure->item.value).value_or(0);
        }
        index_of_[static_cast<std::size_t>(index)] = static_cast<NodeIndex>(plan_->nodes.size());
        plan_->nodes.push_back(std::move(node));
    }

    std::optional<int> band_set_of(const DraftNode& from) const {
        const auto& pack = *draft_->pack;
        if (pack.bands.empty()) {
            return std::nullopt;
        }
        // An added leaf stands beside points.
        const int level =
            from.node.layer == Layer::national ? from.node.level : from.node.level - 1;
        const bool is_banded = pack.banded_levels ? std::find(pack.banded_levels->begin(),
                                                              pack.banded_levels->end(),
                                                              level) != pack.banded_levels->end()
                                                  : level > 0 || pack.total != Plan::Total::none;
        return is_banded ? std::optional<int>{0} : std::nullopt;
    }

    NodeIndex place_mount(const Mount& mount, const DraftNode& under) {
        const auto offset = static_cast<NodeIndex>(plan_->nodes.size());
        const auto moved = [&](NodeIndex index) { return index + offset; };
        const auto first_band_set = static_cast<int>(plan_->band_sets.size());
        const auto first_item = static_cast<int>(plan_->items.size());
        for (Node node : mount.plan.nodes) {
            node.code = mount.prefix + "." + node.code;
            node.level += under.node.level + 1;
            std::transform(
                node.children.begin(), node.children.end(), node.children.begin(), moved);
            node.parent = node.parent ? std::optional{moved(*node.parent)} : std::nullopt;
            node.band_set =
                node.band_set ? std::optional{*node.band_set + first_band_set} : std::nullopt;
            node.is_comparable = node.is_comparable || under.measure->is_comparable;
            if (node.measure) {
                move_measure(*node.measure, first_item, offset);
            }
            plan_->nodes.push_back(std::move(node));
        }
        plan_->band_sets.insert(
            plan_->band_sets.end(), mount.plan.band_sets.begin(), mount.plan.band_sets.end());
        plan_->items.insert(plan_->items.end(), mount.plan.items.begin(), mount.plan.items.end());
        for (auto rule : mount.plan.band_rules) {
            rule.node += offset;
            rule.premise += offset;
            plan_->band_rules.push_back(std::move(rule));
        }
        for (auto weights : mount.plan.group_weights) {
            weights.parent += offset;
            plan_->group_weights.push_back(std::move(weights));
        }
        move_reasons(mount.plan, offset);
        return offset + mount.plan.root();
    }

    static void move_measure(Measure& measure, int first_item, NodeIndex offset) {
        if (auto* measured = std::get_if<MeasurementMeasure>(&measure)) {
            measured->item += first_item;
        } else if (auto* bonus = std::get_if<BonusMeasure>(&measure)) {
            for (auto& leaf : bonus->leaves) {
                leaf += offset;
            }
        }
    }

    void move_reasons(const Plan& mounted, NodeIndex offset) {
        const auto first = static_cast<int>(plan_->reasons.size());
        for (auto [code, reason] : mounted.reasons) {
            for (auto& leaf : reason.leaves) {
                leaf += offset;
            }
            reason.position += first;
            plan_->reasons.emplace(code, std::move(reason));
        }
        for (const auto& [code, name] : mounted.label_names) {
            plan_->label_names.emplace(code, name);
        }
    }

    void link(int index) {
        const auto& from = draft_->at(index);
        const auto here = index_of_[static_cast<std::size_t>(index)];
        auto& node = plan_->nodes[static_cast<std::size_t>(here)];
        for (const int child : from.children) {
            const auto at = index_of_[static_cast<std::size_t>(child)];
            node.children.push_back(at);
        }
        for (const auto child : node.children) {
            plan_->nodes[static_cast<std::size_t>(child)].parent = here;
        }
        if (from.maps_to) {
            const auto point = index_of_[static_cast<std::size_t>(*from.maps_to)];
            node.maps_to = point == nowhere ? std::nullopt : std::optional{point};
        }
        if (from.mount) {
            plan_->nodes[static_cast<std::size_t>(node.children.front())].weight_ppm = whole_ppm;
        }
        if (auto* bonus = node.measure ? std::get_if<BonusMeasure>(&*node.measure) : nullptr) {
            for (const auto& leaf : from.measure->bonus_of) {
                if (const auto found = draft_->by_code.find(leaf.value);
                    found != draft_->by_code.end()) {
                    bonus->leaves.push_back(index_of_[static_cast<std::size_t>(found->second)]);
                }
            }
        }
        take_group_weights(from, here);
    }

    void take_group_weights(const DraftNode& from, NodeIndex here) {
        std::vector<int> items;
        for (const int child : from.children) {
            const auto& node = draft_->at(child);
            if (!node.is_weighed_by_group || node.measure == nullptr) {
                return;
            }
            const auto item = draft_->tables.find(node.measure->item.value);
            if (!item) {
                return;
            }
            items.push_back(*item);
        }
        if (!items.empty()) {
            plan_->group_weights.push_back(group_weights(draft_->tables, here, items));
            check_group_weights(plan_->group_weights.back(), from);
        }
    }

    void check_group_weights(const GroupWeights& weights, const DraftNode& parent) {
        for (std::size_t sex = 0; sex < 2; ++sex) {
            for (std::size_t grade = 1; grade <= highest_grade; ++grade) {
                std::int64_t sum = 0;
                for (const auto weight : weights.weight_ppm[sex][grade]) {
                    sum += weight;
                }
                if (sum != whole_ppm && sum != 0) {
                    faults_->error(parent.at,
                                   "weight_group_sum",
                                   {{"code", parent.node.code},
                                    {"sex", std::string{to_text(static_cast<Sex>(sex))}},
                                    {"grade", std::to_string(grade)},
                                    {"sum", percent_text(sum)}});
                }
            }
        }
    }

    const Draft* draft_;
    Plan* plan_;
    Faults* faults_;
    std::vector<NodeIndex> index_of_;
};

}  // namespace

Plan build_tree(const Draft& draft, Faults& faults) {
    Plan plan;
    plan.subject_kind = draft.pack->subject.value;
    plan.total = draft.pack->total;
    plan.thin_coverage_ppm = draft.pack->thin_coverage_ppm;
    plan.band_sets.push_back(read_band_set(*draft.pack, faults));
    plan.items = draft.tables.items;
    for (const auto& [code, name] : draft.labels) {
        plan.label_names.emplace(code, name);
    }
    TreeBuilder{draft, plan, faults}.run();
    return plan;
}

}  // namespace agate::framework
