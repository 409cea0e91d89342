// SPDX-License-Identifier: Apache-2.0
#include "exchange/sheet/xml.h"

#include <gtest/gtest.h>

#include <random>

#include "exchange/sheet/xml_scanner.h"

namespace agate::exchange {
namespace {

/// Everything a handler is told, texts joined.
struct Recorder : XmlHandler {
    std::string events;
    bool was_text = false;

    void start(std::string_view name, const Attributes& attributes) override {
        events += "\n<" + std::string{name};
        for (const auto* known : {"a", "r", "t", "s", "ref"}) {
            if (const auto value = attributes.get(known); !value.empty()) {
                events += " " + std::string{known} + "=" + std::string{value};
            }
        }
        was_text = false;
    }

    void end(std::string_view name) override {
        events += "\n>" + std::string{name};
        was_text = false;
    }

    void text(std::string_view text) override {
        if (text.empty()) {
            return;
        }
        events += was_text ? "" : "\n\"";
        events += text;
        was_text = true;
    }
};

struct Outcome {
    std::string events;
    std::string fault;
};

template <class Parser>
Outcome run(Parser& parser, const Recorder& recorder, std::string_view text, std::size_t step) {
    bool goes_on = true;
    for (std::size_t at = 0; goes_on && at < text.size(); at += step) {
        goes_on = parser.feed(text.substr(at, step), false);
    }
    if (goes_on) {
        static_cast<void>(parser.feed({}, true));
    }
    return {recorder.events, std::string{parser.fault()}};
}

Outcome by_expat(std::string_view text) {
    Recorder recorder;
    XmlParser parser{recorder, XmlEngine::expat};
    return run(parser, recorder, text, text.size() + 1);
}

Outcome by_scanner(std::string_view text, std::size_t step) {
    Recorder recorder;
    XmlScanner scanner{recorder};
    return run(scanner, recorder, text, step);
}

const std::vector<std::string> sound = {
    "<a/>",
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<a r=\"1\">姓名</a>\n",
    "\xef\xbb\xbf<x:a xmlns:x=\"u\" x:r='2'><x:b/>t</x:a>",
    "<a>&lt;&amp;&gt;&quot;&apos;&#65;&#x4E00;&#x1F600;</a>",
    "<a t=\"&quot;x&#10;y&apos;\" s='\"' r=\"a\tb\">\r\nline\rend\n</a>",
    "<a><!-- a <b> & comment --><b><![CDATA[<&>]]></b><?pi x?></a>",
    "<a ><b  r = \"1\" t='2' /></a >",
    "<a>]] &gt; ></a>",
    "<worksheet><sheetData><row r=\"1\"><c r=\"A1\" "
    "t=\"s\"><v>0</v></c></row></sheetData></worksheet>"};

const std::vector<std::string> broken = {"",
                                         "<a>",
                                         "<a></b>",
                                         "<a/><b/>",
                                         "x<a/>",
                                         "<a/>x",
                                         "<a r=1/>",
                                         "<a r=\"1\" r=\"2\"/>",
                                         "<a r=\"<\"/>",
                                         "<a>&x;</a>",
                                         "<a>&#0;</a>",
                                         "<a>\x01</a>",
                                         "<a>\xff\xfe</a>",
                                         "<a>&amp</a>",
                                         "<a r=\"1\"t=\"2\"/>",
                                         "<1/>",
                                         "< a/>",
                                         "<a><![CDATA[x</a>",
                                         "<a><!-- x</a>",
                                         "</a>",
                                         "<a>&#xD800;</a>",
                                         "<a",
                                         "<a r=\"1",
                                         "<a/ >"};

TEST(Xml, TheScannerSaysWhatExpatSays) {
    for (const auto& text : sound) {
        const auto expected = by_expat(text);
        ASSERT_EQ(expected.fault, "") << text;
        for (std::size_t step = 1; step <= text.size(); ++step) {
            const auto got = by_scanner(text, step);
            EXPECT_EQ(got.fault, "") << text << " in steps of " << step;
            EXPECT_EQ(got.events, expected.events) << text << " in steps of " << step;
        }
    }
}

TEST(Xml, BothRefuseWhatIsBroken) {
    for (const auto& text : broken) {
        EXPECT_EQ(by_expat(text).fault, "xml_broken") << text;
        for (const std::size_t step : {std::size_t{1}, text.size() + 1}) {
            EXPECT_EQ(by_scanner(text, step).fault, "xml_broken") << text;
        }
    }
    const std::string entity = "<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>";
    EXPECT_EQ(by_expat(entity).fault, "xml_has_dtd");
    EXPECT_EQ(by_scanner(entity, 1).fault, "xml_has_dtd");
}

TEST(Xml, WhateverExpatTakesTheScannerTakesAlike) {
    std::mt19937 random{1};
    const std::string letters = "<>/=\"'&; ab?!-[]#x1\n\r";
    int taken = 0;
    for (int round = 0; round < 20'000; ++round) {
        auto text = sound[random() % sound.size()];
        for (std::size_t i = 0, steps = 1 + random() % 3; i < steps && !text.empty(); ++i) {
            const auto at = random() % text.size();
            if (random() % 2 == 0) {
                text[at] = letters[random() % letters.size()];
            } else {
                text.erase(at, 1 + random() % 3);
            }
        }
        const auto expected = by_expat(text);
        if (!expected.fault.empty()) {
            continue;
        }
        ++taken;
        const auto got = by_scanner(text, 1 + random() % 40);
        ASSERT_EQ(got.fault, "") << text;
        ASSERT_EQ(got.events, expected.events) << text;
    }
    EXPECT_GT(taken, 500);
}

TEST(Xml, OtherEncodingsGoToExpat) {
    EXPECT_TRUE(
        XmlScanner::can_read("<?xml version='1.0' encoding='utf-8' standalone='yes'?><a/>"));
    EXPECT_TRUE(XmlScanner::can_read("<worksheet/>"));
    EXPECT_FALSE(XmlScanner::can_read("<?xml version='1.0' encoding='ISO-8859-1'?><a/>"));
    EXPECT_FALSE(XmlScanner::can_read("\xff\xfe<\0a\0/\0>\0"));
    EXPECT_FALSE(XmlScanner::can_read("<a/>"));  // too little to tell
    Recorder recorder;
    XmlParser parser{recorder};
    EXPECT_TRUE(parser.feed("<?xml version='1.0' encoding='ISO-8859-1'?><a>\xe9</a>", true));
    EXPECT_EQ(recorder.events, "\n<a\n\"é\n>a");
}

}  // namespace
}  // namespace agate::exchange
