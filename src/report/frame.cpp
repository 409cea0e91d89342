// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <cmath>
#include <string>

#include "report/charts.h"
#include "report/child_pages.h"
#include "report/phrases.h"
#include "report/qr.h"

namespace agate::report {

namespace {

constexpr double foot_rule = 738;
constexpr double foot_step = 13.5;
constexpr Font note{.size = 9};

std::string join(Language language, const std::vector<std::string>& parts) {
    std::string text;
    for (const std::string& part : parts) {
        if (!part.empty()) {
            text += text.empty() ? "" : phrase(language, "list_comma");
            text += part;
        }
    }
    return text;
}

std::string beside(std::string left, const std::string& right) {
    if (left.empty() || right.empty()) {
        return left + right;
    }
    return left + " · " + right;
}

std::string notice_line(const ChildPage& page) {
    if (!page.notice) {
        return {};
    }
    const NoticeLine& notice = *page.notice;
    std::string text =
        phrase(page.language, "notice", {{"days", printed_days(page.language, notice.days)}});
    if (!notice.outcome.empty()) {
        text += phrase(page.language, "clause_comma") + notice.outcome;
    }
    if (notice.sealed_on) {
        const std::string day = printed_day(page.language, *notice.sealed_on);
        text = beside(text, phrase(page.language, "sealed", {{"day", day}}));
    }
    return text;
}

std::string class_line(const ChildPage& page) {
    return page.class_name.starts_with(page.grade_name) ? page.class_name
                                                        : page.grade_name + " " + page.class_name;
}

}  // namespace

std::string maker_line(Language language, const Maker& maker) {
    const std::string made = phrase(
        language, "made", {{"name", maker.name}, {"time", printed_time(language, maker.at)}});
    return maker.export_number.empty()
               ? made
               : beside(made, phrase(language, "export_number", {{"number", maker.export_number}}));
}

std::string rules_line(Language language, const std::vector<std::string>& rules) {
    const std::string list = join(language, rules);
    return list.empty() ? std::string{} : phrase(language, "rules", {{"rules", list}});
}

void draw_foot(const Pen& pen, const FootLines& foot) {
    double right = right_edge;
    if (!foot.verify_url.empty()) {
        const double side = draw_qr(pen, {right_edge, foot_rule + 7}, foot.verify_url);
        right -= side > 0 ? side + 16 : 0;
    }
    const double first = foot_rule + 17;
    pen.text({right, first}, foot.check_code, note, ink_2, Align::right);
    // Codes differ a little in width; what stands beside them must not.
    const double check_width = std::ceil(pen.width_of(foot.check_code, note) / 20) * 20;
    std::string key = fmt::format("foot {} {} {}", right, check_width, foot.page_number);
    for (const std::string& line : foot.lines) {
        key += '/' + line;
    }
    const double last = first + 3 * foot_step;
    const Box extents{-2, -1, text_width + 4, 70};
    pen.stamp(key, {left_edge, foot_rule}, extents, [&](const Pen& on, Point at) {
        on.rule(at, {at.x + text_width, at.y}, {.colour = line_pen, .width = 0.5});
        const double room = right - left_edge;
        const Point number_at{at.x + room, at.y + last - foot_rule};
        const double number = on.text(number_at, foot.page_number, note, ink_2, Align::right);
        double y = first;
        for (const std::string& line : foot.lines) {
            const double taken = y < first + 1 ? check_width : y > last - 1 ? number : 0;
            if (!line.empty() && y <= last + 1) {
                on.text_within({at.x, at.y + y - foot_rule}, line, note, ink_2, room - taken - 12);
                y += foot_step;
            }
        }
    });
}

void draw_frame(const Pen& pen, const ChildPage& page, PageNumber number) {
    draw_letterhead(pen, {left_edge, margin, text_width, 14});
    const Language language = page.language;
    if (number.page > 1) {
        const Font font{.size = 10};
        const double used = pen.text_within({left_edge, 76},
                                            page.student_name + "  " + class_line(page),
                                            font,
                                            ink_2,
                                            text_width * 0.55);
        pen.text_within({left_edge + used + 14, 76},
                        page.school + " · " + page.period.name,
                        font,
                        ink_2,
                        text_width - used - 14);
    }
    FootLines foot;
    const std::string check = page.check_code.empty()
                                  ? std::string{}
                                  : phrase(language, "check_code", {{"code", page.check_code}});
    foot.lines.push_back(notice_line(page));
    foot.check_code = check;
    foot.lines.push_back(rules_line(language, page.framework));
    if (number.page == 1 && !page.verify_url.empty()) {
        foot.lines.push_back(phrase(language, "scan"));
        foot.verify_url = page.verify_url;
    }
    const std::string made = maker_line(language, page.maker);
    foot.lines.push_back(page.is_demo ? beside(made, phrase(language, "demo")) : made);
    foot.page_number =
        phrase(language,
               "page",
               {{"page", std::to_string(number.page)}, {"pages", std::to_string(number.pages)}});
    draw_foot(pen, foot);
}

}  // namespace agate::report
