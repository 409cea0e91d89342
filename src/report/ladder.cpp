// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "report/charts.h"

namespace agate::report {

namespace {

constexpr double box_gap = 2;
constexpr double corner = 2.5;

struct Rungs {
    Box boxes;
    int count;

    [[nodiscard]] double step() const { return (boxes.width + box_gap) / count; }

    [[nodiscard]] Box rung(int band) const {
        return {boxes.x + step() * band, boxes.y, step() - box_gap, boxes.height};
    }

    // Place of a value in band units; the gaps between the boxes belong to no band.
    [[nodiscard]] double x_of(double value) const {
        const double inside = value > 0 ? std::min(value, static_cast<double>(count)) : 0;
        const int band = std::min(static_cast<int>(inside), count - 1);
        const Box box = rung(band);
        return box.x + (inside - band) * box.width;
    }
};

void draw_range(const Pen& pen, const Rungs& rungs, const ContentRow& row, const Mineral& hue) {
    if (!row.position) {
        return;
    }
    const double y = rungs.boxes.bottom() + 7.5;
    const double low = rungs.x_of(row.position->low);
    const double high = rungs.x_of(row.position->high);
    const double now = rungs.x_of(row.position->value);
    if (high - low > 1) {
        pen.rule({low, y}, {high, y}, {.colour = lighten(hue.fill, 0.35), .width = 2.2});
    }
    pen.disc({now, y}, 3.1, hue.text);
    if (row.is_thin) {
        pen.disc({now, y}, 1.7, white);
    }
}

void draw_rungs(const Pen& pen, const Rungs& rungs, const ContentRow& row, const Mineral& hue) {
    const int filled = row.band ? *row.band + 1 : 0;
    for (int band = 0; band < rungs.count; ++band) {
        const Box box = rungs.rung(band);
        const Stroke edge{.colour = hue.fill, .width = band < filled ? 0.9 : 0.6};
        const bool is_hatched = band < filled ? row.is_thin : !row.band;
        const Colour colour = !row.band        ? lighten(ink_3, 0.82)
                              : band >= filled ? white
                                               : layer_colour(hue.fill, band, rungs.count);
        pen.panel(box, colour, edge, corner);
        if (is_hatched) {
            cairo_rectangle(
                pen.cairo(), snap(box.x) + 0.5, box.y + 0.5, snap(box.width) - 1, box.height - 1);
            pen.hatch_path();
        }
    }
}

}  // namespace

void draw_ladder(const Pen& pen, Box boxes, const ChildPage& page, std::size_t content) {
    const ContentRow& row = page.contents[content];
    const Mineral hue = mineral(content);
    const Rungs rungs{boxes, static_cast<int>(page.bands.size())};
    if (rungs.count == 0) {
        return;
    }
    const std::string key = fmt::format("ladder {} {}/{} {}",
                                        content,
                                        row.band.value_or(-1),
                                        rungs.count,
                                        row.is_thin || !row.band);
    const Box extents{-1, -1, boxes.width + 2, boxes.height + 2};
    pen.stamp(key, {boxes.x, boxes.y}, extents, [&](const Pen& on, Point origin) {
        const Rungs here{{origin.x, origin.y, boxes.width, boxes.height}, rungs.count};
        draw_rungs(on, here, row, hue);
    });
    if (row.previous) {
        const Box box = rungs.rung(std::clamp(row.previous->band, 0, rungs.count - 1));
        pen.rule({box.x + 2, box.bottom() + 2.6},
                 {box.right() - 2, box.bottom() + 2.6},
                 {.colour = ink, .width = 1.4, .dots = 2.9});
    }
    draw_range(pen, rungs, row, hue);
}

}  // namespace agate::report
