// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "evaluate/flat_index.h"
#include "evaluate/program.h"
#include "evaluate/subject.h"
#include "evaluate/values.h"

// What every leaf measure is given and gives back. One measure a file; docs/evaluation.md has each
// rule with its formula.
namespace agate::evaluate {

/// The attempt of a measurement leaf that counted; the bonus reads it.
struct CountedAttempt {
    int item = 0;
    int grade = 0;
    std::int64_t raw = 0;
    std::vector<std::uint32_t> records;
};

/// A rating that still stands for its rater.
struct KeptRating {
    std::uint32_t record = 0;
    RaterKind kind = RaterKind::self;
    std::int64_t score = 0;  ///< nanos, of its step
};

/// Which window of each length a day of the period falls in: numbers that only need to differ.
struct Windows {
    explicit Windows(DayRange period);

    /// By day of the period.
    [[nodiscard]] const std::uint16_t* of(framework::Window window) const {
        return numbers[static_cast<std::size_t>(window)].data();
    }

    std::array<std::vector<std::uint16_t>, 4> numbers;
};

/// Memory that one evaluation leaves to the next.
struct Scratch {
    FlatIndex index;
    std::vector<KeptRating> kept;
    std::vector<std::int64_t> scores;
    std::vector<Clip> clips;
    std::vector<std::optional<CountedAttempt>> attempts;  ///< by slot
};

/// One leaf of one subject.
struct LeafCall {
    const Program& program;
    const Binding& binding;
    const Windows& windows;
    DayRange period;
    const Subject& subject;
    std::span<const Record> records;  ///< all of the subject
    Scratch& scratch;
    Trace* trace = nullptr;
    std::int32_t slot = 0;
    std::span<const std::uint32_t> order{};  ///< records of the leaf, by place, earliest first

    [[nodiscard]] const Program::Leaf& leaf() const {
        return program.leaves()[static_cast<std::size_t>(slot)];
    }

    [[nodiscard]] Day day_of(const Record& record) const {
        return period.from + static_cast<std::int32_t>(record.day());
    }

    void note(std::string code,
              MessageArgs args = {},
              std::span<const std::uint32_t> about = {}) const;
    void input(std::string label,
               std::span<const std::uint32_t> about,
               std::optional<Decimal> given,
               std::optional<Decimal> credited,
               std::optional<Decimal> weight = std::nullopt) const;

    /// A leaf whose records gave this much before its range and its rounding.
    [[nodiscard]] LeafValue covered(Int128 numerator, Int128 denominator = 1) const {
        return {.score = leaf().rounding.of(numerator, denominator),
                .coverage_ppm = full_coverage,
                .has_score = true};
    }
};

[[nodiscard]] LeafValue measure(const PointsRule& rule, const LeafCall& call);
[[nodiscard]] LeafValue measure(const RatingRule& rule, const LeafCall& call);
[[nodiscard]] LeafValue measure(const CompletionRule& rule, const LeafCall& call);
[[nodiscard]] LeafValue measure(const AwardRule& rule, const LeafCall& call);
[[nodiscard]] LeafValue measure(const MarkRule& rule, const LeafCall& call);
[[nodiscard]] LeafValue measure(const MeasurementRule& rule, const LeafCall& call);
/// After all others: it reads their counted attempts.
[[nodiscard]] LeafValue measure(const BonusRule& rule, const LeafCall& call);

}  // namespace agate::evaluate
