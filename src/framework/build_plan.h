// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <set>
#include <string>
#include <vector>

#include "framework/draft.h"

// From a draft to a plan, part by part. Every step works on a faulty draft too, so that its own
// faults can still be found; the compiler drops the plan when there was any error.
namespace agate::framework {

/// Nodes, band sets and group weights. Nodes that hang on nothing stay out.
[[nodiscard]] Plan build_tree(const Draft& draft, Faults& faults);

/// The words of both plans while reasons are added.
struct ReasonTarget {
    Plan* school;
    Plan* national;
    const Draft* draft;
    std::set<std::string> known_leaves;  ///< of the draft: those faulty elsewhere stay quiet here
    std::vector<std::string> belief_words;
};

/// Adds a pack's reasons to both plans. In the national plan a leaf that an overlay added becomes
/// its national point.
void attach_reasons(const ReasonTarget& target, const Pack& pack, Layer layer, Faults& faults);

/// Checks and orders the base pack's band rules.
void attach_band_rules(Plan& plan, const Pack& pack, Faults& faults);

/// What needs the whole plan: measures that only deduct, leaves nobody can record for.
void check_reasons_of_leaves(const Plan& plan, const Draft& draft, Faults& faults);

}  // namespace agate::framework
