// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <regex>
#include <sstream>

#include "base/file.h"
#include "pdf_tools.h"
#include "report/pdf_file.h"
#include "report/typeset.h"
#include "samples.h"

namespace agate::report {
namespace {

using testing::HasSubstr;
using testing::Not;

struct Case {
    std::string name;
    ChildPage page;
    int pages = 2;
};

void PrintTo(const Case& c, std::ostream* out) {
    *out << c.name;
}

std::string repeat(const std::string& text, int times) {
    std::string all;
    for (int i = 0; i < times; ++i) {
        all += text;
    }
    return all;
}

ChildPage with_name(const std::string& name) {
    ChildPage page = samples::full_page();
    page.student_name = name;
    return page;
}

ChildPage with_long_words() {
    ChildPage page = samples::full_page();
    page.teacher_words->text = repeat("做事有头有尾，愿意把喜欢的事接着做下去。", 90);
    page.family_words = {.text = repeat("在家里也常常自己收拾书桌。", 60), .name = "外婆"};
    page.child_words = {.text = "我想当一名厨师，做外婆家乡的味道，请全班同学吃一次。"};
    return page;
}

ChildPage with_long_strengths() {
    ChildPage page = samples::full_page();
    page.strengths[0].text = repeat("坚持做家务和值日，", 80);
    page.strengths[0].detail = repeat("家长和老师都确认过，", 20);
    page.strengths[1].text = repeat("honorificabilitudinitatibus", 12);
    return page;
}

ChildPage with_contents(std::size_t contents, std::size_t bands) {
    ChildPage page = samples::full_page();
    const ContentRow pattern = page.contents[0];
    page.contents.resize(contents, pattern);
    page.bands.resize(bands, "再加一档");
    for (std::size_t i = 0; i < contents; ++i) {
        page.contents[i].code = "B" + std::to_string(i);
        page.contents[i].band = static_cast<int>(i % bands);
        page.contents[i].previous = {{.band = 9, .position = -3}};  // of other bands
    }
    return page;
}

ChildPage with_many_highlights() {
    ChildPage page = samples::full_page();
    for (int week = 1; week <= 20; ++week) {
        page.highlights.push_back({.week = week, .text = repeat("把豆苗的样子画下来，", week)});
    }
    return page;
}

ChildPage with_unverified_wording() {
    ChildPage page = samples::full_page();
    page.contents[2].is_wording_verified = false;
    page.is_demo = true;
    return page;
}

std::vector<Case> cases() {
    return {
        {"full", samples::full_page()},
        {"english", samples::english_page()},
        {"empty", samples::empty_page()},
        {"unverified", with_unverified_wording()},
        {"nothing_at_all", ChildPage{}},
        {"four_character_name", with_name("欧阳慕容")},
        {"minority_name", with_name("阿卜杜热合曼·买买提依明·艾尔肯·图尔荪江")},
        {"name_with_rare_character", with_name("𠮷田䶮")},
        {"latin_name", with_name("Maximiliana Theodora Fitzgerald-Oppenheimer")},
        {"long_words", with_long_words(), 4},
        {"long_strengths", with_long_strengths(), 3},
        {"one_content", with_contents(1, 4)},
        {"eight_contents_six_bands", with_contents(8, 6), 3},
        {"two_bands", with_contents(5, 2)},
        {"many_highlights", with_many_highlights(), 5},
    };
}

class ChildReport : public testing::TestWithParam<Case> {
protected:
    void SetUp() override {
        if (!has_poppler() || !typesetter().has_house_font()) {
            GTEST_SKIP() << "needs poppler-utils and fonts-lxgw-wenkai";
        }
    }
};

// With AGATE_KEEP_REPORTS=FOLDER the files stay there, to be looked at.
TEST_P(ChildReport, has_its_pages) {
    const std::string pdf = child_pdf(GetParam().page);
    if (const char* folder = std::getenv("AGATE_KEEP_REPORTS"); folder != nullptr) {
        write_file(std::string{folder} + "/" + GetParam().name + ".pdf", pdf);
    }
    EXPECT_EQ(page_count(pdf), GetParam().pages);
}

TEST_P(ChildReport, keeps_all_text_inside_the_margins) {
    constexpr double least = 15 / 25.4 * 72;  // 15 mm
    const std::vector<WordBox> boxes = word_boxes(child_pdf(GetParam().page));
    EXPECT_FALSE(boxes.empty());
    for (const WordBox& box : boxes) {
        EXPECT_GE(box.left, least) << box.text;
        EXPECT_LE(box.right, page_width - least) << box.text;
        EXPECT_GE(box.top, least) << box.text;
        EXPECT_LE(box.bottom, page_height - least) << box.text;
    }
}

TEST_P(ChildReport, embeds_and_subsets_its_fonts) {
    const std::string fonts = run_on("pdffonts {}", child_pdf(GetParam().page)).value();
    const std::regex row("[A-Z]{6}\\+\\S+ .* yes yes yes +\\d+ +\\d+");
    std::istringstream lines(fonts);
    std::string line;
    std::getline(lines, line);
    std::getline(lines, line);
    int count = 0;
    for (; std::getline(lines, line); ++count) {
        EXPECT_TRUE(std::regex_search(line, row)) << line;
    }
    EXPECT_GE(count, 1);
}

TEST_P(ChildReport, gives_the_same_bytes_again) {
    const std::string first = child_pdf(GetParam().page);
    (void)child_pdf(samples::numbered_page(7));
    EXPECT_EQ(child_pdf(GetParam().page), first);
}

TEST_P(ChildReport, says_nothing_that_ranks) {
    const std::string text = squeezed_text(child_pdf(GetParam().page));
    for (const char* word : {"总分：", "第1名", "班级平均", "平均分", "百分位", "Rank"}) {
        EXPECT_THAT(text, Not(HasSubstr(word)));
    }
}

INSTANTIATE_TEST_SUITE_P(all, ChildReport, testing::ValuesIn(cases()), [](const auto& one) {
    return one.param.name;
});

// The text a reader can select, against tests/golden/report. AGATE_UPDATE_GOLDEN=1 writes it anew.
class GoldenText : public ChildReport {};

TEST_P(GoldenText, is_as_kept) {
    const std::string path =
        std::string{AGATE_SOURCE_DIR} + "/tests/golden/report/" + GetParam().name + ".txt";
    const std::string text = run_on("pdftotext -layout {} -", child_pdf(GetParam().page)).value();
    if (std::getenv("AGATE_UPDATE_GOLDEN") != nullptr) {
        write_file(path, text);
    }
    EXPECT_EQ(text, read_file(path));
}

INSTANTIATE_TEST_SUITE_P(some,
                         GoldenText,
                         testing::Values(Case{"full", samples::full_page()},
                                         Case{"english", samples::english_page()},
                                         Case{"empty", samples::empty_page()},
                                         Case{"unverified", with_unverified_wording()}),
                         [](const auto& one) { return one.param.name; });

TEST(ChildReportText, can_be_copied) {
    if (!has_poppler()) {
        GTEST_SKIP() << "needs poppler-utils";
    }
    const std::string text = squeezed_text(child_pdf(samples::full_page()));
    for (const char* part : {"苏禾",
                             "坚持做家务和值日，20周里有18周",
                             "证据偏少，先不比较",
                             "41%",
                             "公示2027年1月12日至18日，无异议",
                             "8f3ac21e90b47d15",
                             "第1页，共2页",
                             "第2页，共2页",
                             "E-2027-0041"}) {
        EXPECT_THAT(text, HasSubstr(part));
    }
}

TEST(ChildReportText, leaves_room_where_words_are_missing) {
    if (!has_poppler()) {
        GTEST_SKIP() << "needs poppler-utils";
    }
    EXPECT_THAT(squeezed_text(child_pdf(samples::full_page())), HasSubstr("签名日期"));
    ChildPage page = samples::full_page();
    page.family_words = {.text = "常常自己收拾书桌。", .name = "外婆"};
    page.child_words = {.text = "我想当一名厨师。"};
    EXPECT_THAT(squeezed_text(child_pdf(page)), Not(HasSubstr("签名")));
}

TEST(ChildReportFile, is_small) {
    if (!typesetter().has_house_font()) {
        GTEST_SKIP() << "needs fonts-lxgw-wenkai";
    }
    EXPECT_LE(child_pdf(samples::full_page()).size(), 80'000U);
    EXPECT_LE(child_pdf(samples::english_page()).size(), 40'000U);
}

TEST(ChildReportFile, carries_the_makers_time_only) {
    if (!has_poppler()) {
        GTEST_SKIP() << "needs poppler-utils";
    }
    const std::string info =
        run_on("pdfinfo -isodates {}", child_pdf(samples::full_page())).value_or("");
    EXPECT_THAT(info, HasSubstr("2027-01-20T"));
    EXPECT_THAT(info, HasSubstr("苏禾的综合素质报告书"));
}

TEST(ChildReportFile, refuses_a_band_that_is_none) {
    ChildPage page = samples::full_page();
    page.contents[1].band = 4;
    EXPECT_THROW(child_pdf(page), Bug);
}

TEST(ChildReportFile, hands_on_what_the_sink_throws) {
    const Sink full_disk = [](std::string_view) {
        throw Error(ErrorKind::unavailable, "disk_full");
    };
    EXPECT_THROW(write_child_report(full_disk, samples::full_page()), Error);
}

}  // namespace
}  // namespace agate::report
