// SPDX-License-Identifier: Apache-2.0
#include "base/csv.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

namespace agate {
namespace {

using namespace std::string_literals;

struct Row {
    std::int64_t line = 0;
    std::vector<std::string> fields{};

    friend bool operator==(const Row&, const Row&) = default;
};

void PrintTo(const Row& row, std::ostream* out) {
    *out << row.line << ':';
    for (const auto& field : row.fields) {
        *out << '[' << field << ']';
    }
}

struct Read {
    std::vector<Row> rows;
    Problems problems;
};

Read read(std::string_view text, CsvLimits limits = {}) {
    Read result;
    CsvReader reader(text, limits);
    CsvRecord record;
    while (reader.next(record)) {
        result.rows.push_back(
            {.line = record.line, .fields = {record.fields.begin(), record.fields.end()}});
    }
    EXPECT_FALSE(reader.next(record));
    result.problems = reader.problems();
    return result;
}

TEST(Csv, ReadsWhatSpreadsheetsWrite) {
    struct Case {
        std::string text;
        std::vector<Row> rows;
    };

    const Case cases[] = {
        {"", {}},
        {"\n\n\r\n", {}},
        {"a", {{1, {"a"}}}},
        {"a,b\n1,2\n", {{1, {"a", "b"}}, {2, {"1", "2"}}}},
        {"a,b\r\n1,2\r\n", {{1, {"a", "b"}}, {2, {"1", "2"}}}},
        {"a,b\r\n1,2", {{1, {"a", "b"}}, {2, {"1", "2"}}}},
        {"a,b\n1,2\r", {{1, {"a", "b"}}, {2, {"1", "2"}}}},
        {"\xef\xbb\xbf姓名,年级\n", {{1, {"姓名", "年级"}}}},
        {"\xef\xbb\xbf", {}},
        {"a,\n,\n", {{1, {"a", ""}}, {2, {"", ""}}}},
        {"a,b\n\n\r\n1,2\n", {{1, {"a", "b"}}, {4, {"1", "2"}}}},
        {"\"a\",\"b\"\n", {{1, {"a", "b"}}}},
        {"\"a\nb\",c\nd", {{1, {"a\nb", "c"}}, {3, {"d"}}}},
        {"\"a\r\nb\"\r\nd", {{1, {"a\r\nb"}}, {3, {"d"}}}},
        {"\"he said \"\"hi\"\"\",\"\"\"\"\n", {{1, {"he said \"hi\"", "\""}}}},
        {"\"\"\n", {{1, {""}}}},
        {"x,\"\",y\n", {{1, {"x", "", "y"}}}},
        {"\"a,b\",c", {{1, {"a,b", "c"}}}},
        {" a , b \n", {{1, {" a ", " b "}}}},
        {"a\rb,c\n", {{1, {"a\rb", "c"}}}},
        {"a\tb\n1\t2,5\n", {{1, {"a", "b"}}, {2, {"1", "2,5"}}}},
        {"a;b\n1;2,5\n", {{1, {"a", "b"}}, {2, {"1", "2,5"}}}},
        {"a;b,c\n1;2,5\n", {{1, {"a;b", "c"}}, {2, {"1;2", "5"}}}},
        {"\"a,b\";c\n", {{1, {"a,b", "c"}}}},
        {"\n\na;b\n", {{3, {"a", "b"}}}},
        {"a\n\"q\"", {{1, {"a"}}, {2, {"q"}}}},
    };
    for (const auto& c : cases) {
        const auto result = read(c.text);
        EXPECT_EQ(result.rows, c.rows) << c.text;
        EXPECT_EQ(result.problems, Problems{}) << c.text;
    }
}

TEST(Csv, NamesTheFault) {
    struct Case {
        std::string text;
        std::size_t rows_before;
        std::string_view code;
        std::int64_t row;
        std::int64_t column;
    };

    const Case cases[] = {
        {"a,b\nc,\"d\ne,f\n", 1, "csv_open_quote", 2, 2},
        {"\"", 0, "csv_open_quote", 1, 1},
        {"\"a\"\"", 0, "csv_open_quote", 1, 1},
        {"a,b\nc,d\"e\n", 1, "csv_quote_in_field", 2, 2},
        {"\"a\"b,c\n", 0, "csv_quote_in_field", 1, 1},
        {"\"a\" ,c\n", 0, "csv_quote_in_field", 1, 1},
        {"\"a\"\r,c\n", 0, "csv_quote_in_field", 1, 1},
        {"\"a\nb\"\"c\" \"\n", 0, "csv_quote_in_field", 2, 1},
        {"a,b\0c\n"s, 0, "csv_nul_byte", 1, 2},
        {"x\n\"b\0\"\n"s, 1, "csv_nul_byte", 2, 1},
        {"1,2\n1,2,3,4\n", 1, "csv_too_many_fields", 2, 3},
        {"1,2\n1,123456789\n", 1, "csv_field_too_long", 2, 2},
        {"1,2\n1,\"12345\"\"789\"\n", 1, "csv_field_too_long", 2, 2},
    };
    for (const auto& c : cases) {
        const auto result = read(c.text, {.max_fields = 3, .max_field_bytes = 8});
        EXPECT_EQ(result.rows.size(), c.rows_before) << c.text;
        ASSERT_EQ(result.problems.size(), 1U) << c.text;
        EXPECT_EQ(result.problems[0].code, c.code) << c.text;
        EXPECT_EQ(result.problems[0].where.row, c.row) << c.text;
        EXPECT_EQ(result.problems[0].where.column, c.column) << c.text;
    }
}

TEST(Csv, LimitsAreInclusive) {
    EXPECT_EQ(read("1,2,3\n12345678\n", {.max_fields = 3, .max_field_bytes = 8}).rows.size(), 2U);
}

TEST(Csv, EscapesFormulasOnly) {
    struct Case {
        std::string field, off, on;
    };

    const Case cases[] = {
        {"plain", "plain", "plain"},
        {"", "", ""},
        {"a,b", "\"a,b\"", "\"a,b\""},
        {"say \"hi\"", "\"say \"\"hi\"\"\"", "\"say \"\"hi\"\"\""},
        {"two\nlines", "\"two\nlines\"", "\"two\nlines\""},
        {"a;b", "\"a;b\"", "\"a;b\""},
        {"=1+1", "=1+1", "'=1+1"},
        {"@SUM(A1)", "@SUM(A1)", "'@SUM(A1)"},
        {"-5", "-5", "-5"},
        {"+0.25", "+0.25", "+0.25"},
        {"-5+cmd", "-5+cmd", "'-5+cmd"},
        {"-", "-", "'-"},
        {"-.5", "-.5", "'-.5"},
        {"'=x", "'=x", "''=x"},
        {"'tis", "'tis", "'tis"},
        {"=HYPERLINK(\"x\")", "\"=HYPERLINK(\"\"x\"\")\"", "\"'=HYPERLINK(\"\"x\"\")\""},
        {"\tx", "\"\tx\"", "\"'\tx\""},
    };
    for (const auto& c : cases) {
        std::string off;
        std::string on;
        append_csv_field(off, c.field, FormulaGuard::off);
        append_csv_field(on, c.field, FormulaGuard::on);
        EXPECT_EQ(off, c.off);
        EXPECT_EQ(on, c.on);
    }
}

std::string random_field(std::mt19937_64& random) {
    static const std::vector<std::string> parts = {
        "a",
        "1",
        "-",
        "+",
        "=",
        "@",
        "'",
        "\"",
        ",",
        ";",
        "\t",
        "\n",
        "\r",
        " ",
        "玛",
        "\xef\xbb\xbf",
        "a longer run of plain text that crosses a block of sixty-four bytes for certain"};
    std::string field;
    for (auto count = random() % 6; count > 0; --count) {
        field += parts[random() % parts.size()];
    }
    return field;
}

TEST(Csv, WhatIsWrittenIsReadBack) {
    std::mt19937_64 random(3);
    for (int i = 0; i < 3'000; ++i) {
        const auto guard = i % 2 == 0 ? FormulaGuard::off : FormulaGuard::on;
        std::vector<std::vector<std::string>> table(1 + random() % 5);
        std::string text = "first,second,third\n";
        for (auto& row : table) {
            row = {random_field(random), random_field(random), random_field(random)};
            for (std::size_t column = 0; column < 3; ++column) {
                text += column > 0 ? "," : "";
                append_csv_field(text, row[column], guard);
            }
            text += i % 3 == 0 ? "\r\n" : "\n";
        }
        const auto result = read(text);
        ASSERT_EQ(result.problems, Problems{}) << text;
        ASSERT_EQ(result.rows.size(), table.size() + 1) << text;
        for (std::size_t r = 0; r < table.size(); ++r) {
            ASSERT_EQ(result.rows[r + 1].fields.size(), 3U);
            for (std::size_t column = 0; column < 3; ++column) {
                const std::string& got = result.rows[r + 1].fields[column];
                const auto unguarded =
                    guard == FormulaGuard::on ? remove_formula_guard(got) : std::string_view(got);
                ASSERT_EQ(unguarded, table[r][column]) << text;
            }
        }
    }
}

/// The reader looks at 64 bytes at a time; a text must read the same wherever the blocks fall.
TEST(Csv, BlocksDoNotShow) {
    const std::string text = "a,\"b \"\"c\"\"\nd\",e\n,,\n\"\",\"x\",\n";
    for (std::size_t shift = 0; shift < 130; ++shift) {
        const std::string padding(shift, 'p');
        const auto result = read("head,er\n" + padding + text);
        ASSERT_EQ(result.rows.size(), 4U);
        EXPECT_EQ(result.rows[1].fields,
                  (std::vector<std::string>{padding + "a", "b \"c\"\nd", "e"}));
        EXPECT_EQ(result.rows[2].fields, (std::vector<std::string>{"", "", ""}));
        EXPECT_EQ(result.rows[3].fields, (std::vector<std::string>{"", "x", ""}));
    }
}

}  // namespace
}  // namespace agate
