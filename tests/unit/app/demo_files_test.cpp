// SPDX-License-Identifier: Apache-2.0
#include "app/demo_files.h"

#include <gtest/gtest.h>

#include <map>
#include <set>

namespace agate::app {
namespace {

TEST(DemoTerms, TodayIsWellInsideARunningTermOnEveryDay) {
    for (Day day = *parse_day("2026-01-01"); day <= *parse_day("2029-12-31"); day = day + 1) {
        const auto terms = demo_terms(day);
        EXPECT_TRUE(terms.running.contains(day)) << to_string(day);
        EXPECT_GE(day - terms.running.from, 28) << to_string(day);
        EXPECT_GE(terms.sealed.to - terms.sealed.from, 105) << to_string(day);
        EXPECT_GE(terms.running.from - terms.sealed.to, 28) << to_string(day);
        EXPECT_NE(term_name(terms.sealed.from, Language::zh),
                  term_name(terms.running.from, Language::zh))
            << to_string(day);
    }
}

TEST(DemoTerms, AutumnAndSpring) {
    const auto november = demo_terms(*parse_day("2026-11-24"));
    EXPECT_EQ(to_string(november.running.from), "2026-09-01");
    EXPECT_EQ(to_string(november.sealed.to), "2026-07-05");
    EXPECT_TRUE(november.moves_up());
    EXPECT_EQ(term_name(november.running.from, Language::zh), "2026—2027 学年第一学期");
    EXPECT_EQ(term_name(november.sealed.from, Language::en), "2025–2026 second term");

    const auto january = demo_terms(*parse_day("2027-01-10"));
    EXPECT_EQ(to_string(january.running.from), "2026-09-01");

    const auto may = demo_terms(*parse_day("2027-05-04"));
    EXPECT_EQ(to_string(may.running.from), "2027-02-20");
    EXPECT_EQ(to_string(may.sealed.from), "2026-09-01");
    EXPECT_FALSE(may.moves_up());
}

TEST(DemoStudents, MoveUpWithTheirClassAndTheLastGradeLeaves) {
    const DemoSchoolShape shape{{"甲校区", "乙校区"}, 1, 3, 6};
    const Names names;
    Dice dice(1);
    const auto before = make_students(shape, 120, "X", names, dice);
    const auto after = move_up(shape, before, 120, "X", names, dice);
    ASSERT_EQ(after.size(), 120U);
    std::map<std::string, const DemoStudent*> were;
    for (const auto& student : before) {
        were[student.number] = &student;
    }
    std::set<std::string> numbers;
    for (const auto& student : after) {
        EXPECT_TRUE(numbers.insert(student.number).second) << student.number;
        const auto known = were.find(student.number);
        EXPECT_EQ(known == were.end(), student.grade == 1) << student.number;
        if (known != were.end()) {
            EXPECT_EQ(student.grade, known->second->grade + 1);
            EXPECT_EQ(student.name, known->second->name);
            EXPECT_EQ(student.number_of_class, known->second->number_of_class);
            EXPECT_NE(student.class_name, known->second->class_name);
        }
    }
}

}  // namespace
}  // namespace agate::app
