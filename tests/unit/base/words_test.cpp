// SPDX-License-Identifier: Apache-2.0
#include "base/words.h"

#include <gtest/gtest.h>

#include <set>

#include "base/csv.h"
#include "base/text.h"

namespace agate {
namespace {

constexpr std::string_view code_letters = "abcdefghijklmnopqrstuvwxyz0123456789_";

/// The places of a sentence. A name may end in its language: {band_zh} beside {band_en}.
std::set<std::string> places_in(std::string_view sentence) {
    std::set<std::string> places;
    for (std::size_t open = sentence.find('{'); open != std::string_view::npos;
         open = sentence.find('{', open + 1)) {
        const std::size_t close = sentence.find('}', open);
        EXPECT_NE(close, std::string_view::npos) << sentence;
        std::string_view name = sentence.substr(open + 1, close - open - 1);
        if (name.ends_with("_zh") || name.ends_with("_en")) {
            name.remove_suffix(3);
        }
        if (name.find_first_not_of(code_letters) == std::string_view::npos) {
            places.emplace(name);
        }
    }
    return places;
}

std::string words_csv(std::string_view rows) {
    return "code,zh,en,mend_zh,mend_en\n" + std::string(rows);
}

TEST(Words, EveryRowIsWholeInBothLanguages) {
    for (const auto& file : embedded::words()) {
        EXPECT_TRUE(is_utf8(file.bytes)) << file.path;
        CsvReader reader(file.bytes);
        CsvRecord record;
        ASSERT_TRUE(reader.next(record));
        while (reader.next(record)) {
            const auto& row = record.fields;
            ASSERT_EQ(row.size(), 5U) << file.path << ":" << record.line;
            EXPECT_EQ(row[0].find_first_not_of(code_letters), std::string_view::npos) << row[0];
            EXPECT_EQ(places_in(row[1]), places_in(row[2])) << row[0];
            EXPECT_EQ(places_in(row[3]), places_in(row[4])) << row[0];
            for (std::size_t column = 1; column < 5; ++column) {
                EXPECT_EQ(row[column].find("!"), std::string_view::npos) << row[0];
                EXPECT_EQ(row[column].find("！"), std::string_view::npos) << row[0];
            }
        }
        EXPECT_TRUE(reader.problems().empty()) << file.path;
    }
    EXPECT_TRUE(words().has("disk_full"));
}

TEST(Words, SaysItInTheLanguageAsked) {
    const std::string text = words_csv(
        "too_low,{value} 太低,{value} is too low,改高,Raise it\n"
        "bare,只有话,Words only,,\n");
    const EmbeddedFile files[] = {{"x.csv", text}, {"README.md", "not words"}};
    const Words words(files);
    EXPECT_EQ(words.sentence(Language::zh, "too_low", {{"value", "3"}}), "3 太低");
    EXPECT_EQ(words.sentence(Language::en, "too_low", {{"value", "3"}}), "3 is too low");
    EXPECT_EQ(words.mend(Language::zh, "too_low"), "改高");
    EXPECT_EQ(words.mend(Language::en, "too_low"), "Raise it");
    EXPECT_EQ(words.mend(Language::en, "bare"), "");
    EXPECT_TRUE(words.has("bare"));
    EXPECT_FALSE(words.has("none"));
    EXPECT_THROW((void)words.sentence(Language::zh, "none"), Bug);
}

TEST(Words, RefusesFaultyFiles) {
    for (const std::string& text : {std::string(),
                                    std::string("code,zh,en\n"),
                                    words_csv("a,只有中文,,,\n"),
                                    words_csv("a,,English only,,\n"),
                                    words_csv(",没有代码,No code,,\n"),
                                    words_csv("a,话,Words,只有中文,\n"),
                                    words_csv("a,话,Words\n"),
                                    words_csv("a,话,Words,,\na,话,Words,,\n"),
                                    words_csv("a,\"话,Words,,\n")}) {
        const EmbeddedFile files[] = {{"x.csv", text}};
        EXPECT_THROW(Words{files}, Bug) << text;
    }
}

TEST(Words, LanguageIsChineseUnlessEnglishIsAsked) {
    EXPECT_EQ(parse_language("en"), Language::en);
    EXPECT_EQ(parse_language("en-GB"), Language::en);
    EXPECT_EQ(parse_language("zh-CN"), Language::zh);
    EXPECT_EQ(parse_language(""), Language::zh);
    EXPECT_EQ(parse_language("fr"), Language::zh);
}

}  // namespace
}  // namespace agate
