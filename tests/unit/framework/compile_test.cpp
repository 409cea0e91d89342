// SPDX-License-Identifier: Apache-2.0
#include "framework/compile.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "pack_samples.h"

namespace agate::framework {
namespace {

using samples::codes;
using samples::find_small;
using samples::make_pack;
using samples::replaced;
using samples::small_framework;
using samples::small_overlay;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

CompileOutcome compile_over(const PackFiles& overlay) {
    return compile_pack(overlay, find_small);
}

const Node& node_of(const Plan& plan, std::string_view code) {
    return plan.node(plan.find(code).value());
}

TEST(Compile, children_come_before_parents_and_the_root_is_last) {
    const auto outcome = compile_pack(small_framework());
    ASSERT_TRUE(outcome.plans) << codes(outcome.problems).size();
    EXPECT_THAT(codes(outcome.problems), IsEmpty());
    const auto& plan = outcome.plans->school;
    for (std::size_t i = 0; i < plan.nodes.size(); ++i) {
        for (const auto child : plan.nodes[i].children) {
            EXPECT_LT(child, static_cast<NodeIndex>(i));
            EXPECT_EQ(plan.node(child).parent, static_cast<NodeIndex>(i));
        }
    }
    EXPECT_EQ(plan.node(plan.root()).children.size(), 2U);
    EXPECT_FALSE(plan.node(plan.root()).parent);
    EXPECT_EQ(plan.subject_kind, "student");
    EXPECT_THAT(plan.layers, ElementsAre("small 1.0.0"));
    EXPECT_FALSE(node_of(plan, "C1").is_verified_wording);
    EXPECT_TRUE(node_of(plan, "C2").is_verified_wording);
    EXPECT_EQ(plan.band_sets[0].bands[0].code, "low");
    EXPECT_EQ(outcome.plans->national.digest, plan.digest);
}

TEST(Compile, an_overlay_gives_a_school_plan_and_leaves_the_national_one_alone) {
    const auto alone = compile_pack(small_framework());
    const auto outcome = compile_over(small_overlay(15));
    ASSERT_TRUE(outcome.plans) << codes(outcome.problems).front();
    const auto& school = outcome.plans->school;
    const auto& national = outcome.plans->national;
    EXPECT_EQ(node_of(school, "M1").weight_ppm, 150'000);
    EXPECT_EQ(node_of(school, "M1").layer, Layer::school);
    EXPECT_EQ(node_of(school, "M1").maps_to, school.find("C1"));
    EXPECT_EQ(node_of(school, "C1").name_zh, "乐于助人");
    EXPECT_EQ(node_of(school, "C1").official_name_zh, "助人");
    EXPECT_FALSE(national.find("M1"));
    EXPECT_EQ(node_of(national, "C1").weight_ppm, 1'000'000);
    EXPECT_EQ(node_of(national, "C1").name_zh, "助人");
    EXPECT_EQ(national.nodes.size(), alone.plans->national.nodes.size());
    // The record counts at its own leaf here, at the national point there.
    EXPECT_THAT(school.reasons.at("field").leaves, ElementsAre(*school.find("M1")));
    EXPECT_THAT(national.reasons.at("field").leaves, ElementsAre(*national.find("C1")));
    EXPECT_THAT(school.layers, ElementsAre("small 1.0.0", "over 2.0"));
    EXPECT_THAT(national.layers, ElementsAre("small 1.0.0"));
    EXPECT_NE(school.digest, national.digest);
}

TEST(Compile, a_record_at_a_leaf_and_its_own_point_counts_once_in_the_national_plan) {
    auto overlay = small_overlay(15);
    overlay = replaced(overlay,
                       "reasons.csv",
                       "code,name_zh,leaves,kind,value\nfield,照看责任田,M1,points,2\n",
                       "code,name_zh,leaves,kind,value,twice_in_content\n"
                       "field,照看责任田,M1|C1,points,2,yes\n");
    const auto outcome = compile_over(overlay);
    ASSERT_TRUE(outcome.plans) << codes(outcome.problems).front();
    EXPECT_EQ(outcome.plans->school.reasons.at("field").leaves.size(), 2U);
    EXPECT_EQ(outcome.plans->national.reasons.at("field").leaves.size(), 1U);
}

TEST(Compile, layers_go_up_and_each_is_checked_against_all_below) {
    auto campus = make_pack("campus",
                            {"pack.toml",
                             "id = \"campus\"\nversion = \"1\"\nkind = \"overlay\"\n"
                             "layer = \"campus\"\nname_zh = \"校区\"\n"
                             "[extends]\nid = \"small\"\nversion = \"1.0.0\"\n",
                             "indicators.csv",
                             "code,parent,maps_to,display_zh,weight\nM1,,,校区责任田,\n"});
    const PackFiles layers[]{small_overlay(10), campus};
    const auto outcome = compile(layers, find_small);
    ASSERT_TRUE(outcome.plans) << codes(outcome.problems).front();
    EXPECT_EQ(node_of(outcome.plans->school, "M1").name_zh, "校区责任田");
    EXPECT_EQ(node_of(outcome.plans->school, "M1").weight_ppm, 100'000);

    const PackFiles wrong_order[]{campus, small_overlay(10)};
    EXPECT_THAT(codes(compile(wrong_order, find_small).problems), Contains("layer_order"));
    const PackFiles two_frameworks[]{small_framework(), small_framework()};
    EXPECT_THAT(codes(compile(two_frameworks, find_small).problems), Contains("layer_not_overlay"));
}

TEST(Compile, the_share_of_added_leaves_has_a_limit) {
    EXPECT_TRUE(compile_over(small_overlay(15)).plans);
    EXPECT_THAT(codes(compile_over(small_overlay(16)).problems), ElementsAre("overlay_share"));
    EXPECT_THAT(codes(compile_over(small_overlay(25)).problems),
                ElementsAre("weight_outside_range", "overlay_share"));
}

TEST(Compile, a_digest_rests_on_every_byte_of_every_layer_and_not_on_place_or_order) {
    const auto first = compile_over(small_overlay(15)).plans.value();
    auto shuffled = small_overlay(15);
    std::reverse(shuffled.files.begin(), shuffled.files.end());
    shuffled.place = "elsewhere";
    EXPECT_EQ(compile_over(shuffled).plans->school.digest, first.school.digest);
    const auto touched = replaced(small_overlay(15), "reasons.csv", "照看责任田", "照看菜地");
    const auto other = compile_over(touched).plans.value();
    EXPECT_NE(other.school.digest, first.school.digest);
    EXPECT_NE(other.national.digest, first.national.digest);
}

TEST(Compile, ten_thousand_indicators_are_taken_and_one_more_is_not) {
    const auto wide = [](int points) {
        std::string rows = "code,parent,level,name_zh,weight\nA1,,1,德,100\n";
        std::string leaves =
            "[[measure]]\nkind = \"completion\"\ncount = \"times\"\ntarget = 1\n"
            "leaves = [";
        for (int i = 0; i < points; ++i) {
            const int weight_ppm = i == 0 ? 1'000'000 - (points - 1) * 100 : 100;
            rows += "C" + std::to_string(i) + ",A1,2,点," +
                    Decimal::from_nano(weight_ppm * std::int64_t{100'000}).to_string() + "\n";
            leaves += "\"C" + std::to_string(i) + "\",";
        }
        auto pack = small_framework();
        for (auto& file : pack.files) {
            if (file.name == "indicators.csv") {
                file.text = rows;
            } else if (file.name == "measures.toml") {
                file.text = leaves + "]\n";
            } else if (file.name == "reasons.csv") {
                file.text = "code,name_zh,leaves,kind\nrun,跑步,C1,completion\n";
            }
        }
        return pack;
    };
    const auto most = compile_pack(wide(9'999));
    ASSERT_TRUE(most.plans);
    EXPECT_EQ(most.plans->school.nodes.size(), 10'001U);
    EXPECT_THAT(codes(compile_pack(wide(10'000)).problems), Contains("pack_too_many_rows"));
}

TEST(Compile, a_pack_that_mounts_itself_ends_in_a_fault) {
    auto pack = replaced(small_framework(),
                         "measures.toml",
                         "kind = \"completion\"\ncount = \"times\"\ntarget = 10\n",
                         "kind = \"mount\"\npack = \"small\"\nversion = \"1.0.0\"\n"
                         "prefix = \"again\"\n");
    const auto find = [&](std::string_view) { return std::optional{pack}; };
    EXPECT_THAT(codes(compile_pack(pack, find).problems), Contains("mount_cycle"));
}

TEST(Compile, a_mounted_tree_keeps_its_bands_and_its_reasons_keep_their_codes) {
    auto host = replaced(small_framework(),
                         "measures.toml",
                         "kind = \"completion\"\ncount = \"times\"\ntarget = 10\n",
                         "kind = \"mount\"\npack = \"small\"\nversion = \"1.0.0\"\n"
                         "prefix = \"inner\"\n");
    host =
        replaced(host, "reasons.csv", "help,帮助同学,C1,points,1\nrun,跑步,C2,completion,\n", "");
    host = replaced(host, "pack.toml", "id = \"small\"", "id = \"host\"");
    const auto outcome = compile_pack(host, find_small);
    ASSERT_TRUE(outcome.plans) << codes(outcome.problems).front();
    const auto& plan = outcome.plans->school;
    const auto& mounted = node_of(plan, "inner.root");
    EXPECT_EQ(node_of(plan, "C2").children, std::vector<NodeIndex>{*plan.find("inner.root")});
    EXPECT_EQ(mounted.parent, plan.find("C2"));
    EXPECT_EQ(mounted.weight_ppm, 1'000'000);
    EXPECT_EQ(node_of(plan, "inner.C1").band_set, 1);
    EXPECT_EQ(node_of(plan, "C2").band_set, 0);
    EXPECT_EQ(plan.reasons.at("help").leaves, std::vector<NodeIndex>{*plan.find("inner.C1")});
}

TEST(Compile, the_wording_of_an_unchecked_point_can_be_put_right_with_its_source) {
    const auto with = [](std::string_view row) {
        return compile_over(
            replaced(small_overlay(15),
                     "indicators.csv",
                     "code,parent,maps_to,display_zh,weight\nC1,,,乐于助人,85\n"
                     "M1,B1,C1,责任田,15\n",
                     "code,parent,maps_to,display_zh,text_zh,status,source,weight\n" +
                         std::string{row} + "\nM1,B1,C1,责任田,,,,15\n"));
    };
    const auto checked = with("C1,,,,核对过的原文,attested,教基〔2021〕3号 第 3 页,85");
    ASSERT_TRUE(checked.plans) << codes(checked.problems).front();
    EXPECT_TRUE(node_of(checked.plans->school, "C1").is_verified_wording);
    EXPECT_EQ(node_of(checked.plans->school, "C1").text_zh, "核对过的原文");
    EXPECT_FALSE(node_of(checked.plans->national, "C1").is_verified_wording);
    EXPECT_THAT(codes(with("C1,,,,换过的文字,,,85").problems),
                ElementsAre("overlay_wording_no_source"));
}

TEST(Compile, labels_and_values_that_a_reason_leaves_open_come_from_its_leaf) {
    const auto outcome = compile_pack(shipped_pack("cn-compulsory-2021").value());
    ASSERT_TRUE(outcome.plans);
    const auto& reasons = outcome.plans->school.reasons;
    EXPECT_EQ(reasons.at("labour_skill_rating").value_low, Decimal::from_int(1));
    EXPECT_EQ(reasons.at("labour_skill_rating").value_high, Decimal::from_int(4));
    EXPECT_THAT(reasons.at("term_maths").labels, ElementsAre("A", "B", "C", "D"));
    EXPECT_EQ(reasons.at("robotics").labels.size(), 6U);
    EXPECT_EQ(reasons.at("read_book").unit_zh, "本");
    EXPECT_EQ(reasons.at("class_duty").default_value, Decimal::from_int(1));
    EXPECT_EQ(reasons.at("late_arrival").value_low, Decimal::from_int(-1));
}

}  // namespace
}  // namespace agate::framework
