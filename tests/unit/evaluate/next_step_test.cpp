// SPDX-License-Identifier: Apache-2.0
#include "evaluate/next_step.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "evaluate/evaluate.h"
#include "framework/compile.h"
#include "random_plan.h"

namespace agate::evaluate::testing {
namespace {

const DayRange period{*parse_day("2026-09-01"), *parse_day("2027-01-20")};

const framework::Plan& national() {
    static const framework::Plan plan = [] {
        auto outcome = framework::compile_pack(*framework::shipped_pack("cn-compulsory-2021"));
        return std::move(outcome.plans->school);
    }();
    return plan;
}

std::vector<Day> days_from(const char* first, int count) {
    std::vector<Day> days;
    for (int i = 0; i < count; ++i) {
        days.push_back(*parse_day(first) + i);
    }
    return days;
}

Evidence given(std::string_view reason, const char* day, std::uint8_t number) {
    Evidence record;
    record.evidence_id.bytes[15] = number;
    record.reason = reason;
    record.day = *parse_day(day);
    record.value = std::nullopt;
    record.rater = {1};
    return record;
}

/// The engine by its other door, with the further records as evidence.
BandIndex band_with(const framework::Plan& plan,
                    const StepInput& input,
                    NodeIndex node,
                    const std::vector<NextStep::Deed>& deeds) {
    std::vector<Evidence> all(input.evidence.begin(), input.evidence.end());
    std::uint8_t number = 100;
    for (const auto& deed : deeds) {
        const auto& reason = plan.reasons.at(deed.reason);
        for (int i = 0; i < deed.times; ++i) {
            Evidence record;
            record.evidence_id.bytes[0] = 0xFF;
            record.evidence_id.bytes[15] = number++;
            record.reason = reason.code;
            record.day = input.days[static_cast<std::size_t>(i)];
            const auto value = reason.default_value ? reason.default_value : reason.value_low;
            record.value = value ? value : std::optional{Decimal::from_int(1)};
            record.rater_kind = reason.givers.empty() ? RaterKind::teacher : reason.givers.front();
            record.rater = {999'999};
            all.push_back(record);
        }
    }
    const auto values = evaluate_values(input.program, input.period, input.subject, all);
    return values[static_cast<std::size_t>(node)].band;
}

TEST(NextStep, SaysWhatIsLeftToDo) {
    const auto& plan = national();
    const Program program(plan);
    const Subject subject;
    // Labour: enough kinds of records for every band's coverage, the scores just short of good.
    std::vector<Evidence> records;
    std::uint8_t number = 0;
    for (const auto& [code, reason] : plan.reasons) {
        const bool is_labour =
            !reason.leaves.empty() &&
            plan.node(*plan.node(*plan.node(reason.leaves[0]).parent).parent).code == "A5";
        if (is_labour && (reason.kind == framework::MeasureKind::points ||
                          reason.kind == framework::MeasureKind::completion)) {
            records.push_back(given(code, "2026-09-08", ++number));
        }
    }
    const auto days = days_from("2026-11-25", 30);
    const StepInput input{program, period, subject, records, days};
    const auto node = *plan.find("A5");
    const auto now = band_with(plan, input, node, {});
    const auto answer = find_next_step(input, node);
    ASSERT_TRUE(answer.step);
    EXPECT_GT(answer.step->band, now);
    EXPECT_EQ(band_with(plan, input, node, answer.step->deeds), answer.step->band);
}

TEST(NextStep, NothingIsLeftAtTheTopOrWithoutDays) {
    const auto& plan = national();
    const Program program(plan);
    const Subject subject;
    const std::vector<Evidence> none;
    const std::vector<Day> no_days;
    const auto answer = find_next_step({program, period, subject, none, no_days}, *plan.find("A5"));
    EXPECT_FALSE(answer.step);
    EXPECT_EQ(answer.why, NoStep::none_in_reach);
}

/// Every answer of up to four records is the one that trying everything finds; and where trying
/// everything finds none, neither does the search.
TEST(NextStep, AgreesWithTryingEverything) {
    const DayRange term{*parse_day("2026-09-01"), *parse_day("2026-10-15")};
    int found = 0, none = 0, pairs = 0;
    for (std::uint32_t seed = 1; seed <= 250; ++seed) {
        SCOPED_TRACE(seed);
        Dice dice(seed);
        framework::Plan plan = random_plan(dice);
        int position = 0;
        for (auto& [code, reason] : plan.reasons) {
            reason.position = position++;
            if (dice.one_in(2)) {
                reason.default_value = dice.tenths(5, 90);
            }
        }
        const Program program(plan);
        const Subject subject;
        auto records = random_evidence(dice, plan, term, dice.pick(0, 25));
        std::erase_if(records, [&](const Evidence& one) { return one.day > term.to - 12; });
        std::vector<Day> days;
        for (int i = 0; i < dice.pick(1, 3); ++i) {
            days.push_back(term.to - 10 + 2 * i);
        }
        const StepInput input{program, term, subject, records, days};
        NodeIndex node = -1;
        for (NodeIndex i = plan.root(); i >= 0 && node < 0; --i) {
            node = plan.node(i).band_set && !plan.node(i).children.empty() ? i : node;
        }
        if (node < 0) {
            continue;
        }
        const auto answer = find_next_step(input, node);
        // Everything, in the order in which answers are preferred.
        std::vector<const framework::Reason*> reasons;
        for (const auto& [code, reason] : plan.reasons) {
            const auto value = reason.default_value ? reason.default_value : reason.value_low;
            const bool is_completion = reason.kind == framework::MeasureKind::completion;
            const bool is_tried =
                (reason.kind == framework::MeasureKind::points && value && *value > Decimal{}) ||
                (is_completion && (!value || *value > Decimal{}));
            bool is_under = false;
            for (const auto leaf : reason.leaves) {
                for (std::optional<NodeIndex> up = leaf; up; up = plan.node(*up).parent) {
                    is_under = is_under || *up == node;
                }
            }
            if (is_tried && is_under) {
                reasons.push_back(&reason);
            }
        }
        const BandIndex now = band_with(plan, input, node, {});
        const auto& bands =
            plan.band_sets[static_cast<std::size_t>(*plan.node(node).band_set)].bands;
        if (now + 1 >= static_cast<int>(bands.size())) {
            EXPECT_EQ(answer.why, NoStep::at_the_top);
            continue;
        }
        std::optional<NextStep> wanted;
        const int most = static_cast<int>(days.size());
        for (int total = 1; total <= 2 * most && !wanted; ++total) {
            for (const auto* reason : reasons) {
                const std::vector<NextStep::Deed> deeds{{reason->code, total}};
                if (!wanted && total <= most && band_with(plan, input, node, deeds) > now) {
                    wanted = NextStep{deeds, band_with(plan, input, node, deeds)};
                }
            }
            for (std::size_t i = 0; i < reasons.size(); ++i) {
                for (std::size_t j = i + 1; j < reasons.size(); ++j) {
                    for (int a = std::min(total - 1, most); a >= 1; --a) {
                        const std::vector<NextStep::Deed> deeds{{reasons[i]->code, a},
                                                                {reasons[j]->code, total - a}};
                        if (!wanted && total - a <= most &&
                            band_with(plan, input, node, deeds) > now) {
                            wanted = NextStep{deeds, band_with(plan, input, node, deeds)};
                        }
                    }
                }
            }
        }
        EXPECT_EQ(answer.step.has_value(), wanted.has_value());
        if (answer.step && wanted) {
            EXPECT_EQ(*answer.step, *wanted);
            pairs += wanted->deeds.size() == 2 ? 1 : 0;
        }
        (wanted ? found : none) += 1;
    }
    EXPECT_GT(found, 20);
    EXPECT_GT(none, 20);
    EXPECT_GT(pairs, 3);
}

}  // namespace
}  // namespace agate::evaluate::testing
