// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "report/charts.h"

namespace agate::report {

namespace {

constexpr double hole = 0.19;       // share of the radius kept for the logo
constexpr double word_room = 42;    // points for a word beside the slice
constexpr double sector_gap = 2.4;  // points between neighbours

struct Sector {
    Point centre;
    double radius;
    double from, to;  // angles of its edges' middle lines
    int layers;

    [[nodiscard]] double ring(int layer) const {
        return radius * (hole + (1 - hole) * layer / layers);
    }

    [[nodiscard]] double middle() const { return (from + to) / 2; }

    [[nodiscard]] Point at(double angle, double distance) const {
        return {centre.x + std::cos(angle) * distance, centre.y + std::sin(angle) * distance};
    }
};

// Edges are parallel to the sector's side lines, so that the gap is one width from inside out.
void layers_path(cairo_t* cairo, const Sector& sector, int from_layer, int to_layer) {
    const double inner = sector.ring(from_layer);
    const double outer = sector.ring(to_layer);
    const double inner_gap = sector_gap / 2 / inner;
    const double outer_gap = sector_gap / 2 / outer;
    cairo_new_sub_path(cairo);
    cairo_arc(cairo,
              sector.centre.x,
              sector.centre.y,
              outer,
              sector.from + outer_gap,
              sector.to - outer_gap);
    cairo_arc_negative(cairo,
                       sector.centre.x,
                       sector.centre.y,
                       inner,
                       sector.to - inner_gap,
                       sector.from + inner_gap);
    cairo_close_path(cairo);
}

// Across the sector at this distance, its ends this many points from the sides' middle lines.
void arc(cairo_t* cairo, const Sector& sector, double distance, double gap) {
    const double angle = gap / distance;
    cairo_new_sub_path(cairo);
    cairo_arc(
        cairo, sector.centre.x, sector.centre.y, distance, sector.from + angle, sector.to - angle);
}

void draw_layers(const Pen& pen, const Sector& sector, const ContentRow& row, const Mineral& hue) {
    cairo_t* cairo = pen.cairo();
    const int filled = row.band ? std::clamp(*row.band + 1, 1, sector.layers) : 0;
    layers_path(cairo, sector, 0, sector.layers);
    pen.set(row.band ? lighten(hue.tint, 0.35) : lighten(ink_3, 0.82));
    cairo_fill(cairo);
    // A layer is one wide arc; what it leaves free on both sides parts it from its neighbours.
    constexpr double seam = 1.1;
    for (int layer = 0; layer < filled; ++layer) {
        const double thickness = sector.ring(layer + 1) - sector.ring(layer);
        arc(cairo, sector, sector.ring(layer) + thickness / 2, sector_gap / 2);
        const Colour colour = layer_colour(hue.fill, layer, sector.layers);
        pen.set(Stroke{.colour = colour, .width = thickness - seam});
        cairo_stroke(cairo);
    }
    if (!row.band || row.is_thin) {
        layers_path(cairo, sector, 0, row.band ? filled : sector.layers);
        pen.hatch_path();
    }
    for (int layer = std::max(filled, 1); layer < sector.layers; ++layer) {
        arc(cairo, sector, sector.ring(layer), sector_gap / 2);
        pen.set(Stroke{.colour = lighten(hue.fill, 0.6), .width = 0.6});
        cairo_stroke(cairo);
    }
    layers_path(cairo, sector, 0, sector.layers);
    pen.set(Stroke{.colour = lighten(hue.fill, 0.25), .width = 0.7});
    cairo_stroke(cairo);
}

void draw_previous(const Pen& pen, const Sector& sector, const ContentRow& row) {
    if (!row.previous) {
        return;
    }
    const double distance = sector.ring(std::clamp(row.previous->band + 1, 1, sector.layers));
    for (const Stroke& stroke : {Stroke{.colour = white, .width = 3.2},
                                 Stroke{.colour = ink, .width = 1.5, .dots = 3.1}}) {
        arc(pen.cairo(), sector, distance, sector_gap / 2 + 2.2);
        pen.set(stroke);
        cairo_stroke(pen.cairo());
    }
}

void draw_mark(const Pen& pen, const Sector& sector, const std::string& mark, Colour colour) {
    const std::string key = fmt::format("spot {} {:.3f} {:.3f}", mark, colour.red, colour.green);
    const Point spot = sector.at(sector.middle(), sector.radius * 0.47);
    pen.stamp(key, spot, {-9, -9, 18, 18}, [&](const Pen& on, Point at) {
        on.disc(at, 8.6, white);
        const Font font{.size = 12};
        on.text({at.x, at.y + 4.2}, mark, font, colour, Align::centre);
    });
}

void draw_word(const Pen& pen, const Sector& sector, std::string_view word, Colour colour) {
    const double angle = sector.middle();
    const Point at = sector.at(angle, sector.radius + 6);
    const double sideways = std::cos(angle);
    const double down = std::sin(angle);
    const Align align = sideways > 0.3    ? Align::left
                        : sideways < -0.3 ? Align::right
                                          : Align::centre;
    const Font font = pen.fitted(word, {.size = 11}, word_room, 9);
    pen.text({at.x, at.y + 4 + down * 5.5}, word, font, colour, align);
}

}  // namespace

void draw_slice(const Pen& pen, Point centre, double radius, const ChildPage& page) {
    const int count = static_cast<int>(page.contents.size());
    const int layers = static_cast<int>(page.bands.size());
    if (count == 0 || layers == 0) {
        return;
    }
    const double turn = 2 * std::numbers::pi / count;
    for (int i = 0; i < count; ++i) {
        const ContentRow& row = page.contents[static_cast<std::size_t>(i)];
        const Mineral hue = mineral(static_cast<std::size_t>(i));
        const double middle = -std::numbers::pi / 2 + turn * i;
        const Sector sector{centre, radius, middle - turn / 2, middle + turn / 2, layers};
        const int band = row.band.value_or(-1);
        const bool is_hatched = row.is_thin || !row.band;
        const std::string key =
            fmt::format("sector {}/{} {} {}/{} {}", i, count, row.mark, band, layers, is_hatched);
        const Box extents{-radius - 1, -radius - 1, 2 * radius + 2, 2 * radius + 2};
        pen.stamp(key, centre, extents, [&](const Pen& on, Point origin) {
            Sector here = sector;
            here.centre = origin;
            draw_layers(on, here, row, hue);
        });
        draw_previous(pen, sector, row);
        draw_mark(pen, sector, row.mark, hue.text);
        draw_word(pen, sector, band_word(page, row), row.band ? hue.text : ink_2);
    }
    pen.logo(centre, radius * 0.115);
}

}  // namespace agate::report
