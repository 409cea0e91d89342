// SPDX-License-Identifier: Apache-2.0
#include "exchange/writer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "base/error.h"
#include "base/file.h"
#include "exchange/evidence.h"
#include "exchange/roster.h"
#include "exchange/score_file.h"
#include "exchange/templates.h"
#include "making.h"

namespace agate::exchange {
namespace {

using test::codes_of;
using test::take_all;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const std::vector<std::vector<std::string>> hard_rows = {
    {"张三", "=1+1", "@x", "'=1"},
    {"a,b", "\"q\"", "line\nbreak", "tab\there"},
    {"_x0041_", "_x000D_", "a\rb", "\x01\x02"},
    {"-3", "+40", "-a", "1.50"},
    {" lead", "trail ", "'", "''=x"},
    {"<&>\"'", "]]>", "𠮷", "0101"},
    {"x", "", "", "y"}};

TEST(Writer, WhatIsWrittenIsReadBackExactly) {
    const WriteSheet sheet{
        .name = "表",
        .columns = {{.header = "一"}, {.header = "二"}, {.header = "=三"}, {.header = "四"}}};
    for (const auto format : {WriteFormat::xlsx, WriteFormat::csv}) {
        const auto taken = take_all(write_table(format, sheet, hard_rows));
        EXPECT_THAT(taken.report.problems, IsEmpty());
        ASSERT_EQ(taken.rows.size(), hard_rows.size() + 1);
        EXPECT_THAT(taken.rows[0], ElementsAre("一", "二", "=三", "四"));
        for (std::size_t i = 0; i < hard_rows.size(); ++i) {
            EXPECT_EQ(taken.rows[i + 1], hard_rows[i]) << "row " << i;
        }
        for (const bool is_formula : taken.formulas) {
            EXPECT_FALSE(is_formula);
        }
    }
}

TEST(Writer, NumbersAreNumbersWhereAskedFor) {
    const WriteSheet sheet{.name = "n",
                           .columns = {{.header = "v", .type = WriteColumn::Type::number}}};
    const std::vector<std::vector<std::string>> rows = {{"78.5"}, {"-3"}, {"=1"}, {"007"}};
    const auto taken = take_all(write_table(WriteFormat::xlsx, sheet, rows));
    EXPECT_THAT(taken.rows,
                ElementsAre(ElementsAre("v"),
                            ElementsAre("78.5"),
                            ElementsAre("-3"),
                            ElementsAre("=1"),
                            ElementsAre("007")));
    EXPECT_EQ(taken.kinds[1][0], CellKind::number);
    EXPECT_EQ(taken.kinds[3][0], CellKind::text);
}

TEST(Writer, TheSameTableGivesTheSameBytes) {
    const WriteSheet sheet{.name = "表", .columns = {{.header = "一"}}};
    const std::vector<std::vector<std::string>> rows = {{"1"}};
    EXPECT_EQ(write_table(WriteFormat::xlsx, sheet, rows),
              write_table(WriteFormat::xlsx, sheet, rows));
}

TEST(Writer, LeavesNothingBehindWithoutClose) {
    const TemporaryFolder folder;
    const auto path = folder.path() / "t.csv";
    {
        TableWriter writer{path, WriteFormat::csv, {.name = "t", .columns = {{.header = "a"}}}};
        const std::vector<std::string> cells = {"1"};
        writer.add(std::span<const std::string>{cells});
    }
    EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
    for (const auto format : {WriteFormat::csv, WriteFormat::xlsx}) {
        EXPECT_THROW(
            TableWriter(
                folder.path() / "no" / "t", format, {.name = "t", .columns = {{.header = "a"}}})
                .close(),
            Error);
    }
}

class Templates : public testing::Test {
protected:
    std::vector<ItemSpec> items = test::national_items();
    std::vector<ReasonSpec> reasons = {
        {.code = "help", .name_zh = "帮助同学", .name_en = "Helped"}};
};

TEST_F(Templates, AreReadWithEveryColumnKnownAndTheExampleLeftOut) {
    for (const auto language : {Language::zh, Language::en}) {
        const auto check = [](const ImportTable& table) {
            EXPECT_THAT(codes_of(table.problems), ElementsAre("no_data_rows"));
            EXPECT_EQ(table.row_count, 0);
            ASSERT_EQ(table.skipped.size(), 1U);
            EXPECT_EQ(table.skipped[0].reason, SkipReason::example);
            for (const auto& column : table.columns) {
                EXPECT_TRUE(column.field) << column.header;
            }
        };
        check(read_roster(roster_template(language), {}).table);
        check(read_evidence(evidence_template(language, reasons), {}).table);
        for (const auto layout : {FitnessLayout::primary, FitnessLayout::junior_senior}) {
            check(read_all_fitness(fitness_template(language, layout, items), items, {}).table);
        }
    }
}

TEST_F(Templates, TheirExampleIsItselfRight) {
    for (const auto layout : {FitnessLayout::primary, FitnessLayout::junior_senior}) {
        FitnessOptions options;
        const auto bytes = fitness_template(Language::zh, layout, items);
        const auto header = read_all_fitness(bytes, items, {}).table;
        options.mends[{header.header_row + 1, static_cast<std::int64_t>(header.columns.size())}] = {
            ""};
        const auto done = read_all_fitness(bytes, items, options);
        ASSERT_EQ(done.rows.size(), 1U);
        EXPECT_THAT(codes_of(done.problems), IsEmpty());
    }
}

TEST_F(Templates, TheNationalSheetHasTheSystemsColumnsAndReadsBack) {
    FitnessRow row;
    row.row = 2;
    row.national_number = "G110101201609010021";
    row.name = "=张三";
    row.class_code = "22012";
    row.class_name = "八年级2班";
    row.ethnic_code = "1";
    row.sex = Sex::male;
    row.grade = 8;
    row.birth_day = parse_day("2012-09-01");
    row.items.resize(items.size());
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (items[i].applies[0][8] && items[i].entry != ItemSpec::Entry::computed) {
            row.items[i] = {ItemState::value, (items[i].import_min + items[i].import_max) / 2};
        }
    }
    const auto sheet = national_upload_sheet(FitnessLayout::junior_senior, items, {&row, 1});
    const auto taken = take_all(sheet);
    EXPECT_THAT(taken.rows[0],
                ElementsAre("年级编号",
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
                            "立定跳远",
                            "坐位体前屈",
                            "800米跑",
                            "1000米跑",
                            "一分钟仰卧起坐",
                            "引体向上"));
    for (const auto kind : taken.kinds[1]) {
        EXPECT_TRUE(kind == CellKind::text || kind == CellKind::empty);
    }
    EXPECT_EQ(taken.rows[1][0], "22");
    EXPECT_EQ(taken.rows[1][6], "1");
    EXPECT_EQ(taken.rows[1][16], "5'30");
    const auto done = read_all_fitness(sheet, items, {});
    EXPECT_THAT(done.problems, IsEmpty());
    ASSERT_EQ(done.rows.size(), 1U);
    EXPECT_EQ(done.rows[0].items, row.items);
    EXPECT_EQ(done.rows[0].name, row.name);
    EXPECT_EQ(done.rows[0].birth_day, row.birth_day);
    EXPECT_THROW(static_cast<void>(national_upload_sheet(FitnessLayout::primary, items, {&row, 1})),
                 Error);
}

TEST_F(Templates, LeftOutRowsNamePlaceReasonAndMendAndCanBeImportedAgain) {
    const auto bytes = test::sheet_of({{"年级编号", "性别", "姓名", "身高", "体重"},
                                       {"14", "1", "卢舟", "1.42", "35"},
                                       {"14", "2", "甲", "140", "33"},
                                       {"14", "1", "乙", "140", "3OO"}});
    FitnessOptions options;
    options.file = "四年级.xlsx";
    auto done = read_all_fitness(bytes, items, options);
    const auto csv = left_out_csv(bytes, options, done.table, done.problems, Language::zh);
    const auto taken = take_all(csv);
    ASSERT_EQ(taken.rows.size(), 3U);
    EXPECT_EQ(taken.rows[1][0], "2");
    EXPECT_EQ(taken.rows[1][1], "D2");
    EXPECT_THAT(taken.rows[1][2], HasSubstr("像是用“米”写的"));
    EXPECT_EQ(taken.rows[1][3], "改成 142.0。");
    EXPECT_EQ(taken.rows[1][7], "1.42");
    FitnessOptions again;
    again.mends[{2, 8}] = {"142.0"};
    const auto second = read_all_fitness(csv, items, again);
    ASSERT_EQ(second.rows.size(), 2U);
    EXPECT_TRUE(second.rows[0].is_ready);
    EXPECT_FALSE(second.rows[1].is_ready);
}

TEST(ScoreFile, HasTheAgreedColumns) {
    const std::vector<std::string> scored = {"vital_capacity", "run_50m"};
    const std::vector<std::string> bonus = {"pull_up"};
    ScoreFileWriter writer{scored, bonus};
    const std::vector<std::optional<Decimal>> scores = {Decimal::from_int(80), std::nullopt};
    const std::vector<std::optional<Decimal>> bonuses = {Decimal::from_int(0)};
    const std::vector<CellNote> notes = {{"item_out_of_range", "run_50m", Severity::error},
                                         {"value_rounded", "weight", Severity::warning},
                                         {"row_wider_than_header", "", Severity::error}};
    writer.add({.index = 1,
                .bmi = Decimal::parse("16.4"),
                .bmi_class = "normal",
                .scores = scores,
                .bonuses = bonuses,
                .standard_score = std::nullopt,
                .bonus = std::nullopt,
                .total = std::nullopt,
                .level = "",
                .notes = notes});
    EXPECT_EQ(writer.take(),
              "row,bmi,bmi_class,vital_capacity_score,run_50m_score,pull_up_bonus,standard_score,"
              "bonus,total,level,problems\n"
              "1,16.4,normal,80,,0,,,,,item_out_of_range@run_50m;row_wider_than_header@row\n");
}

TEST(Formats, TheGuideNamesEveryFault) {
    const std::filesystem::path source{AGATE_SOURCE_DIR};
    const auto guide = read_file(source / "docs" / "formats.md");
    const auto list = read_file(source / "words" / "exchange.csv");
    for (const auto& row : take_all(list).rows) {
        const auto& code = row[0];
        if (code != "code" && !code.starts_with("template_") && !code.starts_with("left_out_")) {
            EXPECT_THAT(guide, HasSubstr("`" + code + "`"));
        }
    }
}

}  // namespace
}  // namespace agate::exchange
