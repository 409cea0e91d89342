// SPDX-License-Identifier: Apache-2.0
#include "base/problem.h"

#include <gtest/gtest.h>

namespace agate {
namespace {

TEST(Problem, LettersCountLikeASheet) {
    const std::pair<std::int64_t, std::string_view> cases[] = {
        {0, ""},
        {1, "A"},
        {26, "Z"},
        {27, "AA"},
        {52, "AZ"},
        {53, "BA"},
        {702, "ZZ"},
        {703, "AAA"},
        {16384, "XFD"},
    };
    for (const auto& [column, letters] : cases) {
        EXPECT_EQ(column_letters(column), letters);
        EXPECT_EQ(column_number(letters), column);
    }
    for (const std::string_view text : {"a", "A1", "Ａ", "ZZZZZZZZZZZZZZZZZZZZ"}) {
        EXPECT_EQ(column_number(text), 0) << text;
    }
}

TEST(Problem, DescribesThePlace) {
    EXPECT_EQ(describe({.file = "roster.xlsx", .sheet = "1", .row = 14, .column = 3}),
              "roster.xlsx, sheet 1, C14");
    EXPECT_EQ(describe({.file = "roster.xlsx", .sheet = "名单"}), "roster.xlsx, sheet 名单");
    EXPECT_EQ(describe({.sheet = "1", .row = 2}), "sheet 1, 2");
    EXPECT_EQ(describe({.file = "indicators.csv", .row = 12, .column = 3}), "indicators.csv:12:3");
    EXPECT_EQ(describe({.file = "indicators.csv", .row = 12}), "indicators.csv:12");
    EXPECT_EQ(describe({.file = "pack.toml"}), "pack.toml");
    EXPECT_EQ(describe({.row = 12}), "12");
    EXPECT_EQ(describe({}), "");
}

TEST(Problem, WarningsAreNoErrors) {
    const Problem warning{.code = "odd", .severity = Severity::warning};
    EXPECT_FALSE(has_errors({}));
    EXPECT_FALSE(has_errors({warning}));
    EXPECT_TRUE(has_errors({warning, {.code = "wrong"}}));
}

}  // namespace
}  // namespace agate
