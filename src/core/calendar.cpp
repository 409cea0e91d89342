// SPDX-License-Identifier: Apache-2.0
#include "core/calendar.h"

#include <algorithm>
#include <utility>

#include "core/names.h"

namespace agate {

namespace {

constexpr int saturday = 6;

constexpr NameTable<PeriodState, 12> period_states = {{
    {PeriodState::planned, "planned"},
    {PeriodState::recording, "recording"},
    {PeriodState::reviewing, "reviewing"},
    {PeriodState::evaluating, "evaluating"},
    {PeriodState::class_approved, "class_approved"},
    {PeriodState::grade_approved, "grade_approved"},
    {PeriodState::school_approved, "school_approved"},
    {PeriodState::on_notice, "on_notice"},
    {PeriodState::deciding, "deciding"},
    {PeriodState::decided, "decided"},
    {PeriodState::signed_, "signed"},
    {PeriodState::sealed, "sealed"},
}};

}  // namespace

Calendar::Calendar(std::vector<CalendarDays> entries) : entries_(std::move(entries)) {}

bool Calendar::is_working_day(Day day) const {
    bool is_holiday = false;
    for (const auto& entry : entries_) {
        if (!entry.days.contains(day)) {
            continue;
        }
        // A day made up is named one by one, so it stands against a holiday around it.
        if (entry.kind == CalendarDays::Kind::working) {
            return true;
        }
        is_holiday = true;
    }
    return !is_holiday && weekday(day) < saturday;
}

int Calendar::count_working_days(DayRange range) const {
    int count = 0;
    for (Day day = range.from; day <= range.to; day = day + 1) {
        count += is_working_day(day) ? 1 : 0;
    }
    return count;
}

Day Calendar::add_working_days(Day day, int working_days) const {
    ensure(working_days >= 0, "a window has no negative length");
    while (working_days > 0) {
        day = day + 1;
        working_days -= is_working_day(day) ? 1 : 0;
    }
    return day;
}

std::string_view to_text(PeriodState state) {
    return name_of(period_states, state);
}

std::optional<PeriodState> parse_period_state(std::string_view text) {
    return value_of(period_states, text);
}

int week_of(const DayRange& period, Day day) {
    const std::int32_t days = week_start(day) - week_start(period.from);
    return days / 7 + 1;
}

int count_weeks(const DayRange& period) {
    return week_of(period, period.to);
}

}  // namespace agate
