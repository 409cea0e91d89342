// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "exchange/sheet/cell_text.h"
#include "exchange/sheet/sheet_rows.h"
#include "making.h"

namespace agate::exchange {
namespace {

using test::BookParts;
using test::make_book;
using test::take_all;
using testing::ElementsAre;
using testing::IsEmpty;

TEST(Sheet, ShowsCellsAsAPersonSeesThem) {
    struct Case {
        std::string cell, shown;
        CellKind kind;
    };

    const std::vector<Case> cases = {
        {R"(<c r="A1"><v>19.399999999999999</v></c>)", "19.4", CellKind::number},
        {R"(<c r="A1"><v>5.0</v></c>)", "5", CellKind::number},
        {R"(<c r="A1"><v>-0.2</v></c>)", "-0.2", CellKind::number},
        {R"(<c r="A1"><v>1.5E3</v></c>)", "1500", CellKind::number},
        {R"(<c r="A1"><v>2.1020220121001821E+17</v></c>)", "210202201210018000", CellKind::number},
        {R"(<c r="A1" t="b"><v>1</v></c>)", "TRUE", CellKind::boolean},
        {R"(<c r="A1" t="e"><v>#DIV/0!</v></c>)", "#DIV/0!", CellKind::error},
        {R"(<c r="A1" t="str"><f>A2&amp;B2</f><v>张三</v></c>)", "张三", CellKind::text},
        {R"(<c r="A1" t="s"><v>0</v></c>)", "姓名", CellKind::text},
        {R"(<c r="A1" t="s"><v>1</v></c>)", "* 姓名", CellKind::text},
        {R"(<c r="A1" t="s"><v>2</v></c>)", "a\rb", CellKind::text},
        {R"(<c r="A1" t="inlineStr"><is><r><t>3</t></r><r><t>'45"</t></r></is></c>)",
         "3'45\"",
         CellKind::text},
        {R"(<c r="A1" t="d"><v>2015-09-01T00:00:00</v></c>)", "2015-09-01", CellKind::date},
        {R"(<c r="A1" s="1"><v>42248</v></c>)", "2015-09-01", CellKind::date},
        {R"(<c r="A1" s="1"><v>42248.354166666664</v></c>)", "2015-09-01 08:30", CellKind::date},
        {R"(<c r="A1" s="2"><v>42248</v></c>)", "2015-09-01", CellKind::date},
        {R"(<c r="A1" s="3"><v>0.15625</v></c>)", "3:45", CellKind::time},
        {R"(<c r="A1" s="4"><v>2.6041666666666665E-3</v></c>)", "3:45", CellKind::time},
        {R"(<c r="A1" s="5"><v>1.5</v></c>)", "1.5", CellKind::number},
        {R"(<c r="A1" s="6"><v>1500</v></c>)", "1500", CellKind::number},
        {R"(<c r="A1" s="1"><v>59</v></c>)", "1900-02-28", CellKind::date},
        {R"(<c r="A1" s="1"><v>-3</v></c>)", "-3", CellKind::number},
        {R"(<c r="A1" s="99"><v>7</v></c>)", "7", CellKind::number},
    };
    const std::string shared =
        "<si><t>姓名</t><phoneticPr/></si>"
        "<si><r><t xml:space=\"preserve\">* </t></r><rPh "
        "sb=\"0\"><t>xing</t></rPh><r><t>姓名</t></r>"
        "</si><si><t>a_x000D_b</t></si>";
    const std::string styles = R"(<xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/>)"
                               R"(<xf numFmtId="20"/><xf numFmtId="45"/><xf numFmtId="165"/>)"
                               R"(<xf numFmtId="166"/>)";
    const std::string formats =
        R"(<numFmt numFmtId="164" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/>)"
        R"(<numFmt numFmtId="165" formatCode="0.00E+00"/>)"
        R"(<numFmt numFmtId="166" formatCode="#,##0.00&quot;day&quot;;[Red]-0"/>)";
    for (const auto& one : cases) {
        const auto taken = take_all(make_book({.sheet_data = "<row r=\"1\">" + one.cell + "</row>",
                                               .shared = shared,
                                               .styles = styles,
                                               .formats = formats}));
        ASSERT_THAT(taken.report.problems, IsEmpty()) << one.cell;
        ASSERT_EQ(taken.rows.size(), 1U) << one.cell;
        EXPECT_EQ(taken.rows[0][0], one.shown) << one.cell;
        EXPECT_EQ(taken.kinds[0][0], one.kind) << one.cell;
    }
}

TEST(Sheet, KnowsDateFormatsFromNumbers) {
    struct Case {
        std::string_view code;
        NumberStyle style;
    };

    for (const auto& one : {Case{"yyyy/m/d", NumberStyle::date},
                            Case{"m\"月\"d\"日\"", NumberStyle::date},
                            Case{"[$-804]aaaa", NumberStyle::plain},
                            Case{"[$-F800]dddd, mmmm dd, yyyy", NumberStyle::date},
                            Case{"h:mm:ss AM/PM", NumberStyle::time},
                            Case{"[h]:mm", NumberStyle::time},
                            Case{"mm:ss.0", NumberStyle::minutes_seconds},
                            Case{"[mm]:ss", NumberStyle::minutes_seconds},
                            Case{"0.00\"ms\"", NumberStyle::plain},
                            Case{"0.00E+00", NumberStyle::plain},
                            Case{"_ * #,##0.00_ ", NumberStyle::plain},
                            Case{"[Red]0;[DBNum1]0", NumberStyle::plain},
                            Case{"General", NumberStyle::plain},
                            Case{"mmm", NumberStyle::date},
                            Case{"e\"年\"", NumberStyle::date}}) {
        EXPECT_EQ(style_of_code(one.code), one.style) << one.code;
    }
}

TEST(Sheet, CountsDaysIn1904) {
    const auto taken =
        take_all(make_book({.sheet_data = R"(<row r="1"><c r="A1" s="0"><v>40786</v></c></row>)",
                            .styles = R"(<xf numFmtId="14"/>)",
                            .workbook_properties = R"(<workbookPr date1904="1"/>)"}));
    EXPECT_THAT(taken.rows, ElementsAre(ElementsAre("2015-09-01")));
}

TEST(Sheet, KeepsPlacesOfGapsAndOfCellsWithoutPlace) {
    const auto taken = take_all(
        make_book({.sheet_data = R"(<row r="3"><c r="B3"><v>1</v></c><c r="D3"><v>2</v></c></row>)"
                                 R"(<row><c><v>3</v></c><c><v>4</v></c></row><row r="9"/>)"}));
    EXPECT_THAT(taken.numbers, ElementsAre(3, 4, 9));
    EXPECT_THAT(taken.rows,
                ElementsAre(ElementsAre("", "1", "", "2"), ElementsAre("3", "4"), IsEmpty()));
}

TEST(Sheet, FlagsHiddenRowsColumnsAndFormulas) {
    const auto taken = take_all(
        make_book({.sheet_data = R"(<row r="1"><c r="A1"><v>1</v></c></row>)"
                                 R"(<row r="2" hidden="1"><c r="A2"><f>1+1</f><v>2</v></c></row>)",
                   .before_data = R"(<cols><col min="2" max="3" hidden="1"/></cols>)",
                   .after_data = R"(<mergeCells><mergeCell ref="A1:B2"/></mergeCells>)"}));
    EXPECT_EQ(taken.report.hidden_row_count, 1);
    EXPECT_EQ(taken.report.formula_count, 1);
    EXPECT_THAT(taken.formulas, ElementsAre(false, true));
    EXPECT_THAT(taken.report.hidden_columns, ElementsAre(2, 3));
    ASSERT_EQ(taken.report.merged.size(), 1U);
    EXPECT_EQ(taken.report.merged[0].last_row, 2);
}

TEST(Sheet, ReadsPrefixedNames) {
    const auto taken = take_all(make_book(
        {.whole_sheet =
             R"(<x:worksheet xmlns:x="u"><x:sheetData><x:row r="1"><x:c r="A1" t="inlineStr"><x:is><x:t>好</x:t></x:is></x:c></x:row></x:sheetData></x:worksheet>)"}));
    EXPECT_THAT(taken.rows, ElementsAre(ElementsAre("好")));
}

TEST(Sheet, StopsWhenTheSinkHasEnough) {
    std::string data;
    for (int i = 1; i <= 5000; ++i) {
        data += test::text_row(i, {"x"});
    }
    int seen = 0;
    const auto report = read_table(make_book({.sheet_data = data}), {}, [&](const Row&) {
        return ++seen == 3 ? Flow::stop : Flow::go_on;
    });
    EXPECT_EQ(seen, 3);
    EXPECT_THAT(report.problems, IsEmpty());
}

TEST(Sheet, FindsASheetByNameAndSaysWhichThereAre) {
    const auto book = test::sheet_of({{"a"}});
    const auto missing = take_all(book, {.file = "f.xlsx", .sheet = "二"});
    EXPECT_THAT(test::codes_of(missing.report.problems), ElementsAre("sheet_not_found"));
    EXPECT_EQ(missing.report.sheets[0].name, "一");
    EXPECT_THAT(take_all(book, {.file = "f.xlsx", .sheet = "一"}).rows,
                ElementsAre(ElementsAre("a")));
}

TEST(Sheet, ReadsNoHiddenSheetByItself) {
    const auto book =
        make_book({.sheet_data = test::text_row(1, {"a"}), .sheet_state = R"(state="veryHidden")"});
    EXPECT_THAT(test::codes_of(take_all(book).report.problems), ElementsAre("no_visible_sheet"));
}

TEST(Sheet, ParsesPlaces) {
    EXPECT_EQ(parse_cell_place("XFD1048576")->column, 16384);
    for (const auto* wrong :
         {"XFE1", "A0", "A1048577", "1", "A", "a1", "", "A1B", "AAAAAAAAAAA1"}) {
        EXPECT_FALSE(parse_cell_place(wrong)) << wrong;
    }
    EXPECT_FALSE(parse_area("B2:A1"));
}

}  // namespace
}  // namespace agate::exchange
