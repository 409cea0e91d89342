// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <vector>

namespace agate::report {

/// A piece of a page that is not broken: a line, a row, a drawing. `draw` gets its upper edge and
/// the height it was given, which is `height` or, where it grows, more.
struct Block {
    double height = 0;
    double gap = 0;          ///< above it, left out at the top of a page
    double gap_stretch = 0;  ///< how much larger the gap may become on a page with room
    bool is_kept_with_next = false;
    bool grows = false;            ///< takes a share of what is left of its page
    bool begins_new_page = false;  ///< unless it would stand on a fresh page anyway
    std::function<void(double top, double height)> draw{};
};

struct PlacedBlock {
    std::size_t block = 0;
    int page = 0;  ///< from 0
    double top = 0;
    double height = 0;
};

/// Where the blocks of one page may stand.
struct FlowArea {
    double first_top = 0;  ///< on the first page
    double top = 0;        ///< on the others
    double bottom = 0;
};

/// Puts the blocks on pages in order. A block higher than a page gets one of its own.
[[nodiscard]] std::vector<PlacedBlock> place_blocks(const std::vector<Block>& blocks,
                                                    const FlowArea& area);

}  // namespace agate::report
