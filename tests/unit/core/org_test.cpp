// SPDX-License-Identifier: Apache-2.0
#include "core/org.h"

#include <gtest/gtest.h>

#include "base/error.h"

namespace agate {
namespace {

TEST(Grade, IsReadInEveryForm) {
    struct Case {
        std::string_view text;
        int grade;
    };

    const Case cases[] = {
        {"1", 1},         {"3", 3},          {"10", 10},         {"03", 3},
        {"13", 3},        {"16", 6},         {"21", 7},          {"23", 9},
        {"31", 10},       {"33", 12},        {"11", 1},          {"12", 2},
        {"三年级", 3},    {"小学三年级", 3}, {"小学3年级", 3},   {"小三", 3},
        {"3年级", 3},     {"３年级", 3},     {" 三 年 级 ", 3},  {"六年级", 6},
        {"七年级", 7},    {"九年级", 9},     {"初一", 7},        {"初三", 9},
        {"初二年级", 8},  {"初中二年级", 8}, {"初中八年级", 8},  {"初2", 8},
        {"高一", 10},     {"高三", 12},      {"高中三年级", 12}, {"高二年级", 11},
        {"11年级", 11},   {"十一年级", 11},  {"十年级", 10},     {"十二", 12},
        {"Grade 7", 7},   {"grade 12", 12},  {"G7", 7},          {"g11", 11},
        {"G 3", 3},       {"P3", 3},         {"J1", 7},          {"S2", 11},
        {"Senior 1", 10}, {"Junior 3", 9},   {"Primary 6", 6},   {"一", 1},
    };
    for (const auto& c : cases) {
        EXPECT_EQ(parse_grade(c.text), c.grade) << c.text;
    }
}

TEST(Grade, IsNotGuessed) {
    for (const std::string_view text :
         {"",     "0",    "17",   "20",    "24", "34",         "2026",      "年级", "小学",
          "初四", "高四", "小七", "G13",   "G0", "13年级",     "十三年级",  "大一", "2026级",
          "-3",   "3.0",  "三班", "Grade", "P7", "初中十年级", "三年级1班", "x"}) {
        EXPECT_EQ(parse_grade(text), std::nullopt) << text;
    }
}

TEST(Grade, NationalCodesGoRoundTrip) {
    for (int grade = 1; grade <= 12; ++grade) {
        EXPECT_EQ(parse_grade_code(std::to_string(national_grade_code(grade))), grade);
        EXPECT_EQ(parse_grade(std::to_string(national_grade_code(grade))), grade);
        EXPECT_EQ(parse_grade(grade_name_zh(grade)), grade);
        EXPECT_EQ(parse_grade("G" + std::to_string(grade)), grade);
    }
    EXPECT_EQ(parse_grade_code("3"), std::nullopt);
    EXPECT_EQ(parse_grade_code("17"), std::nullopt);
    EXPECT_EQ(parse_grade_code("一"), std::nullopt);
    EXPECT_EQ(grade_name_zh(7), "七年级");
    EXPECT_EQ(grade_name_zh(12), "高三");
    EXPECT_THROW((void)national_grade_code(0), Bug);
    EXPECT_THROW((void)grade_name_zh(13), Bug);
}

TEST(Sex, IsReadInEveryForm) {
    for (const std::string_view text : {"1", "１", "男", " 男 ", "male", "M", "Boy", "男生"}) {
        EXPECT_EQ(parse_sex(text), Sex::male) << text;
    }
    for (const std::string_view text : {"2", "女", "Female", "f", "girl", "女生"}) {
        EXPECT_EQ(parse_sex(text), Sex::female) << text;
    }
    for (const std::string_view text : {"", "0", "9", "未知", "男女", "x"}) {
        EXPECT_EQ(parse_sex(text), std::nullopt) << text;
    }
    EXPECT_EQ(to_text(Sex::male), "male");
    EXPECT_EQ(to_text(Sex::female), "female");
}

TEST(OrgKind, WordsGoRoundTrip) {
    for (int i = 0; i <= static_cast<int>(OrgKind::branch); ++i) {
        const auto kind = static_cast<OrgKind>(i);
        EXPECT_EQ(parse_org_kind(to_text(kind)), kind);
    }
    EXPECT_EQ(to_text(OrgKind::class_), "class");
    EXPECT_EQ(parse_org_kind("class_"), std::nullopt);
}

}  // namespace
}  // namespace agate
