// SPDX-License-Identifier: Apache-2.0
#include "exchange/evidence.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "making.h"

namespace agate::exchange {
namespace {

using test::codes_of;
using test::csv_of;
using testing::ElementsAre;
using testing::IsEmpty;

EvidenceOptions options_with_reasons() {
    EvidenceOptions options;
    options.reasons = {{.code = "help",
                        .name_zh = "帮助同学",
                        .name_en = "Helped",
                        .default_value = Decimal::from_int(2),
                        .value_low = Decimal::from_int(1),
                        .value_high = Decimal::from_int(3)}};
    options.days = DayRange{*parse_day("2026-09-01"), *parse_day("2027-01-31")};
    return options;
}

EvidenceRead read(const std::string& bytes, const EvidenceOptions& options) {
    auto done = read_evidence(bytes, options);
    test::expect_words(done.table.problems);
    test::expect_words(done.problems);
    return done;
}

TEST(EvidenceFile, ReadsAWholeRecord) {
    const auto done = read(csv_of({{"学号",
                                    "姓名",
                                    "班级",
                                    "事由",
                                    "日期",
                                    "分值",
                                    "等级",
                                    "活动",
                                    "备注",
                                    "记录号",
                                    "记录人",
                                    "评价主体"},
                                   {"0101",
                                    "张三",
                                    "一班",
                                    "帮助同学",
                                    "2026/9/3",
                                    "+3",
                                    "校级",
                                    "值日",
                                    "扶起来",
                                    "A-1",
                                    "王老师",
                                    "家长"}}),
                           options_with_reasons());
    EXPECT_THAT(done.problems, IsEmpty());
    const EvidenceRow expected{.row = 2,
                               .student_number = "0101",
                               .class_name = "一班",
                               .student_name = "张三",
                               .reason = "help",
                               .reason_text = "帮助同学",
                               .day = parse_day("2026-09-03"),
                               .value = Decimal::from_int(3),
                               .label = "校级",
                               .activity = "值日",
                               .note = "扶起来",
                               .source_number = "A-1",
                               .giver = "王老师",
                               .rater_kind = RaterKind::guardian};
    EXPECT_EQ(done.rows[0], expected);
}

TEST(EvidenceFile, TakesTheReasonsOwnValueWhenNoneIsWritten) {
    const auto done = read(csv_of({{"学号", "事由", "日期"}, {"1", "HELP", "2026-09-03"}}),
                           options_with_reasons());
    EXPECT_EQ(done.rows[0].value, Decimal::from_int(2));
    EXPECT_EQ(done.rows[0].reason, "help");
}

TEST(EvidenceFile, NamesEachFault) {
    struct Case {
        std::vector<std::string> row;
        std::string code;
    };

    for (const auto& one : {Case{{"", "", "", "help", "2026-09-03", "1"}, "student_unknown"},
                            Case{{"", "张三", "", "help", "2026-09-03", "1"}, "student_unknown"},
                            Case{{"1", "", "", "", "2026-09-03", "1"}, "reason_missing"},
                            Case{{"1", "", "", "唱歌", "2026-09-03", "1"}, "reason_not_known"},
                            Case{{"1", "", "", "help", "", "1"}, "date_missing"},
                            Case{{"1", "", "", "help", "明天", "1"}, "date_unreadable"},
                            Case{{"1", "", "", "help", "2026-08-31", "1"}, "date_outside_period"},
                            Case{{"1", "", "", "help", "2026-09-03", "多"}, "value_not_number"},
                            Case{{"1", "", "", "help", "2026-09-03", "4"}, "value_not_allowed"}}) {
        const auto done = read(csv_of({{"学号", "姓名", "班级", "事由", "日期", "分值"}, one.row}),
                               options_with_reasons());
        ASSERT_EQ(done.rows.size(), 1U) << one.code;
        EXPECT_FALSE(done.rows[0].is_ready) << one.code;
        EXPECT_THAT(codes_of(done.problems), ElementsAre(one.code));
    }
}

TEST(EvidenceFile, QuestionsAnUnusualValue) {
    const auto done =
        read("date,student,change,reason\n2025/10/6,S20,+10000,好\n2025/10/6,S09,+40,好\n", {});
    EXPECT_THAT(codes_of(done.problems), ElementsAre("value_unusual"));
    EXPECT_EQ(done.rows[1].value, Decimal::from_int(40));
    EXPECT_EQ(done.rows[1].reason_text, "好");
    EXPECT_TRUE(done.rows[0].is_ready);
}

}  // namespace
}  // namespace agate::exchange
