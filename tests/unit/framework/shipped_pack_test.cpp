// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "framework/render_problem.h"
#include "pack_samples.h"

namespace agate::framework {
namespace {

using ::testing::Each;
using ::testing::HasSubstr;
using ::testing::Not;

Plans compile_shipped(std::string_view id) {
    auto outcome = compile_pack(shipped_pack(id).value());
    const PackFiles packs[]{shipped_pack(id).value()};
    EXPECT_EQ(render_problems(outcome.problems, packs, Language::zh), "") << id;
    return outcome.plans.value();
}

TEST(ShippedPacks, compile_without_a_single_fault) {
    for (const auto& id : shipped_packs()) {
        compile_shipped(id);
    }
}

TEST(ShippedPacks, the_guide_has_its_five_contents_twelve_indicators_and_27_points) {
    const auto plan = compile_shipped("cn-compulsory-2021").school;
    int by_level[4]{};
    for (const auto& node : plan.nodes) {
        if (node.level >= 1 && node.level <= 3) {
            ++by_level[node.level];
            EXPECT_TRUE(node.band_set) << node.code;
        }
    }
    EXPECT_EQ(by_level[1], 5);
    EXPECT_EQ(by_level[2], 12);
    EXPECT_EQ(by_level[3], 27);
    EXPECT_EQ(plan.total, Plan::Total::none);
    EXPECT_FALSE(plan.node(plan.root()).band_set);
    // Every point gives a result, and the points' condensed wording is never shown as official.
    for (int i = 1; i <= 27; ++i) {
        const auto& point = plan.node(plan.find("C" + std::to_string(i)).value());
        EXPECT_TRUE(point.measure || !point.children.empty()) << point.code;
        EXPECT_FALSE(point.is_verified_wording) << point.code;
        EXPECT_NE(point.name_zh, point.official_name_zh);
    }
}

TEST(ShippedPacks, the_guide_uses_every_kind_of_measure) {
    const auto plan = compile_shipped("cn-compulsory-2021").school;
    std::set<MeasureKind> kinds;
    for (const auto& node : plan.nodes) {
        if (node.measure) {
            kinds.insert(kind_of(*node.measure));
        }
    }
    EXPECT_EQ(kinds.size(), 7U);
    const auto& fitness = plan.node(plan.find("fitness.total").value());
    EXPECT_EQ(plan.node(*fitness.parent).code, "C20");
    EXPECT_TRUE(fitness.is_comparable);
    EXPECT_EQ(plan.band_sets[static_cast<std::size_t>(*fitness.band_set)].code, "cn-fitness-2014");
    EXPECT_EQ(fitness.high, Decimal::from_int(120));
    EXPECT_EQ(plan.band_rules.size(), 3U);
}

TEST(ShippedPacks, deductions_are_a_teachers_and_never_for_marks) {
    const auto plan = compile_shipped("manao-five-colours").school;
    for (const auto& [code, reason] : plan.reasons) {
        if (reason.value_low && *reason.value_low < Decimal{} &&
            reason.kind != MeasureKind::measurement) {
            EXPECT_EQ(reason.kind, MeasureKind::points) << code;
            EXPECT_TRUE(reason.givers.empty()) << code;
            for (const auto leaf : reason.leaves) {
                EXPECT_EQ(plan.node(leaf).code[0], 'C');
            }
        }
        EXPECT_FALSE(reason.name_en.empty()) << code;
        EXPECT_FALSE(reason.deed_zh.empty()) << code;
    }
}

TEST(ShippedPacks, the_overlay_proves_the_national_core_intact) {
    const auto alone = compile_shipped("cn-compulsory-2021").national;
    const auto both = compile_shipped("manao-five-colours");
    ASSERT_EQ(both.national.nodes.size(), alone.nodes.size());
    for (std::size_t i = 0; i < alone.nodes.size(); ++i) {
        const auto& before = alone.nodes[i];
        const auto& after = both.national.nodes[i];
        EXPECT_EQ(before.code, after.code);
        EXPECT_EQ(before.weight_ppm, after.weight_ppm);
        EXPECT_EQ(before.name_zh, after.name_zh);
        // The school's plan has every national node under the same parent and official name.
        const auto& school = both.school.node(both.school.find(before.code).value());
        EXPECT_EQ(school.official_name_zh, before.official_name_zh);
        EXPECT_EQ(school.level, before.level);
        if (before.parent) {
            EXPECT_EQ(both.school.node(*school.parent).code, alone.node(*before.parent).code);
        }
    }
    int added = 0;
    for (const auto& node : both.school.nodes) {
        if (node.layer == Layer::school) {
            ++added;
            EXPECT_EQ(node.level, 4);
            ASSERT_TRUE(node.maps_to);
            EXPECT_EQ(both.school.node(*node.maps_to).level, 3);
        }
    }
    EXPECT_EQ(added, 6);
}

TEST(ShippedPacks, the_fifth_colour_is_not_invented) {
    const auto plan = compile_shipped("manao-five-colours").school;
    const auto found = std::find_if(plan.lists.begin(), plan.lists.end(), [](const List& list) {
        return list.code == "five_colours";
    });
    ASSERT_NE(found, plan.lists.end());
    ASSERT_EQ(found->items.size(), 5U);
    EXPECT_THAT(found->items[4].text_zh, HasSubstr("不代拟"));
    ASSERT_EQ(plan.certificates.size(), 1U);
    EXPECT_THAT(plan.certificates[0].body_zh, HasSubstr("{dream}"));
}

}  // namespace
}  // namespace agate::framework
