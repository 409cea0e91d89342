// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/text.h"
#include "making.h"

namespace agate::exchange {
namespace {

using test::take_all;
using testing::ElementsAre;
using testing::IsEmpty;

std::string utf16(std::string_view text, bool is_big) {
    std::string out = is_big ? "\xfe\xff" : "\xff\xfe";
    const auto unit = [&](unsigned value) {
        const auto high = static_cast<char>(value >> 8), low = static_cast<char>(value & 0xff);
        out += is_big ? high : low;
        out += is_big ? low : high;
    };
    // Enough for the test: ASCII, three-byte and four-byte characters.
    for (std::size_t i = 0; i < text.size();) {
        const auto byte = [&](std::size_t k) { return static_cast<unsigned char>(text[i + k]); };
        if (byte(0) < 0x80) {
            unit(byte(0));
            i += 1;
        } else if (byte(0) < 0xf0) {
            unit((byte(0) & 0xfU) << 12 | (byte(1) & 0x3fU) << 6 | (byte(2) & 0x3fU));
            i += 3;
        } else {
            const unsigned code = (byte(0) & 7U) << 18 | (byte(1) & 0x3fU) << 12 |
                                  (byte(2) & 0x3fU) << 6 | (byte(3) & 0x3fU);
            unit(0xd800 + ((code - 0x10000) >> 10));
            unit(0xdc00 + (code & 0x3ff));
            i += 4;
        }
    }
    return out;
}

TEST(TextTable, EveryEncodingGivesTheSameRows) {
    const std::string text = "姓名,学号\r\n王𠮷,0101\r\n";

    struct Case {
        std::string bytes, encoding;
    };

    for (const auto& one : {Case{text, "utf-8"},
                            Case{"\xef\xbb\xbf" + text, "utf-8-bom"},
                            Case{utf8_to_gb18030(text), "gb18030"},
                            Case{utf16(text, false), "utf-16le"},
                            Case{utf16(text, true), "utf-16be"}}) {
        const auto taken = take_all(one.bytes);
        EXPECT_EQ(taken.report.encoding, one.encoding);
        EXPECT_THAT(taken.report.problems, IsEmpty()) << one.encoding;
        EXPECT_THAT(taken.rows,
                    ElementsAre(ElementsAre("姓名", "学号"), ElementsAre("王𠮷", "0101")))
            << one.encoding;
    }
}

TEST(TextTable, TabsAndSemicolonsPartFields) {
    EXPECT_THAT(take_all("a\tb\n1\t2\n").rows,
                ElementsAre(ElementsAre("a", "b"), ElementsAre("1", "2")));
    EXPECT_THAT(take_all("a;b\n1;2\n").rows,
                ElementsAre(ElementsAre("a", "b"), ElementsAre("1", "2")));
}

TEST(TextTable, KeepsLinesOfRowsWithLineBreaksInside) {
    const auto taken = take_all("a,b\n\"x\ny\",2\n\n3,4\n");
    EXPECT_THAT(taken.numbers, ElementsAre(1, 2, 5));
}

TEST(TextTable, FaultsHaveTheirPlace) {
    const auto taken = take_all("a,b\n\"x,2\n", {.file = "r.csv"});
    ASSERT_THAT(test::codes_of(taken.report.problems), ElementsAre("csv_open_quote"));
    EXPECT_EQ(taken.report.problems[0].where.file, "r.csv");
    EXPECT_EQ(taken.report.problems[0].where.row, 2);
}

TEST(TextTable, AShortLastLineWithoutAnEndIsSuspected) {
    EXPECT_THAT(test::codes_of(take_all("a,b,c\n1,2,3\n4,5").report.problems),
                ElementsAre("text_perhaps_cut_off"));
    EXPECT_THAT(take_all("a,b,c\n1,2,3\n4,5\n").report.problems, IsEmpty());
}

TEST(TextTable, AGuardedFormulaComesBackWithoutItsApostrophe) {
    EXPECT_THAT(take_all("a,b,c\n'=1+1,'0101,'-3\n").rows[1], ElementsAre("=1+1", "'0101", "-3"));
}

}  // namespace
}  // namespace agate::exchange
