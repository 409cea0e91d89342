// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <set>
#include <tuple>

#include "evaluate/exact.h"
#include "evaluate/measure.h"

namespace agate::evaluate {
namespace {

using Count = framework::CompletionMeasure::Count;

/// What "distinct" tells apart: the activity, or the reason and day where no activity is named.
using Thing = std::tuple<std::string_view, std::string_view, Day>;

Thing thing_of(const Evidence& evidence) {
    return evidence.activity.empty() ? Thing{{}, evidence.reason, evidence.day}
                                     : Thing{evidence.activity, {}, Day{}};
}

ReasonInput input(const Evidence& evidence, Decimal given, Decimal credited) {
    return {.label = {},
            .evidence = {evidence.evidence_id},
            .given = given,
            .credited = credited,
            .weight = std::nullopt};
}

}  // namespace

LeafOutcome measure(const framework::CompletionMeasure& rule, const LeafContext& leaf) {
    LeafOutcome outcome;
    LeftOut without_value("value_missing");
    LeftOut repeated("completion_repeated");
    std::set<Thing> seen;
    Int128 done = 0;
    for (const LeafRecord& record : leaf.records) {
        const Evidence& evidence = *record.evidence;
        Decimal given = Decimal::from_int(1);
        Decimal credited = given;
        if (rule.count == Count::value) {
            const auto value = record.value();
            if (!value) {
                without_value.add(evidence);
                continue;
            }
            given = *value;
            credited = given;
        } else if (rule.count == Count::distinct && !seen.insert(thing_of(evidence)).second) {
            repeated.add(evidence);
            credited = Decimal{};
        }
        done += credited.nano();
        outcome.inputs.push_back(input(evidence, given, credited));
    }
    std::move(without_value).tell(outcome.notes);
    std::move(repeated).tell(outcome.notes);
    if (outcome.inputs.empty()) {
        outcome.notes.push_back({.code = "no_records", .args = {}, .evidence = {}});
        return outcome;
    }
    const bool is_over = done > rule.target.nano();
    outcome.notes.push_back({.code = is_over ? "completion_over" : "completion_done",
                             .args = {{"done", text_of(done)}, {"target", rule.target.to_string()}},
                             .evidence = {}});
    // 100 * done / target, clipped to 0..100 before the node's own range.
    const Int128 counted = std::clamp<Int128>(done, 0, rule.target.nano());
    outcome.score = round_within(counted * 100 * Decimal::one, rule.target.nano(), leaf.node);
    outcome.coverage_ppm = full_coverage;
    return outcome;
}

}  // namespace agate::evaluate
