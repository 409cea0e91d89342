// SPDX-License-Identifier: Apache-2.0
#include "batch/evaluate_files.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <random>

#include "base/error.h"
#include "base/file.h"
#include "base/text.h"

namespace agate::batch {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

class EvaluateFilesTest : public ::testing::Test {
protected:
    EvaluateSummary run() {
        write_file(folder.path() / "roster.csv", roster);
        write_file(folder.path() / "evidence.csv", evidence);
        return evaluate_files(files);
    }

    [[nodiscard]] std::string read(const char* name) const { return read_file(files.out / name); }

    std::vector<std::string> codes(const EvaluateSummary& summary) {
        std::vector<std::string> all;
        for (const auto& problem : summary.problems) {
            all.push_back(problem.code + "@" + std::to_string(problem.where.row) + ":" +
                          std::to_string(problem.where.column));
        }
        return all;
    }

    TemporaryFolder folder;
    std::string roster = "subject,sex,grade\n小禾,女,4\n小田,男,4\n";
    std::string evidence =
        "subject,reason,day,value,rater,rater_kind,recorded_at\n"
        "小禾,helped_classmate,2026-09-03,2,陆,teacher,10:20\n"
        "小禾,helped_classmate,2026-09-03,2,陆,teacher,10:21\n"
        "小禾,helped_classmate,2026-09-03,2,陆,teacher,10:22\n"
        "小田,self_care_rating,2026-10-10,4,小田,self,\n";
    EvaluateFiles files{.pack = "cn-compulsory-2021",
                        .overlays = {},
                        .roster = folder.path() / "roster.csv",
                        .evidence = folder.path() / "evidence.csv",
                        .period = {*parse_day("2026-09-01"), *parse_day("2027-01-20")},
                        .out = folder.path() / "out",
                        .with_reasons = true,
                        .threads = 1,
                        .progress = {}};
};

TEST_F(EvaluateFilesTest, WritesResultsAndReasons) {
    const auto summary = run();
    EXPECT_THAT(codes(summary), ElementsAre());
    EXPECT_EQ(summary.subjects, 2);
    EXPECT_EQ(summary.records, 4);
    const auto results = read("results.csv");
    EXPECT_THAT(results, HasSubstr("subject,indicator,score,band,coverage\n"));
    // The giver's daily cap of 4 leaves 4 of 6 points: 60 + 4 / 12 * 15.
    EXPECT_THAT(results, HasSubstr("小禾,C4,65.0,pass,1\n"));
    EXPECT_THAT(results, HasSubstr("小禾,C6,,,0\n"));
    EXPECT_THAT(results, HasSubstr("小田,C8,100.0,pass,0.2\n"));
    const auto reasons = read("reasons.jsonl");
    EXPECT_EQ(std::count(reasons.begin(), reasons.end(), '\n'), 2);
    EXPECT_THAT(reasons, HasSubstr(R"("code":"cap_giver_day")"));
    EXPECT_THAT(reasons, HasSubstr(R"("evidence":[{"id":"3","value":2}])"));
    EXPECT_FALSE(std::filesystem::exists(files.out / "results-national.csv"));
}

TEST_F(EvaluateFilesTest, TheOrderOfLinesAndThreadsDoesNotMatter) {
    // Ids, so that the order of equal times does not depend on the row.
    std::string header = "subject,reason,day,value,rater,id\n";
    std::vector<std::string> lines;
    std::mt19937 random(5);
    roster = "subject,sex,grade\n";
    for (int subject = 0; subject < 90; ++subject) {
        roster += "p" + std::to_string(subject) + ",女,5\n";
        for (int i = 0; i < 20; ++i) {
            lines.push_back("p" + std::to_string(subject) + ",helped_classmate,2026-09-" +
                            std::to_string(10 + random() % 20) + "," +
                            std::to_string(1 + random() % 2) + ",r" + std::to_string(random() % 3) +
                            "," + std::to_string(lines.size()) + "\n");
        }
    }
    std::string first_results, first_reasons;
    for (int round = 0; round < 3; ++round) {
        evidence = header;
        for (const auto& line : lines) {
            evidence += line;
        }
        files.threads = 1 + round;
        const auto summary = run();
        EXPECT_THAT(codes(summary), ElementsAre());
        if (round == 0) {
            first_results = read("results.csv");
            first_reasons = read("reasons.jsonl");
        }
        EXPECT_EQ(read("results.csv"), first_results);
        EXPECT_EQ(read("reasons.jsonl"), first_reasons);
        std::shuffle(lines.begin(), lines.end(), random);
    }
}

TEST_F(EvaluateFilesTest, WithAnOverlayTheNationalEvaluationIsWrittenToo) {
    files.overlays = {std::filesystem::path(AGATE_SOURCE_DIR) / "packs" / "manao-five-colours"};
    evidence =
        "subject,reason,day,value,rater\n"
        "小禾,manao_little_teacher,2026-09-08,2,陆\n";
    run();
    EXPECT_THAT(read("results.csv"), HasSubstr("小禾,M_TEACH,66.0,"));
    // In the national evaluation it counts at the point that it maps to.
    EXPECT_THAT(read("results-national.csv"), HasSubstr("小禾,C9,62.5,"));
    EXPECT_THAT(read("results-national.csv"), Not(HasSubstr("M_TEACH")));
}

TEST_F(EvaluateFilesTest, StaysGradesAndExemptions) {
    roster =
        "subject,sex,grade,from,to,exempt\n"
        "小禾,女,4,2026-09-01,2026-10-31,A3|C14\n"
        "小禾,女,5,2026-12-01,,\n";
    evidence =
        "subject,reason,day\n"
        "小禾,greeted,2026-10-31\n"
        "小禾,greeted,2026-11-15\n"
        "小禾,greeted,2026-12-01\n";
    const auto summary = run();
    EXPECT_THAT(codes(summary), ElementsAre());
    EXPECT_THAT(read("reasons.jsonl"), HasSubstr(R"("code":"outside_belonging")"));
    EXPECT_THAT(read("reasons.jsonl"), HasSubstr(R"("indicator":"A3","score":null)"));
    EXPECT_THAT(read("reasons.jsonl"), HasSubstr(R"("code":"exempt")"));
}

TEST_F(EvaluateFilesTest, WhatDoesNotCountIsCounted) {
    evidence =
        "subject,reason,day,state\n"
        "小禾,greeted,2026-09-08,voided\n"
        "小禾,greeted,2026-09-08,submitted\n"
        "小禾,greeted,2020-09-08,\n"
        "小禾,greeted,2026-09-08,verified\n";
    const auto summary = run();
    EXPECT_EQ(summary.records, 1);
    EXPECT_EQ(summary.not_counted, 3);
}

TEST_F(EvaluateFilesTest, EveryFaultIsNamedAndNothingIsWritten) {
    roster =
        "subject,sex,grade,from,to,kind,exempt,extra\n"
        "小禾,女,4,,,student,,\n"
        ",女,4,,,,,\n"
        "小田,x,99,2026-13-01,,class,Z9,\n"
        "小麦,男,3,2026-10-01,2026-09-01,,,\n"
        "小禾,男,4,,,,,\n";
    evidence =
        "subject,reason,day,value,rater_kind,recorded_at,id,state\n"
        "谁,greeted,2026-09-08,,,,,\n"
        "小禾,greeted,8/9,,,,,\n"
        "小禾,,2026-09-08,two,boss,25:00,x-1,lost\n";
    const auto summary = run();
    EXPECT_THAT(codes(summary),
                ElementsAre("table_column_unknown@1:8",
                            "table_cell_missing@3:1",
                            "roster_kind_differs@4:6",
                            "roster_sex_unreadable@4:2",
                            "roster_exempt_unknown@4:7",
                            "table_day_unreadable@4:4",
                            "roster_grade_unreadable@4:3",
                            "roster_stay_ends_before@5:5",
                            "roster_sex_differs@6:2",
                            "evidence_subject_unknown@2:1",
                            "table_day_unreadable@3:3",
                            "table_cell_missing@4:2",
                            "evidence_value_unreadable@4:4",
                            "evidence_rater_kind_unknown@4:5",
                            "evidence_time_unreadable@4:6",
                            "evidence_id_unreadable@4:7"));
    EXPECT_FALSE(std::filesystem::exists(files.out));
}

TEST_F(EvaluateFilesTest, AnIdIsUsedOnce) {
    evidence =
        "subject,reason,day,id\n"
        "小禾,greeted,2026-09-08,7\n"
        "小田,greeted,2026-09-09,7\n";
    EXPECT_THAT(codes(run()), ElementsAre("evidence_id_twice@3:4"));
}

TEST_F(EvaluateFilesTest, AHeaderIsNeeded) {
    evidence = "";
    EXPECT_THAT(codes(run()), ElementsAre("table_without_header@1:0"));
    evidence = "subject,day\n";
    EXPECT_THAT(codes(run()), ElementsAre("table_column_missing@1:1"));
    evidence = "subject,reason,day,day\n";
    EXPECT_THAT(codes(run()), ElementsAre("table_column_twice@1:3"));
    evidence = "subject,reason,day\n\"小禾,greeted,2026-09-08\n";
    EXPECT_THAT(codes(run()), ElementsAre("csv_open_quote@2:1"));
}

TEST_F(EvaluateFilesTest, OldResultsStandUntilNewOnesAreWhole) {
    run();
    const auto before = read("results.csv");
    evidence = "subject,reason,day\n谁,greeted,2026-09-08\n";
    run();
    EXPECT_EQ(read("results.csv"), before);
}

}  // namespace
}  // namespace agate::batch
