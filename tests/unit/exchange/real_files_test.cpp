// SPDX-License-Identifier: Apache-2.0
// Files that schools and systems really made; they stay outside the repository.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "base/file.h"
#include "exchange/evidence.h"
#include "exchange/roster.h"
#include "making.h"

namespace agate::exchange {
namespace {

using test::codes_of;
using testing::IsEmpty;

#define REAL_FILE(name, relative)                                              \
    const auto name##_path = test::real_file(relative);                        \
    if (!name##_path) {                                                        \
        GTEST_SKIP() << "AGATE_TEST_DATA names no folder with " << (relative); \
    }                                                                          \
    const auto name = read_file(*name##_path)

std::map<std::string, int> counts_of(const Problems& problems) {
    std::map<std::string, int> counts;
    for (const auto& problem : problems) {
        ++counts[problem.code];
    }
    return counts;
}

TEST(RealFiles, AllRowsOfTheNationalResultsAreRead) {
    REAL_FILE(bytes, "fitness-ncs2019-a/fitness_2019_a.csv");
    FitnessOptions options;
    options.school_year = 2019;
    const auto done = read_all_fitness(bytes, test::national_items(), options);
    EXPECT_TRUE(done.table.is_readable());
    EXPECT_EQ(done.table.encoding, "utf-8-bom");
    EXPECT_EQ(done.rows.size(), 2512U);
    // 144 pupils of vocational classes have no grade; every other row is whole.
    EXPECT_EQ(counts_of(done.problems), (std::map<std::string, int>{{"grade_missing", 144}}));
}

TEST(RealFiles, UniversityRowsAreEachRefusedWithTheirReason) {
    REAL_FILE(bytes, "fitness-upload-layout/national_upload_class.xlsx");
    const auto done = read_all_fitness(bytes, test::national_items(), {});
    test::expect_words(done.table.problems);
    EXPECT_EQ(done.rows.size(), 47U);
    EXPECT_EQ(counts_of(done.problems), (std::map<std::string, int>{{"grade_university", 47}}));
    for (const auto& row : done.rows) {
        EXPECT_TRUE(row.is_refused);
    }
}

TEST(RealFiles, MinutesAndSecondsAsNumbersAreReadOnlyWhenTold) {
    REAL_FILE(bytes, "fitness-highschool-a/highschool_fitness_a.csv");
    const auto items = test::national_items();
    EXPECT_FALSE(read_all_fitness(bytes, items, {}).table.is_readable());
    FitnessOptions options;
    int column = 0;
    for (const auto* field : {"class_name",
                              "sex",
                              "height",
                              "weight",
                              "vital_capacity",
                              "run_800m",
                              "run_50m",
                              "run_1000m",
                              "standing_long_jump",
                              "sit_and_reach",
                              "pull_up",
                              "sit_up_1min"}) {
        options.columns[++column] = field;
    }
    options.grade = 10;
    const auto refused = read_all_fitness(bytes, items, options);
    EXPECT_EQ(refused.rows.size(), 614U);
    const auto counts = counts_of(refused.problems);
    EXPECT_EQ(counts.at("time_number_unclear") + counts.at("time_ambiguous") +
                  counts.at("time_seconds_over_59"),
              593);
    options.number_times = NumberTimes::minutes_seconds;
    const auto done = read_all_fitness(bytes, items, options);
    EXPECT_EQ(done.rows.size(), 614U);
    EXPECT_EQ(counts_of(done.problems).at("time_read_as_told"), 592);
    EXPECT_EQ(std::count_if(
                  done.rows.begin(), done.rows.end(), [](const auto& row) { return row.is_ready; }),
              613);
}

TEST(RealFiles, ImportTemplatesOfOtherSystemsAreRead) {
    REAL_FILE(list, "import-templates/学生名单模板.xlsx");
    const auto pupils = read_roster(list, {});
    EXPECT_TRUE(pupils.table.is_readable());
    EXPECT_EQ(pupils.table.header_row, 3);
    EXPECT_EQ(pupils.rows.size(), 0U);
    ASSERT_EQ(pupils.table.skipped.size(), 1U);
    EXPECT_EQ(pupils.table.skipped[0].row, 4);

    REAL_FILE(information, "import-templates/学生信息导入模板.xlsx");
    EXPECT_FALSE(read_roster(information, {}).table.is_readable());
    RosterOptions options;
    options.class_name = "三年级2班";
    const auto two = read_roster(information, options);
    ASSERT_EQ(two.rows.size(), 2U);
    EXPECT_THAT(two.problems, IsEmpty());
    EXPECT_EQ(two.rows[0].guardians.size(), 1U);

    REAL_FILE(summary, "import-templates/综合测评汇总模板.xlsx");
    const auto merged = read_roster(summary, options);
    EXPECT_EQ(merged.table.header_row, 3);
    EXPECT_EQ(merged.table.columns.size(), 43U);
    EXPECT_EQ(merged.table.columns[5].header,
              "基本测评分数(100%) / 品德素质成绩(30%) / 评议成绩(70%)");
}

TEST(RealFiles, ARegisterWithAThreeRowHeaderIsRead) {
    REAL_FILE(bytes, "import-templates/体测登记模板-高中.xlsx");
    FitnessOptions options;
    options.sheet = "总表-1";
    const auto items = test::national_items();
    const auto twice = read_all_fitness(bytes, items, options);
    EXPECT_EQ(twice.table.header_row, 3);
    EXPECT_EQ(counts_of(twice.table.problems).at("column_twice"), 6);
    for (std::int64_t column = 13; column <= 18; ++column) {
        options.columns[column] = std::nullopt;
    }
    options.grade = 10;
    const auto done = read_all_fitness(bytes, items, options);
    EXPECT_TRUE(done.table.is_readable());
    EXPECT_EQ(done.table.columns[6].field, "sit_up_1min");
    EXPECT_EQ(done.table.columns[6].other_field, "pull_up");
    EXPECT_EQ(done.rows.size(), 1U);              // the row that shows the notation
    EXPECT_EQ(done.table.skipped.size(), 1145U);  // prepared for pupils, nobody in them
}

TEST(RealFiles, PointEventsAreRead) {
    REAL_FILE(bytes, "class-points-rules/point_events.csv");
    const auto done = read_evidence(bytes, {});
    EXPECT_EQ(done.rows.size(), 37U);
    EXPECT_EQ(counts_of(done.problems), (std::map<std::string, int>{{"value_unusual", 1}}));
    for (const auto& row : done.rows) {
        EXPECT_TRUE(row.day && row.value && !row.reason_text.empty());
    }
}

TEST(RealFiles, SchoolDataSyncRostersAreJoined) {
    const auto read_folder = [](const std::filesystem::path& folder) {
        std::vector<std::pair<std::string, std::string>> contents;
        for (const auto& entry : std::filesystem::directory_iterator(folder)) {
            contents.emplace_back(entry.path().filename().string(), read_file(entry.path()));
        }
        std::vector<NamedFile> files;
        for (const auto& [name, content] : contents) {
            files.push_back({name, content});
        }
        auto done = read_roster_files(files, {});
        test::expect_words(done.problems);
        test::expect_words(done.table.problems);
        return done;
    };
    const auto folder = test::real_file("roster-sds");
    if (!folder) {
        GTEST_SKIP() << "AGATE_TEST_DATA names no folder with roster-sds";
    }
    const auto first = read_folder(*folder / "sds_v1_100_users");
    EXPECT_EQ(first.rows.size(), 86U);
    EXPECT_EQ(first.rows[0].name, "Ora Klein");
    EXPECT_EQ(first.rows[0].birth_day, parse_day("2000-04-02"));
    EXPECT_EQ(first.rows[0].grade, 9);
    EXPECT_EQ(first.rows[0].school, "Contoso High School");
    const auto second = read_folder(*folder / "sds_v2");
    EXPECT_GT(second.rows.size(), 0U);
    const auto third = read_folder(*folder / "sds_v2_1");
    EXPECT_TRUE(third.table.is_readable());
    EXPECT_GT(third.rows.size(), 0U);
    EXPECT_FALSE(third.rows[0].guardians.empty());
    EXPECT_EQ(third.rows[0].sex, Sex::male);
}

}  // namespace
}  // namespace agate::exchange
