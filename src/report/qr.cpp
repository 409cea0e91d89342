// SPDX-License-Identifier: Apache-2.0
#include "report/qr.h"

#include <qrencode.h>

#include <cmath>
#include <memory>
#include <string>

namespace agate::report {

namespace {

struct QrRelease {
    void operator()(QRcode* code) const { QRcode_free(code); }
};

}  // namespace

double draw_qr(const Pen& pen, Point upper_right, std::string_view text) {
    const std::unique_ptr<QRcode, QrRelease> code(
        QRcode_encodeString(std::string{text}.c_str(), 0, QR_ECLEVEL_M, QR_MODE_8, 1));
    if (!code) {
        return 0;
    }
    // Modules are whole eighths of a point: short numbers, and no seams between neighbours.
    const double module = std::ceil(qr_least_size / code->width * 8) / 8;
    const double side = module * code->width;
    const double left = snap(upper_right.x - side);
    const double top = snap(upper_right.y);
    const auto is_dark = [&](int column, int row) {
        return (code->data[row * code->width + column] & 1U) != 0;
    };
    for (int row = 0; row < code->width; ++row) {
        for (int column = 0; column < code->width; ++column) {
            const int from = column;
            while (column < code->width && is_dark(column, row)) {
                ++column;
            }
            if (column > from) {
                cairo_rectangle(pen.cairo(),
                                left + from * module,
                                top + row * module,
                                (column - from) * module,
                                module);
            }
        }
    }
    pen.set(ink);
    cairo_fill(pen.cairo());
    return side;
}

}  // namespace agate::report
