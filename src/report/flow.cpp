// SPDX-License-Identifier: Apache-2.0
#include "report/flow.h"

#include <algorithm>
#include <span>

namespace agate::report {

namespace {

// Height of a block with those that it must not be parted from.
double height_with_kept(const std::vector<Block>& blocks, std::size_t first) {
    double height = blocks[first].height;
    for (std::size_t i = first; blocks[i].is_kept_with_next && i + 1 < blocks.size(); ++i) {
        height += blocks[i + 1].gap + blocks[i + 1].height;
    }
    return height;
}

// First the gaps up to their limits, then the blocks that grow.
void share_room(const std::vector<Block>& blocks, std::span<PlacedBlock> page, double room) {
    double stretchable = 0;
    int growing = 0;
    for (std::size_t i = 0; i < page.size(); ++i) {
        const Block& block = blocks[page[i].block];
        stretchable += i == 0 ? 0 : block.gap_stretch;
        growing += block.grows ? 1 : 0;
    }
    const double part = stretchable > 0 ? std::min(1.0, room / stretchable) : 0;
    const double rest = room - part * stretchable;
    double shift = 0;
    for (std::size_t i = 0; i < page.size(); ++i) {
        const Block& block = blocks[page[i].block];
        shift += i == 0 ? 0 : block.gap_stretch * part;
        page[i].top += shift;
        if (block.grows) {
            page[i].height += rest / growing;
            shift += rest / growing;
        }
    }
}

}  // namespace

std::vector<PlacedBlock> place_blocks(const std::vector<Block>& blocks, const FlowArea& area) {
    std::vector<PlacedBlock> placed;
    std::size_t page_start = 0;
    int page = 0;
    double y = area.first_top;
    const auto close_page = [&] {
        share_room(blocks, std::span{placed}.subspan(page_start), std::max(0.0, area.bottom - y));
        page_start = placed.size();
        ++page;
        y = area.top;
    };
    for (std::size_t i = 0; i < blocks.size(); ++i) {
        const Block& block = blocks[i];
        bool is_fresh = placed.size() == page_start;
        const double needed = block.gap + height_with_kept(blocks, i);
        if (!is_fresh && (block.begins_new_page || y + needed > area.bottom)) {
            close_page();
            is_fresh = true;
        }
        y += is_fresh ? 0 : block.gap;
        placed.push_back({.block = i, .page = page, .top = y, .height = block.height});
        y += block.height;
    }
    if (placed.size() > page_start) {
        close_page();
    }
    return placed;
}

}  // namespace agate::report
