// SPDX-License-Identifier: Apache-2.0
#include "exchange/values.h"

#include <gtest/gtest.h>

#include "exchange/roster.h"

namespace agate::exchange {
namespace {

std::string day_of(std::string_view text, DateOrder order = DateOrder::year_first) {
    const auto parsed = parse_written_day({.text = text, .day = {}, .kind = CellKind::text}, order);
    return parsed.day ? to_string(*parsed.day) : "";
}

TEST(Values, ReadsDatesAsPeopleWriteThem) {
    for (const auto* text : {"2015-09-01",
                             "2015/9/1",
                             "2015.9.1",
                             "2015-9-1",
                             "20150901",
                             "2015年9月1日",
                             "2015年09月01号",
                             "２０１５年９月１日",
                             "二〇一五年九月一日",
                             "2015-09-01 00:00:00",
                             "2015-09-01T08:30:00",
                             "2015/9/1 8:30",
                             " 2015-09-01 ",
                             "'2015-09-01",
                             "42248"}) {
        EXPECT_EQ(day_of(text), "2015-09-01") << text;
    }
    EXPECT_EQ(day_of("二〇一〇年十月二十一日"), "2010-10-21");
    EXPECT_EQ(day_of("二零一零年十二月十日"), "2010-12-10");
}

TEST(Values, RefusesDatesThatCannotBeTold) {
    for (const auto* text : {"2015-02-30",
                             "2015-13-01",
                             "15/9/1",
                             "9/1/2015",
                             "2015年9月",
                             "2015",
                             "201509",
                             "",
                             "昨天",
                             "2015-09-01x",
                             "123456789",
                             "2015--09-01",
                             "99999",
                             "二〇一五年"}) {
        EXPECT_EQ(day_of(text), "") << text;
    }
}

TEST(Values, ReadsAmericanDatesOnlyWhenTold) {
    EXPECT_EQ(day_of("4/2/2000", DateOrder::month_first), "2000-04-02");
    EXPECT_EQ(day_of("12/31/1999", DateOrder::month_first), "1999-12-31");
    EXPECT_EQ(day_of("31/12/1999", DateOrder::month_first), "");
}

TEST(Values, ReadsSignedValues) {
    struct Case {
        std::string_view text, value;
    };

    for (const auto& one : {Case{"+40", "40"},
                            Case{"-3", "-3"},
                            Case{"－3", "-3"},
                            Case{"−2.5", "-2.5"},
                            Case{"＋１", "1"},
                            Case{"2.5分", "2.5"},
                            Case{"1,000", "1000"},
                            Case{"12,345,678.5", "12345678.5"},
                            Case{"-.2", "-0.2"},
                            Case{" 7 ", "7"}}) {
        const auto value = parse_written_value(one.text);
        ASSERT_TRUE(value) << one.text;
        EXPECT_EQ(value->to_string(), one.value) << one.text;
    }
    for (const auto* text : {"", "优", "1,00", "1,0000", ",1", "1e3", "--1", "1..2", "3+4", ","}) {
        EXPECT_FALSE(parse_written_value(text)) << text;
    }
}

TEST(Values, SuggestsDigitsForLetters) {
    EXPECT_EQ(digits_for_letters("21O4"), "2104");
    EXPECT_EQ(digits_for_letters("l2.5"), "12.5");
    EXPECT_EQ(digits_for_letters("2104"), "");
    EXPECT_EQ(digits_for_letters("好"), "");
}

TEST(Values, CleansNamesAndNumbers) {
    EXPECT_EQ(plain_name("张　三"), "张三");
    EXPECT_EQ(plain_name(" 张 三 "), "张三");
    EXPECT_EQ(plain_name("Ada Lovelace"), "Ada Lovelace");
    EXPECT_EQ(plain_number("'Ｇ１１０ １０１"), "G110101");
}

TEST(Values, ChecksIdNumbers) {
    EXPECT_TRUE(is_id_number("11010519491231002X"));
    for (const auto* text : {"110105194912310021",
                             "11010519491331002X",
                             "11010519491231002",
                             "",
                             "1101051949123100２X",
                             "11010519491231002x"}) {
        EXPECT_FALSE(is_id_number(text)) << text;
    }
}

TEST(Values, FindsTheGradeInAClassName) {
    struct Case {
        std::string_view name;
        int grade;
    };

    for (const auto& one : {Case{"三年级2班", 3},
                            Case{"小学三年级(2)班", 3},
                            Case{"初一(3)班", 7},
                            Case{"高二5班", 11},
                            Case{"九年级１班", 9},
                            Case{"小学2019级1班", 1},
                            Case{"小学2014级1班", 6},
                            Case{"初中2017级1班", 9},
                            Case{"小学2012级1班", 0},
                            Case{"18级示例1班", 0},
                            Case{"太阳班", 0},
                            Case{"", 0}}) {
        EXPECT_EQ(grade_of_class(one.name, 2019).value_or(0), one.grade) << one.name;
    }
    EXPECT_FALSE(grade_of_class("小学2019级1班"));
}

}  // namespace
}  // namespace agate::exchange
