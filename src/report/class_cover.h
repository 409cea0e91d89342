// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "report/pdf_file.h"
#include "report/report.h"

namespace agate::report {

/// The counts of a row as they are printed: what is under 5 is hidden, and where one hidden cell
/// alone could be worked out from the class's size, the smallest shown one is hidden with it.
struct ShownRow {
    std::vector<ShownCount> bands;
    ShownCount no_result;
};

[[nodiscard]] ShownRow suppress(const OverviewRow& row);

/// The cover and, on its back, how to read a page with the counts of the class. Two pages.
void draw_class_cover(PdfFile& file, const ClassCover& cover);

}  // namespace agate::report
