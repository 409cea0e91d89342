// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "report/charts.h"
#include "report/pdf_file.h"
#include "report/phrases.h"

namespace agate::report {

namespace {

constexpr double label_size = 10.5;
constexpr double label_step = 15;

// One boundary between layers: cumulated records and the slope there, at the end of each week.
struct Boundary {
    std::vector<double> value;
    std::vector<double> slope;
};

// Slopes of a monotone cubic (Fritsch and Carlson's harmonic mean): flat where nothing was laid
// down, never above the next point. Layers are summed with their slopes, so none can cross.
std::vector<double> monotone_slopes(const std::vector<double>& value) {
    const std::size_t n = value.size();
    std::vector<double> slope(n, 0);
    for (std::size_t i = 1; i + 1 < n; ++i) {
        const double before = value[i] - value[i - 1];
        const double after = value[i + 1] - value[i];
        slope[i] = before > 0 && after > 0 ? 2 * before * after / (before + after) : 0;
    }
    if (n > 1) {
        slope[n - 1] = value[n - 1] - value[n - 2];
        slope[0] = 0;
    }
    return slope;
}

Boundary cumulate(const ChildPage& page, std::size_t content) {
    Boundary layer{.value = {0}, .slope = {}};
    for (const WeekCounts& week : page.weeks) {
        const int laid = content < week.counts.size() ? std::max(0, week.counts[content]) : 0;
        layer.value.push_back(layer.value.back() + laid);
    }
    layer.slope = monotone_slopes(layer.value);
    return layer;
}

// From the bottom up: dark and light minerals take turns, so that grey paper keeps the borders.
std::vector<std::size_t> laying_order(std::size_t contents) {
    std::vector<std::size_t> order(contents);
    std::iota(order.begin(), order.end(), std::size_t{0});
    if (contents == 5) {
        order = {0, 2, 1, 4, 3};
    }
    return order;
}

int nice_step(double highest) {
    for (const int step : {2, 5, 10, 20, 40, 50, 100, 200, 250, 500, 1000}) {
        if (highest <= step * 3.3) {
            return step;
        }
    }
    return static_cast<int>(std::ceil(highest / 3));
}

struct Plot {
    Box area;
    std::size_t weeks;
    double top;  ///< value at the upper edge

    [[nodiscard]] double x_of(double week) const {
        return area.x + area.width * week / static_cast<double>(weeks);
    }

    [[nodiscard]] double y_of(double value) const {
        return area.bottom() - area.height * value / top;
    }
};

void draw_boundary_area(const Pen& pen, const Plot& plot, const Boundary& edge, Colour colour) {
    cairo_t* cairo = pen.cairo();
    const auto curve = [&] {
        for (std::size_t i = 1; i < edge.value.size(); ++i) {
            const auto week = static_cast<double>(i);
            // A bend that no eye sees is a straight line: a third of the numbers.
            const double rise = edge.value[i] - edge.value[i - 1];
            const double bend =
                std::max(std::abs(edge.slope[i - 1] - rise), std::abs(edge.slope[i] - rise)) / 3;
            if (bend * plot.area.height / plot.top < 0.5) {
                cairo_line_to(cairo, snap(plot.x_of(week)), snap(plot.y_of(edge.value[i])));
                continue;
            }
            cairo_curve_to(cairo,
                           snap(plot.x_of(week - 2.0 / 3)),
                           snap(plot.y_of(edge.value[i - 1] + edge.slope[i - 1] / 3)),
                           snap(plot.x_of(week - 1.0 / 3)),
                           snap(plot.y_of(edge.value[i] - edge.slope[i] / 3)),
                           snap(plot.x_of(week)),
                           snap(plot.y_of(edge.value[i])));
        }
    };
    cairo_move_to(cairo, snap(plot.x_of(0)), snap(plot.area.bottom()));
    curve();
    cairo_line_to(cairo, snap(plot.area.right()), snap(plot.area.bottom()));
    cairo_close_path(cairo);
    pen.set(colour);
    cairo_fill_preserve(cairo);
    pen.set(Stroke{.colour = white, .width = 1.2});
    cairo_stroke(cairo);
}

void draw_axes(const Pen& pen, const Plot& plot, const ChildPage& page) {
    const int step = nice_step(plot.top);
    for (int value = step; value <= plot.top; value += step) {
        const double y = plot.y_of(value);
        pen.rule({plot.area.x, y}, {plot.area.right(), y}, {.colour = line_soft, .width = 0.5});
        pen.text({plot.area.x - 5, y + 3}, std::to_string(value), {.size = 9}, ink_2, Align::right);
    }
    std::string key =
        fmt::format("weeks {} {:.1f}", static_cast<int>(page.language), plot.area.width);
    for (const WeekCounts& week : page.weeks) {
        key += fmt::format(" {}", week.week);
    }
    const Box extents{-20, -2, plot.area.width + 40, 20};
    pen.stamp(key, {plot.area.x, plot.area.bottom()}, extents, [&](const Pen& on, Point at) {
        const std::size_t every = plot.weeks > 12 ? 2 : 1;
        for (std::size_t i = 0; i < page.weeks.size(); i += every) {
            const double x = plot.x_of(static_cast<double>(i) + 0.5) - plot.area.x;
            const MessageArgs args{{"week", std::to_string(page.weeks[i].week)}};
            const std::string label = phrase(page.language, "week_short", args);
            on.text({at.x + x, at.y + 13}, label, {.size = 9}, ink_2, Align::centre);
        }
    });
}

void draw_holidays(const Pen& pen, const Plot& plot, const ChildPage& page) {
    for (std::size_t i = 0; i < page.weeks.size();) {
        std::size_t end = i + 1;
        const std::string& name = page.weeks[i].holiday;
        while (end < page.weeks.size() && !name.empty() && page.weeks[end].holiday == name) {
            ++end;
        }
        if (!name.empty()) {
            const double from = plot.x_of(static_cast<double>(i));
            const double to = plot.x_of(static_cast<double>(end));
            for (const double x : {from, to}) {
                pen.rule({x, plot.area.y - 4},
                         {x, plot.area.bottom()},
                         {.colour = ink_3, .width = 0.9, .dots = 2.6});
            }
            pen.text({(from + to) / 2, plot.area.y - 8}, name, {.size = 9}, ink_2, Align::centre);
        }
        i = end;
    }
}

struct EndLabel {
    std::size_t content;
    double wanted;
    double y;
};

// Labels keep the order of their layers and at least one step between them.
void spread(std::vector<EndLabel>& labels, Box area) {
    double least = area.y + 4;
    for (auto label = labels.rbegin(); label != labels.rend(); ++label) {
        label->y = std::max(label->wanted, least);
        least = label->y + label_step;
    }
    double most = area.bottom();
    for (EndLabel& label : labels) {
        label.y = std::min(label.y, most);
        most = label.y - label_step;
    }
}

void draw_end_labels(const Pen& pen,
                     const Plot& plot,
                     const ChildPage& page,
                     std::vector<EndLabel> labels) {
    spread(labels, plot.area);
    const double x = plot.area.right();
    for (const EndLabel& label : labels) {
        const ContentRow& row = page.contents[label.content];
        const Mineral hue = mineral(label.content);
        cairo_move_to(pen.cairo(), x + 1, snap(label.wanted));
        cairo_line_to(pen.cairo(), x + 9, snap(label.y));
        cairo_line_to(pen.cairo(), x + 13, snap(label.y));
        pen.set(Stroke{.colour = hue.fill, .width = 0.8});
        cairo_stroke(pen.cairo());
        const std::string count =
            phrase(page.language, "records", {{"count", std::to_string(row.records)}});
        const double room = right_edge - x - 17 - pen.width_of(count, {.size = 9.5}) - 4;
        const double used = pen.text_within(
            {x + 17, label.y + 3.6}, row.name, {.size = label_size}, hue.text, room);
        pen.text({x + 21 + used, label.y + 3.6}, count, {.size = 9.5}, ink_2);
    }
}

void draw_highlight_flags(const Pen& pen,
                          const Plot& plot,
                          const ChildPage& page,
                          const Boundary& surface) {
    int number = 0;
    for (const Highlight& highlight : page.highlights) {
        ++number;
        const auto week = std::ranges::find(page.weeks, highlight.week, &WeekCounts::week);
        if (week == page.weeks.end()) {
            continue;
        }
        const auto i = static_cast<std::size_t>(week - page.weeks.begin());
        const double x = plot.x_of(static_cast<double>(i) + 0.5);
        const double ground = plot.y_of((surface.value[i] + surface.value[i + 1]) / 2);
        const double head = std::max(ground - 24, plot.area.y + 6);
        pen.rule({x, ground}, {x, head}, {.colour = ink_2, .width = 0.7});
        pen.disc({x, ground}, 1.8, ink);
        pen.disc({x, head}, 7, white);
        pen.ring({x, head}, 7, {.colour = ink_2, .width = 0.7});
        pen.text({x, head + 3.3}, std::to_string(number), {.size = 9}, ink, Align::centre);
    }
}

}  // namespace

void draw_strata(const Pen& pen, Box place, const ChildPage& page) {
    const Plot empty{{place.x + 26, place.y + 14, place.width - 26, place.height - 32},
                     std::max<std::size_t>(page.weeks.size(), 1),
                     10};
    std::vector<Boundary> surfaces;
    const std::vector<std::size_t> order = laying_order(page.contents.size());
    for (const std::size_t content : order) {
        Boundary layer = cumulate(page, content);
        if (!surfaces.empty()) {
            for (std::size_t i = 0; i < layer.value.size(); ++i) {
                layer.value[i] += surfaces.back().value[i];
                layer.slope[i] += surfaces.back().slope[i];
            }
        }
        surfaces.push_back(std::move(layer));
    }
    const double highest = surfaces.empty() ? 0 : surfaces.back().value.back();
    Plot plot = empty;
    if (highest > 0) {
        const int step = nice_step(highest);
        plot.top = std::max(highest * 1.04, static_cast<double>(step));
        plot.area.width -= page.language == Language::zh ? 138 : 158;
    }
    draw_axes(pen, plot, page);
    draw_holidays(pen, plot, page);
    const Point from{plot.area.x, plot.area.bottom()};
    const Point to{plot.area.right(), plot.area.bottom()};
    if (highest <= 0) {
        pen.text({plot.area.x + plot.area.width / 2, plot.area.middle() + 4},
                 phrase(page.language, "no_records"),
                 {.size = 12},
                 ink_2,
                 Align::centre);
        pen.rule(from, to, {.colour = ink_2, .width = 0.8});
        return;
    }
    std::vector<EndLabel> labels;
    for (std::size_t i = order.size(); i-- > 0;) {
        draw_boundary_area(pen, plot, surfaces[i], mineral(order[i]).fill);
    }
    for (std::size_t i = 0; i < order.size(); ++i) {
        const double below = i == 0 ? 0 : surfaces[i - 1].value.back();
        const double wanted = plot.y_of((below + surfaces[i].value.back()) / 2);
        labels.push_back({order[i], wanted, wanted});
    }
    draw_end_labels(pen, plot, page, std::move(labels));
    pen.rule(from, to, {.colour = ink_2, .width = 0.8});
    draw_highlight_flags(pen, plot, page, surfaces.back());
}

void draw_letterhead(const Pen& pen, Box place) {
    struct Layer {
        double offset, width;
        Colour colour;
    };

    static constexpr std::array<Layer, 5> layers{{{2.0, 4.0, hex(0xA93E27)},
                                                  {5.4, 1.2, hex(0xC98A2C)},
                                                  {7.8, 2.2, hex(0xB57D20)},
                                                  {10.2, 1.3, hex(0x3B9A80)},
                                                  {12.4, 1.1, hex(0x2A6BBF)}}};
    const double third = place.width / 3;
    const Box extents{0, -4, place.width, place.height + 8};
    pen.stamp("letterhead", {place.x, place.y}, extents, [&](const Pen& on, Point origin) {
        for (const Layer& layer : layers) {
            const double y = origin.y + layer.offset;
            const double swell = 0.4 + layer.offset * 0.12;
            cairo_move_to(on.cairo(), origin.x, snap(y));
            for (int i = 0; i < 3; ++i) {
                const double x = origin.x + third * i;
                const double way = i % 2 == 0 ? swell : -swell;
                cairo_curve_to(on.cairo(),
                               snap(x + third * 0.35),
                               snap(y + way),
                               snap(x + third * 0.65),
                               snap(y + way),
                               snap(x + third),
                               snap(y));
            }
            on.set(Stroke{.colour = layer.colour, .width = layer.width});
            cairo_stroke(on.cairo());
        }
    });
}

}  // namespace agate::report
