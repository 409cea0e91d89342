// SPDX-License-Identifier: Apache-2.0
#include "framework/read_values.h"

#include <gtest/gtest.h>

namespace agate::framework {
namespace {

class ReadValues : public testing::Test {
protected:
    Text at(std::string value) { return {std::move(value), {source_, 1, 1}}; }

    Faults faults_;
    std::int32_t source_ = faults_.add_source("t");
};

TEST_F(ReadValues, percent_is_exact_in_millionths) {
    EXPECT_EQ(parse_percent(at("30"), faults_)->value, 300'000);
    EXPECT_EQ(parse_percent(at("33.3333"), faults_)->value, 333'333);
    EXPECT_EQ(parse_percent(at("12.5%"), faults_)->value, 125'000);
    EXPECT_EQ(parse_percent(at("１５％"), faults_)->value, 150'000);
    EXPECT_EQ(parse_percent(at("0"), faults_)->value, 0);
    EXPECT_FALSE(parse_percent(at(""), faults_));
    EXPECT_EQ(faults_.error_count(), 0U);
    EXPECT_FALSE(parse_percent(at("100.0001"), faults_));
    EXPECT_FALSE(parse_percent(at("-1"), faults_));
    EXPECT_FALSE(parse_percent(at("1.00001"), faults_));
    EXPECT_FALSE(parse_percent(at("三十"), faults_));
    EXPECT_EQ(faults_.error_count(), 4U);
}

TEST_F(ReadValues, numbers_stay_within_the_limit) {
    EXPECT_EQ(parse_number(at("1000000"), faults_)->value, Decimal::from_int(1'000'000));
    EXPECT_EQ(parse_number(at("-0.000000001"), faults_)->value.nano(), -1);
    EXPECT_EQ(faults_.error_count(), 0U);
    for (const auto* wrong :
         {"1000000.1", "-1000001", "9223372036", "1e3", "1,5", "--1", "9999999999999999999"}) {
        EXPECT_FALSE(parse_number(at(wrong), faults_)) << wrong;
    }
    EXPECT_EQ(faults_.error_count(), 7U);
}

TEST_F(ReadValues, integers_and_words_are_of_a_closed_set) {
    EXPECT_EQ(parse_integer(at("3"), {1, 9}, faults_)->value, 3);
    EXPECT_FALSE(parse_integer(at("3.5"), {1, 9}, faults_));
    EXPECT_FALSE(parse_integer(at("10"), {1, 9}, faults_));
    EXPECT_TRUE(parse_yes(at("是"), faults_));
    EXPECT_FALSE(parse_yes(at(""), faults_));
    EXPECT_FALSE(parse_yes(at("maybe"), faults_));
    EXPECT_EQ(faults_.error_count(), 3U);
}

TEST_F(ReadValues, each_of_several_codes_knows_its_column) {
    const auto codes = split_codes({"C1| 责任 |C3", {source_, 4, 10}}, faults_);
    ASSERT_EQ(codes.size(), 3U);
    EXPECT_EQ(codes[1].value, "责任");
    EXPECT_EQ(codes[1].at, (At{source_, 4, 14}));
    EXPECT_EQ(codes[2].at, (At{source_, 4, 18}));
    EXPECT_TRUE(split_codes({"", {}}, faults_).empty());
}

TEST_F(ReadValues, codes_are_plain) {
    EXPECT_TRUE(check_code(at("fitness.run_50m-x"), faults_));
    EXPECT_FALSE(check_code(at("责任田"), faults_));
    EXPECT_FALSE(check_code(at("a b"), faults_));
    EXPECT_FALSE(check_code(at(std::string(65, 'a')), faults_));
    EXPECT_EQ(faults_.error_count(), 3U);
}

TEST_F(ReadValues, a_table_reports_what_nobody_asked_for) {
    const auto value = read_toml("kind = \"x\"\nlaef = \"C1\"\n", source_, faults_);
    TomlTable table{value, faults_};
    EXPECT_EQ(table.required_text("kind").value, "x");
    EXPECT_EQ(table.text("leaf").value, "");
    EXPECT_EQ(table.required_text("name").value, "");
    table.report_unknown();
    const auto problems = faults_.take();
    ASSERT_EQ(problems.size(), 2U);
    EXPECT_EQ(problems[0].code, "pack_key_missing");
    EXPECT_EQ(problems[1].code, "pack_unknown_key_like");
}

}  // namespace
}  // namespace agate::framework
