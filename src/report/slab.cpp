// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <cmath>

#include "report/charts.h"

namespace agate::report {

namespace {

struct Stratum {
    double thickness;
    double swell;  ///< how far its upper edge leaves the straight line
    double phase;  ///< where along the slab it rises
    Colour colour;
};

// Fixed, as a drawing is: the five minerals with pale seams, no two edges alike.
constexpr std::array<Stratum, 19> strata{{
    {14, 0, 0.0, hex(0x8E3220)}, {16, 7, 0.4, hex(0xA93E27)},  {3, 8, 0.7, hex(0xF1D3C4)},
    {8, 9, 0.9, hex(0xC06A45)},  {5, 11, 1.3, hex(0xF6E4D2)},  {13, 12, 1.6, hex(0xC98A2C)},
    {3, 11, 1.9, hex(0xFBF3E4)}, {17, 12, 2.2, hex(0xB57D20)}, {6, 10, 2.5, hex(0xEBD9B4)},
    {4, 9, 2.8, hex(0xFFFFFF)},  {9, 9, 3.2, hex(0x8CC5B3)},   {20, 10, 3.5, hex(0x3B9A80)},
    {4, 12, 3.9, hex(0xE2F1EC)}, {8, 11, 4.2, hex(0x8FB6E4)},  {18, 10, 4.6, hex(0x2A6BBF)},
    {4, 9, 5.0, hex(0xE6EEF8)},  {6, 8, 5.3, hex(0xB892B4)},   {3, 7, 5.6, hex(0xF2E8F0)},
    {24, 6, 5.9, hex(0x7F4478)},
}};

Point on_slab(Box place, double angle) {
    // A superellipse with a slight unevenness: a cut stone, not a button.
    const double c = std::cos(angle);
    const double s = std::sin(angle);
    const double even = 0.34;
    const double wobble = 1 + 0.012 * std::sin(3 * angle + 0.6) + 0.010 * std::sin(5 * angle + 2);
    const auto power = [&](double v) { return std::copysign(std::pow(std::abs(v), even), v); };
    return {place.x + place.width / 2 * (1 + power(c) * wobble * 0.978),
            place.middle() + place.height / 2 * power(s) * wobble * 0.96};
}

void slab_path(cairo_t* cairo, Box place) {
    constexpr int steps = 96;
    for (int i = 0; i < steps; ++i) {
        const Point at = on_slab(place, 2 * 3.14159265358979 * i / steps);
        cairo_line_to(cairo, snap(at.x), snap(at.y));
    }
    cairo_close_path(cairo);
}

}  // namespace

void draw_slab(const Pen& pen, Box place) {
    cairo_t* cairo = pen.cairo();
    cairo_save(cairo);
    cairo_new_path(cairo);
    slab_path(cairo, place);
    cairo_clip(cairo);
    double whole = 0;
    for (const Stratum& stratum : strata) {
        whole += stratum.thickness;
    }
    double y = place.y - 8;
    for (const Stratum& stratum : strata) {
        cairo_move_to(cairo, place.x, place.bottom() + 10);
        constexpr int steps = 36;
        for (int i = 0; i <= steps; ++i) {
            const double along = static_cast<double>(i) / steps;
            const double wave = std::sin(along * 5.2 + stratum.phase * 0.45) +
                                0.45 * std::sin(along * 11 + stratum.phase * 1.3);
            cairo_line_to(
                cairo, snap(place.x + place.width * along), snap(y - stratum.swell * wave));
        }
        cairo_line_to(cairo, place.right(), place.bottom() + 10);
        cairo_close_path(cairo);
        pen.set(stratum.colour);
        cairo_fill(cairo);
        y += (place.height + 12) * stratum.thickness / whole;
    }
    cairo_restore(cairo);
}

}  // namespace agate::report
