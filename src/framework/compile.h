// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>

#include "base/problem.h"
#include "framework/pack_files.h"
#include "framework/plan.h"

// Packs in, plans out. The only maker of a Plan: what it gives has passed every check.
namespace agate::framework {

/// The two evaluations that are kept side by side (DESIGN.md 5a).
struct Plans {
    Plan school;    ///< the framework with all overlays
    Plan national;  ///< the framework alone with its own weights; a record under an added leaf
                    ///< counts at the leaf's national point
};

/// Plans when there is no error; problems are all faults found, warnings with plans too. They are
/// in the order of layers, files and lines.
struct CompileOutcome {
    std::optional<Plans> plans;
    Problems problems;
};

/// `layers` is a framework or scoring pack, then overlays from low to high (district, school,
/// campus). When the first layer is an overlay, `find` gives the pack it extends; mounted packs
/// come from `find` too. Without overlays both plans are equal. The same bytes give the same plans
/// and the same digest, whatever the order of files.
[[nodiscard]] CompileOutcome compile(std::span<const PackFiles> layers,
                                     const PackFinder& find = shipped_pack);

/// One pack as `agate pack check DIR` sees it.
[[nodiscard]] CompileOutcome compile_pack(const PackFiles& pack,
                                          const PackFinder& find = shipped_pack);

}  // namespace agate::framework
