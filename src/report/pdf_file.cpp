// SPDX-License-Identifier: Apache-2.0
#include "report/pdf_file.h"

#include <cairo-pdf.h>

#include <utility>

#include "base/error.h"

namespace agate::report {

namespace {

constexpr std::size_t buffer_bytes = 1U << 16;

std::string iso_time(Instant at) {
    std::string text = to_string(at);
    if (const std::size_t blank = text.find(' '); blank != std::string::npos) {
        text[blank] = 'T';
    }
    return text + "+08:00";
}

}  // namespace

PdfFile::PdfFile(Sink sink, Kind kind, std::string_view title, const Maker& maker)
    : sink_(std::move(sink)),
      surface_(cairo_pdf_surface_create_for_stream(&PdfFile::take, this, page_width, page_height)),
      cairo_(cairo_create(surface_.get())),
      kind_(kind) {
    const auto set = [this](cairo_pdf_metadata_t what, std::string_view value) {
        cairo_pdf_surface_set_metadata(surface_.get(), what, std::string{value}.c_str());
    };
    set(CAIRO_PDF_METADATA_TITLE, title);
    set(CAIRO_PDF_METADATA_AUTHOR, maker.name);
    set(CAIRO_PDF_METADATA_CREATOR, "Agate");
    set(CAIRO_PDF_METADATA_CREATE_DATE, iso_time(maker.at));
    set(CAIRO_PDF_METADATA_MOD_DATE, iso_time(maker.at));
    check();
}

PdfFile::~PdfFile() {
    // A file that was not finished is closed without telling the sink any more.
    sink_ = nullptr;
    cairo_.reset();
    cairo_surface_finish(surface_.get());
}

cairo_status_t PdfFile::take(void* self, const unsigned char* bytes, unsigned int count) noexcept {
    auto& file = *static_cast<PdfFile*>(self);
    // The border to C: an exception may not pass through cairo's frames.
    try {
        if (file.fault_) {
            return CAIRO_STATUS_WRITE_ERROR;
        }
        file.buffer_.append(reinterpret_cast<const char*>(bytes), count);
        if (file.buffer_.size() >= buffer_bytes) {
            file.flush();
        }
        return CAIRO_STATUS_SUCCESS;
    } catch (...) {
        file.fault_ = std::current_exception();
        return CAIRO_STATUS_WRITE_ERROR;
    }
}

Pen PdfFile::pen(Language language) {
    return Pen(cairo_.get(), language, kind_ == Kind::book ? &stamps_ : nullptr);
}

void PdfFile::flush() {
    if (sink_ && !buffer_.empty()) {
        sink_(buffer_);
    }
    buffer_.clear();
}

void PdfFile::check() {
    if (fault_) {
        std::rethrow_exception(fault_);
    }
    for (const cairo_status_t status :
         {cairo_status(cairo_.get()), cairo_surface_status(surface_.get())}) {
        if (status != CAIRO_STATUS_SUCCESS) {
            throw Error(
                ErrorKind::internal, "report_not_drawn", {}, cairo_status_to_string(status));
        }
    }
}

void PdfFile::end_page() {
    cairo_show_page(cairo_.get());
    ++pages_;
    check();
}

void PdfFile::add_bookmark(std::string_view name) {
    const std::string place = "page=" + std::to_string(pages_ + 1);
    cairo_pdf_surface_add_outline(surface_.get(),
                                  CAIRO_PDF_OUTLINE_ROOT,
                                  std::string{name}.c_str(),
                                  place.c_str(),
                                  CAIRO_PDF_OUTLINE_FLAG_OPEN);
}

void PdfFile::finish() {
    cairo_surface_finish(surface_.get());
    check();
    flush();
}

}  // namespace agate::report
