// SPDX-License-Identifier: Apache-2.0
#include "base/text.h"

#include <gtest/gtest.h>

#include "base/error.h"

namespace agate {
namespace {

using namespace std::string_view_literals;

void append_utf8(std::string& out, unsigned point) {
    const auto put = [&](unsigned byte) { out += static_cast<char>(byte); };
    if (point < 0x80) {
        put(point);
    } else if (point < 0x800) {
        put(0xc0 | point >> 6);
        put(0x80 | (point & 0x3f));
    } else if (point < 0x10000) {
        put(0xe0 | point >> 12);
        put(0x80 | (point >> 6 & 0x3f));
        put(0x80 | (point & 0x3f));
    } else {
        put(0xf0 | point >> 18);
        put(0x80 | (point >> 12 & 0x3f));
        put(0x80 | (point >> 6 & 0x3f));
        put(0x80 | (point & 0x3f));
    }
}

TEST(Utf8, IsCheckedAsRfc3629Says) {
    EXPECT_TRUE(is_utf8(""));
    EXPECT_TRUE(is_utf8("plain text of more than eight bytes, 玛瑙, 𠮷"));
    for (const auto text : {"\x80"sv,
                            "\xc0\xaf"sv,
                            "\xc1\xbf"sv,
                            "\xe0\x80\xaf"sv,
                            "\xed\xa0\x80"sv,
                            "\xf0\x80\x80\x80"sv,
                            "\xf4\x90\x80\x80"sv,
                            "\xf5\x80\x80\x80"sv,
                            "\xff"sv,
                            "玛\xe7\x91"sv,
                            "eight888\xe7"sv}) {
        EXPECT_FALSE(is_utf8(text)) << text;
        EXPECT_EQ(count_characters(text), 0U);
    }
}

TEST(Utf8, CountsCharacters) {
    EXPECT_EQ(count_characters("abc"), 3U);
    EXPECT_EQ(count_characters("玛瑙 𠮷 é"), 6U);
}

TEST(Gb18030, ReadsWhatWindowsWrites) {
    EXPECT_EQ(gb18030_to_utf8("\xd0\xd5\xc3\xfb,\xc4\xea\xbc\xb6\r\n"), "姓名,年级\r\n");
    EXPECT_EQ(gb18030_to_utf8("\x95\x34\xb2\x35"), "𠮷");
    EXPECT_EQ(gb18030_to_utf8(""), "");
}

TEST(Gb18030, RefusesOtherBytes) {
    EXPECT_EQ(gb18030_to_utf8("\xd0"), std::nullopt);
    EXPECT_EQ(gb18030_to_utf8("\xd0\x20"), std::nullopt);
    EXPECT_EQ(gb18030_to_utf8("abc\xff\xff"), std::nullopt);
    EXPECT_EQ(gb18030_to_utf8("\x81\x30\x81"), std::nullopt);
}

TEST(Gb18030, EveryCharacterGoesRoundTrip) {
    std::string text;
    for (unsigned point = 1; point < 0x30000; ++point) {
        const bool is_surrogate = point >= 0xd800 && point < 0xe000;
        if (!is_surrogate) {
            append_utf8(text, point);
        }
    }
    EXPECT_TRUE(is_utf8(text));
    EXPECT_EQ(gb18030_to_utf8(utf8_to_gb18030(text)), text);
}

TEST(Text, TrimsEveryBlankThatSheetsHold) {
    EXPECT_EQ(trim("  张三\t\r\n"), "张三");
    EXPECT_EQ(trim("　张 三\xc2\xa0"), "张 三");
    EXPECT_EQ(trim("\xef\xbb\xbf学号"), "学号");
    EXPECT_EQ(trim(" 　\xc2\xa0"), "");
    EXPECT_EQ(trim(""), "");
}

TEST(Text, FoldsWidthButNotChinese) {
    EXPECT_EQ(fold_width("ＡＢｃ１２（３）～　！"), "ABc12(3)~ !");
    EXPECT_EQ(fold_width("〇、。玛瑙"), "〇、。玛瑙");
    EXPECT_EQ(fold_width("\xef\xbc"), "\xef\xbc");
    EXPECT_EQ(fold_key(" 身高 （ＣＭ）\xc2\xa0"), "身高(cm)");
    EXPECT_EQ(fold_key("Student　No."), "studentno.");
}

TEST(Text, FoldsEachFullWidthFormToItsAscii) {
    for (unsigned point = 0xff01; point <= 0xff5e; ++point) {
        std::string wide;
        append_utf8(wide, point);
        EXPECT_EQ(fold_width(wide), std::string(1, static_cast<char>(point - 0xff01 + 0x21)));
    }
}

TEST(Text, SplitsAndKeepsEmptyParts) {
    EXPECT_EQ(split("a,,b,", ','), (std::vector<std::string_view>{"a", "", "b", ""}));
    EXPECT_EQ(split("", ','), (std::vector<std::string_view>{""}));
}

TEST(Text, FillsPlaces) {
    const MessageArgs args = {{"value", "1.42"}, {"low", "80"}, {"odd", "{low}"}};
    EXPECT_EQ(fill("{value} 不在 {low} 以上", args), "1.42 不在 80 以上");
    EXPECT_EQ(fill("{none} {low", args), "{none} {low");
    EXPECT_EQ(fill("{{low}}", args), "{80}");
    EXPECT_EQ(fill("{odd}", args), "{low}");
    EXPECT_EQ(fill("", args), "");
}

}  // namespace
}  // namespace agate
