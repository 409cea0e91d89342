// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <set>

#include "framework/draft.h"

namespace agate::framework {

namespace {

constexpr int key_indicator_level = 2;
constexpr int point_level = 3;

class OverlayApplier {
public:
    OverlayApplier(Draft& draft, const Pack& overlay, Faults& faults)
        : draft_(&draft),
          overlay_(&overlay),
          faults_(&faults),
          layer_(overlay.layer ? overlay.layer->value : Layer::school),
          known_(draft.codes()) {
        for (const auto& row : draft.pack->indicators) {
            base_rows_.emplace(row.code.value, &row);
        }
    }

    void run() {
        std::map<std::string, int> done;
        for (const auto& row : overlay_->indicators) {
            if (row.code.value.empty()) {
                continue;
            }
            const auto [first, is_new] = done.emplace(row.code.value, row.code.at.line);
            if (!is_new) {
                faults_->error(row.code.at,
                               "indicator_twice",
                               {{"code", row.code.value}, {"line", std::to_string(first->second)}});
            } else if (auto* node = draft_->find(row.code.value)) {
                change(row, *node);
            } else {
                add(row);
            }
        }
        for (const auto& [parent, at] : touched_) {
            check_weight_sum(*draft_, parent, at, *faults_);
            check_share(parent, at);
        }
    }

private:
    void locked(const Text& cell, std::string_view key, const std::string& is) {
        if (!cell.value.empty() && cell.value != is) {
            faults_->error(cell.at,
                           "overlay_cell_locked",
                           {{"key", std::string{key}}, {"value", cell.value}, {"is", is}});
        }
    }

    std::string parent_code(const DraftNode& node) const {
        return node.parent && *node.parent != 0 ? draft_->at(*node.parent).node.code
                                                : std::string{};
    }

    void change(const PackIndicator& row, DraftNode& node) {
        const auto base = base_rows_.find(row.code.value);
        const PackIndicator* official = base == base_rows_.end() ? nullptr : base->second;
        locked(row.parent, "parent", parent_code(node));
        locked(row.name_zh,
               "name_zh",
               official == nullptr ? node.node.name_zh : node.node.official_name_zh);
        if (official != nullptr) {
            locked(row.name_en, "name_en", official->name_en.value);
            check_wording(row, *official, node);
        }
        if (row.level && row.level->value != std::min(node.node.level, point_level)) {
            faults_->error(row.level->at,
                           "overlay_cell_locked",
                           {{"key", "level"},
                            {"value", std::to_string(row.level->value)},
                            {"is", std::to_string(node.node.level)}});
        }
        if (node.maps_to) {
            locked(row.maps_to, "maps_to", draft_->at(*node.maps_to).node.code);
        } else if (!row.maps_to.value.empty()) {
            faults_->error(row.maps_to.at, "pack_maps_to_in_framework");
        }
        check_rules(row, node);
        change_weight(row, node);
        if (!row.display_zh.value.empty()) {
            node.node.name_zh = row.display_zh.value;
        }
        if (!row.display_en.value.empty()) {
            node.node.name_en = row.display_en.value;
        }
    }

    // Wording that nobody has checked yet may be put right, with the source that was read.
    void check_wording(const PackIndicator& row, const PackIndicator& official, DraftNode& node) {
        if (row.text_zh.value.empty() || row.text_zh.value == node.node.text_zh) {
            return;
        }
        if (official.status.value != "unverified") {
            locked(row.text_zh, "text_zh", node.node.text_zh);
        } else if (row.status.value != "attested" || row.source.value.empty() ||
                   row.source.value == official.source.value) {
            faults_->error(row.text_zh.at, "overlay_wording_no_source", {{"code", node.node.code}});
        } else {
            node.node.text_zh = row.text_zh.value;
            node.node.is_verified_wording = true;
        }
    }

    void check_rules(const PackIndicator& row, const DraftNode& node) {
        const auto refuse = [&](At at, std::string_view key) {
            faults_->error(at, "overlay_rule_locked", {{"key", std::string{key}}});
        };
        if (row.decimals && row.decimals->value != node.node.decimals) {
            refuse(row.decimals->at, "decimals");
        }
        if (row.low && row.low->value != node.node.low) {
            refuse(row.low->at, "range_low");
        }
        if (row.high && row.high->value != node.node.high) {
            refuse(row.high->at, "range_high");
        }
        if (row.roll_up && row.roll_up->value != node.node.roll_up) {
            refuse(row.roll_up->at, "roll_up");
        }
        if (row.missing && row.missing->value != node.node.missing) {
            refuse(row.missing->at, "missing");
        }
        if (row.exempt && row.exempt->value != node.node.exempt) {
            refuse(row.exempt->at, "exempt");
        }
        if (row.weight_min_ppm && row.weight_min_ppm->value != node.weight_min_ppm) {
            refuse(row.weight_min_ppm->at, "weight_min");
        }
        if (row.weight_max_ppm && row.weight_max_ppm->value != node.weight_max_ppm) {
            refuse(row.weight_max_ppm->at, "weight_max");
        }
    }

    void change_weight(const PackIndicator& row, DraftNode& node) {
        if (!row.weight_ppm || row.weight_ppm->value == node.node.weight_ppm) {
            return;
        }
        const auto value = row.weight_ppm->value;
        const std::string code = node.node.code;
        if (!node.weight_min_ppm) {
            faults_->error(row.weight_text.at,
                           "overlay_weight_locked",
                           {{"code", code},
                            {"value", percent_text(value)},
                            {"is", percent_text(node.node.weight_ppm)}});
            return;
        }
        if (value < *node.weight_min_ppm || value > *node.weight_max_ppm) {
            faults_->error(row.weight_text.at,
                           "weight_outside_range",
                           {{"code", code},
                            {"value", percent_text(value)},
                            {"low", percent_text(*node.weight_min_ppm)},
                            {"high", percent_text(*node.weight_max_ppm)}});
        }
        node.node.weight_ppm = value;
        if (node.parent) {
            touched_[*node.parent] = row.weight_text.at;
        }
    }

    void add(const PackIndicator& row) {
        if (row.parent.value.empty() && row.maps_to.value.empty()) {
            faults_->unknown(row.code, "unknown_indicator", known_);
            return;
        }
        auto out = added_node(row);
        if (out.node.name_zh.empty()) {
            faults_->error(row.code.at, "pack_cell_missing", {{"key", "name_zh"}});
        }
        if (row.weight_text.value.empty()) {
            faults_->error(row.weight_text.at, "weight_missing", {{"code", row.code.value}});
        } else if (row.weight_ppm && row.weight_ppm->value == 0) {
            faults_->error(row.weight_text.at, "weight_zero", {{"code", row.code.value}});
        }
        out.parent = find_parent(row);
        out.maps_to = find_point(row, out.parent);
        if (out.parent) {
            const int index = static_cast<int>(draft_->nodes.size());
            draft_->at(*out.parent).children.push_back(index);
            touched_[*out.parent] = row.weight_text.at;
        }
        draft_->by_code.emplace(row.code.value, static_cast<int>(draft_->nodes.size()));
        draft_->nodes.push_back(std::move(out));
    }

    DraftNode added_node(const PackIndicator& row) const {
        DraftNode out;
        out.at = row.code.at;
        out.weight_at = row.weight_text.at;
        auto& node = out.node;
        node.code = row.code.value;
        node.name_zh = row.display_zh.value.empty() ? row.name_zh.value : row.display_zh.value;
        node.name_en = row.display_en.value.empty() ? row.name_en.value : row.display_en.value;
        node.text_zh = row.text_zh.value;
        node.layer = layer_;
        const auto& rules = draft_->pack->rules;
        node.level = point_level + 1;
        node.decimals = rules.decimals;
        node.low = rules.low;
        node.high = rules.high;
        node.missing = rules.missing;
        node.exempt = rules.exempt;
        out.has_weight = row.weight_ppm.has_value();
        node.weight_ppm = row.weight_ppm ? row.weight_ppm->value : 0;
        out.weight_min_ppm =
            row.weight_min_ppm ? std::optional{row.weight_min_ppm->value} : std::nullopt;
        out.weight_max_ppm =
            row.weight_max_ppm ? std::optional{row.weight_max_ppm->value} : std::nullopt;
        return out;
    }

    std::optional<int> find_parent(const PackIndicator& row) {
        if (row.parent.value.empty()) {
            faults_->error(row.parent.at, "overlay_no_parent", {{"code", row.code.value}});
            return std::nullopt;
        }
        const auto found = draft_->by_code.find(row.parent.value);
        if (found == draft_->by_code.end()) {
            faults_->unknown(row.parent, "unknown_indicator", known_);
            return std::nullopt;
        }
        if (draft_->at(found->second).node.level != key_indicator_level) {
            faults_->error(row.parent.at,
                           "overlay_parent_level",
                           {{"code", row.code.value}, {"parent", row.parent.value}});
            return std::nullopt;
        }
        return found->second;
    }

    std::optional<int> content_of(std::optional<int> index) const {
        while (index && draft_->at(*index).node.level > 1) {
            index = draft_->at(*index).parent;
        }
        return index;
    }

    std::optional<int> find_point(const PackIndicator& row, std::optional<int> parent) {
        if (row.maps_to.value.empty()) {
            faults_->error(row.maps_to.at, "overlay_no_maps_to", {{"code", row.code.value}});
            return std::nullopt;
        }
        const auto found = draft_->by_code.find(row.maps_to.value);
        if (found == draft_->by_code.end()) {
            faults_->unknown(row.maps_to, "unknown_indicator", known_);
            return std::nullopt;
        }
        const auto& point = draft_->at(found->second);
        if (point.node.layer != Layer::national || !point.children.empty() || point.mount) {
            faults_->error(row.maps_to.at,
                           "overlay_maps_to_not_point",
                           {{"code", row.code.value}, {"value", row.maps_to.value}});
            return std::nullopt;
        }
        if (parent && content_of(parent) != content_of(found->second)) {
            faults_->error(row.maps_to.at,
                           "overlay_maps_to_content",
                           {{"code", row.code.value},
                            {"value", row.maps_to.value},
                            {"parent", row.parent.value}});
            return std::nullopt;
        }
        return found->second;
    }

    void check_share(int parent, At at) {
        std::int64_t added = 0;
        for (const int child : draft_->at(parent).children) {
            if (draft_->at(child).node.layer != Layer::national) {
                added += draft_->at(child).node.weight_ppm;
            }
        }
        if (added > draft_->pack->overlay_share_max_ppm) {
            faults_->error(at,
                           "overlay_share",
                           {{"code", draft_->at(parent).node.code},
                            {"value", percent_text(added)},
                            {"limit", percent_text(draft_->pack->overlay_share_max_ppm)},
                            {"gap", percent_text(added - draft_->pack->overlay_share_max_ppm)}});
        }
    }

    Draft* draft_;
    const Pack* overlay_;
    Faults* faults_;
    Layer layer_;
    std::set<std::string> known_;
    std::map<std::string, const PackIndicator*, std::less<>> base_rows_;
    std::map<int, At> touched_;  ///< parents whose children's weights changed, and where last
};

}  // namespace

void apply_overlay(Draft& draft, const Pack& overlay, Faults& faults) {
    OverlayApplier{draft, overlay, faults}.run();
}

}  // namespace agate::framework
