// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "pack_samples.h"

// Properties over random small packs: they compile, the same bytes give the same plan whatever the
// order of files, and a plan keeps its own promises.
namespace agate::framework {
namespace {

class RandomPack {
public:
    explicit RandomPack(std::uint32_t seed) : random_(seed) {}

    PackFiles make() {
        std::string rows = "code,parent,level,name_zh,weight,weight_min,weight_max\n";
        measures_ = {};
        reasons_ = "code,name_zh,leaves,kind,value\n";
        add_children(rows, "", 1);
        auto pack = samples::small_framework();
        for (auto& file : pack.files) {
            if (file.name == "indicators.csv") {
                file.text = rows;
            } else if (file.name == "measures.toml") {
                file.text = measures_;
            } else if (file.name == "reasons.csv") {
                file.text = reasons_;
            }
        }
        return pack;
    }

private:
    int below(int limit) { return static_cast<int>(random_() % static_cast<unsigned>(limit)); }

    void add_children(std::string& rows, const std::string& parent, int level) {
        const int count = 1 + below(4);
        int left = 10'000;  // hundredths of a percent
        for (int i = 0; i < count; ++i) {
            const int weight = i + 1 == count ? left : 1 + below(left - (count - i) - 1);
            left -= weight;
            const auto code = parent + "N" + std::to_string(i);
            rows += code + "," + parent + "," + std::to_string(level) + ",名称," +
                    Decimal::from_nano(weight * std::int64_t{10'000'000}).to_string() + ",0,100\n";
            if (level < 3 && below(3) > 0) {
                add_children(rows, code, level + 1);
            } else {
                add_leaf(code);
            }
        }
    }

    void add_leaf(const std::string& code) {
        measures_ += "[[measure]]\nleaf = \"" + code + "\"\n";
        const auto reason = "r_" + code + ",做事," + code + ",";
        switch (below(4)) {
            case 0:
                measures_ += "kind = \"points\"\nlow = 0\nhigh = 100\n";
                reasons_ += reason + "points,1\n";
                break;
            case 1:
                measures_ += "kind = \"completion\"\ncount = \"distinct\"\ntarget = 0.5\n";
                reasons_ += reason + "completion,\n";
                break;
            case 2:
                measures_ +=
                    "kind = \"rating\"\nsteps = [0, 50, 100]\nraters.teacher = { weight = "
                    "100 }\n";
                reasons_ += reason + "rating,\n";
                break;
            default:
                measures_ += "kind = \"mark\"\nlow = 0\nhigh = 100\n";
                reasons_ += reason + "mark,\n";
        }
    }

    std::mt19937 random_;
    std::string measures_, reasons_;
};

void expect_promises(const Plan& plan) {
    for (std::size_t i = 0; i < plan.nodes.size(); ++i) {
        const auto& node = plan.nodes[i];
        std::int64_t sum = 0;
        for (const auto child : node.children) {
            EXPECT_LT(child, static_cast<NodeIndex>(i));
            sum += plan.node(child).weight_ppm;
        }
        EXPECT_EQ(sum, node.children.empty() ? 0 : 1'000'000);
        EXPECT_EQ(node.children.empty(), node.measure.has_value());
        EXPECT_EQ(plan.find(node.code), static_cast<NodeIndex>(i));
    }
    for (const auto& [code, reason] : plan.reasons) {
        for (const auto leaf : reason.leaves) {
            EXPECT_TRUE(plan.node(leaf).measure);
        }
    }
}

TEST(RandomPack, compiles_the_same_in_any_order_of_files) {
    for (std::uint32_t seed = 0; seed < 200; ++seed) {
        auto pack = RandomPack{seed}.make();
        const auto first = compile_pack(pack);
        ASSERT_TRUE(first.plans) << seed << " " << samples::codes(first.problems).front();
        expect_promises(first.plans->school);
        std::mt19937 order{seed};
        std::shuffle(pack.files.begin(), pack.files.end(), order);
        const auto second = compile_pack(pack);
        ASSERT_TRUE(second.plans);
        EXPECT_EQ(first.plans->school.digest, second.plans->school.digest);
        ASSERT_EQ(first.plans->school.nodes.size(), second.plans->school.nodes.size());
        for (std::size_t i = 0; i < first.plans->school.nodes.size(); ++i) {
            EXPECT_EQ(first.plans->school.nodes[i].code, second.plans->school.nodes[i].code);
        }
    }
}

// A pack with one character changed compiles, or says why not; it never throws.
TEST(RandomPack, a_damaged_pack_compiles_or_says_why_not) {
    std::mt19937 random{7};
    const std::string letters = "0aC\",|[]{}=\n\xE4-.%";
    for (int round = 0; round < 600; ++round) {
        auto pack = samples::small_overlay(15);
        auto& file = pack.files[random() % pack.files.size()];
        file.text[random() % file.text.size()] = letters[random() % letters.size()];
        const auto outcome = compile_pack(pack, samples::find_small);
        EXPECT_NE(outcome.plans.has_value(), has_errors(outcome.problems)) << file.text;
    }
}

}  // namespace
}  // namespace agate::framework
