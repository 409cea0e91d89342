// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cairo.h>

#include <exception>
#include <memory>
#include <string>
#include <string_view>

#include "base/day.h"
#include "report/pen.h"
#include "report/report.h"

namespace agate::report {

inline constexpr double page_width = 595.276;  ///< A4 in points
inline constexpr double page_height = 841.890;
inline constexpr double margin = 45;  ///< 15.9 mm
inline constexpr double left_edge = margin;
inline constexpr double right_edge = page_width - margin;
inline constexpr double text_width = right_edge - left_edge;

/// A PDF being written to a sink, A4 upright, page after page. What the sink throws comes out of
/// end_page() or finish(). The creation date is the maker's time, in Shanghai.
class PdfFile {
public:
    enum class Kind { single, book };  ///< a book keeps what its pages repeat
    PdfFile(Sink sink, Kind kind, std::string_view title, const Maker& maker);
    PdfFile(const PdfFile&) = delete;
    PdfFile& operator=(const PdfFile&) = delete;
    ~PdfFile();

    [[nodiscard]] cairo_t* cairo() const { return cairo_.get(); }

    [[nodiscard]] Pen pen(Language language);

    void end_page();
    /// An entry of the reader's side bar that leads to the page being drawn.
    void add_bookmark(std::string_view name);
    void finish();

    [[nodiscard]] int pages() const { return pages_; }

private:
    struct SurfaceRelease {
        void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
    };

    struct CairoRelease {
        void operator()(cairo_t* cairo) const { cairo_destroy(cairo); }
    };

    static cairo_status_t take(void* self, const unsigned char* bytes, unsigned int count) noexcept;
    void flush();
    void check();

    Sink sink_;
    std::string buffer_;
    std::exception_ptr fault_;
    int pages_ = 0;
    std::unique_ptr<cairo_surface_t, SurfaceRelease> surface_;
    std::unique_ptr<cairo_t, CairoRelease> cairo_;
    Kind kind_;
    Stamps stamps_;
};

}  // namespace agate::report
