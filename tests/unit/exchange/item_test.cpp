// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "exchange/time_entry.h"
#include "making.h"

namespace agate::exchange {
namespace {

using test::item_named;
using test::national_items;

ItemParse parse(std::string_view code,
                std::string_view text,
                CellKind kind = CellKind::text,
                NumberTimes number_times = NumberTimes::refuse) {
    const auto items = national_items();
    return parse_item(
        item_named(items, code), {.text = text, .day = {}, .kind = kind}, number_times);
}

TEST(Item, ReadsTimesInEveryNotation) {
    for (const auto* text : {"3'45",
                             "3'45\"",
                             "3′45″",
                             "3’45”",
                             "3:45",
                             "3：45",
                             "3.45",
                             "3'45''",
                             "3分45秒",
                             "３'４５",
                             "0:03:45",
                             "3分45",
                             "3´45",
                             " 3'45 ",
                             "3' 45\"",
                             "03:45",
                             "'3'45"}) {
        const auto parsed = parse("run_1000m", text);
        EXPECT_EQ(parsed.item, (ItemValue{ItemState::value, 225})) << text << " " << parsed.code;
    }
    EXPECT_EQ(parse("run_1000m", "3:45", CellKind::time).item.value, 225);
}

TEST(Item, RefusesTimesThatCannotBeTold) {
    struct Case {
        std::string_view text, code, suggestion;
        CellKind kind = CellKind::text;
    };

    for (const auto& one : {Case{"3.5", "time_ambiguous", ""},
                            Case{"3.5", "time_ambiguous", "", CellKind::number},
                            Case{"3.45", "time_number_unclear", "3'45", CellKind::number},
                            Case{"225", "time_plain_number", "3'45"},
                            Case{"225", "time_plain_number", "3'45", CellKind::number},
                            Case{"4", "time_plain_number", ""},
                            Case{"3'5", "time_short_seconds", "3'05"},
                            Case{"4'", "time_short_seconds", "4'00"},
                            Case{"3'75", "time_seconds_over_59", ""},
                            Case{"4.66", "time_seconds_over_59", ""},
                            Case{"3'45.2", "time_has_fraction", ""},
                            Case{"3.456", "time_has_fraction", ""},
                            Case{"3-45", "time_unreadable", ""},
                            Case{"快", "time_unreadable", ""},
                            Case{"3'45'12", "time_unreadable", ""},
                            Case{"1'00", "item_out_of_range", ""},
                            Case{"12'00", "item_out_of_range", ""},
                            Case{"2015-03-04", "value_became_date", "", CellKind::date},
                            Case{"#REF!", "cell_has_error", "", CellKind::error}}) {
        const auto parsed = parse("run_1000m", one.text, one.kind);
        EXPECT_EQ(parsed.code, one.code) << one.text;
        EXPECT_EQ(parsed.suggestion, one.suggestion) << one.text;
        EXPECT_EQ(parsed.item.state, ItemState::fault) << one.text;
    }
}

TEST(Item, ReadsNumbersAsTimesOnlyAsTold) {
    struct Case {
        std::string_view text;
        NumberTimes told;
        std::int64_t seconds;
    };

    for (const auto& one : {Case{"3.34", NumberTimes::minutes_seconds, 214},
                            Case{"4.1", NumberTimes::minutes_seconds, 250},
                            Case{"4", NumberTimes::minutes_seconds, 240},
                            Case{"3'45", NumberTimes::minutes_seconds, 225},
                            Case{"225", NumberTimes::seconds, 225},
                            Case{"3'45", NumberTimes::seconds, 225}}) {
        for (const auto kind : {CellKind::text, CellKind::number}) {
            const auto parsed = parse("run_800m", one.text, kind, one.told);
            EXPECT_EQ(parsed.item, (ItemValue{ItemState::value, one.seconds})) << one.text;
        }
    }
    // Each value so read is shown.
    const auto parsed = parse("run_800m", "4.1", CellKind::number, NumberTimes::minutes_seconds);
    EXPECT_EQ(parsed.code, "time_read_as_told");
    EXPECT_EQ(parsed.severity, Severity::warning);
    EXPECT_EQ(parse("run_800m", "4.7", CellKind::number, NumberTimes::minutes_seconds).code,
              "time_seconds_over_59");
    EXPECT_EQ(parse("run_800m", "3.45", CellKind::number, NumberTimes::seconds).code,
              "time_has_fraction");
}

TEST(Item, ReadsNumbersExactly) {
    struct Case {
        std::string_view code, text;
        std::int64_t value;
    };

    for (const auto& one : {Case{"height", "142", 1420},
                            Case{"height", "142.5", 1425},
                            Case{"height", "１４２.５", 1425},
                            Case{"height", "142.50", 1425},
                            Case{"height", "+142.5", 1425},
                            Case{"height", "'142.5", 1425},
                            Case{"run_50m", "7.51", 76},
                            Case{"run_50m", "7.50", 75},
                            Case{"run_50m", "9.96", 100},
                            Case{"sit_and_reach", "-1.1", -11},
                            Case{"sit_and_reach", "-.2", -2},
                            Case{"sit_and_reach", "0", 0},
                            Case{"vital_capacity", "3000.0", 3000},
                            Case{"pull_up", "0", 0}}) {
        const auto parsed = parse(one.code, one.text);
        EXPECT_EQ(parsed.item, (ItemValue{ItemState::value, one.value})) << one.code << one.text;
        EXPECT_EQ(parsed.code, "") << one.text;
    }
    const auto rounded = parse("weight", "91.56");
    EXPECT_EQ(rounded.item.value, 916);
    EXPECT_EQ(rounded.code, "value_rounded");
    EXPECT_EQ(parse("sit_and_reach", "-1.25").item.value, -12);
}

TEST(Item, SaysWhatWasProbablyMeant) {
    struct Case {
        std::string_view code, text, problem, suggestion;
    };

    for (const auto& one : {Case{"height", "1.42", "value_in_metres", "142.0"},
                            Case{"standing_long_jump", "2.15", "value_in_metres", "215"},
                            Case{"vital_capacity", "2.104", "value_in_litres", "2104"},
                            Case{"vital_capacity", "21O4", "letters_in_number", "2104"},
                            Case{"run_50m", "9'4", "seconds_written_as_minutes", "9.4"},
                            Case{"run_50m", "9\"4", "seconds_written_as_minutes", "9.4"},
                            Case{"run_50m", "9″4", "seconds_written_as_minutes", "9.4"},
                            Case{"run_50m", "9'40", "seconds_written_as_minutes", "9.4"},
                            Case{"run_50m", "9.4秒", "value_with_unit", "9.4"},
                            Case{"height", "142cm", "value_with_unit", "142.0"},
                            Case{"height", "1.42米", "value_with_unit", "142.0"},
                            Case{"rope_skipping_1min", "112次", "value_with_unit", "112"},
                            Case{"rope_skipping_1min", "305", "item_out_of_range", ""},
                            Case{"height", "14.2", "item_out_of_range", ""},
                            Case{"height", "-142", "item_out_of_range", ""},
                            Case{"pull_up", "8.5", "value_not_whole", ""},
                            Case{"pull_up", "很多", "value_not_number", ""},
                            Case{"pull_up", "99999999999999999999", "value_not_number", ""}}) {
        const auto parsed = parse(one.code, one.text);
        EXPECT_EQ(parsed.code, one.problem) << one.code << " " << one.text;
        EXPECT_EQ(parsed.suggestion, one.suggestion) << one.code << " " << one.text;
        EXPECT_EQ(parsed.item.state, ItemState::fault) << one.text;
    }
}

TEST(Item, TellsAbsentExemptAndBlankApart) {
    struct Case {
        std::string_view text;
        ItemState state;
    };

    for (const auto* code : {"height", "run_1000m"}) {
        for (const auto& one : {Case{"", ItemState::blank},
                                Case{"  ", ItemState::blank},
                                Case{"　", ItemState::blank},
                                Case{"缺考", ItemState::absent},
                                Case{"缺测", ItemState::absent},
                                Case{"免测", ItemState::exempt},
                                Case{" 免 测", ItemState::exempt},
                                Case{"免考", ItemState::exempt},
                                Case{"\\", ItemState::not_tested},
                                Case{"/", ItemState::not_tested},
                                Case{"—", ItemState::not_tested},
                                Case{"未测", ItemState::not_tested}}) {
            const auto parsed = parse(code, one.text);
            EXPECT_EQ(parsed.item.state, one.state) << one.text;
            EXPECT_EQ(parsed.code, "") << one.text;
        }
    }
}

TEST(Item, ShowsEveryValueSoThatItReadsBack) {
    for (const auto& item : national_items()) {
        if (item.entry == ItemSpec::Entry::computed) {
            continue;
        }
        for (auto value = item.import_min; value <= item.import_max; ++value) {
            const auto text = show_item(item, value);
            const auto parsed =
                parse_item(item, {.text = text, .day = {}, .kind = CellKind::text}, {});
            ASSERT_EQ(parsed.item, (ItemValue{ItemState::value, value})) << item.code << text;
            ASSERT_EQ(parsed.code, "") << text;
        }
    }
}

}  // namespace
}  // namespace agate::exchange
