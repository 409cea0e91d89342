// SPDX-License-Identifier: Apache-2.0
#include "app/portrait.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "base/error.h"

namespace agate::app {
namespace {

using framework::Node;
using framework::Plan;

std::string count_text(std::int64_t count) {
    return std::to_string(count);
}

/// The same content in another version of the framework, by its code.
const NodeValue* same_content(const PlannedResult& other, std::string_view code) {
    const auto node = other.plan.find(code);
    return node ? &other.at(*node) : nullptr;
}

struct RangePlaces {
    LadderPlace low, high;
};

RangePlaces range_places(const Plan& plan, const Node& node, const NodeValue& value) {
    const auto range = possible_range(*value.score_if_any(), value.coverage_ppm, node.decimals);
    return {ladder_place(plan, node, range.low), ladder_place(plan, node, range.high)};
}

Change compare(const ContentStanding& content, bool previous_is_thin) {
    if (!content.band) {
        return Change::no_result;
    }
    if (!content.previous_band) {
        return Change::first;
    }
    if (content.is_thin || previous_is_thin) {
        return Change::too_thin;
    }
    if (*content.band == *content.previous_band) {
        return Change::same;
    }
    // The range crosses the line between the two bands: the claim is weaker.
    const bool rose = *content.band > *content.previous_band;
    const LadderPlace line = 100 * (rose ? *content.band : *content.previous_band);
    const bool near = content.low && content.high && *content.low < line && line <= *content.high;
    if (rose) {
        return near ? Change::up_near_line : Change::up;
    }
    return near ? Change::down_near_line : Change::down;
}

std::string change_words(const ContentStanding& content, Language language) {
    const auto percent = count_text(content.coverage_ppm / 10'000);
    switch (content.change) {
        case Change::up:
        case Change::down: {
            const int steps = std::abs(*content.band - *content.previous_band);
            const auto* code = content.change == Change::up ? "change_up" : "change_down";
            return words().sentence(language, code, {{"steps", count_text(steps)}});
        }
        case Change::up_near_line:
            return words().sentence(language, "change_up_near_line");
        case Change::down_near_line:
            return words().sentence(language, "change_down_near_line");
        case Change::same:
            return words().sentence(language, "change_same");
        case Change::first:
            return words().sentence(language, "change_first");
        case Change::too_thin:
            return words().sentence(language, "change_too_thin", {{"percent", percent}});
        case Change::no_result:
            return words().sentence(language, "change_no_result");
    }
    return {};
}

ContentStanding stand(const StandingInput& input, NodeIndex index) {
    const auto& plan = input.now.plan;
    const auto& node = plan.node(index);
    const auto& value = input.now.at(index);
    ContentStanding content;
    content.node = index;
    content.code = node.code;
    content.name = name_of(node, input.language);
    content.mark = content_mark(node, input.language);
    content.band = value.band_if_any();
    content.coverage_ppm = value.coverage_ppm;
    content.is_thin = is_thin(plan, value);
    content.record_count = value.record_count;
    if (value.has_score && node.band_set) {
        content.place = ladder_place(plan, node, *value.score_if_any());
        const auto [low, high] = range_places(plan, node, value);
        content.low = low;
        content.high = high;
    }
    bool previous_is_thin = false;
    if (input.previous) {
        const auto* before = same_content(*input.previous, node.code);
        if (before != nullptr && before->has_score && before->band_if_any()) {
            content.previous_band = before->band_if_any();
            content.previous_place =
                ladder_place(input.previous->plan,
                             input.previous->plan.node(*input.previous->plan.find(node.code)),
                             *before->score_if_any());
            previous_is_thin = is_thin(input.previous->plan, *before);
        }
    }
    content.change = compare(content, previous_is_thin);
    content.change_words = change_words(content, input.language);
    return content;
}

/// What the records say of one reason: how often, in which weeks, by whom.
struct Deed {
    const framework::Reason* reason = nullptr;
    NodeIndex content = 0;
    int count = 0;
    std::set<int> weeks;
    std::set<RaterKind> kinds;
    bool is_positive = true;
    bool is_award = false;
};

std::vector<Deed> collect_deeds(const StandingInput& input) {
    const auto& plan = input.now.plan;
    std::map<std::string_view, Deed> deeds;
    for (const auto& record : input.evidence) {
        const auto found = plan.reasons.find(record.reason);
        if (found == plan.reasons.end() || found->second.leaves.empty()) {
            continue;
        }
        const auto leaf = found->second.leaves.front();
        const auto content = content_above(plan, leaf);
        const auto& measure = plan.node(leaf).measure;
        if (!content || !measure) {
            continue;
        }
        const bool tells = std::holds_alternative<framework::PointsMeasure>(*measure) ||
                           std::holds_alternative<framework::CompletionMeasure>(*measure) ||
                           std::holds_alternative<framework::AwardMeasure>(*measure);
        if (!tells) {
            continue;
        }
        Deed& deed = deeds[found->first];
        deed.reason = &found->second;
        deed.content = *content;
        deed.is_award = std::holds_alternative<framework::AwardMeasure>(*measure);
        deed.is_positive = deed.is_positive && (!record.value || *record.value >= Decimal{});
        ++deed.count;
        deed.weeks.insert(week_of(input.period, record.day));
        deed.kinds.insert(record.rater_kind);
    }
    std::vector<Deed> list;
    for (auto& [reason, deed] : deeds) {
        if (deed.is_positive) {
            list.push_back(std::move(deed));
        }
    }
    return list;
}

std::string deed_name(const Deed& deed, Language language) {
    const auto& reason = *deed.reason;
    if (language == Language::zh) {
        return reason.deed_zh.empty() ? reason.name_zh : reason.deed_zh;
    }
    return reason.deed_en.empty() ? reason.name_en : reason.deed_en;
}

Strength tell(const StandingInput& input, const Deed& deed, int weeks_so_far) {
    const auto language = input.language;
    MessageArgs args{{"deed", deed_name(deed, language)},
                     {"count", count_text(deed.count)},
                     {"active", count_text(static_cast<std::int64_t>(deed.weeks.size()))},
                     {"weeks", count_text(weeks_so_far)},
                     {"week", count_text(*deed.weeks.begin())}};
    std::string code = "strength_times";
    if (deed.is_award || deed.count == 1) {
        code = "strength_once";
    } else if (deed.weeks.size() >= 4 && 2 * static_cast<int>(deed.weeks.size()) >= weeks_so_far) {
        code = "strength_steady";
    }
    const bool home = deed.kinds.count(RaterKind::guardian) > 0;
    const bool school = deed.kinds.count(RaterKind::teacher) > 0;
    const auto* detail = home && school ? "strength_by_both"
                         : home         ? "strength_by_home"
                         : school       ? "strength_by_school"
                                        : "strength_by_self";
    return {.content = input.now.plan.node(deed.content).code,
            .text = words().sentence(language, code, args),
            .detail = words().sentence(language, detail, args)};
}

std::vector<Strength> make_strengths(const StandingInput& input, int weeks_so_far) {
    auto deeds = collect_deeds(input);
    // Steady work first, then often, then the name, so that equal inputs give equal pages.
    std::sort(deeds.begin(), deeds.end(), [](const Deed& a, const Deed& b) {
        if (a.weeks.size() != b.weeks.size()) {
            return a.weeks.size() > b.weeks.size();
        }
        if (a.count != b.count) {
            return a.count > b.count;
        }
        return a.reason->code < b.reason->code;
    });
    std::vector<Strength> strengths;
    std::set<NodeIndex> told;
    for (const auto& deed : deeds) {
        if (strengths.size() < 3 && told.insert(deed.content).second) {
            strengths.push_back(tell(input, deed, weeks_so_far));
        }
    }
    return strengths;
}

std::string holiday_of(const Calendar& calendar, const DayRange& week, Language language) {
    for (const auto& entry : calendar.entries()) {
        const bool overlaps = entry.days.from <= week.to && week.from <= entry.days.to;
        if (entry.kind == CalendarDays::Kind::holiday && overlaps) {
            return language == Language::zh ? entry.name_zh : entry.name_en;
        }
    }
    return {};
}

std::vector<WeekLayer> make_weeks(const StandingInput& input,
                                  std::span<const NodeIndex> contents,
                                  int weeks_so_far) {
    std::vector<WeekLayer> weeks;
    for (int week = 1; week <= weeks_so_far; ++week) {
        const Day from = week_start(input.period.from) + 7 * (week - 1);
        WeekLayer layer{.week = week,
                        .days = {from, from + 6},
                        .counts = std::vector<std::int32_t>(contents.size()),
                        .holiday = holiday_of(input.calendar, {from, from + 6}, input.language)};
        weeks.push_back(std::move(layer));
    }
    for (const auto& record : input.evidence) {
        const auto found = input.now.plan.reasons.find(record.reason);
        const int week = week_of(input.period, record.day);
        if (found == input.now.plan.reasons.end() || found->second.leaves.empty() || week < 1 ||
            week > weeks_so_far) {
            continue;
        }
        const auto content = content_above(input.now.plan, found->second.leaves.front());
        const auto place = std::find(contents.begin(), contents.end(), content.value_or(-1));
        if (place != contents.end()) {
            ++weeks[static_cast<std::size_t>(week - 1)]
                  .counts[static_cast<std::size_t>(place - contents.begin())];
        }
    }
    return weeks;
}

/// Awards, told where they happened; at most two, the earliest first.
std::vector<Highlight> make_highlights(const StandingInput& input) {
    std::vector<Highlight> highlights;
    for (const auto& deed : collect_deeds(input)) {
        if (deed.is_award) {
            highlights.push_back({.week = *deed.weeks.begin(),
                                  .content = input.now.plan.node(deed.content).code,
                                  .text = deed_name(deed, input.language)});
        }
    }
    std::sort(highlights.begin(), highlights.end(), [](const auto& a, const auto& b) {
        return std::tie(a.week, a.text) < std::tie(b.week, b.text);
    });
    highlights.resize(std::min<std::size_t>(highlights.size(), 2));
    return highlights;
}

/// The page in one sentence: what moved, or where most was done, or that it is early.
std::string make_sentence(const StandingInput& input, const Standing& standing) {
    const auto language = input.language;
    std::string risen;
    int thin = 0;
    bool has_fallen = false;
    for (const auto& content : standing.contents) {
        if (content.change == Change::up) {
            risen += (risen.empty() ? "" : language == Language::zh ? "、" : ", ") + content.name;
        }
        thin += content.is_thin ? 1 : 0;
        has_fallen = has_fallen || content.change == Change::down ||
                     content.change == Change::down_near_line;
    }
    const MessageArgs args{{"risen", risen},
                           {"thin", count_text(thin)},
                           {"records", count_text(standing.record_total)}};
    if (standing.record_total == 0) {
        return words().sentence(language, "page_no_records");
    }
    if (!risen.empty()) {
        return words().sentence(language, "page_risen", args);
    }
    const auto* plain = has_fallen ? "page_records" : "page_steady";
    return words().sentence(language, thin > 0 ? "page_thin" : plain, args);
}

}  // namespace

std::string_view to_text(Change change) {
    constexpr std::array<std::string_view, 8> names{
        "first", "too_thin", "same", "up", "down", "up_near_line", "down_near_line", "no_result"};
    return names[static_cast<std::size_t>(change)];
}

std::vector<NodeIndex> contents_of(const Plan& plan) {
    return plan.node(plan.root()).children;
}

std::optional<NodeIndex> content_above(const Plan& plan, NodeIndex node) {
    while (plan.node(node).parent) {
        const auto parent = *plan.node(node).parent;
        if (parent == plan.root()) {
            return node;
        }
        node = parent;
    }
    return std::nullopt;
}

std::string content_mark(const Node& node, Language language) {
    struct Mark {
        std::string_view name, zh, en;
    };

    constexpr std::array<Mark, 5> marks{{{"品德发展", "德", "M"},
                                         {"学业发展", "学", "S"},
                                         {"身心发展", "身", "B"},
                                         {"审美素养", "美", "A"},
                                         {"劳动与社会实践", "劳", "L"}}};
    for (const auto& mark : marks) {
        if (node.official_name_zh == mark.name) {
            return std::string(language == Language::zh ? mark.zh : mark.en);
        }
    }
    const auto& name = language == Language::zh ? node.name_zh : node.name_en;
    const auto lead = static_cast<unsigned char>(name.empty() ? 0 : name[0]);
    return name.substr(0, lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4);
}

std::string name_of(const Node& node, Language language) {
    return language == Language::zh || node.name_en.empty() ? node.name_zh : node.name_en;
}

std::string name_of(const framework::Band& band, Language language) {
    return language == Language::zh || band.name_en.empty() ? band.name_zh : band.name_en;
}

LadderPlace ladder_place(const Plan& plan, const Node& node, Decimal score) {
    ensure(node.band_set.has_value(), "only a node with bands has a ladder");
    const auto& bands = plan.band_sets[static_cast<std::size_t>(*node.band_set)].bands;
    std::size_t band = bands.size() - 1;
    while (band > 0 && score < bands[band].from) {
        --band;
    }
    const Decimal from = band == 0 ? node.low : bands[band].from;
    const Decimal to = band + 1 < bands.size() ? bands[band + 1].from : node.high;
    const auto width = to.nano() - from.nano();
    const auto inside = std::clamp<std::int64_t>(score.nano() - from.nano(), 0, width);
    const auto hundredths =
        width == 0 ? 0 : static_cast<std::int64_t>(static_cast<Int128>(inside) * 100 / width);
    return static_cast<LadderPlace>(100 * static_cast<std::int64_t>(band) +
                                    std::min<std::int64_t>(hundredths, 99 + (to == node.high)));
}

bool is_thin(const Plan& plan, const NodeValue& node) {
    return node.coverage_ppm < plan.thin_coverage_ppm;
}

Standing make_standing(const StandingInput& input) {
    Standing standing;
    const auto contents = contents_of(input.now.plan);
    for (const auto content : contents) {
        standing.contents.push_back(stand(input, content));
        standing.record_total += standing.contents.back().record_count;
    }
    const Day last = std::min(input.today, input.period.to);
    const int weeks_so_far = last < input.period.from ? 0 : week_of(input.period, last);
    standing.strengths = make_strengths(input, weeks_so_far);
    standing.weeks = make_weeks(input, contents, weeks_so_far);
    standing.highlights = make_highlights(input);
    standing.sentence = make_sentence(input, standing);
    return standing;
}

}  // namespace agate::app
