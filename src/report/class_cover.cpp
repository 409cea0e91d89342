// SPDX-License-Identifier: Apache-2.0
#include "report/class_cover.h"

#include <algorithm>
#include <array>

#include "report/charts.h"
#include "report/child_pages.h"
#include "report/phrases.h"

namespace agate::report {

namespace {

constexpr int least_shown = 5;
constexpr Font heading{.face = Face::bold, .size = 16};
constexpr Font body{.size = 12};
constexpr Font small{.size = 9.5};

struct Stratum {
    double thickness;
    std::array<double, 5> height;  ///< of its upper edge above the straight line, left to right
    Colour colour;
};

constexpr std::array<Stratum, 11> strata{{
    {30, {0, 10, 2, 14, 6}, hex(0xA93E27)},
    {7, {2, 14, 3, 16, 4}, hex(0xE9B9A6)},
    {20, {0, 17, 5, 17, 2}, hex(0xC98A2C)},
    {5, {4, 20, 6, 18, 0}, hex(0xF6E4D2)},
    {26, {6, 20, 10, 16, 2}, hex(0xB57D20)},
    {8, {8, 18, 13, 13, 6}, hex(0xCFE6DD)},
    {30, {6, 15, 16, 10, 9}, hex(0x3B9A80)},
    {6, {4, 12, 18, 8, 12}, hex(0xD6E4F5)},
    {24, {6, 8, 18, 6, 14}, hex(0x2A6BBF)},
    {7, {8, 5, 16, 7, 12}, hex(0xE3CFE0)},
    {34, {10, 3, 14, 9, 9}, hex(0x7F4478)},
}};

// From the place's top to its bottom, each layer from its own wavy edge down to the slab's end;
// the next one lies over it.
void draw_slab(const Pen& pen, Box place) {
    cairo_t* cairo = pen.cairo();
    cairo_save(cairo);
    cairo_new_path(cairo);
    const double r = 46;
    cairo_move_to(cairo, place.x + r, place.y + 10);
    cairo_curve_to(cairo,
                   place.x + 160,
                   place.y - 8,
                   place.x + 330,
                   place.y + 22,
                   place.right() - r,
                   place.y + 4);
    cairo_curve_to(cairo,
                   place.right() - 12,
                   place.y + 4,
                   place.right(),
                   place.y + 30,
                   place.right() - 3,
                   place.y + 74);
    cairo_curve_to(cairo,
                   place.right() - 6,
                   place.middle() + 30,
                   place.right() + 1,
                   place.bottom() - 40,
                   place.right() - r,
                   place.bottom() - 4);
    cairo_curve_to(cairo,
                   place.x + 340,
                   place.bottom() + 6,
                   place.x + 190,
                   place.bottom() - 16,
                   place.x + r,
                   place.bottom());
    cairo_curve_to(cairo,
                   place.x + 6,
                   place.bottom() - 4,
                   place.x - 2,
                   place.bottom() - 50,
                   place.x + 3,
                   place.middle() + 6);
    cairo_curve_to(cairo,
                   place.x + 6,
                   place.middle() - 40,
                   place.x - 4,
                   place.y + 16,
                   place.x + r,
                   place.y + 10);
    cairo_close_path(cairo);
    cairo_clip(cairo);
    double whole = 0;
    for (const Stratum& stratum : strata) {
        whole += stratum.thickness;
    }
    const double scale = place.height / whole;
    const double step = place.width / 4;
    double y = place.y;
    for (const Stratum& stratum : strata) {
        const auto edge = [&](std::size_t i) { return snap(y - stratum.height[i] * scale + 9); };
        cairo_move_to(cairo, place.x, &stratum == &strata.front() ? place.y - 20 : edge(0));
        for (std::size_t i = 1; i < 5 && &stratum != &strata.front(); ++i) {
            const double x = place.x + step * static_cast<double>(i);
            cairo_curve_to(cairo,
                           snap(x - step / 2),
                           edge(i - 1),
                           snap(x - step / 2),
                           edge(i),
                           snap(x),
                           edge(i));
        }
        cairo_line_to(cairo, place.right(), &stratum == &strata.front() ? place.y - 20 : edge(4));
        cairo_line_to(cairo, place.right(), place.bottom() + 12);
        cairo_line_to(cairo, place.x, place.bottom() + 12);
        cairo_close_path(cairo);
        pen.set(stratum.colour);
        cairo_fill(cairo);
        y += stratum.thickness * scale;
    }
    cairo_restore(cairo);
}

void draw_cover_foot(const Pen& pen, const ClassCover& cover, int page) {
    const Language language = cover.language;
    FootLines foot;
    foot.lines = {rules_line(language, cover.framework),
                  maker_line(language, cover.maker),
                  cover.is_demo ? phrase(language, "demo") : std::string{}};
    foot.page_number = phrase(language, "page", {{"page", std::to_string(page)}, {"pages", "2"}});
    draw_foot(pen, foot);
}

void draw_front(const Pen& pen, const ClassCover& cover) {
    const Language language = cover.language;
    pen.logo({left_edge + 14, margin + 16}, 14);
    const std::string from =
        cover.district.empty() ? cover.school : cover.district + " · " + cover.school;
    pen.text_within({left_edge + 40, margin + 21}, from, {.size = 13}, ink_2, text_width - 40);
    const bool is_result = cover.standing == Standing::result;
    pen.text_within({left_edge, 205},
                    phrase(language, is_result ? "title" : "title_standing"),
                    {.face = Face::bold, .size = 20, .letter_spacing = 2},
                    ink_2,
                    text_width);
    const Font name = pen.fitted(
        cover.class_name, {.face = Face::bold, .size = 52, .letter_spacing = 3}, text_width, 24);
    pen.text_within({left_edge, 272}, cover.class_name, name, ink, text_width);
    pen.text_within({left_edge, 308}, cover.period.name, {.size = 15}, ink, text_width);
    std::string line =
        phrase(language, "cover_count", {{"count", std::to_string(cover.student_count)}});
    if (!cover.class_teacher.empty()) {
        line += "   " + phrase(language, "cover_teacher", {{"name", cover.class_teacher}});
    }
    pen.text_within({left_edge, 334}, line, {.size = 12.5}, ink_2, text_width);
    draw_slab(pen, {left_edge, 412, text_width, 236});
    pen.text_within({left_edge, 690}, phrase(language, "motto"), {.size = 14}, ink_2, text_width);
    draw_cover_foot(pen, cover, 1);
}

struct Sample {
    std::string_view phrase_code;
    ContentRow row;
};

// The same drawings as on a child's page, each with what it alone shows.
double draw_how_to_read(const Pen& pen, const ClassCover& cover, double top) {
    ChildPage example;
    example.language = cover.language;
    example.bands = cover.bands;
    const int count = static_cast<int>(cover.bands.size());
    const int band = std::max(0, count - 2);
    const double middle = band + 0.55;
    const std::array<Sample, 4> samples{{
        {"read_boxes", {.band = band}},
        {"read_previous",
         {.band = band, .previous = {{.band = std::max(0, band - 1), .position = -1}}}},
        {"read_range",
         {.band = band,
          .position = {{.value = middle, .low = middle - 0.45, .high = middle + 0.7}}}},
        {"read_thin",
         {.band = band,
          .is_thin = true,
          .position = {{.value = middle, .low = middle - 1.1, .high = middle + 1.2}}}},
    }};
    pen.text({left_edge, top + 17}, phrase(cover.language, "how_to_read"), heading, ink);
    double y = top + 40;
    for (std::size_t i = 0; i < samples.size() && count > 0; ++i) {
        example.contents.assign(5, samples[i].row);
        draw_ladder(pen, {left_edge, y, 158, 14}, example, i == 3 ? 2 : 4);
        double baseline = y + 11;
        for (const Line& line : pen.paragraph(
                 phrase(cover.language, samples[i].phrase_code), body, text_width - 182)) {
            draw(pen.cairo(), {left_edge + 182, snap(baseline)}, line, ink);
            baseline += 18;
        }
        y = std::max(y + 38, baseline + 8);
    }
    return y;
}

constexpr double cells_x = 132;
constexpr double coverage_width = 46;

void draw_cell(const Pen& pen, Box cell, const ShownCount& count, int highest, const Mineral& hue) {
    const double full = cell.width - 34;
    const Box bar{cell.x, cell.y, count ? full * *count / std::max(1, highest) : 22, cell.height};
    if (!count) {
        pen.fill(bar, lighten(ink_3, 0.45));
        cairo_rectangle(pen.cairo(), bar.x, bar.y, bar.width, bar.height);
        pen.hatch_path(bar);
        pen.outline(bar, {.colour = ink_3, .width = 0.5});
        pen.text_within({bar.right() + 5, bar.middle() + 3.4},
                        phrase(pen.language(), "hidden"),
                        {.size = 9},
                        ink_2,
                        cell.width - bar.width - 7);
        return;
    }
    pen.fill(bar, lighten(hue.fill, 0.3));
    pen.outline(bar, {.colour = hue.text, .width = 0.6});
    pen.text({bar.right() + 5, bar.middle() + 4}, std::to_string(*count), {.size = 11}, ink);
}

void draw_overview(const Pen& pen, const ClassCover& cover, double top) {
    const Language language = cover.language;
    pen.text({left_edge, top + 17}, phrase(language, "overview"), heading, ink);
    const std::size_t columns = cover.bands.size() + 1;
    const double step = (text_width - cells_x - coverage_width) /
                        static_cast<double>(std::max<std::size_t>(columns, 1));
    double y = top + 42;
    for (std::size_t i = 0; i < columns; ++i) {
        const std::string name = i + 1 < columns ? cover.bands[i] : phrase(language, "no_result");
        pen.text_within(
            {left_edge + cells_x + step * static_cast<double>(i), y}, name, small, ink_2, step - 4);
    }
    pen.text({right_edge, y}, phrase(language, "coverage"), small, ink_2, Align::right);
    int highest = 1;
    std::vector<ShownRow> rows;
    for (const OverviewRow& row : cover.overview) {
        rows.push_back(suppress(row));
        for (const ShownCount& count : rows.back().bands) {
            highest = std::max(highest, count.value_or(0));
        }
    }
    y += 10;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const OverviewRow& row = cover.overview[i];
        const Mineral hue = mineral(i);
        pen.rule({left_edge, y}, {right_edge, y}, {.colour = line_soft, .width = 0.6});
        pen.mark({left_edge + 9.5, y + 17}, 9.5, row.mark, hue.pebble);
        pen.text_within({left_edge + 26, y + 21}, row.name, body, ink, cells_x - 34);
        rows[i].bands.resize(cover.bands.size());
        for (std::size_t band = 0; band < columns; ++band) {
            const Box cell{left_edge + cells_x + step * static_cast<double>(band), y + 9, step, 15};
            const bool is_band = band + 1 < columns;
            const ShownCount count = is_band ? rows[i].bands[band] : rows[i].no_result;
            if (is_band || count.value_or(1) > 0) {
                draw_cell(pen, cell, count, highest, is_band ? hue : mineral(5));
            }
        }
        pen.text({right_edge, y + 21},
                 printed_percent(row.coverage_ppm),
                 {.size = 11},
                 ink,
                 Align::right);
        y += 35;
    }
    pen.rule({left_edge, y}, {right_edge, y}, {.colour = line_soft, .width = 0.6});
    for (const Line& line : pen.paragraph(phrase(language, "overview_note"), small, text_width)) {
        y += 15;
        draw(pen.cairo(), {left_edge, snap(y)}, line, ink_2);
    }
}

}  // namespace

ShownRow suppress(const OverviewRow& row) {
    ShownRow shown{row.bands, row.no_result};
    int hidden = 0;
    const auto hide_few = [&](ShownCount& count) {
        if (count && *count < least_shown) {
            count = std::nullopt;
        }
        hidden += count ? 0 : 1;
    };
    for (ShownCount& count : shown.bands) {
        hide_few(count);
    }
    // Nobody without a result is nobody to protect.
    if (shown.no_result != ShownCount{0}) {
        hide_few(shown.no_result);
    }
    if (hidden != 1) {
        return shown;
    }
    ShownCount* smallest = shown.no_result.value_or(0) > 0 ? &shown.no_result : nullptr;
    for (ShownCount& count : shown.bands) {
        if (count && (smallest == nullptr || *count < **smallest)) {
            smallest = &count;
        }
    }
    if (smallest != nullptr) {
        *smallest = std::nullopt;
    }
    return shown;
}

void draw_class_cover(PdfFile& file, const ClassCover& cover) {
    typesetter().forget_old();
    const Pen pen(file.cairo(), cover.language);
    draw_front(pen, cover);
    file.end_page();
    draw_letterhead(pen, {left_edge, margin, text_width, 14});
    const double y = draw_how_to_read(pen, cover, 84);
    if (!cover.overview.empty()) {
        draw_overview(pen, cover, y + 22);
    }
    draw_cover_foot(pen, cover, 2);
    file.end_page();
}

}  // namespace agate::report
