// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "base/crypto.h"
#include "base/text.h"

namespace agate {
namespace {

TEST(Pinyin, OrdersNamesAsAClassListDoes) {
    const auto comes_before = [](std::string_view a, std::string_view b) {
        return pinyin_sort_key(a) < pinyin_sort_key(b);
    };
    const std::pair<std::string_view, std::string_view> pairs[] = {
        {"赵一", "Anna"},   {"艾米", "安然"},     {"安然", "蔡明"},   {"陈一", "陈一一"},
        {"于一", "曾一"},   {"曾一", "张一"},     {"山一", "单一"},   {"单一", "邵一"},
        {"肖一", "解一"},   {"解一", "辛一"},     {"程一", "重庆"},   {"重庆", "褚一"},
        {"倪一", "区一"},   {"区一", "潘一"},     {"庞一", "朴一"},   {"朴一", "平一"},
        {"戚一", "仇一"},   {"仇一", "屈一"},     {"于一", "翟一"},   {"翟一", "张一"},
        {"余一", "尉迟一"}, {"尉迟一", "袁一"},   {"孟一", "缪一"},   {"缪一", "闵一"},
        {"凯一", "阚一"},   {"阚一", "康一"},     {"米一", "万俟一"}, {"万俟一", "牟一"},
        {"李重庆", "李褚"}, {"李长江", "李朝一"}, {"许一", "乐一"},   {"乐一", "云一"},
    };
    for (const auto& [first, second] : pairs) {
        EXPECT_TRUE(comes_before(first, second)) << first << " before " << second;
    }
}

TEST(Pinyin, KeysTellDifferentNamesApart) {
    EXPECT_NE(pinyin_sort_key("增一"), pinyin_sort_key("曾一"));
    EXPECT_NE(pinyin_sort_key("张珊"), pinyin_sort_key("张姗"));
    EXPECT_EQ(pinyin_sort_key("张珊"), pinyin_sort_key("张珊"));
}

TEST(Pinyin, SurvivesAnyBytes) {
    const auto random = seeded_random(11);
    std::vector<std::uint8_t> bytes(300);
    for (int i = 0; i < 200; ++i) {
        random(bytes);
        const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
        EXPECT_FALSE(pinyin_sort_key(text).empty());
        EXPECT_TRUE(is_utf8(pinyin(text)));
    }
    EXPECT_EQ(pinyin(""), "");
}

TEST(Pinyin, ReadsNames) {
    const std::pair<std::string_view, std::string_view> cases[] = {
        {"曾小明", "zeng xiao ming"},
        {"单依纯", "shan yi chun"},
        {"解晓东", "xie xiao dong"},
        {"吕布", "lu bu"},
        {"李重庆", "li chong qing"},
        {"欧阳雪", "ou yang xue"},
        {"Anna Wu", "anna wu"},
        {"翟天", "zhai tian"},
    };
    for (const auto& [name, read] : cases) {
        EXPECT_EQ(pinyin(name), read);
    }
}

}  // namespace
}  // namespace agate
