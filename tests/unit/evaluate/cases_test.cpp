// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "base/words.h"
#include "case_file.h"

namespace agate::evaluate::testing {
namespace {

std::deque<Case> all_cases() {
    std::vector<std::filesystem::path> files;
    const std::filesystem::path folder = std::filesystem::path{AGATE_SOURCE_DIR} / "tests/cases";
    for (const char* name : {"evaluate", "fitness"}) {
        for (const auto& entry : std::filesystem::directory_iterator(folder / name)) {
            if (entry.path().extension() == ".txt") {
                files.push_back(entry.path());
            }
        }
    }
    std::sort(files.begin(), files.end());
    std::deque<Case> cases;
    for (const auto& file : files) {
        for (Case& one : read_cases(file)) {
            cases.push_back(std::move(one));
        }
    }
    return cases;
}

std::string text(const std::optional<Decimal>& value) {
    return value ? value->to_string() : "none";
}

std::string band_name(const framework::Plan& plan, const std::optional<BandIndex>& band) {
    return band ? plan.band_sets.at(0).bands.at(static_cast<std::size_t>(*band)).code : "none";
}

void check_result(const Case& now, const Expectation& expected, const NodeResult& result) {
    EXPECT_EQ(text(result.score), text(expected.score));
    EXPECT_EQ(result.is_exempt, expected.is_exempt);
    if (expected.band) {
        EXPECT_EQ(band_name(now.plan, result.band), *expected.band);
    }
    if (expected.computed_band) {
        EXPECT_EQ(band_name(now.plan, result.computed_band), *expected.computed_band);
    }
    if (expected.coverage_ppm) {
        EXPECT_EQ(result.coverage_ppm, *expected.coverage_ppm);
    }
    if (expected.records) {
        EXPECT_EQ(result.record_count, *expected.records);
    }
}

void check_input(const Case& now, const Expectation& expected, const NodeResult& result) {
    const auto id = now.ids.find(expected.label);
    for (const ReasonInput& input : result.inputs) {
        const bool is_record = id != now.ids.end() && input.evidence == std::vector{id->second};
        if (!is_record && input.label != expected.label) {
            continue;
        }
        if (expected.given) {
            EXPECT_EQ(text(input.given), text(expected.given));
        }
        if (expected.credited) {
            EXPECT_EQ(text(input.credited), text(expected.credited));
        }
        if (expected.weight) {
            EXPECT_EQ(text(input.weight), text(expected.weight));
        }
        return;
    }
    ADD_FAILURE() << "no input " << expected.label;
}

std::string describe_notes(const NodeResult& result) {
    std::string all;
    for (const ReasonNote& note : result.notes) {
        all += "\n  " + note.code;
        for (const MessageArg& arg : note.args) {
            all += " " + arg.name + "=" + arg.value;
        }
    }
    return all;
}

void check_note(const Expectation& expected, const NodeResult& result) {
    for (const ReasonNote& note : result.notes) {
        if (note.code != expected.code) {
            continue;
        }
        for (const auto& [name, value] : expected.args) {
            const auto arg = std::find_if(note.args.begin(), note.args.end(), [&](const auto& one) {
                return one.name == name;
            });
            ASSERT_NE(arg, note.args.end()) << name << describe_notes(result);
            EXPECT_EQ(arg->value, value) << name;
        }
        if (expected.evidence) {
            EXPECT_EQ(note.evidence, *expected.evidence);
        }
        return;
    }
    ADD_FAILURE() << "no note " << expected.code << "; there are:" << describe_notes(result);
}

/// Every sentence of the reasons can be said, with all its places filled.
void check_words(const SubjectResult& result) {
    for (const NodeResult& node : result.nodes) {
        for (const ReasonNote& note : node.notes) {
            for (const Language language : {Language::zh, Language::en}) {
                const std::string sentence = words().sentence(language, note.code, note.args);
                EXPECT_EQ(sentence.find('{'), std::string::npos) << sentence;
            }
        }
    }
}

void check(const Case& now) {
    SCOPED_TRACE(now.file + ":" + std::to_string(now.line) + " " + now.title);
    const SubjectResult result = evaluate(now.plan, now.period, now.subject, now.evidence);
    ASSERT_EQ(result.nodes.size(), now.plan.nodes.size());
    for (const Expectation& expected : now.expectations) {
        SCOPED_TRACE(now.file + ":" + std::to_string(expected.line) + " node " +
                     now.plan.node(expected.node).code);
        const NodeResult& node = result.nodes[static_cast<std::size_t>(expected.node)];
        switch (expected.kind) {
            case Expectation::Kind::result:
                check_result(now, expected, node);
                break;
            case Expectation::Kind::input:
                check_input(now, expected, node);
                break;
            case Expectation::Kind::note:
                check_note(expected, node);
                break;
            case Expectation::Kind::quiet:
                EXPECT_TRUE(node.notes.empty()) << describe_notes(node);
                break;
        }
    }
    check_words(result);
}

TEST(Cases, HoldInEveryOrderOfRecords) {
    std::mt19937 random(2026);
    const std::deque<Case> cases = all_cases();
    ASSERT_GE(cases.size(), 120U);
    for (const Case& one : cases) {
        check(one);
        Case shuffled = one;  // the views still point into `one`
        const SubjectResult first = evaluate(one.plan, one.period, one.subject, one.evidence);
        for (int i = 0; i < 5; ++i) {
            std::shuffle(shuffled.evidence.begin(), shuffled.evidence.end(), random);
            EXPECT_EQ(evaluate(one.plan, one.period, one.subject, shuffled.evidence), first)
                << one.title;
        }
    }
    RecordProperty("cases", static_cast<int>(cases.size()));
    std::cout << cases.size() << " cases read\n";
}

}  // namespace
}  // namespace agate::evaluate::testing
