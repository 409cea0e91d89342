// SPDX-License-Identifier: Apache-2.0
#include "framework/plan.h"

#include <algorithm>

namespace agate::framework {

namespace {
constexpr std::array<std::string_view, 7> kind_names{
    "points", "rating", "completion", "award", "mark", "measurement", "bonus"};
}  // namespace

std::string_view to_text(MeasureKind kind) {
    return kind_names[static_cast<std::size_t>(kind)];
}

std::optional<MeasureKind> parse_measure_kind(std::string_view text) {
    const auto found = std::find(kind_names.begin(), kind_names.end(), text);
    if (found == kind_names.end()) {
        return std::nullopt;
    }
    return static_cast<MeasureKind>(found - kind_names.begin());
}

std::optional<NodeIndex> Plan::find(std::string_view code) const {
    const auto found = std::find_if(
        nodes.begin(), nodes.end(), [&](const Node& candidate) { return candidate.code == code; });
    if (found == nodes.end()) {
        return std::nullopt;
    }
    return static_cast<NodeIndex>(found - nodes.begin());
}

}  // namespace agate::framework
