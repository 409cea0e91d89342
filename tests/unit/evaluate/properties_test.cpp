// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>

#include "base/words.h"
#include "random_plan.h"

// What must hold of every framework and every set of records.
namespace agate::evaluate::testing {
namespace {

const DayRange period{*parse_day("2026-09-01"), *parse_day("2026-10-15")};

constexpr int rounds = 400;

/// Calls `check(dice, plan, subject, evidence)` for many random samples.
template <class Check>
void for_samples(std::uint32_t seed, Check check) {
    for (std::uint32_t i = 0; i < rounds && !::testing::Test::HasFailure(); ++i) {
        SCOPED_TRACE("sample " + std::to_string(seed + i));
        Dice dice(seed + i);
        const framework::Plan plan = random_plan(dice);
        Subject subject;
        if (dice.one_in(4)) {
            subject.exempt.push_back(dice.pick(0, plan.root()));
        }
        if (dice.one_in(4)) {
            subject.belongs.push_back({period.from + 5, period.to - 5});
        }
        const auto evidence = random_evidence(dice, plan, period, dice.pick(0, 80));
        check(dice, plan, subject, evidence);
    }
}

bool is_points(const framework::Node& node) {
    return node.measure && std::holds_alternative<framework::PointsMeasure>(*node.measure);
}

/// More of a good thing never counts for less: points with a rising curve, completion, awards.
bool is_monotone(const framework::Node& node) {
    return node.measure && (is_points(node) ||
                            std::holds_alternative<framework::CompletionMeasure>(*node.measure) ||
                            std::holds_alternative<framework::AwardMeasure>(*node.measure));
}

TEST(Properties, OrderOfRecordsDoesNotMatter) {
    for_samples(1000, [](Dice& dice, const auto& plan, const auto& subject, auto evidence) {
        const SubjectResult first = evaluate(plan, period, subject, evidence);
        EXPECT_EQ(evaluate(plan, period, subject, evidence), first);
        for (int i = 0; i < 3; ++i) {
            dice.shuffle(evidence);
            EXPECT_EQ(evaluate(plan, period, subject, evidence), first);
        }
    });
}

TEST(Properties, ScoresStayInRangeAndCoverageIsAShare) {
    for_samples(3000, [](Dice&, const auto& plan, const auto& subject, const auto& evidence) {
        const SubjectResult result = evaluate(plan, period, subject, evidence);
        for (const NodeResult& node : result.nodes) {
            const framework::Node& rule = plan.node(node.node);
            EXPECT_GE(node.coverage_ppm, 0);
            EXPECT_LE(node.coverage_ppm, 1'000'000);
            if (node.is_exempt) {
                EXPECT_FALSE(node.score);
                EXPECT_EQ(node.coverage_ppm, 0);
            }
            if (!node.score) {
                EXPECT_FALSE(node.band);
                EXPECT_TRUE(node.is_exempt || !node.notes.empty()) << "no result needs a reason";
                continue;
            }
            EXPECT_GE(*node.score, rule.low);
            EXPECT_LE(*node.score, rule.high);
            EXPECT_LE(node.score->decimals(), rule.decimals);
            EXPECT_TRUE(!node.computed_band || *node.computed_band > *node.band);
        }
    });
}

TEST(Properties, AParentLiesBetweenItsChildren) {
    for_samples(4000, [](Dice&, const auto& plan, const auto& subject, const auto& evidence) {
        const SubjectResult result = evaluate(plan, period, subject, evidence);
        for (const NodeResult& node : result.nodes) {
            const framework::Node& rule = plan.node(node.node);
            if (!node.score || rule.children.empty() ||
                rule.missing == framework::MissingPolicy::zero) {
                continue;
            }
            Decimal low = rule.high;
            Decimal high = rule.low;
            for (const NodeIndex child : rule.children) {
                if (const auto& score = result.nodes[static_cast<std::size_t>(child)].score) {
                    low = std::min(low, *score);
                    high = std::max(high, *score);
                }
            }
            EXPECT_GE(*node.score, low.rounded(rule.decimals));
            EXPECT_LE(*node.score, high.rounded(rule.decimals));
        }
    });
}

/// The coverage of every node is the same under every policy for missing children.
TEST(Properties, CoverageDoesNotDependOnThePolicy) {
    for_samples(5000, [](Dice&, const auto& plan, const auto& subject, const auto& evidence) {
        const SubjectResult first = evaluate(plan, period, subject, evidence);
        for (const auto policy : {framework::MissingPolicy::renormalise,
                                  framework::MissingPolicy::zero,
                                  framework::MissingPolicy::block}) {
            framework::Plan changed = plan;
            for (framework::Node& node : changed.nodes) {
                node.missing = policy;
            }
            const SubjectResult result = evaluate(changed, period, subject, evidence);
            for (std::size_t i = 0; i < result.nodes.size(); ++i) {
                EXPECT_EQ(result.nodes[i].coverage_ppm, first.nodes[i].coverage_ppm);
            }
        }
    });
}

TEST(Properties, ARecordThatDoesNotCountChangesNothingButItsNote) {
    for_samples(6000, [](Dice& dice, const auto& plan, const auto& subject, auto evidence) {
        const SubjectResult before = evaluate(plan, period, subject, evidence);
        Evidence outside = random_record(dice, plan, period, 90'000);
        outside.day = period.to + 1;
        evidence.push_back(outside);
        Evidence unknown = random_record(dice, plan, period, 90'001);
        unknown.reason = "no such reason";
        evidence.push_back(unknown);
        const SubjectResult after = evaluate(plan, period, subject, evidence);
        for (std::size_t i = 0; i < before.nodes.size(); ++i) {
            EXPECT_EQ(before.nodes[i].score, after.nodes[i].score);
            EXPECT_EQ(before.nodes[i].band, after.nodes[i].band);
            EXPECT_EQ(before.nodes[i].coverage_ppm, after.nodes[i].coverage_ppm);
            EXPECT_EQ(before.nodes[i].record_count, after.nodes[i].record_count);
            EXPECT_EQ(before.nodes[i].inputs, after.nodes[i].inputs);
        }
    });
}

/// An earlier rating that a later one of the same rater replaced counts again when that is voided,
/// and says nothing while it stands.
TEST(Properties, OnlyTheLatestRatingOfARaterSpeaks) {
    for_samples(7000, [](Dice&, const auto& plan, const auto& subject, const auto& evidence) {
        const SubjectResult all = evaluate(plan, period, subject, evidence);
        std::vector<Evidence> kept;
        for (const Evidence& record : evidence) {
            bool is_replaced = false;
            for (const NodeResult& node : all.nodes) {
                for (const ReasonNote& note : node.notes) {
                    is_replaced =
                        is_replaced || (note.code == "rating_replaced" &&
                                        std::find(note.evidence.begin(),
                                                  note.evidence.end(),
                                                  record.evidence_id) != note.evidence.end());
                }
            }
            if (!is_replaced || plan.reasons.at(std::string{record.reason}).leaves.size() > 1) {
                kept.push_back(record);
            }
        }
        const SubjectResult after = evaluate(plan, period, subject, kept);
        for (std::size_t i = 0; i < all.nodes.size(); ++i) {
            EXPECT_EQ(all.nodes[i].score, after.nodes[i].score);
        }
    });
}

TEST(Properties, MoreOfAGoodThingNeverCountsForLess) {
    for_samples(8000, [](Dice& dice, const auto& plan, const auto& subject, auto evidence) {
        const SubjectResult before = evaluate(plan, period, subject, evidence);
        Evidence more = random_record(dice, plan, period, 90'000);
        more.value = dice.tenths(0, 50);
        evidence.push_back(more);
        const SubjectResult after = evaluate(plan, period, subject, evidence);
        for (std::size_t i = 0; i < before.nodes.size(); ++i) {
            if (is_monotone(plan.nodes[i]) && before.nodes[i].score &&
                before.nodes[i].record_count) {
                ASSERT_TRUE(after.nodes[i].score);
                EXPECT_GE(*after.nodes[i].score, *before.nodes[i].score) << plan.nodes[i].code;
            }
        }
    });
}

TEST(Properties, CreditedPointsMakeTheTotal) {
    for_samples(9000, [](Dice&, const auto& plan, const auto& subject, const auto& evidence) {
        const SubjectResult result = evaluate(plan, period, subject, evidence);
        for (const NodeResult& node : result.nodes) {
            const framework::Node& leaf = plan.node(node.node);
            if (!is_points(leaf) || node.inputs.empty()) {
                continue;
            }
            const auto& rule = std::get<framework::PointsMeasure>(*leaf.measure);
            if (!rule.curve.points.empty()) {
                continue;
            }
            Decimal sum = rule.base;
            for (const ReasonInput& input : node.inputs) {
                sum = sum + *input.credited;
            }
            EXPECT_EQ(*node.score, clamp(sum, rule.low, rule.high).rounded(leaf.decimals));
        }
    });
}

TEST(Properties, ExtremeValuesStayBounded) {
    for_samples(10'000, [](Dice& dice, const auto& plan, const auto& subject, auto evidence) {
        for (Evidence& record : evidence) {
            switch (dice.pick(0, 3)) {
                case 0:
                    record.value = Decimal::from_nano(INT64_MAX);
                    break;
                case 1:
                    record.value = Decimal::from_nano(INT64_MIN);
                    break;
                default:
                    record.value = Decimal::from_nano(dice.pick(-3, 3));
            }
        }
        const SubjectResult result = evaluate(plan, period, subject, evidence);
        for (const NodeResult& node : result.nodes) {
            if (node.score) {
                EXPECT_GE(*node.score, plan.node(node.node).low);
                EXPECT_LE(*node.score, plan.node(node.node).high);
            }
            for (const ReasonNote& note : node.notes) {
                EXPECT_EQ(words().sentence(Language::zh, note.code, note.args).find('{'),
                          std::string::npos);
            }
        }
    });
}

/// Large numbers of records of one child, and of one giver: no measure may be quadratic. Without a
/// bound on time: at ten thousand millions of steps this test would not end.
TEST(Properties, ManyRecordsOfOneChild) {
    Dice dice(42);
    const framework::Plan plan = random_plan(dice);
    const auto evidence = random_evidence(dice, plan, period, 100'000);
    const SubjectResult result = evaluate(plan, period, Subject{}, evidence);
    EXPECT_GT(result.nodes.back().record_count, 80'000);
}

}  // namespace
}  // namespace agate::evaluate::testing
