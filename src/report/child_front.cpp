// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "report/charts.h"
#include "report/child_pages.h"
#include "report/phrases.h"

namespace agate::report {

namespace {

constexpr double slice_radius = 66;
constexpr double slice_room = 220;  ///< width kept for the slice with its words
constexpr double header_height = 170;
constexpr Font heading{.size = 16.5};
constexpr Font body{.size = 12.5};
constexpr Font small{.size = 10};

/// Columns of the contents table, from the left edge.
constexpr double name_x = 27;
constexpr double name_width = 111;
constexpr double band_x = 144;
constexpr double band_width = 54;
constexpr double boxes_x = 203;
constexpr double boxes_width = 156;
constexpr double coverage_x = 372;
constexpr double change_x = 415;

std::string class_and_number(const ChildPage& page) {
    std::string text = page.class_name.starts_with(page.grade_name)
                           ? page.class_name
                           : page.grade_name + " " + page.class_name;
    if (!page.student_number.empty()) {
        text += "   " + phrase(page.language, "number", {{"number", page.student_number}});
    }
    return text;
}

std::optional<std::size_t> place_of(const ChildPage& page, std::string_view code) {
    const auto row = std::ranges::find(page.contents, code, &ContentRow::code);
    if (row == page.contents.end()) {
        return std::nullopt;
    }
    return static_cast<std::size_t>(row - page.contents.begin());
}

// A name is never cut: one line as large as fits, else two or three small ones.
void draw_name(const Pen& pen, const std::string& name, Point at, double width) {
    const Font large = pen.fitted(name, {.size = 35, .letter_spacing = 2}, width, 20);
    if (pen.width_of(name, large) <= width) {
        pen.text(at, name, large, ink);
        return;
    }
    const Lines* lines = &pen.paragraph(name, {.size = 18}, width);
    if (lines->size() > 2) {
        lines = &pen.paragraph(name, {.size = 11}, width);
    }
    const double step = lines->size() > 2 ? 13 : 22;
    at.y += 6 - step * (static_cast<double>(lines->size()) - 1);
    for (const Line& line : *lines) {
        draw(pen.cairo(), {at.x, snap(at.y)}, line, ink);
        at.y += step;
    }
}

void draw_header(const Pen& pen, const ChildPage& page, double top) {
    const double width = text_width - slice_room;
    const std::string title =
        phrase(page.language, page.standing == Standing::result ? "title" : "title_standing");
    std::string from = page.school + " · " + page.period.name;
    if (!page.district.empty()) {
        from = page.district + " · " + from;
    }
    const Box extents{-2, 0, width + 4, 60};
    pen.stamp("title " + title + from, {left_edge, top}, extents, [&](const Pen& on, Point at) {
        on.logo({at.x + 8, at.y + 12.5}, 8);
        on.text_within({at.x + 23, at.y + 16.5}, from, {.size = 11}, ink_2, width - 23);
        const Font title_font{.size = 17, .letter_spacing = 1.5};
        on.text_within({at.x, at.y + 49}, title, title_font, ink_2, width);
    });
    draw_name(pen, page.student_name, {left_edge, top + 92}, width);
    pen.text_within({left_edge, top + 117}, class_and_number(page), {.size = 12.5}, ink, width);
    draw_slice(pen, {right_edge - slice_room / 2, top + 92}, slice_radius, page);
    const Lines& lines = pen.paragraph(page.sentence, body, width);
    if (!page.sentence.empty() && lines.size() <= 3) {
        double y = top + 144;
        for (const Line& line : lines) {
            draw(pen.cairo(), {left_edge, snap(y)}, line, ink);
            y += 19;
        }
    }
}

void add_header(std::vector<Block>& blocks, const Pen& pen, const ChildPage& page) {
    blocks.push_back({.height = header_height,
                      .draw = [&](double top, double) { draw_header(pen, page, top); }});
    if (page.sentence.empty()) {
        return;
    }
    if (pen.paragraph(page.sentence, body, text_width - slice_room).size() > 3) {
        double gap = 6;
        for (const Line& line : pen.paragraph(page.sentence, body, text_width)) {
            blocks.push_back({.height = 20, .gap = gap, .draw = [&pen, &line](double top, double) {
                                  draw(pen.cairo(), {left_edge, snap(top + 14)}, line, ink);
                              }});
            gap = 0;
        }
    }
}

void add_strengths_heading(std::vector<Block>& blocks, const Pen& pen, const ChildPage& page) {
    blocks.push_back(
        {.height = 27,
         .gap = 15,
         .gap_stretch = 16,
         .is_kept_with_next = true,
         .draw = [&](double top, double) {
             pen.text({left_edge, top + 17}, phrase(page.language, "strengths"), heading, ink);
         }});
}

void add_strength(std::vector<Block>& blocks,
                  const Pen& pen,
                  const ChildPage& page,
                  const Strength& strength) {
    constexpr double indent = 29;
    constexpr double width = text_width - indent;
    constexpr double step = 20;
    const Lines& lines = pen.paragraph(strength.text, body, width);
    const double detail_width = strength.detail.empty() ? 0 : pen.width_of(strength.detail, small);
    const bool is_inline = lines.back().width + 10 + detail_width <= width;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const bool is_last = i + 1 == lines.size();
        blocks.push_back(
            {.height = step,
             .gap = i == 0 ? 6.0 : 0.0,
             .gap_stretch = i == 0 ? 4.0 : 0.0,
             .draw = [&pen, &page, &strength, &lines, i, is_last, is_inline](double top, double) {
                 const double y = top + 14.5;
                 const std::optional<std::size_t> content = place_of(page, strength.content);
                 if (i == 0 && content) {
                     pen.mark({left_edge + 9.5, y - 4.4},
                              9.5,
                              page.contents[*content].mark,
                              mineral(*content).pebble);
                 }
                 draw(pen.cairo(), {left_edge + indent, snap(y)}, lines[i], ink);
                 if (is_last && is_inline && !strength.detail.empty()) {
                     pen.text({left_edge + indent + lines[i].width + 10, y},
                              strength.detail,
                              small,
                              ink_2);
                 }
             }});
    }
    if (is_inline || strength.detail.empty()) {
        return;
    }
    for (const Line& line : pen.paragraph(strength.detail, small, width)) {
        blocks.push_back({.height = 15, .draw = [&pen, &line](double top, double) {
                              draw(pen.cairo(), {left_edge + indent, snap(top + 10)}, line, ink_2);
                          }});
    }
}

void draw_band_names(const Pen& pen, const ChildPage& page, Point at) {
    const Font font{.size = 9.5};
    const int count = static_cast<int>(page.bands.size());
    const double step = boxes_width / std::max(1, count);
    const bool is_narrow = std::ranges::any_of(page.bands, [&](const std::string& name) {
        return pen.width_of(name, {.size = 8.5}) > step + 1;
    });
    for (int band = 0; band < count; ++band) {
        if (is_narrow && band != 0 && band + 1 != count) {
            continue;  // the ends of the scale say it
        }
        const std::string& name = page.bands[static_cast<std::size_t>(band)];
        const Font small_font = is_narrow ? font : pen.fitted(name, font, step, 8.5);
        const double x = at.x + boxes_x + step * (band + 0.5) - 1;
        pen.text({x, at.y}, name, small_font, ink_2, Align::centre);
    }
}

void draw_table_head_at(const Pen& pen, const ChildPage& page, Point corner) {
    const Language language = page.language;
    const double left = corner.x;
    const double y = corner.y + 17;
    const double used =
        pen.text({left, y},
                 phrase(language, page.contents.size() == 5 ? "contents_five" : "contents"),
                 heading,
                 ink);
    const Font font{.size = 9.5};
    if (page.standing == Standing::standing) {
        pen.text_within({left, y + 15},
                        phrase(language, "standing_note"),
                        font,
                        ink_2,
                        std::max(used, boxes_x - 8));
    }
    draw_band_names(pen, page, {left, y});
    pen.text_within({left + coverage_x - 8, y}, phrase(language, "coverage"), font, ink_2, 50);
    pen.text_within(
        {left + change_x, y}, phrase(language, "change"), font, ink_2, text_width - change_x);
}

void draw_table_head(const Pen& pen, const ChildPage& page, double top) {
    std::string key = fmt::format("head {} {} {}",
                                  static_cast<int>(page.language),
                                  static_cast<int>(page.standing),
                                  page.contents.size());
    for (const std::string& band : page.bands) {
        key += '/' + band;
    }
    const Box extents{-2, 0, text_width + 4, 40};
    pen.stamp(key, {left_edge, top}, extents, [&](const Pen& on, Point at) {
        draw_table_head_at(on, page, at);
    });
}

void draw_lines(const Pen& pen, Point first, const Lines& lines, double step, Colour colour) {
    double y = first.y - (static_cast<double>(lines.size()) - 1) * step / 2;
    for (const Line& line : lines) {
        draw(pen.cairo(), {first.x, snap(y)}, line, colour);
        y += step;
    }
}

void draw_coverage(const Pen& pen, const ContentRow& row, Point at, Language language) {
    const Colour colour = row.is_thin ? warn : ink;
    pen.text(at, printed_percent(row.coverage_ppm), {.size = 11}, colour);
    if (row.is_thin) {
        pen.text({at.x, at.y + 13}, phrase(language, "thin"), {.size = 9}, warn);
        return;
    }
    const Box bar{at.x, at.y + 6, 30, 3};
    const double share = std::clamp(row.coverage_ppm / 1e6, 0.0, 1.0);
    pen.fill({bar.x, bar.y, bar.width * share, bar.height}, ink_3);
    pen.outline(bar, {.colour = ink_3, .width = 0.5});
}

void draw_row(const Pen& pen, const ChildPage& page, std::size_t content, double top) {
    const ContentRow& row = page.contents[content];
    const Mineral hue = mineral(content);
    const double y = top + 20;
    const std::string name = row.is_wording_verified ? row.name : row.name + " ※";
    const std::string key = fmt::format("row {} {} {}", content, row.mark, name);
    const Box extents{-2, -1, text_width + 4, 44};
    pen.stamp(key, {left_edge, top}, extents, [&](const Pen& on, Point at) {
        on.rule(at, {at.x + text_width, at.y}, {.colour = line_soft, .width = 0.6});
        on.mark({at.x + 9.5, at.y + 19.5}, 9.5, row.mark, hue.pebble);
        const Lines& lines = on.paragraph(name, {.size = 12}, name_width);
        draw_lines(on, {at.x + name_x, at.y + 24}, lines, 14, ink);
    });
    const std::string word = band_word(page, row);
    const Font word_font = Font{.size = row.band ? 15.5 : 11.0};
    const Font fitted = pen.fitted(word, word_font, band_width, 11);
    draw_lines(pen,
               {left_edge + band_x, y + (row.band ? 5.0 : 3.5)},
               pen.paragraph(word, fitted, band_width),
               13,
               row.band ? hue.text : ink_2);
    draw_ladder(pen, {left_edge + boxes_x, y - 7, boxes_width, 14}, page, content);
    draw_coverage(pen, row, {left_edge + coverage_x, y + 2}, page.language);
    draw_lines(pen,
               {left_edge + change_x, y + 3.5},
               pen.paragraph(row.change_words, small, text_width - change_x),
               13,
               row.is_thin && row.band ? warn : ink_2);
}

// Best first, so that a child's strong side is read first; thin evidence is not compared and
// stands last, and what has no band after it.
std::vector<std::size_t> reading_order(const ChildPage& page) {
    std::vector<std::size_t> order(page.contents.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    const auto place = [&](std::size_t i) {
        const ContentRow& row = page.contents[i];
        const int certainty = !row.band ? 0 : row.is_thin ? 1 : 2;
        const double value = row.position ? row.position->value : row.band.value_or(0);
        return std::pair{certainty, value};
    };
    std::ranges::stable_sort(order, [&](auto a, auto b) { return place(a) > place(b); });
    return order;
}

void add_note(std::vector<Block>& blocks, const Pen& pen, const std::string& text, double gap) {
    for (const Line& line : pen.paragraph(text, {.size = 9.5}, text_width)) {
        blocks.push_back({.height = 14, .gap = gap, .draw = [&pen, &line](double top, double) {
                              draw(pen.cairo(), {left_edge, snap(top + 10)}, line, ink_2);
                          }});
        gap = 0;
    }
}

void add_contents(std::vector<Block>& blocks, const Pen& pen, const ChildPage& page) {
    blocks.push_back({.height = page.standing == Standing::standing ? 40.0 : 27.0,
                      .gap = 14,
                      .gap_stretch = 22,
                      .is_kept_with_next = true,
                      .draw = [&](double top, double) { draw_table_head(pen, page, top); }});
    bool has_unverified = false;
    for (const std::size_t content : reading_order(page)) {
        blocks.push_back({.height = page.contents.size() > 6 ? 37.0 : 43.0,
                          .draw = [&pen, &page, content](double top, double) {
                              draw_row(pen, page, content, top);
                          }});
        has_unverified = has_unverified || !page.contents[content].is_wording_verified;
    }
    blocks.push_back(
        {.height = 2, .draw = [&pen](double top, double) {
             pen.rule({left_edge, top}, {right_edge, top}, {.colour = line_soft, .width = 0.6});
         }});
    add_note(blocks, pen, phrase(page.language, "legend"), 4);
    std::string promise = phrase(page.language, "no_compare");
    if (has_unverified) {
        promise += phrase(page.language, "unverified");
    }
    add_note(blocks, pen, promise, 0);
}

}  // namespace

std::string band_word(const ChildPage& page, const ContentRow& row) {
    if (!row.band) {
        return phrase(page.language, "too_little");
    }
    return page.bands[static_cast<std::size_t>(*row.band)];
}

std::vector<Block> front_blocks(const Pen& pen, const ChildPage& page) {
    std::vector<Block> blocks;
    add_header(blocks, pen, page);
    add_strengths_heading(blocks, pen, page);
    for (const Strength& strength : page.strengths) {
        add_strength(blocks, pen, page, strength);
    }
    if (page.strengths.empty()) {
        add_note(blocks, pen, phrase(page.language, "no_strengths"), 4);
    }
    add_contents(blocks, pen, page);
    return blocks;
}

}  // namespace agate::report
