// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "evaluate/exact.h"
#include "evaluate/measure.h"

namespace agate::evaluate {
namespace {

struct Award {
    const Evidence* evidence = nullptr;
    Decimal score;
};

/// Best first within each category; equal awards by time, so that the earliest counts.
std::vector<Award> sorted_awards(const framework::AwardMeasure& rule,
                                 const LeafContext& leaf,
                                 std::vector<ReasonNote>& notes) {
    LeftOut unknown("award_level_unknown");
    std::vector<Award> awards;
    for (const LeafRecord& record : leaf.records) {
        const auto level = rule.level_scores.find(record.evidence->label);
        if (level == rule.level_scores.end()) {
            unknown.add(*record.evidence);
        } else {
            awards.push_back({record.evidence, level->second});
        }
    }
    std::move(unknown).tell(notes);
    std::stable_sort(awards.begin(), awards.end(), [](const Award& a, const Award& b) {
        return a.evidence->reason != b.evidence->reason ? a.evidence->reason < b.evidence->reason
                                                        : a.score > b.score;
    });
    return awards;
}

}  // namespace

LeafOutcome measure(const framework::AwardMeasure& rule, const LeafContext& leaf) {
    LeafOutcome outcome;
    const std::vector<Award> awards = sorted_awards(rule, leaf, outcome.notes);
    if (awards.empty()) {
        outcome.notes.push_back({.code = "no_awards", .args = {}, .evidence = {}});
        return outcome;
    }
    LeftOut beyond("award_beyond_best");
    Int128 sum = 0;
    int place = 0;
    const Evidence* last = nullptr;
    for (const Award& award : awards) {
        place = last != nullptr && last->reason == award.evidence->reason ? place + 1 : 1;
        last = award.evidence;
        const bool counts = place <= rule.best_per_category;
        if (counts) {
            sum += award.score.nano();
        } else {
            beyond.add(*award.evidence);
        }
        outcome.inputs.push_back({.label = std::string{award.evidence->label},
                                  .evidence = {award.evidence->evidence_id},
                                  .given = award.score,
                                  .credited = counts ? award.score : Decimal{},
                                  .weight = std::nullopt});
    }
    std::move(beyond).tell(outcome.notes, {{"best", std::to_string(rule.best_per_category)}});
    if (sum > rule.high.nano()) {
        outcome.notes.push_back({.code = "award_above_limit",
                                 .args = {{"sum", text_of(sum)}, {"limit", rule.high.to_string()}},
                                 .evidence = {}});
    }
    outcome.score = round_within(std::min<Int128>(sum, rule.high.nano()), 1, leaf.node);
    outcome.coverage_ppm = full_coverage;
    return outcome;
}

}  // namespace agate::evaluate
