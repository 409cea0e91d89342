// SPDX-License-Identifier: Apache-2.0
#include "exchange/fitness.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/words.h"
#include "making.h"

namespace agate::exchange {
namespace {

using test::codes_of;
using test::csv_of;
using test::item_named;
using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::IsSupersetOf;

class Fitness : public testing::Test {
protected:
    FitnessRead read(const std::string& bytes, const FitnessOptions& options = {}) const {
        auto done = read_all_fitness(bytes, items, options);
        test::expect_words(done.table.problems);
        test::expect_words(done.problems);
        return done;
    }

    [[nodiscard]] ItemValue value(const FitnessRow& row, std::string_view code) const {
        for (std::size_t i = 0; i < items.size(); ++i) {
            if (items[i].code == code) {
                return row.items[i];
            }
        }
        return {};
    }

    std::vector<ItemSpec> items = test::national_items();
};

const std::vector<std::string> primary = {"年级编号",
                                          "班级编号",
                                          "班级名称",
                                          "学籍号",
                                          "民族代码",
                                          "姓名",
                                          "性别",
                                          "出生日期",
                                          "家庭住址",
                                          "身高",
                                          "体重",
                                          "肺活量",
                                          "50米跑",
                                          "坐位体前屈",
                                          "一分钟跳绳",
                                          "一分钟仰卧起坐",
                                          "50米×8往返跑"};

TEST_F(Fitness, ReadsTheNationalPrimaryLayout) {
    const auto done = read(test::sheet_of({primary,
                                           {"15",
                                            "15011",
                                            "五年级1班",
                                            "G110101201609010021",
                                            "1",
                                            "张小明",
                                            "1",
                                            "2015-09-01",
                                            "",
                                            "142.5",
                                            "35",
                                            "2104",
                                            "9.26",
                                            "-1.5",
                                            "112",
                                            "32",
                                            "1'52"}}));
    EXPECT_THAT(done.table.problems, IsEmpty());
    EXPECT_THAT(done.problems, IsEmpty());
    ASSERT_EQ(done.rows.size(), 1U);
    const auto& row = done.rows[0];
    EXPECT_EQ(row.row, 2);
    EXPECT_EQ(row.grade, 5);
    EXPECT_EQ(row.sex, Sex::male);
    EXPECT_EQ(row.national_number, "G110101201609010021");
    EXPECT_EQ(row.birth_day, parse_day("2015-09-01"));
    EXPECT_EQ(value(row, "height").value, 1425);
    EXPECT_EQ(value(row, "run_50m").value, 93);
    EXPECT_EQ(value(row, "sit_and_reach").value, -15);
    EXPECT_EQ(value(row, "shuttle_run_50m_x8").value, 112);
    EXPECT_TRUE(row.is_ready);
}

TEST_F(Fitness, ReadsItemCodesInAnyOrder) {
    const auto done = read(csv_of({{"run_1000m", "sex", "grade", "pull_up", "height"},
                                   {"3'45", "male", "10", "8", "172.5"},
                                   {"", "女", "33", "", "160"}}));
    EXPECT_EQ(value(done.rows[0], "run_1000m").value, 225);
    EXPECT_EQ(done.rows[0].grade, 10);
    EXPECT_EQ(done.rows[1].grade, 12);
    EXPECT_EQ(done.rows[1].sex, Sex::female);
}

TEST_F(Fitness, TellsElevenFromElevenByItemsThenByHeader) {
    struct Case {
        std::string header, grade, item, value;
        int expected;
    };

    for (const auto& one : {Case{"年级编号", "11", "height", "120", 1},
                            Case{"grade", "11", "height", "120", 11},
                            Case{"grade", "11", "rope_skipping_1min", "50", 1},
                            Case{"年级编号", "12", "standing_long_jump", "200", 12},
                            Case{"年级编号", "12", "rope_skipping_1min", "60", 2},
                            Case{"年级", "12", "standing_long_jump", "200", 12},
                            Case{"年级编号", "10", "height", "120", 10},
                            Case{"年级编号", "16", "height", "120", 6},
                            Case{"年级", "初二", "height", "120", 8},
                            Case{"年级", "三年级", "height", "120", 3}}) {
        const auto done =
            read(csv_of({{one.header, "性别", one.item}, {one.grade, "1", one.value}}));
        ASSERT_EQ(done.rows.size(), 1U);
        EXPECT_EQ(done.rows[0].grade, one.expected) << one.header << one.grade << one.item;
    }
}

TEST_F(Fitness, RefusesWhatCannotBeScoredWithItsReason) {
    struct Case {
        std::string grade, sex, code;
    };

    for (const auto& one : {Case{"42", "1", "grade_university"},
                            Case{"大学二年级", "1", "grade_university"},
                            Case{"13班", "1", "grade_unreadable"},
                            Case{"17", "1", "grade_unreadable"},
                            Case{"0", "1", "grade_unreadable"},
                            Case{"", "1", "grade_missing"},
                            Case{"13", "", "sex_missing"},
                            Case{"13", "3", "sex_unreadable"},
                            Case{"13", "男女", "sex_unreadable"}}) {
        const auto done = read(csv_of({{"年级编号", "性别", "身高"}, {one.grade, one.sex, "120"}}));
        ASSERT_EQ(done.rows.size(), 1U);
        EXPECT_TRUE(done.rows[0].is_refused) << one.code;
        EXPECT_THAT(codes_of(done.problems), ElementsAre(one.code));
    }
}

TEST_F(Fitness, EveryProblemHasPlaceValueAndSuggestion) {
    const auto done =
        read(test::sheet_of({{"年级编号", "性别", "姓名", "身高"}, {"14", "1", "卢舟", "1.42"}}));
    ASSERT_THAT(codes_of(done.problems), ElementsAre("value_in_metres"));
    const auto& problem = done.problems[0];
    EXPECT_EQ(problem.where.sheet, "一");
    EXPECT_EQ(problem.where.row, 2);
    EXPECT_EQ(problem.where.column, 4);
    EXPECT_EQ(problem.where.column_name, "身高");
    EXPECT_THAT(problem.args,
                IsSupersetOf({MessageArg{"value", "1.42"},
                              MessageArg{"suggestion", "142.0"},
                              MessageArg{"field", "height"}}));
    EXPECT_EQ(words().sentence(Language::zh, problem.code, problem.args),
              "身高 1.42，像是用“米”写的。这一列要求厘米，允许 80.0 到 250.0。");
    EXPECT_EQ(words().mend(Language::zh, problem.code, problem.args), "改成 142.0。");
    ASSERT_EQ(done.rows[0].notes.size(), 1U);
    EXPECT_EQ(done.rows[0].notes[0].field, "height");
    EXPECT_FALSE(done.rows[0].is_ready);
    EXPECT_FALSE(done.rows[0].is_refused);
}

TEST_F(Fitness, AMendMakesTheRowReady) {
    FitnessOptions options;
    options.mends[{2, 4}] = {"142.0"};
    const auto done =
        read(test::sheet_of({{"年级编号", "性别", "姓名", "身高"}, {"14", "1", "卢舟", "1.42"}}),
             options);
    EXPECT_THAT(done.problems, IsEmpty());
    EXPECT_EQ(value(done.rows[0], "height").value, 1420);
}

TEST_F(Fitness, TheSameNumberTwiceIsAFaultAndSameNamesAreNot) {
    const auto done = read(csv_of({{"年级", "班级", "性别", "学籍号", "姓名", "身高"},
                                   {"3", "三年级1班", "1", "G1101", "李子涵", "130"},
                                   {"3", "三年级1班", "1", "G11012", "李子涵", "131"},
                                   {"3", "三年级1班", "1", "G11012", "王五", "132"}}));
    ASSERT_THAT(codes_of(done.problems), ElementsAre("student_number_twice"));
    EXPECT_EQ(done.problems[0].where.row, 4);
    EXPECT_EQ(words().mend(Language::zh, "student_number_twice"),
              "看看是不是两个人，或同一行写了两遍。");
    // Short numbers run within their class.
    const auto two = read(csv_of({{"年级", "班级", "性别", "学号", "身高"},
                                  {"3", "三年级1班", "1", "1", "130"},
                                  {"3", "三年级2班", "1", "1", "131"}}));
    EXPECT_THAT(two.problems, IsEmpty());
}

TEST_F(Fitness, TakesTheSexFromFilledItemsOnlyWhenTold) {
    const auto bytes = csv_of({{"年级", "学号", "仰卧起坐", "引体向上", "身高"},
                               {"8", "10001", "30", "", "160"},
                               {"8", "10002", "", "5", "165"},
                               {"8", "10003", "", "", "165"},
                               {"4", "10004", "30", "", "140"}});
    const auto refused = read(bytes);
    EXPECT_THAT(codes_of(refused.table.problems), ElementsAre("sex_column_missing"));
    EXPECT_EQ(refused.problems.size(), 4U);
    FitnessOptions options;
    options.sex_source = SexSource::filled_item;
    const auto done = read(bytes, options);
    EXPECT_EQ(done.rows[0].sex, Sex::female);
    EXPECT_EQ(done.rows[1].sex, Sex::male);
    EXPECT_FALSE(done.rows[2].sex);
    EXPECT_FALSE(done.rows[3].sex);  // everybody does sit-ups in primary school
    options.sex_source = SexSource::caller;
    EXPECT_THAT(read(bytes, options).problems, IsEmpty());
}

TEST_F(Fitness, ChoosesOneOfTwoItemsBySex) {
    const auto done = read(csv_of({{"年级", "性别", "引体向上/仰卧起坐", "1000米/800米"},
                                   {"8", "男", "7", "3'50"},
                                   {"8", "女", "35", "3'40"}}));
    EXPECT_THAT(done.problems, IsEmpty());
    EXPECT_EQ(value(done.rows[0], "pull_up").value, 7);
    EXPECT_EQ(value(done.rows[0], "run_1000m").value, 230);
    EXPECT_EQ(value(done.rows[1], "sit_up_1min").value, 35);
    EXPECT_EQ(value(done.rows[1], "run_800m").value, 220);
}

TEST_F(Fitness, WarnsOfItemsOfAnotherGroupAndCountsBlanks) {
    const auto done = read(csv_of({{"年级",
                                    "性别",
                                    "身高",
                                    "体重",
                                    "肺活量",
                                    "50米跑",
                                    "坐位体前屈",
                                    "一分钟跳绳",
                                    "800米跑"},
                                   {"2", "1", "120", "", "1200", "10", "5", "90", "4'00"}}));
    EXPECT_THAT(codes_of(done.problems), ElementsAre("item_not_for_pupil"));
    EXPECT_EQ(done.problems[0].severity, Severity::warning);
    EXPECT_TRUE(done.rows[0].is_ready);
    EXPECT_EQ(done.blank_cells, 1);  // weight
}

TEST_F(Fitness, NumbersUnderAUsersOwnTimeColumnNeedToBeTold) {
    const auto bytes = csv_of({{"nj", "xb", "cp"}, {"10", "1", "3.34"}, {"10", "1", "4.1"}});
    FitnessOptions options;
    options.columns = {{1, "grade"}, {2, "sex"}, {3, "run_1000m"}};
    EXPECT_THAT(codes_of(read(bytes, options).problems),
                ElementsAre("time_number_unclear", "time_ambiguous"));
    options.number_times = NumberTimes::minutes_seconds;
    const auto done = read(bytes, options);
    EXPECT_EQ(value(done.rows[0], "run_1000m").value, 214);
    EXPECT_EQ(value(done.rows[1], "run_1000m").value, 250);
    EXPECT_THAT(codes_of(done.problems), ElementsAre("time_read_as_told", "time_read_as_told"));
}

TEST_F(Fitness, PreparedRowsWithNobodyInThemAreNotRows) {
    const auto done =
        read(csv_of({{"序号", "年级", "班级", "学号", "姓名", "性别", "身高", "50米跑"},
                     {"1", "8", "八年级1班", "1", "", "", "\\", "\\"},
                     {"2", "8", "八年级1班", "2", "张三", "1", "\\", "8.1"}}));
    EXPECT_EQ(done.rows.size(), 1U);
    EXPECT_THAT(done.problems, IsEmpty());
    EXPECT_EQ(done.table.skipped.size(), 1U);
    EXPECT_EQ(value(done.rows[0], "height").state, ItemState::not_tested);
}

TEST_F(Fitness, StreamsTheSameRowsWithNotesAlone) {
    std::vector<std::vector<std::string>> rows = {{"grade", "sex", "height", "run_800m"}};
    for (int i = 0; i < 300; ++i) {
        rows.push_back({std::to_string(1 + i % 12),
                        i % 2 == 0 ? "1" : "女",
                        i % 7 == 0 ? "1.42" : "142",
                        i % 5 == 0 ? "3.5" : ""});
    }
    const auto bytes = csv_of(rows);
    const auto all = read(bytes);
    FitnessOptions options;
    options.wants_problems = false;
    std::size_t index = 0;
    const auto table = read_fitness(
        bytes, items, options, [&](const FitnessRow& row, std::span<const Problem> problems) {
            EXPECT_TRUE(problems.empty());
            EXPECT_EQ(row.items, all.rows[index].items);
            EXPECT_EQ(row.notes.size(), all.rows[index].notes.size());
            EXPECT_EQ(row.index, static_cast<std::int64_t>(index) + 1);
            ++index;
            return Flow::go_on;
        });
    EXPECT_EQ(index, 300U);
    EXPECT_EQ(table.row_count, 300);
}

}  // namespace
}  // namespace agate::exchange
