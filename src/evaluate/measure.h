// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "evaluate/evaluate.h"

// What every leaf measure is given and gives back. One measure a file; docs/evaluation.md has each
// rule with its formula.
namespace agate::evaluate {

/// A record that counts at a leaf, with the reason it was given under.
struct LeafRecord {
    const Evidence* evidence = nullptr;
    const framework::Reason* reason = nullptr;

    /// The value given, else the reason's default.
    [[nodiscard]] std::optional<Decimal> value() const {
        return evidence->value ? evidence->value : reason->default_value;
    }
};

struct LeafContext {
    const framework::Plan& plan;
    const framework::Node& node;
    const Subject& subject;
    std::span<const LeafRecord> records;  ///< earliest first: (day, time recorded, id)
};

/// The attempt of a measurement leaf that counted; the bonus reads it.
struct CountedAttempt {
    int item = 0;
    int grade = 0;
    std::int64_t raw = 0;
    std::vector<EvidenceId> evidence;
};

struct LeafOutcome {
    std::optional<Decimal> score;
    std::int32_t coverage_ppm = 0;
    std::vector<ReasonInput> inputs;
    std::vector<ReasonNote> notes;
    std::optional<CountedAttempt> attempt;
};

inline constexpr std::int32_t full_coverage = 1'000'000;

[[nodiscard]] LeafOutcome measure(const framework::PointsMeasure& rule, const LeafContext& leaf);
[[nodiscard]] LeafOutcome measure(const framework::RatingMeasure& rule, const LeafContext& leaf);
[[nodiscard]] LeafOutcome measure(const framework::CompletionMeasure& rule,
                                  const LeafContext& leaf);
[[nodiscard]] LeafOutcome measure(const framework::AwardMeasure& rule, const LeafContext& leaf);
[[nodiscard]] LeafOutcome measure(const framework::MarkMeasure& rule, const LeafContext& leaf);
[[nodiscard]] LeafOutcome measure(const framework::MeasurementMeasure& rule,
                                  const LeafContext& leaf);
/// `attempts` by node index; nothing at leaves without a counted attempt.
[[nodiscard]] LeafOutcome measure_bonus(const framework::BonusMeasure& rule,
                                        const LeafContext& leaf,
                                        std::span<const std::optional<CountedAttempt>> attempts);

/// The subject's grade on a day.
[[nodiscard]] int grade_on(const Subject& subject, Day day);

/// Records that a measure cannot use, told in one note: {count}.
class LeftOut {
public:
    explicit LeftOut(std::string code) : code_(std::move(code)) {}

    void add(const Evidence& evidence) { evidence_.push_back(evidence.evidence_id); }

    /// Appends the note when there is something to tell.
    void tell(std::vector<ReasonNote>& notes, MessageArgs args = {}) &&;

private:
    std::string code_;
    std::vector<EvidenceId> evidence_;
};

}  // namespace agate::evaluate
