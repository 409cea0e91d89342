// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/words.h"
#include "core/calendar.h"
#include "core/evidence.h"
#include "core/result.h"
#include "framework/plan.h"

// A child's page as values: what the portrait, the report and the class page say. Everything here
// is computed from results and records; nothing reads a store.
namespace agate::app {

/// The place of a score on the band ladder, in hundredths of a band: 0 to 100 in the lowest band,
/// up to 100 * number of bands at the top.
using LadderPlace = std::int32_t;

/// How a content stands against the child's own last period. The claim follows the range.
enum class Change { first, too_thin, same, up, down, up_near_line, down_near_line, no_result };
[[nodiscard]] std::string_view to_text(Change change);

struct ContentStanding {
    NodeIndex node = 0;
    std::string code, name;
    std::string mark;  ///< one character: 德
    std::optional<BandIndex> band;
    std::int32_t coverage_ppm = 0;
    bool is_thin = false;
    std::optional<LadderPlace> place, low, high;
    std::optional<BandIndex> previous_band;
    std::optional<LadderPlace> previous_place;
    Change change = Change::no_result;
    std::string change_words;
    std::int32_t record_count = 0;
};

/// A deed worth telling, from the records alone: counts and weeks, no adjectives.
struct Strength {
    std::string content;  ///< code
    std::string text, detail;
};

struct WeekLayer {
    int week = 1;
    DayRange days;
    std::vector<std::int32_t> counts;  ///< one a content, in framework order
    std::string holiday;               ///< empty on ordinary weeks
};

struct Highlight {
    int week = 1;
    std::string content, text;
};

struct Standing {
    std::string sentence;
    std::vector<ContentStanding> contents;  ///< framework order
    std::vector<Strength> strengths;        ///< three at most, one a content where possible
    std::vector<WeekLayer> weeks;           ///< up to today's week
    std::vector<Highlight> highlights;
    std::int32_t record_total = 0;
};

/// One period's figures of the child with the plan they were made by.
struct PlannedResult {
    const framework::Plan& plan;
    std::span<const NodeValue> values;

    [[nodiscard]] const NodeValue& at(NodeIndex node) const {
        return values[static_cast<std::size_t>(node)];
    }
};

struct StandingInput {
    PlannedResult now;
    std::optional<PlannedResult> previous;
    DayRange period;
    Day today;  ///< the last day for a period that is over
    const Calendar& calendar;
    std::span<const Evidence> evidence;  ///< counting records of the period
    Language language = Language::zh;
};

[[nodiscard]] Standing make_standing(const StandingInput& input);

/// The contents of a framework: the children of its root that are not mounted, in order.
[[nodiscard]] std::vector<NodeIndex> contents_of(const framework::Plan& plan);

/// The content above a node; nothing for the root.
[[nodiscard]] std::optional<NodeIndex> content_above(const framework::Plan& plan, NodeIndex node);

/// 德 学 身 美 劳 for the five national contents (M S B A L in English); the first character of the
/// name elsewhere.
[[nodiscard]] std::string content_mark(const framework::Node& node, Language language);

[[nodiscard]] std::string name_of(const framework::Node& node, Language language);
[[nodiscard]] std::string name_of(const framework::Band& band, Language language);

/// The place of a score among the bands of the node's set.
[[nodiscard]] LadderPlace ladder_place(const framework::Plan& plan,
                                       const framework::Node& node,
                                       Decimal score);

[[nodiscard]] bool is_thin(const framework::Plan& plan, const NodeValue& node);

}  // namespace agate::app
