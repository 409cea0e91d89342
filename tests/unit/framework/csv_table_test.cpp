// SPDX-License-Identifier: Apache-2.0
#include "framework/csv_table.h"

#include <gtest/gtest.h>

namespace agate::framework {
namespace {

constexpr CsvColumn columns[]{{"code", CsvColumn::Need::required}, {"name"}, {"weight"}};

std::vector<CsvRow> read(std::string_view text, Faults& faults) {
    return read_csv_table(text, faults.add_source("t.csv"), columns, faults);
}

TEST(CsvTable, finds_columns_in_any_order_and_keeps_places) {
    Faults faults;
    const auto rows = read("\xEF\xBB\xBFweight,code\r\n30,C1\r\n\r\n\"4\"\"0\",责任田\r\n", faults);
    ASSERT_EQ(rows.size(), 2U);
    EXPECT_EQ(rows[0].cells[0].value, "C1");
    EXPECT_EQ(rows[0].cells[0].at, (At{0, 2, 4}));
    EXPECT_EQ(rows[0].cells[1].value, "");
    EXPECT_EQ(rows[1].cells[2].value, "4\"0");
    EXPECT_EQ(rows[1].cells[2].at, (At{0, 4, 2}));
    EXPECT_EQ(rows[1].cells[0].at, (At{0, 4, 8}));
    EXPECT_TRUE(faults.take().empty());
}

TEST(CsvTable, columns_count_characters_and_quoted_lines) {
    Faults faults;
    const auto rows = read("code,name,weight\n照看,\"两\n行,字\",5\nC2,x,7\n", faults);
    ASSERT_EQ(rows.size(), 2U);
    EXPECT_EQ(rows[0].cells[1].at, (At{0, 2, 5}));
    EXPECT_EQ(rows[0].cells[2].at, (At{0, 3, 6}));
    EXPECT_EQ(rows[1].cells[2].at, (At{0, 4, 6}));
}

TEST(CsvTable, reports_headers_and_surplus_cells) {
    Faults faults;
    const auto rows = read("code,nam,weight,weight,x_note\nC1,a,1,2,n,zuviel\n", faults);
    EXPECT_EQ(rows.size(), 1U);
    const auto problems = faults.take();
    ASSERT_EQ(problems.size(), 3U);
    EXPECT_EQ(problems[0].code, "pack_unknown_column_like");
    EXPECT_EQ(problems[0].where.column, 6);
    EXPECT_EQ(problems[1].code, "pack_column_twice");
    EXPECT_EQ(problems[2].code, "pack_cell_too_many");
    EXPECT_EQ(problems[2].where.row, 2);
}

TEST(CsvTable, a_missing_column_and_an_empty_file_are_faults) {
    Faults faults;
    static_cast<void>(read("name\nx\n", faults));
    static_cast<void>(read("", faults));
    const auto problems = faults.take();
    ASSERT_EQ(problems.size(), 2U);
    EXPECT_EQ(problems[0].code, "pack_column_missing");
    EXPECT_EQ(problems[1].code, "pack_file_empty");
}

}  // namespace
}  // namespace agate::framework
