// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/decimal.h"
#include "base/error.h"
#include "core/ids.h"

namespace agate {

/// Index of an indicator in its compiled framework; children come before their parents.
using NodeIndex = std::int32_t;
/// Index of a band in the framework's list, 0 the lowest.
using BandIndex = std::int8_t;

/// What the engine found for one node: numbers alone.
struct NodeValue {
    std::int64_t score = 0;         ///< nanos, rounded to the node's decimals; only with has_score
    std::int32_t coverage_ppm = 0;  ///< share of weight with evidence, in millionths
    std::int32_t record_count = 0;  ///< records at this leaf, or below this parent
    BandIndex band = no_band;
    BandIndex computed_band = no_band;  ///< before ceilings, where a rule lowered it
    bool has_score = false;
    bool is_exempt = false;

    static constexpr BandIndex no_band = -1;

    [[nodiscard]] std::optional<Decimal> score_if_any() const {
        return has_score ? std::optional{Decimal::from_nano(score)} : std::nullopt;
    }

    [[nodiscard]] std::optional<BandIndex> band_if_any() const {
        return band == no_band ? std::nullopt : std::optional{band};
    }

    friend bool operator==(const NodeValue&, const NodeValue&) = default;
};

static_assert(sizeof(NodeValue) == 24);

/// One thing that happened while a node was computed and that a person should see: a cap that
/// clipped, a rater kind left out, a missing child, a band rule that fired. `code` is a row of
/// words/evaluate.csv; `args` fill its sentence.
struct ReasonNote {
    std::string code{};
    MessageArgs args{};
    std::vector<EvidenceId> evidence{};  ///< the records it speaks of, where that helps

    friend bool operator==(const ReasonNote&, const ReasonNote&) = default;
};

/// What one input gave to a leaf: a record with what was credited, or a rater kind with its mean.
struct ReasonInput {
    std::string label{};  ///< rater kind, item or window the input belongs to; may be empty
    std::vector<EvidenceId> evidence{};  ///< the records of the input
    std::optional<Decimal> given{};      ///< before caps and tables
    std::optional<Decimal> credited{};   ///< after them
    std::optional<Decimal> weight{};     ///< share in the node, in percent, where there is one

    friend bool operator==(const ReasonInput&, const ReasonInput&) = default;
};

/// The result of one indicator for one subject, with its reasons. A tree by the framework's own
/// parents; nodes without any evidence below them are kept too (what was missing is a reason).
struct NodeResult {
    NodeIndex node = 0;
    std::optional<Decimal> score{};  ///< nothing: no result
    std::optional<BandIndex> band{};
    std::optional<BandIndex> computed_band{};
    std::int32_t coverage_ppm = 0;
    bool is_exempt = false;
    std::int32_t record_count = 0;
    std::vector<ReasonInput> inputs{};
    std::vector<ReasonNote> notes{};

    friend bool operator==(const NodeResult&, const NodeResult&) = default;
};

/// Every node of one subject, in the framework's order.
struct SubjectResult {
    PersonId subject{};
    std::vector<NodeResult> nodes{};

    friend bool operator==(const SubjectResult&, const SubjectResult&) = default;
};

/// From score * coverage to score * coverage + 100 * (1 - coverage), clamped to the node's range:
/// where the score could lie if everything missing came in at its worst or best.
struct PossibleRange {
    Decimal low{};
    Decimal high{};
};

[[nodiscard]] PossibleRange possible_range(Decimal score, std::int32_t coverage_ppm, int decimals);

}  // namespace agate
