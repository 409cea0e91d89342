// SPDX-License-Identifier: Apache-2.0
#include <iterator>

#include "base/error.h"
#include "report/child_pages.h"
#include "report/phrases.h"

namespace agate::report {

int draw_child(PdfFile& file, const ChildPage& page) {
    for (const ContentRow& row : page.contents) {
        ensure(!row.band || (*row.band >= 0 && *row.band < static_cast<int>(page.bands.size())),
               "a content's band is one of the page's bands");
    }
    typesetter().forget_old();
    const Pen pen = file.pen(page.language);
    std::vector<Block> blocks = front_blocks(pen, page);
    std::ranges::move(back_blocks(pen, page), std::back_inserter(blocks));
    const std::vector<PlacedBlock> placed = place_blocks(blocks, child_area);
    const int pages = placed.empty() ? 1 : placed.back().page + 1;
    auto next = placed.begin();
    for (int number = 0; number < pages; ++number) {
        draw_frame(pen, page, {.page = number + 1, .pages = pages});
        for (; next != placed.end() && next->page == number; ++next) {
            blocks[next->block].draw(next->top, next->height);
        }
        file.end_page();
    }
    return pages;
}

void write_child_report(const Sink& sink, const ChildPage& page) {
    const std::string title = phrase(page.language, "file_title", {{"name", page.student_name}});
    PdfFile file(sink, PdfFile::Kind::single, title, page.maker);
    draw_child(file, page);
    file.finish();
}

}  // namespace agate::report
