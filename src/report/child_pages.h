// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "report/flow.h"
#include "report/pdf_file.h"
#include "report/pen.h"
#include "report/report.h"

// The parts of a child's leaf. Front: name, slice, strengths, ladders. Back: layers by week and
// the words of teacher, family and child, or ruled room for them.
namespace agate::report {

/// Draws the child's pages into the file and returns how many there were.
int draw_child(PdfFile& file, const ChildPage& page);

[[nodiscard]] std::vector<Block> front_blocks(const Pen& pen, const ChildPage& page);
[[nodiscard]] std::vector<Block> back_blocks(const Pen& pen, const ChildPage& page);

struct PageNumber {
    int page = 1;
    int pages = 1;
};

/// Letterhead, running head from the second page on, and the foot.
void draw_frame(const Pen& pen, const ChildPage& page, PageNumber number);

/// What the foot says besides; shared by a child's pages and a class cover.
struct FootLines {
    std::vector<std::string> lines{};
    std::string page_number{};
    std::string check_code{};
    std::string verify_url{};
};

void draw_foot(const Pen& pen, const FootLines& foot);
[[nodiscard]] std::string maker_line(Language language, const Maker& maker);
[[nodiscard]] std::string rules_line(Language language, const std::vector<std::string>& rules);

inline constexpr FlowArea child_area{.first_top = 72, .top = 92, .bottom = 716};

}  // namespace agate::report
