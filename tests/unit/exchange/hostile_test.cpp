// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <memory>

#include "making.h"

namespace agate::exchange {
namespace {

using test::BookParts;
using test::codes_of;
using test::make_book;
using test::make_zip;
using test::take_all;
using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;

std::string utf16(std::string_view text) {
    std::string out;
    for (const char c : text) {
        out += c;
        out += '\0';
    }
    return out;
}

const std::string ole = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + std::string(1000, '\0');

TEST(Hostile, EveryWrongFileHasItsOwnFault) {
    struct Case {
        std::string bytes, code;
    };

    const std::vector<Case> cases = {
        {"", "file_empty"},
        {"\xef\xbb\xbf  \n", "file_empty"},
        {ole + utf16("EncryptedPackage"), "xlsx_encrypted"},
        {ole + utf16("Workbook"), "xls_not_supported"},
        {ole + utf16("WordDocument"), "file_not_table"},
        {"\x09\x08\x10\x00 old", "xls_not_supported"},
        {"<html><table><tr><td>姓名</td></tr></table></html>", "html_not_workbook"},
        {"<?xml version=\"1.0\"?><Workbook/>", "xml_not_workbook"},
        {"%PDF-1.7", "file_not_table"},
        {"\x89PNG\r\n\x1a\n", "file_not_table"},
        {std::string(300, '\x01'), "file_not_table"},
        {"a,b\n\xff\xff\xff\xff\n", "text_unknown_encoding"},
        {"姓名,学号\n张三,\xe5\xbc", "file_cut_off"},
        {make_zip({{.name = "a.txt", .content = "hello"}}), "zip_not_workbook"},
        {make_zip({}), "zip_not_workbook"},
        {make_zip({{.name = "mimetype", .content = "x"}, {.name = "content.xml", .content = "x"}}),
         "ods_not_supported"},
        {make_zip({{.name = "_rels/.rels", .content = "x"},
                   {.name = "xl/workbook.bin", .content = "x"}}),
         "xlsb_not_supported"},
        {make_zip({{.name = "_rels/.rels", .content = "<a/>", .flags = 1}}), "xlsx_encrypted"},
        {"PK\x03\x04 and nothing more", "file_cut_off"},
    };
    for (const auto& one : cases) {
        EXPECT_THAT(codes_of(take_all(one.bytes).report.problems), ElementsAre(one.code))
            << one.code;
    }
}

TEST(Hostile, BrokenPartsAreNamedWithTheirPlace) {
    struct Case {
        BookParts parts;
        std::string code;
    };

    std::string deep;
    for (int i = 0; i < 400; ++i) {
        deep += "<a>";
    }
    const std::vector<Case> cases = {
        {{.whole_sheet = "<worksheet><sheetData><row r=\"1\"><c r=\"A1\"><v>1</c></row>"},
         "xml_broken"},
        {{.whole_sheet = "<worksheet><sheetData>"}, "xml_broken"},
        {{.whole_sheet = "<!DOCTYPE w [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;\">]>"
                         "<worksheet><sheetData>&b;</sheetData></worksheet>"},
         "xml_has_dtd"},
        {{.whole_sheet = "<worksheet><sheetData>&lol;</sheetData></worksheet>"}, "xml_broken"},
        {{.whole_sheet = "<worksheet>" + deep}, "xml_too_deep"},
        {{.sheet_data = "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>7</v></c></row>"},
         "xlsx_bad_shared_string"},
        {{.sheet_data = "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>-1</v></c></row>"},
         "xlsx_bad_shared_string"},
        {{.sheet_data = "<row r=\"2\"/><row r=\"1\"/>"}, "xlsx_rows_out_of_order"},
        {{.sheet_data = "<row r=\"0\"/>"}, "xlsx_rows_out_of_order"},
        {{.whole_sheet = "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>"
                         "<worksheet><sheetData><row r=\"0\"/></sheetData></worksheet>"},
         "xlsx_rows_out_of_order"},
        {{.sheet_data = "<row r=\"1\"><c r=\"XFE1\"><v>7</v></c></row>"}, "xlsx_bad_cell_place"},
        {{.sheet_data = "<row r=\"1\"><c r=\"A9\"><v>7</v></c></row>"}, "xlsx_bad_cell_place"},
        {{.sheet_data = "<c r=\"A1\"><v>7</v></c>"}, "xlsx_bad_cell_place"},
        {{.sheet_data = test::text_row(1, {std::string((1 << 20) + 1, 'x')})}, "cell_too_long"},
        {{.shared = "<si><t>" + std::string((1 << 20) + 1, 'x') + "</t></si>"}, "cell_too_long"},
        {{.shared = "<si><t>x"}, "xml_broken"},
        {{.styles = "<xf"}, "xml_broken"},
        {{.whole_sheet = "<worksheet a=\"" + std::string(10 << 20, 'x') + "\"/>"},
         "xml_token_too_long"},
    };
    for (const auto& one : cases) {
        const auto taken = take_all(make_book(one.parts));
        ASSERT_THAT(codes_of(taken.report.problems), ElementsAre(one.code)) << one.code;
    }
    const auto taken = take_all(make_book(cases[0].parts));
    EXPECT_EQ(taken.report.problems[0].where.row, 1);
    for (const auto& one : cases) {
        for (const auto number : take_all(make_book(one.parts)).numbers) {
            EXPECT_GT(number, 0) << one.code;
        }
    }
}

TEST(Hostile, MissingPartsAreNamed) {
    const auto members = test::book_members({.sheet_data = test::text_row(1, {"a"})});
    for (std::size_t i = 0; i < members.size(); ++i) {
        auto fewer = members;
        fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(i));
        const auto taken = take_all(make_zip(fewer));
        // Without its styles a workbook can still be read.
        const bool is_needed = members[i].name != "xl/styles.xml";
        EXPECT_EQ(has_errors(taken.report.problems), is_needed) << members[i].name;
    }
}

TEST(Hostile, ATruncatedWorkbookIsNeverTakenForAWholeOne) {
    std::string data;
    for (int i = 1; i <= 300; ++i) {
        data += test::text_row(i, {"姓名" + std::to_string(i * 7919), std::to_string(i)});
    }
    const auto whole = make_book({.sheet_data = data, .shared = "<si><t>a</t></si>"});
    ASSERT_THAT(take_all(whole).report.problems, IsEmpty());
    // Each cut inside the first members, then in steps, then each inside the directory. Under four
    // bytes there is nothing that says zip.
    for (std::size_t size = 4; size < whole.size();
         size += size < 400 || size + 700 > whole.size() ? 1 : 97) {
        const auto taken = take_all(whole.substr(0, size));
        EXPECT_TRUE(has_errors(taken.report.problems)) << "cut at " << size;
    }
}

TEST(Hostile, AFlippedByteInsideTheSheetIsFound) {
    std::string data;
    for (int i = 1; i <= 200; ++i) {
        data += test::text_row(i, {"数" + std::to_string(i * 104729)});
    }
    const auto whole = make_book({.sheet_data = data});
    const auto begin = whole.find("xl/worksheets/sheet1.xml") + 24;
    for (std::size_t at = begin; at < begin + 1200; at += 13) {
        auto broken = whole;
        broken[at] = static_cast<char>(broken[at] ^ 0x10);
        EXPECT_TRUE(has_errors(take_all(broken).report.problems)) << at;
    }
}

TEST(Hostile, ALieAboutASizeIsFound) {
    auto members = test::book_members({.sheet_data = test::text_row(1, {"a"})});
    members[4].stated_size = 10;
    EXPECT_THAT(codes_of(take_all(make_zip(members)).report.problems), ElementsAre("xlsx_damaged"));
}

TEST(Hostile, BombsAreRefused) {
    const std::string blanks(20 << 20, ' ');
    const auto sheet = make_book({.sheet_data = blanks});
    EXPECT_THAT(codes_of(take_all(sheet).report.problems), ElementsAre("xlsx_bomb"));
    const auto shared = make_book({.sheet_data = test::text_row(1, {"a"}), .shared = blanks});
    EXPECT_THAT(codes_of(take_all(shared).report.problems), ElementsAre("xlsx_bomb"));
    const auto styles = make_book({.sheet_data = test::text_row(1, {"a"}), .styles = blanks});
    EXPECT_THAT(codes_of(take_all(styles).report.problems), ElementsAre("xlsx_bomb"));

    std::vector<test::ZipMember> many(5000, {.name = "x", .content = ""});
    EXPECT_THAT(codes_of(take_all(make_zip(many)).report.problems),
                ElementsAre("xlsx_too_many_entries"));
}

TEST(Hostile, LimitsHold) {
    std::string data, strings;
    for (int i = 1; i <= 200; ++i) {
        data += "<row r=\"" + std::to_string(i) + "\"><c r=\"XFD" + std::to_string(i) +
                "\"><v>1</v></c></row>";
        strings += "<si><t>" + std::to_string(i) + "</t></si>";
    }
    const auto book = make_book({.sheet_data = data, .shared = strings});
    TableOptions options;
    options.limits.cells = 100'000;
    EXPECT_THAT(codes_of(take_all(book, options).report.problems), ElementsAre("too_many_cells"));
    options.limits = {};
    options.limits.rows = 100;
    EXPECT_THAT(codes_of(take_all(book, options).report.problems), ElementsAre("too_many_rows"));
    EXPECT_THAT(
        codes_of(take_all("a\n1\n2\n3\n", {.file = {}, .limits = {.rows = 2}}).report.problems),
        ElementsAre("too_many_rows"));
    options.limits = {};
    options.limits.shared_string_bytes = 100;
    EXPECT_THAT(codes_of(take_all(book, options).report.problems),
                ElementsAre("xlsx_strings_too_large"));
}

TEST(Hostile, MacrosAreNamedAndNeverRun) {
    const auto taken = take_all(make_book({.sheet_data = test::text_row(1, {"a"}),
                                           .more = {{.name = "xl/vbaProject.bin", .content = "x"}},
                                           .has_macros = true}));
    EXPECT_EQ(taken.report.format, TableFormat::xlsm);
    EXPECT_THAT(codes_of(taken.report.problems), ElementsAre("xlsm_macros_not_run"));
    EXPECT_FALSE(has_errors(taken.report.problems));
    EXPECT_THAT(taken.rows, ElementsAre(ElementsAre("a")));
}

TEST(Hostile, AMillionRowsStreamInBoundedMemory) {
    std::string data;
    data.reserve(60 << 20);
    constexpr int last = 1'048'576;
    for (int i = 1; i <= last; ++i) {
        const auto row = std::to_string(i);
        data += "<row r=\"" + row + "\"><c r=\"A" + row + "\"><v>" + row + "</v></c><c r=\"B" +
                row + "\" t=\"s\"><v>0</v></c></row>";
    }
    auto book = std::make_unique<std::string>(
        make_book({.sheet_data = data, .shared = "<si><t>男</t></si>"}));
    data = {};
    rusage before{}, after{};
    getrusage(RUSAGE_SELF, &before);
    std::int64_t rows = 0;
    const auto report = read_table(*book, {}, [&](const Row& row) {
        rows += row.at(2).text == "男" ? 1 : 0;
        return Flow::go_on;
    });
    getrusage(RUSAGE_SELF, &after);
    EXPECT_THAT(report.problems, IsEmpty());
    EXPECT_EQ(rows, last);
    EXPECT_LT(after.ru_maxrss - before.ru_maxrss, 64 << 10);  // KB
}

}  // namespace
}  // namespace agate::exchange
