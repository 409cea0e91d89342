// SPDX-License-Identifier: Apache-2.0
#include "framework/render_problem.h"

#include <gtest/gtest.h>

namespace agate::framework {
namespace {

Problem weight_problem(std::int64_t row, std::int64_t column) {
    return {.where = {.file = "packs/x/indicators.csv",
                      .sheet = {},
                      .row = row,
                      .column = column,
                      .column_name = {}},
            .code = "weight_outside_range",
            .args = {{"code", "C25"}, {"value", "30"}, {"low", "10"}, {"high", "25"}},
            .severity = Severity::error};
}

TEST(RenderProblem, reads_like_a_compiler) {
    EXPECT_EQ(
        render_problem(weight_problem(2, 12), "code,name,weight\nC25,责任田,30,\n", Language::zh),
        "packs/x/indicators.csv:2:12: error: C25 的权重 30% 不在允许的 10% 到 25% 之间。\n"
        "  2 | C25,责任田,30,\n"
        "    |               ^\n"
        "  改法：把 C25 的权重改到 10% 到 25% 之间。\n");
}

TEST(RenderProblem, marks_under_wide_characters_and_to_the_end_of_the_value) {
    EXPECT_EQ(
        render_problem(weight_problem(2, 9), "code,name,weight\nC25,责任田,30,\n", Language::en),
        "packs/x/indicators.csv:2:9: error: C25 weighs 30%, allowed is 10% to 25%.\n"
        "  2 | C25,责任田,30,\n"
        "    |            ^~\n"
        "  Mend: Choose a weight from 10% to 25% for C25.\n");
    const auto wide = render_problem(weight_problem(1, 5), "C25,责任田,30\r\n", Language::en);
    EXPECT_NE(wide.find("  1 | C25,责任田,30\n    |     ^~~~~~\n"), std::string::npos) << wide;
}

TEST(RenderProblem, keeps_the_mark_in_sight_on_long_lines) {
    const std::string line =
        std::string(200, 'a') + "," + std::string(10, 'b') + "," + std::string(200, 'c');
    const auto said = render_problem(weight_problem(1, 202), line, Language::en);
    EXPECT_NE(said.find("| …"), std::string::npos);
    EXPECT_NE(said.find("^~~~~~~~~~\n"), std::string::npos) << said;
    EXPECT_LT(said.size(), 400U);
}

TEST(RenderProblem, does_without_a_line) {
    const auto said = render_problem(weight_problem(0, 0), "", Language::en);
    EXPECT_EQ(said.substr(0, 30), "packs/x/indicators.csv: error:");
    EXPECT_EQ(said.find(" | "), std::string::npos);
    // A place beyond the text is no reason to fail.
    EXPECT_FALSE(render_problem(weight_problem(99, 99), "one line", Language::zh).empty());
    EXPECT_FALSE(render_problem(weight_problem(1, 99), "one line", Language::zh).empty());
}

TEST(RenderProblem, a_warning_says_so) {
    auto problem = weight_problem(1, 1);
    problem.severity = Severity::warning;
    EXPECT_NE(render_problem(problem, "x", Language::zh).find(": warning: "), std::string::npos);
}

}  // namespace
}  // namespace agate::framework
