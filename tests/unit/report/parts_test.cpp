// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "report/colours.h"
#include "report/flow.h"
#include "report/phrases.h"
#include "report/typeset.h"

namespace agate::report {
namespace {

constexpr FlowArea area{.first_top = 72, .top = 92, .bottom = 716};

std::vector<Block> random_blocks(std::mt19937& random) {
    std::vector<Block> blocks(1 + random() % 60);
    for (Block& block : blocks) {
        block.height = static_cast<double>(random() % 220) + 1;
        block.gap = static_cast<double>(random() % 20);
        block.gap_stretch = static_cast<double>(random() % 3) * 8;
        block.is_kept_with_next = random() % 8 == 0;
        block.grows = random() % 10 == 0;
        block.begins_new_page = random() % 20 == 0;
    }
    return blocks;
}

TEST(Flow, keeps_order_and_never_overlaps_or_overruns) {
    std::mt19937 random(5);
    for (int round = 0; round < 500; ++round) {
        const std::vector<Block> blocks = random_blocks(random);
        const std::vector<PlacedBlock> placed = place_blocks(blocks, area);
        ASSERT_EQ(placed.size(), blocks.size());
        for (std::size_t i = 0; i < placed.size(); ++i) {
            const PlacedBlock& here = placed[i];
            EXPECT_EQ(here.block, i);
            EXPECT_GE(here.height, blocks[i].height);
            EXPECT_LE(here.top + here.height, area.bottom + 1e-6);
            if (i == 0) {
                continue;
            }
            const PlacedBlock& before = placed[i - 1];
            ASSERT_GE(here.page, before.page);
            if (here.page == before.page) {
                EXPECT_GE(here.top, before.top + before.height + blocks[i].gap - 1e-6);
                EXPECT_FALSE(blocks[i].begins_new_page);
            }
        }
    }
}

TEST(Flow, keeps_a_heading_with_its_first_line) {
    std::vector<Block> blocks(3);
    blocks[0].height = 600;
    blocks[1] = {.height = 27, .is_kept_with_next = true};
    blocks[2].height = 30;
    const std::vector<PlacedBlock> placed = place_blocks(blocks, area);
    EXPECT_EQ(placed[1].page, 1);
    EXPECT_EQ(placed[2].page, 1);
}

TEST(Flow, fills_the_page_with_what_grows) {
    std::vector<Block> blocks(2);
    blocks[0].height = 100;
    blocks[1] = {.height = 80, .gap = 10, .gap_stretch = 12, .grows = true};
    const std::vector<PlacedBlock> placed = place_blocks(blocks, area);
    EXPECT_DOUBLE_EQ(placed[1].top, 72 + 100 + 22);
    EXPECT_DOUBLE_EQ(placed[1].top + placed[1].height, area.bottom);
}

TEST(Typeset, breaks_within_the_width) {
    Typesetter& type = typesetter();
    const std::string text =
        "种豆苗的四个月，一天也没有忘记浇水。honorificabilitudinitatibus 12 本《草房子》。";
    for (const double width : {40.0, 90.0, 200.0, 499.0}) {
        for (const Line& line : type.paragraph(text, {.size = 12}, width, Language::zh)) {
            EXPECT_LE(line.width, width + 4) << width;  // a closing blank may hang
        }
    }
}

TEST(Typeset, shapes_a_text_once) {
    Typesetter& type = typesetter();
    const Line& first = type.line("一周一层", {.size = 12}, Language::zh);
    EXPECT_EQ(&first, &type.line("一周一层", {.size = 12}, Language::zh));
    EXPECT_NE(&first, &type.line("一周一层", {.size = 13}, Language::zh));
    EXPECT_NE(&first, &type.line("一周一层", {.face = Face::bold, .size = 12}, Language::zh));
}

TEST(Typeset, forgets_what_is_not_used_and_keeps_what_is) {
    Typesetter type;
    for (int i = 0; i < 20'000; ++i) {
        type.forget_old();
        (void)type.line("常用", {.size = 12}, Language::zh);
        EXPECT_GT(type.line(std::to_string(i), {.size = 9}, Language::zh).width, 0);
    }
    EXPECT_LE(type.remembered(), 9'000U);
}

TEST(Typeset, measures_square_characters) {
    if (!typesetter().has_house_font()) {
        GTEST_SKIP() << "needs fonts-lxgw-wenkai";
    }
    EXPECT_NEAR(typesetter().line("劳动与社会实践", {.size = 10}, Language::zh).width, 70, 0.01);
    EXPECT_EQ(typesetter().line("", {.size = 10}, Language::zh).width, 0);
}

TEST(Typeset, covers_all_bytes_of_a_line_with_clusters) {
    for (const char* text : {"买买提·艾力", "fi ffl 12.5%", "𠮷野家", "مرحبا 苏禾", "e\u0301"}) {
        for (const GlyphPiece& piece : typesetter().line(text, {.size = 12}, Language::zh).pieces) {
            int bytes = 0;
            int glyphs = 0;
            for (const cairo_text_cluster_t& cluster : piece.clusters) {
                bytes += cluster.num_bytes;
                glyphs += cluster.num_glyphs;
            }
            EXPECT_EQ(bytes, static_cast<int>(piece.text.size())) << text;
            EXPECT_EQ(glyphs, static_cast<int>(piece.glyphs.size())) << text;
        }
    }
}

Day day(int year, int month, int day_of_month) {
    return make_day({.year = year, .month = month, .day = day_of_month}).value();
}

TEST(Phrases, say_days_shortly) {
    const DayRange week{day(2027, 1, 12), day(2027, 1, 18)};
    const DayRange months{day(2027, 1, 28), day(2027, 2, 3)};
    const DayRange years{day(2026, 12, 28), day(2027, 1, 4)};
    EXPECT_EQ(printed_days(Language::zh, week), "2027年1月12日至18日");
    EXPECT_EQ(printed_days(Language::zh, months), "2027年1月28日至2月3日");
    EXPECT_EQ(printed_days(Language::zh, years), "2026年12月28日至2027年1月4日");
    EXPECT_EQ(printed_days(Language::en, week), "12 to 18 Jan 2027");
    EXPECT_EQ(printed_days(Language::en, months), "28 Jan to 3 Feb 2027");
    EXPECT_EQ(printed_days(Language::en, years), "28 Dec 2026 to 4 Jan 2027");
}

TEST(Phrases, round_coverage_half_up) {
    EXPECT_EQ(printed_percent(0), "0%");
    EXPECT_EQ(printed_percent(414'999), "41%");
    EXPECT_EQ(printed_percent(415'000), "42%");
    EXPECT_EQ(printed_percent(1'000'000), "100%");
}

double luminance(Colour colour) {
    return 0.2126 * colour.red + 0.7152 * colour.green + 0.0722 * colour.blue;
}

TEST(Colours, grow_darker_with_each_layer_on_grey_paper) {
    for (std::size_t content = 0; content < 6; ++content) {
        for (int layer = 1; layer < 4; ++layer) {
            const Mineral hue = mineral(content);
            EXPECT_LT(luminance(layer_colour(hue.fill, layer, 4)) + 0.03,
                      luminance(layer_colour(hue.fill, layer - 1, 4)));
        }
        EXPECT_LT(luminance(mineral(content).text), luminance(mineral(content).fill) + 1e-9);
    }
}

}  // namespace
}  // namespace agate::report
