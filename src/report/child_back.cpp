// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "report/charts.h"
#include "report/child_pages.h"
#include "report/phrases.h"

namespace agate::report {

namespace {

constexpr Font heading{.size = 16.5};
constexpr Font body{.size = 12};
constexpr Font small{.size = 9.5};
constexpr double line_step = 21;
constexpr double pen_step = 27;  ///< 9.5 mm between ruled lines: a child's hand fits
constexpr double heading_height = 27;
constexpr double column_gap = 24;

void draw_heading(const Pen& pen, Point at, const std::string& text) {
    pen.text({at.x, at.y + 17}, text, heading, ink);
}

void draw_weeks_heading(const Pen& pen, Point corner) {
    const std::string title = phrase(pen.language(), "weeks");
    const Box extents{-2, 0, text_width + 4, heading_height};
    pen.stamp("weeks " + title, corner, extents, [&](const Pen& on, Point at) {
        draw_heading(on, at, title);
        const double used = on.width_of(title, heading) + 14;
        on.text_within({at.x + used, at.y + 17},
                       phrase(on.language(), "weeks_note"),
                       small,
                       ink_2,
                       text_width - used);
    });
}

void add_weeks(std::vector<Block>& blocks, const Pen& pen, const ChildPage& page) {
    blocks.push_back(
        {.height = heading_height + 192,
         .begins_new_page = true,
         .draw = [&](double top, double height) {
             draw_weeks_heading(pen, {left_edge, top});
             const Box place{
                 left_edge, top + heading_height + 6, text_width, height - heading_height - 6};
             draw_strata(pen, place, page);
         }});
}

void add_highlights(std::vector<Block>& blocks, const Pen& pen, const ChildPage& page) {
    constexpr double indent = 24;
    constexpr double week_width = 62;
    constexpr double text_x = indent + week_width;
    int number = 0;
    for (const Highlight& highlight : page.highlights) {
        ++number;
        const Lines& lines = pen.paragraph(highlight.text, body, text_width - text_x);
        for (std::size_t i = 0; i < lines.size(); ++i) {
            blocks.push_back(
                {.height = 20,
                 .gap = number == 1 && i == 0 ? 8.0 : 0.0,
                 .draw = [&pen, &page, &highlight, &lines, number, i](double top, double) {
                     const double y = top + 14;
                     draw(pen.cairo(), {left_edge + text_x, snap(y)}, lines[i], ink);
                     if (i > 0) {
                         return;
                     }
                     pen.ring({left_edge + 7.5, y - 4}, 7, {.colour = ink_2, .width = 0.7});
                     pen.text({left_edge + 7.5, y - 0.8},
                              std::to_string(number),
                              {.size = 9},
                              ink,
                              Align::centre);
                     pen.text_within(
                         {left_edge + indent, y},
                         phrase(page.language, "week", {{"week", std::to_string(highlight.week)}}),
                         {.size = 11},
                         ink_2,
                         week_width - 6);
                 }});
        }
    }
}

std::string signature(const Pen& pen, const SignedWords& said) {
    std::string text = said.name;
    if (said.day) {
        text += (text.empty() ? "" : "   ") + printed_day(pen.language(), *said.day);
    }
    return text;
}

// Lines to write on, with room for a signature and a date on the last.
void draw_ruled_room(const Pen& pen, Box room) {
    const int count = std::max(1, static_cast<int>(room.height / pen_step));
    const double step = room.height / count;
    for (int i = 1; i <= count; ++i) {
        const double y = room.y + step * i - 2;
        pen.rule({room.x, y}, {room.right(), y}, {.colour = line_pen, .width = 0.6});
    }
    const double y = room.bottom() - 6;
    const double name_x = room.right() - std::min(190.0, room.width * 0.8);
    pen.text({name_x, y}, phrase(pen.language(), "sign_here"), small, ink_3);
    pen.text({name_x + (room.right() - name_x) * 0.52, y},
             phrase(pen.language(), "date_here"),
             small,
             ink_3);
}

struct WordsPart {
    std::string title;
    const SignedWords* said;  ///< null: room to write
};

double height_of(const Pen& pen, const WordsPart& part, double width) {
    if (part.said == nullptr) {
        return heading_height + 2 * pen_step;
    }
    const auto lines = static_cast<double>(pen.paragraph(part.said->text, body, width).size());
    return heading_height + (lines + 1) * line_step + 4;
}

void draw_part(const Pen& pen, const WordsPart& part, Box place) {
    draw_heading(pen, {place.x, place.y}, part.title);
    if (part.said == nullptr) {
        draw_ruled_room(
            pen, {place.x, place.y + heading_height, place.width, place.height - heading_height});
        return;
    }
    double y = place.y + heading_height + 15;
    for (const Line& line : pen.paragraph(part.said->text, body, place.width)) {
        draw(pen.cairo(), {place.x, snap(y)}, line, ink);
        y += line_step;
    }
    pen.text({place.right(), y}, signature(pen, *part.said), {.size = 11}, ink_2, Align::right);
}

// Words that may be long: line by line, so that they can go on on the next page.
void add_long_words(std::vector<Block>& blocks, const Pen& pen, const WordsPart& part) {
    blocks.push_back({.height = heading_height,
                      .gap = 16,
                      .gap_stretch = 10,
                      .is_kept_with_next = true,
                      .draw = [&pen, title = part.title](double top, double) {
                          draw_heading(pen, {left_edge, top}, title);
                      }});
    const Lines& lines = pen.paragraph(part.said->text, body, text_width);
    for (std::size_t i = 0; i < lines.size(); ++i) {
        blocks.push_back({.height = line_step,
                          .is_kept_with_next = i + 1 == lines.size(),
                          .draw = [&pen, &lines, i](double top, double) {
                              draw(pen.cairo(), {left_edge, snap(top + 15)}, lines[i], ink);
                          }});
    }
    blocks.push_back(
        {.height = line_step, .draw = [&pen, said = part.said](double top, double) {
             pen.text(
                 {right_edge, top + 15}, signature(pen, *said), {.size = 11}, ink_2, Align::right);
         }});
}

void add_words(std::vector<Block>& blocks, const Pen& pen, const WordsPart& part) {
    if (part.said != nullptr) {
        add_long_words(blocks, pen, part);
        return;
    }
    blocks.push_back({.height = height_of(pen, part, text_width),
                      .gap = 16,
                      .gap_stretch = 10,
                      .grows = true,
                      .draw = [&pen, part](double top, double height) {
                          draw_part(pen, part, {left_edge, top, text_width, height});
                      }});
}

void add_columns(std::vector<Block>& blocks,
                 const Pen& pen,
                 const WordsPart& left,
                 const WordsPart& right) {
    constexpr double width = (text_width - column_gap) / 2;
    constexpr double tallest = 260;
    const double height = std::max(height_of(pen, left, width), height_of(pen, right, width));
    if (height > tallest) {
        add_words(blocks, pen, left);
        add_words(blocks, pen, right);
        return;
    }
    blocks.push_back(
        {.height = height,
         .gap = 16,
         .gap_stretch = 10,
         .grows = left.said == nullptr || right.said == nullptr,
         .draw = [&pen, left, right](double top, double given) {
             draw_part(pen, left, {left_edge, top, width, given});
             draw_part(pen, right, {left_edge + width + column_gap, top, width, given});
         }});
}

const SignedWords* said(const std::optional<SignedWords>& text) {
    return text && !text->text.empty() ? &*text : nullptr;
}

}  // namespace

std::vector<Block> back_blocks(const Pen& pen, const ChildPage& page) {
    std::vector<Block> blocks;
    add_weeks(blocks, pen, page);
    add_highlights(blocks, pen, page);
    add_words(blocks,
              pen,
              {.title = phrase(page.language, "teacher_words"), .said = said(page.teacher_words)});
    add_columns(blocks,
                pen,
                {.title = phrase(page.language, "family_words"), .said = said(page.family_words)},
                {.title = phrase(page.language, "child_words"), .said = said(page.child_words)});
    return blocks;
}

}  // namespace agate::report
