// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "report/pen.h"
#include "report/report.h"

// The three drawings of a child's page, as vectors. Each says everything twice or more: by word,
// by number of layers, by depth of colour, by hatch, so that grey paper loses nothing.
namespace agate::report {

/// Agate slice: a sector a content, a layer a band; filled to the band now, a dotted arc for the
/// last period, hatched where evidence is thin; band words outside.
void draw_slice(const Pen& pen, Point centre, double radius, const ChildPage& page);

/// Band ladder of one content: boxes filled to the band, a dotted line under the last period's
/// box, below it the possible range with a dot where the content stands now.
void draw_ladder(const Pen& pen, Box boxes, const ChildPage& page, std::size_t content);

/// Height of a ladder under its boxes.
inline constexpr double ladder_foot = 11;

/// Layers by week: cumulated records, named and counted at the right end. The numbers of the
/// highlights stand on their weeks.
void draw_strata(const Pen& pen, Box place, const ChildPage& page);

/// The strata line that opens each page.
void draw_letterhead(const Pen& pen, Box place);

/// A cut of agate, layer over layer, for the cover of a book.
void draw_slab(const Pen& pen, Box place);

/// The word for a content's band, or the words for too little evidence.
[[nodiscard]] std::string band_word(const ChildPage& page, const ContentRow& row);

}  // namespace agate::report
