// SPDX-License-Identifier: Apache-2.0
#include "report/qr.h"

#include <qrencode.h>

#include <cmath>
#include <cstring>
#include <memory>
#include <string>

namespace agate::report {

namespace {

// A stencil of one bit a pixel costs a fifth of the same squares as paths. Four pixels a module
// keep the edges sharp in viewers that smooth what they enlarge.
constexpr int pixels = 4;

struct QrRelease {
    void operator()(QRcode* code) const { QRcode_free(code); }
};

struct SurfaceRelease {
    void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
};

using Surface = std::unique_ptr<cairo_surface_t, SurfaceRelease>;

Surface make_stencil(const QRcode& code) {
    const int side = code.width * pixels;
    Surface stencil(cairo_image_surface_create(CAIRO_FORMAT_A1, side, side));
    cairo_surface_flush(stencil.get());
    unsigned char* rows = cairo_image_surface_get_data(stencil.get());
    const int stride = cairo_image_surface_get_stride(stencil.get());
    for (int y = 0; y < side; ++y) {
        for (int x = 0; x < side; ++x) {
            const int module = (y / pixels) * code.width + x / pixels;
            if ((code.data[module] & 1U) != 0) {
                // Words of 32 pixels in the machine's own order; lowest bit leftmost on ours.
                std::uint32_t word = 0;
                unsigned char* at = rows + y * stride + x / 32 * 4;
                std::memcpy(&word, at, sizeof word);
                word |= std::uint32_t{1} << (x % 32);
                std::memcpy(at, &word, sizeof word);
            }
        }
    }
    cairo_surface_mark_dirty(stencil.get());
    return stencil;
}

}  // namespace

double draw_qr(const Pen& pen, Point upper_right, std::string_view text) {
    const std::unique_ptr<QRcode, QrRelease> code(
        QRcode_encodeString(std::string{text}.c_str(), 0, QR_ECLEVEL_M, QR_MODE_8, 1));
    if (!code) {
        return 0;
    }
    const double module = std::ceil(qr_least_size / code->width * 8) / 8;
    const double side = module * code->width;
    const Surface stencil = make_stencil(*code);
    cairo_t* cairo = pen.cairo();
    cairo_save(cairo);
    cairo_translate(cairo, snap(upper_right.x - side), snap(upper_right.y));
    cairo_scale(cairo, module / pixels, module / pixels);
    cairo_pattern_t* mask = cairo_pattern_create_for_surface(stencil.get());
    cairo_pattern_set_filter(mask, CAIRO_FILTER_NEAREST);
    pen.set(ink);
    cairo_mask(cairo, mask);
    cairo_pattern_destroy(mask);
    cairo_restore(cairo);
    return side;
}

}  // namespace agate::report
