// SPDX-License-Identifier: Apache-2.0
#include "report/pen.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace agate::report {

namespace {

constexpr Box around(double radius) {
    return {-radius, -radius, 2 * radius, 2 * radius};
}

}  // namespace

double snap(double value) {
    return std::round(value * 4) / 4;
}

double Pen::text(
    Point baseline, std::string_view text, Font font, Colour colour, Align align) const {
    const Line& line = type_->line(text, font, language_);
    double x = baseline.x;
    if (align != Align::left) {
        x -= align == Align::right ? line.width : line.width / 2;
    }
    draw(cairo_, {snap(x), snap(baseline.y)}, line, colour);
    return line.width;
}

Font Pen::fitted(std::string_view text, Font font, double width, double least) const {
    const double natural = width_of(text, font);
    if (natural > width) {
        const double steps = std::floor(font.size * width / natural * 2);
        const double size = std::max(least, steps / 2);
        font.letter_spacing *= size / font.size;
        font.size = size;
    }
    return font;
}

double Pen::text_within(
    Point baseline, std::string_view words, Font font, Colour colour, double width) const {
    const Font small = fitted(words, font, width, 9);
    if (width_of(words, small) <= width + 0.5) {
        return text(baseline, words, small, colour);
    }
    // Still too wide at the smallest size: as many whole characters as leave room for the dots.
    std::size_t end = 0;
    for (std::size_t at = 1; at <= words.size(); ++at) {
        const bool is_boundary =
            at == words.size() || (static_cast<unsigned char>(words[at]) & 0xC0U) != 0x80U;
        if (is_boundary) {
            if (width_of(std::string{words.substr(0, at)} + "…", small) > width) {
                break;
            }
            end = at;
        }
    }
    return text(baseline, std::string{words.substr(0, end)} + "…", small, colour);
}

void Pen::set(Colour colour) const {
    set_colour(cairo_, colour);
}

void Pen::set(Stroke stroke) const {
    set(stroke.colour);
    cairo_set_line_width(cairo_, stroke.width);
    if (stroke.dots > 0) {
        const std::array<double, 2> dash{0, stroke.dots};
        cairo_set_dash(cairo_, dash.data(), 2, 0);
        cairo_set_line_cap(cairo_, CAIRO_LINE_CAP_ROUND);
    } else {
        cairo_set_dash(cairo_, nullptr, 0, 0);
        cairo_set_line_cap(cairo_, CAIRO_LINE_CAP_BUTT);
    }
}

void Pen::box_path(Box box) const {
    const double x = snap(box.x);
    const double y = snap(box.y);
    cairo_rectangle(cairo_, x, y, snap(box.right()) - x, snap(box.bottom()) - y);
}

void Pen::fill(Box box, Colour colour) const {
    box_path(box);
    set(colour);
    cairo_fill(cairo_);
}

void Pen::outline(Box box, Stroke stroke) const {
    box_path(box);
    set(stroke);
    cairo_stroke(cairo_);
}

void Pen::panel(Box box, Colour colour, Stroke stroke, double radius) const {
    if (radius <= 0) {
        box_path(box);
    } else {
        round_path(box, radius);
    }
    set(colour);
    cairo_fill_preserve(cairo_);
    set(stroke);
    cairo_stroke(cairo_);
}

void Pen::round_path(Box box, double radius) const {
    const double x = snap(box.x);
    const double y = snap(box.y);
    const double right = snap(box.right());
    const double bottom = snap(box.bottom());
    // Control points at 0.45 of the radius make the quarter circle.
    const double r = radius;
    const double c = snap(radius * 0.45);
    cairo_move_to(cairo_, x + r, y);
    cairo_line_to(cairo_, right - r, y);
    cairo_curve_to(cairo_, right - c, y, right, y + c, right, y + r);
    cairo_line_to(cairo_, right, bottom - r);
    cairo_curve_to(cairo_, right, bottom - c, right - c, bottom, right - r, bottom);
    cairo_line_to(cairo_, x + r, bottom);
    cairo_curve_to(cairo_, x + c, bottom, x, bottom - c, x, bottom - r);
    cairo_line_to(cairo_, x, y + r);
    cairo_curve_to(cairo_, x, y + c, x + c, y, x + r, y);
    cairo_close_path(cairo_);
}

void Pen::rule(Point from, Point to, Stroke stroke) const {
    cairo_move_to(cairo_, snap(from.x), snap(from.y));
    cairo_line_to(cairo_, snap(to.x), snap(to.y));
    set(stroke);
    cairo_stroke(cairo_);
}

void Pen::disc(Point centre, double radius, Colour colour) const {
    // A round-capped line of no length: four numbers instead of an arc's thirty.
    cairo_move_to(cairo_, snap(centre.x), snap(centre.y));
    cairo_line_to(cairo_, snap(centre.x), snap(centre.y));
    set(colour);
    cairo_set_line_width(cairo_, 2 * radius);
    cairo_set_line_cap(cairo_, CAIRO_LINE_CAP_ROUND);
    cairo_set_dash(cairo_, nullptr, 0, 0);
    cairo_stroke(cairo_);
}

void Pen::ring(Point centre, double radius, Stroke stroke) const {
    cairo_new_sub_path(cairo_);
    cairo_arc(cairo_, snap(centre.x), snap(centre.y), radius, 0, 2 * std::numbers::pi);
    set(stroke);
    cairo_stroke(cairo_);
}

void Pen::hatch_path() const {
    Point from;
    Point to;
    cairo_path_extents(cairo_, &from.x, &from.y, &to.x, &to.y);
    cairo_save(cairo_);
    cairo_clip(cairo_);
    // Stripes on one grid for the whole page, so that neighbouring shapes share them.
    const double step = 4.5;
    const double height = to.y - from.y;
    const double first = std::floor((from.x + from.y) / step) * step;
    for (double sum = first; sum < to.x + to.y; sum += step) {
        const double x = sum - to.y;
        cairo_move_to(cairo_, snap(x), snap(to.y));
        cairo_line_to(cairo_, snap(x + height), snap(from.y));
    }
    set(Stroke{.colour = white, .width = 1.6});
    cairo_stroke(cairo_);
    cairo_restore(cairo_);
}

void Pen::pebble_path(Point centre, double radius) const {
    // The border radii 46 54 55 45 / 54 47 53 46 of the screen, as four curves.
    const double x = snap(centre.x - radius);
    const double y = snap(centre.y - radius);
    const double d = 2 * radius;
    const auto at = [&](double part_x, double part_y) {
        return Point{snap(x + part_x * d), snap(y + part_y * d)};
    };
    const auto curve = [&](Point a, Point b, Point end) {
        cairo_curve_to(cairo_, a.x, a.y, b.x, b.y, end.x, end.y);
    };
    const Point top = at(0.46, 0);
    cairo_move_to(cairo_, top.x, top.y);
    curve(at(0.76, 0), at(1, 0.21), at(1, 0.47));
    curve(at(1, 0.76), at(0.75, 1), at(0.45, 1));
    curve(at(0.20, 1), at(0, 0.79), at(0, 0.54));
    curve(at(0, 0.24), at(0.21, 0), top);
    cairo_close_path(cairo_);
}

void Pen::mark(Point centre, double radius, std::string_view character, Colour colour) const {
    const std::string key =
        fmt::format("mark {} {} {:.3f} {:.3f}", character, radius, colour.red, colour.green);
    stamp(key, centre, around(radius + 1), [&](const Pen& pen, Point at) {
        pen.pebble_path(at, radius);
        pen.set(colour);
        cairo_fill(pen.cairo_);
        const Font font{.size = radius * 1.2};
        pen.text({at.x, at.y + font.size * 0.345}, character, font, white, Align::centre);
    });
}

void Pen::stamp(std::string_view key, Point at, Box extents, const Drawing& drawing) const {
    if (stamps_ == nullptr) {
        drawing(*this, at);
        return;
    }
    cairo_surface_t* recorded = stamps_->find_or_record(key, extents, [&](cairo_t* cairo) {
        drawing(Pen(cairo, language_), Point{0, 0});
    });
    cairo_set_source_surface(cairo_, recorded, snap(at.x), snap(at.y));
    cairo_paint(cairo_);
}

void Pen::logo(Point centre, double radius) const {
    struct Ring {
        double share;
        Colour colour;
    };

    static constexpr std::array<Ring, 5> rings{{{1.0, hex(0xA93E27)},
                                                {0.80, hex(0xF6E4D2)},
                                                {0.66, hex(0xC98A2C)},
                                                {0.48, white},
                                                {0.36, hex(0x1C5E63)}}};
    stamp(
        fmt::format("logo {}", radius), centre, around(radius + 1), [&](const Pen& pen, Point at) {
            for (const Ring& ring : rings) {
                const double down = (1 - ring.share) * radius * 0.12;
                pen.pebble_path({at.x, at.y + down}, radius * ring.share);
                pen.set(ring.colour);
                cairo_fill(pen.cairo_);
            }
        });
}

}  // namespace agate::report
