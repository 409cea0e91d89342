// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "pdf_tools.h"
#include "report/class_cover.h"
#include "samples.h"

namespace agate::report {
namespace {

using testing::HasSubstr;
using testing::Not;

std::string book_pdf(int children) {
    std::string bytes;
    ReportBook book([&bytes](std::string_view part) { bytes += part; },
                    "四年级2班",
                    samples::full_page().maker);
    book.begin_class(samples::cover());
    for (int number = 1; number <= children; ++number) {
        book.add(samples::numbered_page(number));
    }
    book.finish();
    return bytes;
}

TEST(ReportBook, begins_every_child_on_the_front_of_a_leaf) {
    std::size_t bytes = 0;
    ReportBook book([&bytes](std::string_view part) { bytes += part.size(); },
                    "四年级2班",
                    samples::full_page().maker);
    book.begin_class(samples::cover());
    EXPECT_EQ(book.pages(), 2);
    ChildPage talkative = samples::full_page();
    for (int i = 0; i < 6; ++i) {
        talkative.teacher_words->text += talkative.teacher_words->text;
    }
    book.add(talkative);
    const int with_first = book.pages();
    EXPECT_GT(with_first, 4);
    book.add(samples::english_page());
    EXPECT_EQ(book.pages(), with_first + with_first % 2 + 2);
    book.finish();
    EXPECT_GT(bytes, 10'000U);
}

TEST(ReportBook, says_the_same_as_the_single_reports) {
    if (!has_poppler()) {
        GTEST_SKIP() << "needs poppler-utils";
    }
    const std::string text = squeezed_text(book_pdf(3));
    for (int number = 1; number <= 3; ++number) {
        const ChildPage page = samples::numbered_page(number);
        EXPECT_THAT(text, HasSubstr(page.student_name));
        EXPECT_THAT(text, HasSubstr("学号" + page.student_number));
    }
    EXPECT_THAT(text, HasSubstr("共45份"));
    EXPECT_THAT(text, HasSubstr("怎么看一页报告"));
}

TEST(ReportBook, gives_the_same_bytes_again) {
    EXPECT_EQ(book_pdf(5), book_pdf(5));
}

TEST(ReportBook, grows_by_little_with_each_child) {
    const std::size_t few = book_pdf(20).size();
    const std::size_t many = book_pdf(60).size();
    const double per_page = static_cast<double>(many - few) / (40 * 2);
    EXPECT_LE(per_page, 8'000);
}

TEST(ReportBook, takes_nothing_after_its_end) {
    ReportBook book([](std::string_view) {}, "", samples::full_page().maker);
    book.add(samples::english_page());
    book.finish();
    EXPECT_THROW(book.add(samples::english_page()), Bug);
    EXPECT_THROW(book.finish(), Bug);
}

TEST(ClassOverview, never_prints_a_count_under_five) {
    if (!has_poppler()) {
        GTEST_SKIP() << "needs poppler-utils";
    }
    ClassCover cover = samples::cover();
    cover.student_count = 0;
    cover.overview.resize(1);
    cover.overview[0].bands = {4, 13, 17, 11};
    std::string bytes;
    ReportBook book([&bytes](std::string_view part) { bytes += part; }, "", cover.maker);
    book.begin_class(cover);
    book.finish();
    const std::string text = run_on("pdftotext -f 2 -l 2 -layout {} -", bytes).value_or("");
    EXPECT_THAT(text, Not(HasSubstr(" 4 ")));
    EXPECT_THAT(text, Not(HasSubstr(" 11 "))) << "4 could be worked out";
    EXPECT_THAT(text, HasSubstr("13"));
    EXPECT_THAT(text, HasSubstr("不显示"));
}

struct SuppressCase {
    std::vector<ShownCount> bands;
    ShownCount no_result;
    std::vector<ShownCount> expected;
    ShownCount expected_none;
};

TEST(Suppress, hides_few_and_what_gives_them_away) {
    const std::vector<SuppressCase> cases{
        {{6, 11, 19, 9}, 0, {6, 11, 19, 9}, 0},
        {{4, 11, 19, 9}, 0, {std::nullopt, 11, 19, std::nullopt}, 0},
        {{4, 3, 19, 9}, 0, {std::nullopt, std::nullopt, 19, 9}, 0},
        {{0, 11, 19, 9}, 0, {std::nullopt, 11, 19, std::nullopt}, 0},
        {{8, 11, 19, 9}, 2, {std::nullopt, 11, 19, 9}, std::nullopt},
        {{std::nullopt, 11, 19, 9}, 6, {std::nullopt, 11, 19, 9}, std::nullopt},
        {{2}, 0, {std::nullopt}, 0},
        {{}, 0, {}, 0},
    };
    for (const SuppressCase& c : cases) {
        const ShownRow shown = suppress({.bands = c.bands, .no_result = c.no_result});
        EXPECT_EQ(shown.bands, c.expected);
        EXPECT_EQ(shown.no_result, c.expected_none);
    }
}

TEST(Suppress, never_leaves_one_hidden_cell_among_shown_ones) {
    std::mt19937 random(17);
    for (int round = 0; round < 2000; ++round) {
        OverviewRow row;
        for (int band = 0; band < 4; ++band) {
            row.bands.push_back(static_cast<int>(random() % 14));
        }
        row.no_result = static_cast<int>(random() % 8);
        const ShownRow shown = suppress(row);
        int hidden = shown.no_result ? 0 : 1;
        for (const ShownCount& count : shown.bands) {
            hidden += count ? 0 : 1;
            EXPECT_GE(count.value_or(5), 5);
        }
        EXPECT_NE(hidden, 1);
    }
}

}  // namespace
}  // namespace agate::report
