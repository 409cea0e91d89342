// SPDX-License-Identifier: Apache-2.0
#include "evaluate/packed.h"

#include <gtest/gtest.h>

#include "base/error.h"
#include "evaluate/batch.h"
#include "evaluate/evaluate.h"
#include "evaluate/explain.h"
#include "random_plan.h"

namespace agate::evaluate::testing {
namespace {

const DayRange period{*parse_day("2026-09-01"), *parse_day("2026-10-15")};

/// A school of random records, packed as an image has them, and as the engine's other door wants
/// them.
struct School {
    explicit School(std::uint32_t seed, int subjects = 40) {
        Dice dice(seed);
        plan = random_plan(dice);
        RecordPacker packer(period);
        for (int i = 0; i < subjects; ++i) {
            Subject subject;
            subject.sex = dice.one_in(2) ? Sex::male : Sex::female;
            subject.grade = dice.pick(1, 12);
            if (dice.one_in(4)) {
                subject.exempt.push_back(dice.pick(0, plan.root()));
            }
            if (dice.one_in(3)) {
                subject.belongs.push_back({period.from + 5, period.to - 5});
                subject.grades.push_back({period.from + 9, 3});
            }
            auto list = random_evidence(dice, plan, period, dice.pick(0, 80));
            std::erase_if(list, [](const Evidence& one) { return !period.contains(one.day); });
            std::sort(list.begin(), list.end(), [](const Evidence& a, const Evidence& b) {
                return is_later(b, a);
            });
            std::vector<Record> packed;
            for (const Evidence& one : list) {
                packed.push_back(packer.pack(one));
            }
            subject_list.push_back(subject);
            evidence.push_back(std::move(list));
            records.push_back(std::move(packed));
        }
        words = packer.take();
        for (std::size_t i = 0; i < records.size(); ++i) {
            entries.push_back({subject_list[i], records[i]});
        }
    }

    [[nodiscard]] std::vector<std::string> pack(int threads) const {
        const Program program(plan);
        return pack_all({.school = program,
                         .national = nullptr,
                         .words = words,
                         .period = period,
                         .entries = entries,
                         .threads = threads});
    }

    framework::Plan plan;
    RecordWords words;
    std::vector<Subject> subject_list;
    std::vector<std::vector<Evidence>> evidence;
    std::vector<std::vector<Record>> records;
    std::vector<BatchEntry> entries;
};

TEST(Packed, SaysWhatTheEngineSays) {
    for (std::uint32_t seed = 1; seed <= 30; ++seed) {
        const School school(seed);
        const Program program(school.plan);
        const auto rows = school.pack(1);
        for (std::size_t i = 0; i < rows.size(); ++i) {
            SCOPED_TRACE(seed * 1000 + i);
            const auto result = unpack_result(rows[i]);
            EXPECT_EQ(result.subject, school.subject_list[i]);
            EXPECT_EQ(result.record_count, school.records[i].size());
            EXPECT_TRUE(result.is_national_alike);
            EXPECT_EQ(result.national, result.school);
            EXPECT_EQ(unpack_values(rows[i]), result.school.values);
            EXPECT_EQ(pack_again(result), rows[i]);
            EXPECT_EQ(evaluate_values(program, period, school.subject_list[i], school.evidence[i]),
                      result.school.values);
            // explain throws when one figure differs.
            const auto reasons = explain(
                program, period, school.subject_list[i], result.school.values, school.evidence[i]);
            for (const LeafTrace& leaf : result.school.leaves) {
                const auto& node = reasons.nodes[static_cast<std::size_t>(leaf.node)];
                EXPECT_EQ(node.record_count, static_cast<int>(leaf.records.size()));
            }
        }
    }
}

/// The compact trace agrees with the reasons: what was credited to each record of a points leaf.
TEST(Packed, ClipsAreTheCreditsThatDiffer) {
    int clips = 0;
    for (std::uint32_t seed = 1; seed <= 30; ++seed) {
        const School school(seed);
        const auto rows = school.pack(1);
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const auto result = unpack_result(rows[i]);
            const auto reasons =
                evaluate(school.plan, period, school.subject_list[i], school.evidence[i]);
            for (const LeafTrace& leaf : result.school.leaves) {
                std::map<EvidenceId, Decimal> credited;
                for (const Clip& clip : leaf.clips) {
                    credited[school.evidence[i][leaf.records[clip.place]].evidence_id] =
                        clip.credited;
                    ++clips;
                }
                const auto& node = school.plan.node(leaf.node);
                if (!std::holds_alternative<framework::PointsMeasure>(*node.measure)) {
                    EXPECT_TRUE(leaf.clips.empty());
                    continue;
                }
                for (const auto& input :
                     reasons.nodes[static_cast<std::size_t>(leaf.node)].inputs) {
                    const auto found = credited.find(input.evidence.front());
                    EXPECT_EQ(found == credited.end() ? input.given : found->second,
                              input.credited);
                }
            }
        }
    }
    EXPECT_GT(clips, 100);
}

TEST(Packed, TheSameBytesForAnyNumberOfThreads) {
    const School school(7, 700);
    const auto one = school.pack(1);
    EXPECT_EQ(school.pack(2), one);
    EXPECT_EQ(school.pack(9), one);
}

TEST(Packed, KeepsTwoEvaluations) {
    School school(3, 5);
    framework::Plan other = school.plan;
    for (auto& node : other.nodes) {
        node.decimals = 0;
    }
    const Program program(school.plan), national(other);
    const auto rows = pack_all({.school = program,
                                .national = &national,
                                .words = school.words,
                                .period = period,
                                .entries = school.entries});
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto result = unpack_result(rows[i]);
        EXPECT_FALSE(result.is_national_alike);
        EXPECT_EQ(result.national.values,
                  evaluate_values(national, period, school.subject_list[i], school.evidence[i]));
        EXPECT_EQ(unpack_national_values(rows[i]), result.national.values);
        EXPECT_EQ(pack_again(result), rows[i]);
    }
}

TEST(Packed, RefusesEveryTruncation) {
    const School school(5, 3);
    for (const std::string& row : school.pack(1)) {
        for (std::size_t length = 0; length < row.size(); ++length) {
            EXPECT_THROW((void)unpack_result(std::string_view(row).substr(0, length)), Error);
        }
        EXPECT_THROW((void)unpack_result(row + "x"), Error);
    }
}

TEST(Packed, KeepsFiguresAtTheLimits) {
    PackedResult result;
    result.subject.grade = -5;
    result.subject.belongs = {{Day{-2'000'000'000}, Day{100}}};
    result.record_count = UINT32_MAX;
    for (const std::int64_t score : {INT64_MIN,
                                     INT64_MIN + 1,
                                     std::int64_t{-1},
                                     std::int64_t{0},
                                     std::int64_t{853'000'000'00},
                                     INT64_MAX}) {
        result.school.values.push_back({.score = score, .has_score = true});
    }
    result.school.values.push_back({.coverage_ppm = -1,
                                    .record_count = INT32_MAX,
                                    .band = 127,
                                    .computed_band = 0,
                                    .is_exempt = true});
    result.school.leaves = {
        {.node = INT32_MAX,
         .records = {0, 1, UINT32_MAX},
         .clips = {{.leaf = 0, .place = 2, .credited = Decimal::from_nano(-7)}}}};
    result.national = result.school;
    EXPECT_EQ(unpack_result(pack_again(result)), result);
}

TEST(Explain, RefusesFiguresThatAreNotRepeated) {
    const School school(11, 3);
    const Program program(school.plan);
    auto values = unpack_values(school.pack(1)[0]);
    values.back().coverage_ppm += 1;
    try {
        (void)explain(program, period, school.subject_list[0], values, school.evidence[0]);
        FAIL();
    } catch (const Error& error) {
        EXPECT_EQ(error.code, "result_not_repeated");
    }
}

}  // namespace
}  // namespace agate::evaluate::testing
