// SPDX-License-Identifier: Apache-2.0
#include "framework/draft.h"

#include <algorithm>

namespace agate::framework {

namespace {

DraftNode root_node(const Pack& pack) {
    DraftNode out;
    out.node.code = pack.root.code.value;
    out.node.name_zh = pack.root.name_zh.value;
    out.node.name_en = pack.root.name_en.value;
    out.node.official_name_zh = pack.root.name_zh.value;
    out.node.decimals = pack.root.rules.decimals;
    out.node.low = pack.root.rules.low;
    out.node.high = pack.root.rules.high;
    out.node.roll_up = pack.root.rules.roll_up;
    out.node.missing = pack.root.rules.missing;
    out.node.exempt = pack.root.rules.exempt;
    out.node.weight_ppm = whole_ppm;
    out.has_weight = true;
    out.at = pack.root.code.at;
    return out;
}

DraftNode draft_node(const PackIndicator& row, const Pack& pack, Faults& faults) {
    DraftNode out;
    out.at = row.code.at;
    out.weight_at = row.weight_text.at;
    auto& node = out.node;
    node.code = row.code.value;
    node.official_name_zh = row.name_zh.value;
    node.name_zh = row.display_zh.value.empty() ? row.name_zh.value : row.display_zh.value;
    node.name_en = row.display_en.value.empty() ? row.name_en.value : row.display_en.value;
    node.text_zh = row.text_zh.value;
    node.is_verified_wording = row.status.value != "unverified";
    node.decimals = row.decimals ? row.decimals->value : pack.rules.decimals;
    node.low = row.low ? row.low->value : pack.rules.low;
    node.high = row.high ? row.high->value : pack.rules.high;
    node.roll_up = row.roll_up ? row.roll_up->value : pack.rules.roll_up;
    node.missing = row.missing ? row.missing->value : pack.rules.missing;
    node.exempt = row.exempt ? row.exempt->value : pack.rules.exempt;
    out.is_weighed_by_group = row.is_weighed_by_group();
    out.has_weight = row.weight_ppm.has_value();
    node.weight_ppm = row.weight_ppm ? row.weight_ppm->value : 0;
    if (row.name_zh.value.empty()) {
        faults.error(row.name_zh.at, "pack_cell_missing", {{"key", "name_zh"}});
    }
    if (node.low >= node.high) {
        faults.error(row.code.at,
                     "pack_low_above_high",
                     {{"low", node.low.to_string()}, {"high", node.high.to_string()}});
    }
    if (!row.maps_to.value.empty()) {
        faults.error(row.maps_to.at, "pack_maps_to_in_framework");
    }
    return out;
}

void take_weight_range(DraftNode& out, const PackIndicator& row, Faults& faults) {
    if (row.weight_text.value.empty()) {
        faults.error(row.weight_text.at, "weight_missing", {{"code", row.code.value}});
    }
    const auto& low = row.weight_min_ppm;
    const auto& high = row.weight_max_ppm;
    if (low.has_value() != high.has_value()) {
        faults.error(low ? low->at : high->at, "weight_range_half", {{"code", row.code.value}});
    } else if (low && low->value > high->value) {
        faults.error(low->at,
                     "pack_low_above_high",
                     {{"low", percent_text(low->value)}, {"high", percent_text(high->value)}});
    } else if (low) {
        out.weight_min_ppm = low->value;
        out.weight_max_ppm = high->value;
        const auto weight = out.node.weight_ppm;
        if (row.weight_ppm && (weight < low->value || weight > high->value)) {
            faults.error(row.weight_text.at,
                         "weight_outside_range",
                         {{"code", row.code.value},
                          {"value", percent_text(weight)},
                          {"low", percent_text(low->value)},
                          {"high", percent_text(high->value)}});
        }
    }
}

void add_rows(Draft& draft, const Pack& pack, Faults& faults) {
    for (const auto& row : pack.indicators) {
        if (row.code.value.empty()) {
            continue;
        }
        if (draft.by_code.contains(row.code.value)) {
            const auto& first = draft.at(draft.by_code.find(row.code.value)->second);
            faults.error(row.code.at,
                         "indicator_twice",
                         {{"code", row.code.value}, {"line", std::to_string(first.at.line)}});
            continue;
        }
        draft.by_code.emplace(row.code.value, static_cast<int>(draft.nodes.size()));
        draft.nodes.push_back(draft_node(row, pack, faults));
        take_weight_range(draft.nodes.back(), row, faults);
    }
}

void link_parents(Draft& draft, const Pack& pack, Faults& faults) {
    const auto known = draft.codes();
    for (const auto& row : pack.indicators) {
        const auto found = draft.by_code.find(row.code.value);
        if (found == draft.by_code.end() || draft.at(found->second).at != row.code.at) {
            continue;
        }
        auto& node = draft.at(found->second);
        if (row.parent.value.empty()) {
            node.parent = 0;
        } else if (const auto parent = draft.by_code.find(row.parent.value);
                   parent != draft.by_code.end()) {
            node.parent = parent->second;
        } else {
            faults.unknown(row.parent, "unknown_indicator", known);
        }
    }
}

std::string circle_text(const Draft& draft, const std::vector<int>& path, int begin) {
    constexpr int most_shown = 8;
    std::string circle;
    int shown = 0;
    for (auto step = std::find(path.begin(), path.end(), begin); step != path.end(); ++step) {
        if (++shown > most_shown) {
            return circle + "…";
        }
        circle += draft.at(*step).node.code + " → ";
    }
    return circle + draft.at(begin).node.code;
}

// Each node has at most one parent, so that walking up either ends or runs into a circle.
void cut_cycles(Draft& draft, Faults& faults) {
    std::vector<int> seen_in(draft.nodes.size());  // 0: not yet
    for (int walk = 1; walk < static_cast<int>(draft.nodes.size()); ++walk) {
        std::vector<int> path;
        int at = walk;
        while (at != 0 && seen_in[static_cast<std::size_t>(at)] == 0) {
            seen_in[static_cast<std::size_t>(at)] = walk;
            path.push_back(at);
            at = draft.at(at).parent.value_or(0);
        }
        if (at != 0 && seen_in[static_cast<std::size_t>(at)] == walk) {
            faults.error(
                draft.at(at).at, "indicator_cycle", {{"path", circle_text(draft, path, at)}});
            draft.at(at).parent.reset();
        }
    }
}

void check_levels(Draft& draft, const Pack& pack, Faults& faults) {
    std::vector<int> queue{0};
    for (std::size_t i = 0; i < queue.size(); ++i) {
        const int level = draft.at(queue[i]).node.level;
        for (const int child : draft.at(queue[i]).children) {
            draft.at(child).node.level = level + 1;
            if (level == deepest_level) {
                faults.error(draft.at(child).at,
                             "indicator_too_deep",
                             {{"code", draft.at(child).node.code},
                              {"limit", std::to_string(deepest_level)}});
            }
            queue.push_back(child);
        }
    }
    for (const auto& row : pack.indicators) {
        const auto* node = draft.find(row.code.value);
        if (node == nullptr || !row.level || node->at != row.code.at || node->node.level == 0) {
            continue;
        }
        if (node->node.level > deepest_level) {
            continue;
        }
        if (row.level->value != node->node.level) {
            faults.error(row.level->at,
                         "indicator_level",
                         {{"code", row.code.value},
                          {"value", std::to_string(row.level->value)},
                          {"expected", std::to_string(node->node.level)}});
        }
    }
}

}  // namespace

DraftNode* Draft::find(std::string_view code) {
    const auto found = by_code.find(code);
    return found == by_code.end() ? nullptr : &at(found->second);
}

std::set<std::string> Draft::codes() const {
    std::set<std::string> out;
    for (const auto& [code, index] : by_code) {
        if (index != 0) {
            out.insert(code);
        }
    }
    return out;
}

std::string percent_text(std::int64_t ppm) {
    return Decimal::from_nano(ppm * 100'000).to_string();
}

void check_weight_sum(const Draft& draft, int parent, At at, Faults& faults) {
    const auto& children = draft.at(parent).children;
    std::int64_t sum = 0;
    std::size_t by_group = 0;
    std::string codes;
    for (const int child : children) {
        if (!draft.at(child).has_weight && !draft.at(child).is_weighed_by_group) {
            return;  // reported where it is missing
        }
        sum += draft.at(child).node.weight_ppm;
        by_group += draft.at(child).is_weighed_by_group ? 1U : 0U;
        constexpr std::size_t longest_list = 60;
        if (codes.size() < longest_list) {
            codes += (codes.empty() ? "" : ", ") + draft.at(child).node.code;
        }
    }
    if (children.empty() || by_group == children.size()) {
        return;
    }
    const auto& code = draft.at(parent).node.code;
    if (by_group > 0) {
        faults.error(at, "weight_group_mixed", {{"code", code}, {"children", codes}});
    } else if (sum != whole_ppm) {
        const auto gap = sum > whole_ppm ? sum - whole_ppm : whole_ppm - sum;
        faults.error(at,
                     sum > whole_ppm ? "weight_sum_over" : "weight_sum_under",
                     {{"code", code},
                      {"children", codes},
                      {"sum", percent_text(sum)},
                      {"gap", percent_text(gap)}});
    }
}

Draft draft_tree(const Pack& pack, Faults& faults) {
    Draft draft;
    draft.pack = &pack;
    draft.nodes.push_back(root_node(pack));
    draft.by_code.emplace(draft.nodes.front().node.code, 0);
    if (pack.indicators.empty()) {
        faults.error({pack.id.at.source, 0, 0}, "pack_no_indicators");
    }
    add_rows(draft, pack, faults);
    link_parents(draft, pack, faults);
    cut_cycles(draft, faults);
    for (int i = 1; i < static_cast<int>(draft.nodes.size()); ++i) {
        if (const auto parent = draft.at(i).parent) {
            draft.at(*parent).children.push_back(i);
        }
    }
    check_levels(draft, pack, faults);
    for (int i = 0; i < static_cast<int>(draft.nodes.size()); ++i) {
        if (!draft.at(i).children.empty()) {
            check_weight_sum(draft, i, draft.at(draft.at(i).children.front()).weight_at, faults);
        }
    }
    return draft;
}

}  // namespace agate::framework
