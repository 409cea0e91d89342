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
constexpr Font heading{.size = 16.5};
constexpr Font body{.size = 11.5};
constexpr Font small{.size = 9.5};

void draw_cover_foot(const Pen& pen, const ClassCover& cover) {
    const Language language = cover.language;
    FootLines foot;
    foot.lines = {rules_line(language, cover.framework),
                  maker_line(language, cover.maker),
                  cover.is_demo ? phrase(language, "demo") : std::string{}};
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
                    {.size = 20, .letter_spacing = 2.5},
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
    draw_slab(pen, {left_edge, 420, text_width, 216});
    pen.text_within({left_edge, 690}, phrase(language, "motto"), {.size = 14}, ink_2, text_width);
    draw_cover_foot(pen, cover);
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
                 phrase(cover.language, samples[i].phrase_code), body, text_width - 174)) {
            draw(pen.cairo(), {left_edge + 174, snap(baseline)}, line, ink);
            baseline += 18;
        }
        y = std::max(y + 34, baseline + 8);
    }
    return y;
}

constexpr double cells_x = 140;
constexpr double coverage_width = 54;
constexpr double chart_row = 62;
constexpr double bar_width = 34;
constexpr double tallest_bar = 34;

// A column of children from the row's ground line up, its count above it.
void draw_column(const Pen& pen, Point ground, const ShownCount& count, double scale, Mineral hue) {
    const double height = count ? std::max(0.5, *count * scale) : 13;
    const Box bar{ground.x, ground.y - height, bar_width, height};
    if (count) {
        pen.panel(bar, lighten(hue.fill, 0.25), {.colour = hue.text, .width = 0.6});
        pen.text({bar.x + bar_width / 2, bar.y - 4},
                 std::to_string(*count),
                 {.size = 11},
                 ink,
                 Align::centre);
        return;
    }
    cairo_rectangle(pen.cairo(), bar.x, bar.y, bar.width, bar.height);
    pen.set(lighten(ink_3, 0.55));
    cairo_fill_preserve(pen.cairo());
    pen.hatch_path();
    pen.outline(bar, {.colour = ink_3, .width = 0.5});
    const std::string word = phrase(pen.language(), "hidden");
    pen.text({bar.x + bar_width / 2, bar.y - 4}, word, {.size = 9}, ink_2, Align::centre);
}

void draw_overview_head(const Pen& pen, const ClassCover& cover, double y, double step) {
    const std::string none = phrase(cover.language, "no_result");
    for (std::size_t i = 0; i <= cover.bands.size(); ++i) {
        const std::string& name = i < cover.bands.size() ? cover.bands[i] : none;
        const double x = left_edge + cells_x + step * static_cast<double>(i) + bar_width / 2;
        const Font font = pen.fitted(name, small, step - 4, 9);
        pen.text({x, y}, name, font, ink_2, Align::centre);
    }
    pen.text({right_edge, y}, phrase(cover.language, "coverage"), small, ink_2, Align::right);
}

int highest_count(const std::vector<ShownRow>& rows) {
    int highest = 1;
    for (const ShownRow& row : rows) {
        for (const ShownCount& count : row.bands) {
            highest = std::max(highest, count.value_or(0));
        }
        highest = std::max(highest, row.no_result.value_or(0));
    }
    return highest;
}

void draw_overview(const Pen& pen, const ClassCover& cover, double top) {
    pen.text({left_edge, top + 17}, phrase(cover.language, "overview"), heading, ink);
    const double columns = static_cast<double>(cover.bands.size()) + 1;
    const double step = (text_width - cells_x - coverage_width) / columns;
    draw_overview_head(pen, cover, top + 17, step);
    std::vector<ShownRow> rows;
    for (const OverviewRow& row : cover.overview) {
        rows.push_back(suppress(row));
        rows.back().bands.resize(cover.bands.size());
    }
    const double scale = tallest_bar / highest_count(rows);
    double y = top + 27;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const OverviewRow& row = cover.overview[i];
        y += chart_row;
        pen.mark({left_edge + 9.5, y - 17}, 9.5, row.mark, mineral(i).pebble);
        pen.text_within({left_edge + 26, y - 13}, row.name, {.size = 12}, ink, cells_x - 32);
        double x = left_edge + cells_x;
        for (const ShownCount& count : rows[i].bands) {
            draw_column(pen, {x, y}, count, scale, mineral(i));
            x += step;
        }
        if (rows[i].no_result.value_or(1) > 0) {
            draw_column(pen, {x, y}, rows[i].no_result, scale, mineral(5));
        }
        pen.text({right_edge, y - 13},
                 printed_percent(row.coverage_ppm),
                 {.size = 11},
                 ink,
                 Align::right);
        pen.rule({left_edge, y}, {right_edge, y}, {.colour = line_pen, .width = 0.6});
    }
    y += 4;
    for (const Line& line :
         pen.paragraph(phrase(cover.language, "overview_note"), small, text_width)) {
        y += 14;
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
    const Pen pen = file.pen(cover.language);
    draw_front(pen, cover);
    file.end_page();
    draw_letterhead(pen, {left_edge, margin, text_width, 14});
    const double y = draw_how_to_read(pen, cover, 84);
    if (!cover.overview.empty()) {
        draw_overview(pen, cover, y + 14);
    }
    draw_cover_foot(pen, cover);
    file.end_page();
}

}  // namespace agate::report
