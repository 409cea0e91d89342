// SPDX-License-Identifier: Apache-2.0
#include "core/calendar.h"

#include <gtest/gtest.h>

#include "base/error.h"

namespace agate {
namespace {

Day day(std::string_view text) {
    return parse_day(text).value();
}

DayRange range(std::string_view from, std::string_view to) {
    return {.from = day(from), .to = day(to)};
}

/// National Day and Mid-Autumn of 2025, as the State Council set them: 1 to 8 October off, Sunday
/// 28 September and Saturday 11 October worked instead.
Calendar autumn_2025() {
    using enum CalendarDays::Kind;
    return Calendar({
        {.days = range("2025-10-01", "2025-10-08"), .name_zh = "国庆中秋", .kind = holiday},
        {.days = range("2025-09-28", "2025-09-28"), .name_zh = "调休上班", .kind = working},
        {.days = range("2025-10-11", "2025-10-11"), .name_zh = "调休上班", .kind = working},
    });
}

TEST(Calendar, WeekendsAreFree) {
    const Calendar plain;
    EXPECT_TRUE(plain.is_working_day(day("2026-09-04")));
    EXPECT_FALSE(plain.is_working_day(day("2026-09-05")));
    EXPECT_FALSE(plain.is_working_day(day("2026-09-06")));
    EXPECT_EQ(plain.count_working_days(range("2026-09-01", "2026-09-30")), 22);
}

TEST(Calendar, HolidaysAreFreeAndMadeUpDaysAreNot) {
    const Calendar calendar = autumn_2025();
    EXPECT_TRUE(calendar.is_working_day(day("2025-09-28")));
    EXPECT_TRUE(calendar.is_working_day(day("2025-09-30")));
    for (Day free = day("2025-10-01"); free <= day("2025-10-08"); free = free + 1) {
        EXPECT_FALSE(calendar.is_working_day(free)) << to_string(free);
    }
    EXPECT_TRUE(calendar.is_working_day(day("2025-10-09")));
    EXPECT_TRUE(calendar.is_working_day(day("2025-10-11")));
    EXPECT_FALSE(calendar.is_working_day(day("2025-10-12")));
    EXPECT_EQ(calendar.count_working_days(range("2025-09-22", "2025-10-12")), 11);
    EXPECT_EQ(calendar.count_working_days(range("2025-10-09", "2025-10-08")), 0);
}

TEST(Calendar, AMadeUpDayInsideAHolidayIsWorked) {
    using enum CalendarDays::Kind;
    const Calendar calendar({{.days = range("2026-10-05", "2026-10-06"), .kind = working},
                             {.days = range("2026-10-01", "2026-10-07"), .kind = holiday}});
    EXPECT_EQ(calendar.count_working_days(range("2026-10-01", "2026-10-07")), 2);
}

TEST(Calendar, NoticeWindowsCountFullWorkingDays) {
    const Calendar calendar = autumn_2025();

    struct Case {
        std::string_view after;
        int working_days;
        std::string_view last;
    };

    const Case cases[] = {
        {"2025-09-25", 0, "2025-09-25"},
        {"2025-09-25", 1, "2025-09-26"},
        {"2025-09-26", 1, "2025-09-28"},
        {"2025-09-26", 5, "2025-10-10"},  // 28, 29, 30 September, 9, 10 October
        {"2025-09-30", 3, "2025-10-11"},
        {"2025-10-03", 5, "2025-10-14"},
    };
    for (const auto& c : cases) {
        EXPECT_EQ(to_string(calendar.add_working_days(day(c.after), c.working_days)), c.last)
            << c.after << " + " << c.working_days;
    }
    EXPECT_THROW((void)calendar.add_working_days(Day{0}, -1), Bug);
}

TEST(Calendar, AddingIsTheInverseOfCounting) {
    const Calendar calendar = autumn_2025();
    for (Day start = day("2025-09-20"); start < day("2025-10-20"); start = start + 1) {
        for (int n = 1; n < 15; ++n) {
            const Day last = calendar.add_working_days(start, n);
            EXPECT_TRUE(calendar.is_working_day(last));
            EXPECT_EQ(calendar.count_working_days({.from = start + 1, .to = last}), n);
        }
    }
}

TEST(Period, WeeksAreCountedFromTheMondayOfTheFirstDay) {
    const DayRange term = range("2026-09-01", "2027-01-22");  // a Tuesday, a Friday
    EXPECT_EQ(week_of(term, day("2026-09-01")), 1);
    EXPECT_EQ(week_of(term, day("2026-08-31")), 1);
    EXPECT_EQ(week_of(term, day("2026-09-06")), 1);
    EXPECT_EQ(week_of(term, day("2026-09-07")), 2);
    EXPECT_EQ(week_of(term, day("2026-08-30")), 0);
    EXPECT_EQ(count_weeks(term), 21);
    EXPECT_EQ(count_weeks(range("2026-09-06", "2026-09-07")), 2);
}

TEST(PeriodState, WordsGoRoundTrip) {
    for (int i = 0; i <= static_cast<int>(PeriodState::sealed); ++i) {
        const auto state = static_cast<PeriodState>(i);
        EXPECT_EQ(parse_period_state(to_text(state)), state);
    }
    EXPECT_EQ(to_text(PeriodState::signed_), "signed");
    EXPECT_EQ(parse_period_state("signed_"), std::nullopt);
}

}  // namespace
}  // namespace agate
