// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "framework/compile.h"

// Small packs for the tests, written out in place.
namespace agate::framework::samples {

/// {"pack.toml", "…", "indicators.csv", "…"}: names and texts in turn.
[[nodiscard]] PackFiles make_pack(std::string place, std::initializer_list<std::string> parts);

/// A framework of two contents with one measured point each: A1 > B1 > C1 (points), A2 > B2 > C2
/// (completion), reasons help and run.
[[nodiscard]] PackFiles small_framework();

/// An overlay on it with one added leaf, M1 under B1, mapped to C1, weighing `weight` percent.
[[nodiscard]] PackFiles small_overlay(int weight);

/// Finds the small framework, then shipped packs.
[[nodiscard]] std::optional<PackFiles> find_small(std::string_view id);

/// The pack with `from` replaced by `to` in one file.
[[nodiscard]] PackFiles replaced(PackFiles pack,
                                 std::string_view file,
                                 std::string_view from,
                                 std::string_view to);

/// The codes of the problems, in order.
[[nodiscard]] std::vector<std::string> codes(const Problems& problems);

}  // namespace agate::framework::samples
