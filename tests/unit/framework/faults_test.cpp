// SPDX-License-Identifier: Apache-2.0
#include "framework/faults.h"

#include <gtest/gtest.h>

namespace agate::framework {
namespace {

TEST(Faults, come_out_in_the_order_of_places) {
    Faults faults;
    const auto a = faults.add_source("a.csv");
    const auto b = faults.add_source("b.csv");
    faults.error({b, 1, 1}, "third");
    faults.warn({a, 9, 2}, "second");
    faults.error({a, 9, 1}, "first");
    EXPECT_EQ(faults.error_count(), 2U);
    const auto problems = faults.take();
    ASSERT_EQ(problems.size(), 3U);
    EXPECT_EQ(problems[0].code, "first");
    EXPECT_EQ(problems[1].code, "second");
    EXPECT_EQ(problems[1].severity, Severity::warning);
    EXPECT_EQ(problems[2].where.file, "b.csv");
}

TEST(Faults, an_unknown_word_gets_its_nearest_neighbour) {
    Faults faults;
    const auto source = faults.add_source("a");
    faults.unknown({"C255", {source, 1, 1}}, "unknown_indicator", {"C2", "C25", "B25"});
    faults.unknown({"quite_other", {source, 2, 1}}, "unknown_indicator", {"C2", "C25"});
    const auto problems = faults.take();
    EXPECT_EQ(problems[0].code, "unknown_indicator_like");
    EXPECT_EQ(problems[0].args[1].value, "C25");
    EXPECT_EQ(problems[1].code, "unknown_indicator");
}

TEST(Faults, are_bounded_and_say_how_many_are_left_out) {
    Faults faults;
    const auto source = faults.add_source("a");
    for (int i = 0; i < 1200; ++i) {
        faults.error({source, i, 1}, "some");
    }
    const auto problems = faults.take();
    EXPECT_EQ(problems.size(), 501U);
    EXPECT_EQ(problems.back().code, "pack_more_faults");
    EXPECT_EQ(problems.back().args.front().value, "700");
}

TEST(NearestWord, takes_near_words_only) {
    const std::set<std::string> known{"weight", "weight_min", "weight_max", "code"};
    EXPECT_EQ(nearest_word("wieght", known), "weight");
    EXPECT_EQ(nearest_word("weight_mix", known), "weight_max");
    EXPECT_EQ(nearest_word("xyz", known), "");
    EXPECT_EQ(nearest_word("", known), "");
    EXPECT_EQ(nearest_word(std::string(5000, 'w'), known), "");
}

}  // namespace
}  // namespace agate::framework
