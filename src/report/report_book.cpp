// SPDX-License-Identifier: Apache-2.0
#include <utility>

#include "base/error.h"
#include "report/child_pages.h"
#include "report/class_cover.h"
#include "report/pdf_file.h"

namespace agate::report {

struct ReportBook::State {
    State(Sink sink, std::string_view title, const Maker& maker)
        : file(std::move(sink), PdfFile::Kind::book, title, maker) {}

    PdfFile file;
    bool is_finished = false;

    // The next page drawn is the front of a leaf.
    void turn_to_front() {
        if (file.pages() % 2 == 1) {
            file.end_page();
        }
    }
};

ReportBook::ReportBook(Sink sink, std::string title, const Maker& maker)
    : state_(std::make_unique<State>(std::move(sink), title, maker)) {}

ReportBook::ReportBook(ReportBook&&) noexcept = default;
ReportBook& ReportBook::operator=(ReportBook&&) noexcept = default;
ReportBook::~ReportBook() = default;

void ReportBook::begin_class(const ClassCover& cover) {
    ensure(!state_->is_finished, "a finished book takes no class");
    state_->turn_to_front();
    state_->file.add_bookmark(cover.class_name);
    draw_class_cover(state_->file, cover);
}

void ReportBook::add(const ChildPage& page) {
    ensure(!state_->is_finished, "a finished book takes no page");
    state_->turn_to_front();
    state_->file.add_bookmark(page.student_name);
    draw_child(state_->file, page);
}

void ReportBook::finish() {
    ensure(!state_->is_finished, "a book is finished once");
    state_->is_finished = true;
    state_->file.finish();
}

int ReportBook::pages() const {
    return state_->file.pages();
}

}  // namespace agate::report
