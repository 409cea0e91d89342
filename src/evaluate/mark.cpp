// SPDX-License-Identifier: Apache-2.0
#include "evaluate/exact.h"
#include "evaluate/measure.h"

namespace agate::evaluate {
namespace {

struct Mark {
    const Evidence* evidence = nullptr;
    Decimal score;
};

/// Marks the rule can read, earliest first: a label, or without one a scaled score in range.
std::vector<Mark> read_marks(const framework::MarkMeasure& rule,
                             const LeafContext& leaf,
                             std::vector<ReasonNote>& notes) {
    LeftOut unknown("mark_label_unknown");
    LeftOut outside("mark_out_of_range");
    LeftOut without_value("value_missing");
    std::vector<Mark> marks;
    for (const LeafRecord& record : leaf.records) {
        const Evidence& evidence = *record.evidence;
        if (!evidence.label.empty()) {
            const auto label = rule.label_scores.find(evidence.label);
            if (label == rule.label_scores.end()) {
                unknown.add(evidence);
            } else {
                marks.push_back({&evidence, label->second});
            }
            continue;
        }
        const auto value = record.value();
        if (!value) {
            without_value.add(evidence);
        } else if (*value < rule.low || *value > rule.high) {
            outside.add(evidence);
        } else {
            marks.push_back({&evidence, *value});
        }
    }
    std::move(unknown).tell(notes);
    std::move(outside).tell(notes,
                            {{"low", rule.low.to_string()}, {"high", rule.high.to_string()}});
    std::move(without_value).tell(notes);
    return marks;
}

/// The mark that counts; for a mean, nothing.
const Mark* counted_mark(framework::Attempt attempt, const std::vector<Mark>& marks) {
    if (attempt == framework::Attempt::latest) {
        return &marks.back();
    }
    if (attempt == framework::Attempt::mean) {
        return nullptr;
    }
    const Mark* best = &marks.front();
    for (const Mark& mark : marks) {
        best = mark.score > best->score ? &mark : best;
    }
    return best;
}

}  // namespace

LeafOutcome measure(const framework::MarkMeasure& rule, const LeafContext& leaf) {
    LeafOutcome outcome;
    const std::vector<Mark> marks = read_marks(rule, leaf, outcome.notes);
    if (marks.empty()) {
        outcome.notes.push_back({.code = "no_records", .args = {}, .evidence = {}});
        return outcome;
    }
    const Mark* counted = counted_mark(rule.attempt, marks);
    Int128 sum = 0;
    for (const Mark& mark : marks) {
        sum += mark.score.nano();
        const bool counts = counted == nullptr || counted == &mark;
        outcome.inputs.push_back({.label = std::string{mark.evidence->label},
                                  .evidence = {mark.evidence->evidence_id},
                                  .given = mark.score,
                                  .credited = counts ? std::optional{mark.score} : std::nullopt,
                                  .weight = std::nullopt});
    }
    if (marks.size() > 1) {
        const bool is_latest = rule.attempt == framework::Attempt::latest;
        outcome.notes.push_back({.code = counted == nullptr ? "attempt_mean"
                                         : is_latest        ? "attempt_latest"
                                                            : "attempt_best",
                                 .args = {{"count", std::to_string(marks.size())}},
                                 .evidence = {}});
        if (counted != nullptr) {
            outcome.notes.back().evidence = {counted->evidence->evidence_id};
        }
    }
    outcome.score = counted == nullptr
                        ? round_within(sum, static_cast<Int128>(marks.size()), leaf.node)
                        : round_within(counted->score.nano(), 1, leaf.node);
    outcome.coverage_ppm = full_coverage;
    return outcome;
}

}  // namespace agate::evaluate
