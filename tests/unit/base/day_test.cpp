// SPDX-License-Identifier: Apache-2.0
#include "base/day.h"

#include <gtest/gtest.h>

namespace agate {
namespace {

TEST(Day, ReadsOneFormOnly) {
    EXPECT_EQ(parse_day("1970-01-01"), Day{0});
    EXPECT_EQ(parse_day("2026-09-01"), Day{20'697});
    for (const std::string_view text : {"2026-9-1",
                                        "2026/09/01",
                                        "20260901",
                                        "2026-02-29",
                                        "2026-13-01",
                                        "2026-00-10",
                                        "2026-04-31",
                                        "2026-09-00",
                                        "1899-12-31",
                                        "2200-01-01",
                                        "2026-09-01 ",
                                        "2026-09-0a",
                                        "-026-09-01",
                                        ""}) {
        EXPECT_EQ(parse_day(text), std::nullopt) << text;
    }
}

TEST(Day, EveryDayGoesRoundTrip) {
    const Day last = parse_day("2199-12-31").value();
    int weekday_expected = 1;  // 1900-01-01 was a Monday
    for (Day day = parse_day("1900-01-01").value(); day <= last; day = day + 1) {
        ASSERT_EQ(make_day(split(day)), day);
        ASSERT_EQ(weekday(day), weekday_expected);
        weekday_expected = weekday_expected % 7 + 1;
    }
    EXPECT_EQ(parse_day(to_string(last)), last);
    EXPECT_EQ(to_string(Day{-1}), "1969-12-31");
}

TEST(Day, KnowsLeapYears) {
    EXPECT_TRUE(make_day({.year = 2000, .month = 2, .day = 29}));
    EXPECT_TRUE(make_day({.year = 2028, .month = 2, .day = 29}));
    EXPECT_FALSE(make_day({.year = 1900, .month = 2, .day = 29}));
    EXPECT_FALSE(make_day({.year = 2100, .month = 2, .day = 29}));
    EXPECT_FALSE(make_day({.year = 2026, .month = -1, .day = 1}));
}

TEST(Day, WeeksStartOnMonday) {
    const Day monday = parse_day("2026-08-31").value();
    for (int i = 0; i < 7; ++i) {
        EXPECT_EQ(week_start(monday + i), monday);
    }
    EXPECT_EQ(week_start(monday - 1), monday - 7);
    EXPECT_EQ(week_start(Day{-4}), Day{-10});
}

TEST(Day, CountsMonths) {
    EXPECT_EQ(month_number(Day{0}), 0);
    EXPECT_EQ(month_number(Day{-1}), -1);
    EXPECT_EQ(month_number(parse_day("2026-09-30").value()), 56 * 12 + 8);
    EXPECT_EQ(month_number(parse_day("2026-09-30").value()) + 1,
              month_number(parse_day("2026-10-01").value()));
}

TEST(Day, RangesHoldBothEnds) {
    const DayRange range{.from = Day{10}, .to = Day{12}};
    EXPECT_FALSE(range.contains(Day{9}));
    EXPECT_TRUE(range.contains(Day{10}));
    EXPECT_TRUE(range.contains(Day{12}));
    EXPECT_FALSE(range.contains(Day{13}));
}

TEST(Instant, IsShownInShanghai) {
    constexpr std::int64_t second = 1'000'000;
    EXPECT_EQ(to_string(Instant{0}), "1970-01-01 08:00:00");
    EXPECT_EQ(to_string(Instant{-1}), "1970-01-01 07:59:59");
    EXPECT_EQ(shanghai_day(Instant{16 * 3'600 * second - 1}), Day{0});
    EXPECT_EQ(shanghai_day(Instant{16 * 3'600 * second}), Day{1});
    EXPECT_EQ(shanghai_day(Instant{-8 * 3'600 * second - 1}), Day{-1});
    EXPECT_EQ(to_string(Instant{1'795'444'265 * second}), "2026-11-23 22:31:05");
}

}  // namespace
}  // namespace agate
