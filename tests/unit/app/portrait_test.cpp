// SPDX-License-Identifier: Apache-2.0
#include "app/portrait.h"

#include <gtest/gtest.h>

#include "evaluate/evaluate.h"
#include "framework/compile.h"

namespace agate::app {
namespace {

const framework::Plan& plan() {
    static const auto outcome =
        framework::compile_pack(*framework::shipped_pack("cn-compulsory-2021"));
    return outcome.plans->school;
}

const DayRange term{*parse_day("2026-09-01"), *parse_day("2027-01-22")};

Evidence helped(int day) {
    Evidence record;
    record.evidence_id.bytes[15] = static_cast<std::uint8_t>(day);
    record.reason = "helped_classmate";
    record.day = term.from + day;
    record.value = Decimal::from_int(1);
    return record;
}

Standing stand(const std::vector<Evidence>& records, std::optional<PlannedResult> previous = {}) {
    const evaluate::Subject subject{
        .person_id = {}, .sex = Sex::female, .grade = 4, .exempt = {}, .belongs = {}, .grades = {}};
    const auto result =
        evaluate::evaluate_values(evaluate::Program(plan()), term, subject, records);
    const Calendar calendar;
    return make_standing({.now = {plan(), result},
                          .previous = previous,
                          .period = term,
                          .today = term.from + 80,
                          .calendar = calendar,
                          .evidence = records,
                          .language = Language::zh});
}

TEST(Portrait, HasTheFiveContentsWithTheirMarks) {
    const auto standing = stand({});
    std::string marks;
    for (const auto& content : standing.contents) {
        marks += content.mark;
    }
    EXPECT_EQ(marks, "德学身美劳");
    EXPECT_EQ(standing.record_total, 0);
    EXPECT_EQ(standing.sentence, words().sentence(Language::zh, "page_no_records"));
}

TEST(Portrait, TellsSteadyWorkByItsWeeks) {
    std::vector<Evidence> records;
    for (int week = 0; week < 10; ++week) {
        records.push_back(helped(7 * week));
    }
    const auto standing = stand(records);
    ASSERT_FALSE(standing.strengths.empty());
    EXPECT_NE(standing.strengths.front().text.find("帮助同学"), std::string::npos);
    EXPECT_NE(standing.strengths.front().text.find("10 周"), std::string::npos);
}

TEST(Portrait, LaysARecordDownInItsWeek) {
    const auto standing = stand({helped(8)});
    int week_of_record = 0;
    for (const auto& week : standing.weeks) {
        for (const auto count : week.counts) {
            week_of_record = count > 0 ? week.week : week_of_record;
        }
    }
    EXPECT_EQ(week_of_record, week_of(term, term.from + 8));
}

TEST(Portrait, TheLadderRisesWithTheScore) {
    const auto& node = plan().node(contents_of(plan()).front());
    LadderPlace before = -1;
    for (int score = 0; score <= 100; ++score) {
        const auto place = ladder_place(plan(), node, Decimal::from_int(score));
        EXPECT_GE(place, before);
        before = place;
    }
    EXPECT_EQ(ladder_place(plan(), node, node.low), 0);
    EXPECT_EQ(ladder_place(plan(), node, node.high), 400);
}

TEST(Portrait, ThinEvidenceIsNotCompared) {
    const auto first = stand({helped(3)});
    const evaluate::Subject subject{
        .person_id = {}, .sex = Sex::female, .grade = 4, .exempt = {}, .belongs = {}, .grades = {}};
    const std::vector<Evidence> records{helped(3)};
    const auto result =
        evaluate::evaluate_values(evaluate::Program(plan()), term, subject, records);
    const auto standing = stand(records, PlannedResult{plan(), result});
    for (const auto& content : standing.contents) {
        EXPECT_TRUE(content.change == Change::too_thin || content.change == Change::no_result ||
                    content.change == Change::first || !content.is_thin);
    }
    EXPECT_EQ(first.contents.size(), standing.contents.size());
}

}  // namespace
}  // namespace agate::app
