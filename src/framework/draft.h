// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "framework/pack.h"
#include "framework/scoring_tables.h"

// A framework while it is put together: the base pack's tree, then each overlay on it. Faulty parts
// stay out, so that the rest can still be checked.
namespace agate::framework {

struct DraftNode {
    Node node;  ///< as the plan will hold it; parent, children and maps_to are filled when built
    At at;      ///< the row that made it
    At weight_at;
    std::optional<int> parent;  ///< index into Draft::nodes
    std::vector<int> children;
    std::optional<int> maps_to;
    bool has_weight = false;
    bool is_weighed_by_group = false;
    std::optional<std::int64_t> weight_min_ppm, weight_max_ppm;
    const PackMeasure* measure = nullptr;
    Layer measure_layer = Layer::national;
    std::optional<std::size_t> mount;  ///< index into Draft::mounts
};

/// Another pack's compiled tree, placed under a point.
struct Mount {
    Plan plan;
    std::string prefix;
};

struct Draft {
    const Pack* pack = nullptr;    ///< the base
    std::vector<DraftNode> nodes;  ///< [0] is the root
    std::map<std::string, int, std::less<>> by_code;
    std::vector<Mount> mounts;
    ScoringTables tables;
    std::map<std::string, LabelName, std::less<>> labels;

    [[nodiscard]] DraftNode* find(std::string_view code);

    [[nodiscard]] DraftNode& at(int index) { return nodes[static_cast<std::size_t>(index)]; }

    [[nodiscard]] const DraftNode& at(int index) const {
        return nodes[static_cast<std::size_t>(index)];
    }

    [[nodiscard]] std::set<std::string> codes() const;
};

inline constexpr std::int64_t whole_ppm = 1'000'000;
inline constexpr int most_nodes = 10'000;
inline constexpr int deepest_level = 9;

/// The base pack's tree with its weights checked.
[[nodiscard]] Draft draft_tree(const Pack& pack, Faults& faults);

/// Compiles the pack that a point mounts; nothing, with faults, when that fails.
using MountCompiler = std::function<std::optional<Plan>(const PackMount& mount)>;

/// Gives each leaf of `draft` its measure from `pack`, the base or an overlay at `layer`.
void attach_measures(
    Draft& draft, const Pack& pack, Layer layer, const MountCompiler& mounts, Faults& faults);

/// Lays one overlay on the draft: renamed, weighed anew, leaves added.
void apply_overlay(Draft& draft, const Pack& overlay, Faults& faults);

/// Added leaves must have measures; others should.
void check_leaves(const Draft& draft, Faults& faults);

/// The weights of one parent's children sum to 100 %. `at` is where to say so.
void check_weight_sum(const Draft& draft, int parent, At at, Faults& faults);

/// "30" for 300,000.
[[nodiscard]] std::string percent_text(std::int64_t ppm);

}  // namespace agate::framework
