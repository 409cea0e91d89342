// SPDX-License-Identifier: Apache-2.0
#include "exchange/mapping.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "exchange/roster.h"
#include "making.h"

namespace agate::exchange {
namespace {

using test::codes_of;
using test::csv_of;
using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;

struct Mapped {
    ImportTable table;
    std::vector<std::int64_t> rows;
    std::vector<std::string> names;
    std::vector<bool> too_wide;
};

Mapped map_of(std::string_view bytes, const ReadOptions& options = {}) {
    static const std::vector<Field> fields = {
        {.field = "name", .name_zh = "姓名", .name_en = "Name", .is_required = true},
        {.field = "number", .name_zh = "学号", .name_en = "Number", .headers = {"student number"}},
        {.field = "class", .name_zh = "班级", .name_en = "Class"},
        {.field = "rope", .name_zh = "一分钟跳绳", .name_en = "Rope", .headers = {"跳绳"}},
        {.field = "boys", .name_zh = "引体向上", .name_en = "Pull-up"},
        {.field = "girls", .name_zh = "仰卧起坐", .name_en = "Sit-up"}};
    Mapped mapped;
    mapped.table =
        read_import(bytes, fields, options, [&](const ImportTable& table, const DataRow& data) {
            mapped.rows.push_back(data.row.number);
            const auto* column = table.column_of("name");
            mapped.names.emplace_back(data.row.at(column->number).text);
            mapped.too_wide.push_back(data.is_too_wide);
            return std::optional<SkipReason>{};
        });
    test::expect_words(mapped.table.problems);
    return mapped;
}

std::vector<std::string> errors_of(const Problems& problems) {
    Problems errors;
    std::copy_if(problems.begin(), problems.end(), std::back_inserter(errors), [](const auto& p) {
        return p.severity == Severity::error;
    });
    return codes_of(errors);
}

TEST(Mapping, KnowsHeadersByMeaning) {
    for (const auto* header : {"姓名",
                               " 姓 名 ",
                               "* 姓名",
                               "姓名*",
                               "姓名（必填）",
                               "姓名:",
                               "NAME",
                               "Ｎａｍｅ",
                               "【姓名】",
                               "姓名(中文)"}) {
        const auto mapped = map_of(csv_of({{"序", header}, {"1", "张三"}}));
        EXPECT_THAT(mapped.names, ElementsAre("张三")) << header;
    }
    EXPECT_EQ(header_key("身高_cm"), "身高");
    EXPECT_EQ(header_key("50米×8往返跑"), header_key("50米*8往返跑"));
    EXPECT_EQ(header_key("肺活量（ml）"), "肺活量");
    EXPECT_EQ(header_key("(ml)"), "(ml)");
}

TEST(Mapping, FindsTheHeaderUnderTitlesAndSkipsExamples) {
    const auto mapped = map_of(csv_of({{"某某学校学生名单", "", ""},
                                       {"制表：教务处", "", "2026年"},
                                       {"序号", "姓名", "学号"},
                                       {"例", "张小明", "0101"},
                                       {"1", "李四", "0102"},
                                       {"2", "王五", "此行不录"},
                                       {"3", "", ""},
                                       {"4", "赵六", "0104"}}));
    EXPECT_EQ(mapped.table.header_row, 3);
    EXPECT_THAT(mapped.names, ElementsAre("李四", "赵六"));
    ASSERT_EQ(mapped.table.skipped.size(), 2U);
    EXPECT_EQ(mapped.table.skipped[0].row, 4);
    EXPECT_EQ(mapped.table.row_count, 2);
}

TEST(Mapping, JoinsMergedHeaders) {
    const auto book = test::make_book(
        {.sheet_data = test::text_row(1, {"登记", "", "", "", "算分", ""}) +
                       test::text_row(2, {"姓名", "学号", "引体向上", "跳绳", "得分"}) +
                       test::text_row(3, {"", "", "仰卧起坐"}) +
                       test::text_row(4, {"张三", "1", "8", "120", "90"}),
         .after_data = R"(<mergeCells><mergeCell ref="A1:D1"/><mergeCell ref="E1:F1"/>)"
                       R"(<mergeCell ref="A2:A3"/><mergeCell ref="B2:B3"/>)"
                       R"(<mergeCell ref="D2:D3"/></mergeCells>)"});
    const auto mapped = map_of(book);
    ASSERT_EQ(mapped.table.columns.size(), 5U);
    EXPECT_EQ(mapped.table.header_row, 3);
    EXPECT_EQ(mapped.table.columns[2].header, "登记 / 引体向上 / 仰卧起坐");
    EXPECT_EQ(mapped.table.columns[2].field, "girls");
    EXPECT_EQ(mapped.table.columns[2].other_field, "boys");
    EXPECT_EQ(mapped.table.columns[4].header, "算分 / 得分");
    EXPECT_THAT(mapped.names, ElementsAre("张三"));
}

TEST(Mapping, ReadsATwoRowHeaderWithoutMergedCells) {
    const auto mapped =
        map_of(csv_of({{"姓名", "学号", "引体向上"}, {"", "", "仰卧起坐"}, {"张三", "1", "8"}}));
    EXPECT_EQ(mapped.table.header_row, 2);
    EXPECT_THAT(mapped.names, ElementsAre("张三"));
    const auto slash = map_of(csv_of({{"姓名", "学号", "引体向上/仰卧起坐"}, {"张三", "1", "8"}}));
    EXPECT_EQ(slash.table.columns[2].other_field, "boys");
}

TEST(Mapping, FillsCellsMergedOverRows) {
    const auto book = test::make_book(
        {.sheet_data = test::text_row(1, {"班级", "姓名"}) + test::text_row(2, {"一班", "张三"}) +
                       test::text_row(3, {"", "李四"}) + test::text_row(4, {"", "王五"}),
         .after_data = R"(<mergeCells><mergeCell ref="A2:A3"/></mergeCells>)"});
    std::vector<std::string> classes;
    const std::vector<Field> fields = {{.field = "class", .name_zh = "班级", .name_en = "Class"},
                                       {.field = "name", .name_zh = "姓名", .name_en = "Name"}};
    static_cast<void>(read_import(book, fields, {}, [&](const ImportTable&, const DataRow& data) {
        classes.emplace_back(data.row.at(1).text);
        return std::optional<SkipReason>{};
    }));
    EXPECT_THAT(classes, ElementsAre("一班", "一班", ""));
}

TEST(Mapping, ListsWhatIsMissingTwiceOrUnknown) {
    const auto missing = map_of(csv_of({{"学号", "班级"}, {"1", "一班"}}));
    EXPECT_THAT(errors_of(missing.table.problems), ElementsAre("column_missing"));
    EXPECT_THAT(missing.rows, IsEmpty());

    const auto twice = map_of(csv_of({{"姓名", "跳绳", "一分钟跳绳"}, {"张三", "1", "2"}}));
    EXPECT_THAT(errors_of(twice.table.problems), ElementsAre("column_twice"));
    EXPECT_THAT(twice.rows, IsEmpty());

    const auto unknown = map_of(csv_of({{"姓名", "爱好"}, {"张三", "棋"}}));
    EXPECT_THAT(codes_of(unknown.table.problems), ElementsAre("column_not_taken"));
    EXPECT_THAT(unknown.names, ElementsAre("张三"));
}

TEST(Mapping, TheUsersOwnMappingWins) {
    ReadOptions options;
    options.columns = {{2, "name"}, {3, std::nullopt}};
    const auto mapped = map_of(csv_of({{"a", "b", "姓名"}, {"1", "张三", "x"}}), options);
    EXPECT_THAT(mapped.names, ElementsAre("张三"));
    options.columns = {{2, "nothing_like_it"}};
    EXPECT_THAT(errors_of(map_of(csv_of({{"姓名", "b"}, {"1", "2"}}), options).table.problems),
                Contains("mapping_unknown_field"));
    ReadOptions stated;
    stated.header_row = 2;
    EXPECT_THAT(
        map_of(csv_of({{"姓名", "学号", "班级"}, {"姓名", "学号", "x"}, {"张三", "1", "2"}}),
               stated)
            .names,
        ElementsAre("张三"));
    stated.header_row = 99;
    EXPECT_THAT(errors_of(map_of(csv_of({{"姓名", "学号"}}), stated).table.problems),
                ElementsAre("header_not_found"));
}

TEST(Mapping, MendsAndSkipsStandBeforeTheFile) {
    ReadOptions options;
    options.mends[{2, 1}] = {"李四"};
    options.mends[{3, 1}] = {"王五"};
    options.skip_rows[4] = true;
    const auto mapped =
        map_of(csv_of({{"姓名", "学号"}, {"李", "1"}, {"", "2"}, {"赵六", "3"}}), options);
    EXPECT_THAT(mapped.names, ElementsAre("李四", "王五"));
    ASSERT_EQ(mapped.table.skipped.size(), 1U);
    EXPECT_EQ(mapped.table.skipped[0].reason, SkipReason::by_user);
    const auto preview = preview_rows(csv_of({{"姓名"}, {"李"}}), options, 2, 10);
    ASSERT_EQ(preview.size(), 1U);
    EXPECT_THAT(preview[0].cells, ElementsAre("李四"));
}

TEST(Mapping, ARowMovedSidewaysIsSeen) {
    const auto mapped = map_of("姓名,学号\n张,三,1\n李四,2,\n");
    EXPECT_THAT(mapped.too_wide, ElementsAre(true, false));
}

TEST(Mapping, RepeatedHeadersAndRowsWithNothingOfOursAreListed) {
    const auto mapped = map_of(csv_of(
        {{"姓名", "学号", "x"}, {"张三", "1", ""}, {"姓名", "学号", "x"}, {"", "", "小计一"}}));
    EXPECT_THAT(mapped.names, ElementsAre("张三"));
    ASSERT_EQ(mapped.table.skipped.size(), 2U);
    EXPECT_EQ(mapped.table.skipped[0].reason, SkipReason::repeated_header);
    EXPECT_EQ(mapped.table.skipped[1].reason, SkipReason::nothing_of_ours);
}

TEST(Mapping, EmptyTablesSaySo) {
    EXPECT_THAT(codes_of(map_of(test::make_book({})).table.problems), ElementsAre("table_empty"));
    EXPECT_THAT(codes_of(map_of("姓名,学号\n").table.problems), ElementsAre("no_data_rows"));
    EXPECT_THAT(errors_of(map_of("1,2\n3,4\n").table.problems), ElementsAre("header_not_found"));
}

TEST(Mapping, HiddenRowsAndFormulasAreSaid) {
    const auto mapped = map_of(test::make_book(
        {.sheet_data =
             test::text_row(1, {"姓名", "学号"}) +
             R"(<row r="2" hidden="1"><c r="A2" t="str"><f>B2</f><v>张三</v></c></row>)"}));
    EXPECT_THAT(codes_of(mapped.table.problems),
                ElementsAre("hidden_rows_read", "formulas_read_as_stored"));
    EXPECT_THAT(mapped.names, ElementsAre("张三"));
}

}  // namespace
}  // namespace agate::exchange
