// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "evaluate/exact.h"
#include "evaluate/measure.h"

namespace agate::evaluate {
namespace {

using Kind = framework::RatingMeasure::Kind;

/// The latest rating of one rater.
struct Rating {
    const Evidence* evidence = nullptr;
    std::int64_t score = 0;  ///< nanos, of its step
};

using RatingsByKind = std::array<std::vector<Rating>, rater_kind_count>;

/// A kind that counts: the exact mean is sum / count.
struct KindMean {
    RaterKind kind = RaterKind::self;
    std::int64_t weight_ppm = 0;
    Int128 sum = 0;
    std::int64_t count = 0;
    std::vector<EvidenceId> evidence;
};

std::optional<std::int64_t> score_of_step(const framework::RatingMeasure& rule,
                                          const std::optional<Decimal>& step) {
    if (!step || step->decimals() != 0 || *step < Decimal::from_int(1)) {
        return std::nullopt;
    }
    const std::int64_t index = step->nano() / Decimal::one - 1;
    if (index >= static_cast<std::int64_t>(rule.step_scores.size())) {
        return std::nullopt;
    }
    return rule.step_scores[static_cast<std::size_t>(index)].nano();
}

RatingsByKind latest_ratings(const framework::RatingMeasure& rule,
                             const LeafContext& leaf,
                             std::vector<ReasonNote>& notes) {
    LeftOut unknown("rating_step_unknown");
    LeftOut replaced("rating_replaced");
    RatingsByKind kinds;
    for (const LeafRecord& record : leaf.records) {
        if (const auto score = score_of_step(rule, record.value())) {
            kinds[static_cast<std::size_t>(record.evidence->rater_kind)].push_back(
                {record.evidence, *score});
        } else {
            unknown.add(*record.evidence);
        }
    }
    for (auto& ratings : kinds) {
        // Time order within a rater stays, so the last one is the latest.
        std::stable_sort(ratings.begin(), ratings.end(), [](const Rating& a, const Rating& b) {
            return a.evidence->rater < b.evidence->rater;
        });
        std::size_t kept = 0;
        for (std::size_t i = 0; i < ratings.size(); ++i) {
            if (i + 1 < ratings.size() &&
                ratings[i].evidence->rater == ratings[i + 1].evidence->rater) {
                replaced.add(*ratings[i].evidence);
            } else {
                ratings[kept++] = ratings[i];
            }
        }
        ratings.resize(kept);
    }
    std::move(unknown).tell(notes);
    std::move(replaced).tell(notes);
    return kinds;
}

/// Leaves out floor(n * p) ratings at each end and tells it.
void trim(std::vector<Rating>& ratings, std::int64_t trim_ppm, std::vector<ReasonNote>& notes) {
    const auto count = static_cast<std::int64_t>(ratings.size());
    const std::int64_t each_end = std::min(count * trim_ppm / full_coverage, (count - 1) / 2);
    if (each_end <= 0) {
        return;
    }
    std::sort(ratings.begin(), ratings.end(), [](const Rating& a, const Rating& b) {
        return a.score != b.score ? a.score < b.score
                                  : a.evidence->evidence_id < b.evidence->evidence_id;
    });
    const auto first = ratings.begin() + each_end;
    const auto last = ratings.end() - each_end;
    std::vector<EvidenceId> trimmed;
    for (auto it = ratings.begin(); it != ratings.end(); ++it) {
        if (it < first || it >= last) {
            trimmed.push_back(it->evidence->evidence_id);
        }
    }
    notes.push_back(
        {.code = "rating_trimmed",
         .args = {{"each_end", std::to_string(each_end)}, {"count", std::to_string(count)}},
         .evidence = std::move(trimmed)});
    ratings = std::vector<Rating>(first, last);
}

/// Nothing when the kind has too few raters; a note says so.
std::optional<KindMean> mean_of(RaterKind kind,
                                const Kind& rule,
                                std::vector<Rating> ratings,
                                std::vector<ReasonNote>& notes) {
    const auto count = static_cast<int>(ratings.size());
    const std::string name{to_text(kind)};
    if (count == 0) {
        notes.push_back({.code = "rating_none_" + name, .args = {}, .evidence = {}});
        return std::nullopt;
    }
    if (count < rule.minimum) {
        ReasonNote note{
            .code = "rating_few_" + name,
            .args = {{"have", std::to_string(count)}, {"need", std::to_string(rule.minimum)}},
            .evidence = {}};
        for (const Rating& rating : ratings) {
            note.evidence.push_back(rating.evidence->evidence_id);
        }
        notes.push_back(std::move(note));
        return std::nullopt;
    }
    if (kind == RaterKind::peer) {
        trim(ratings, rule.trim_ppm, notes);
    }
    KindMean mean{.kind = kind,
                  .weight_ppm = rule.weight_ppm,
                  .sum = 0,
                  .count = static_cast<std::int64_t>(ratings.size()),
                  .evidence = {}};
    for (const Rating& rating : ratings) {
        mean.sum += rating.score;
        mean.evidence.push_back(rating.evidence->evidence_id);
    }
    std::sort(mean.evidence.begin(), mean.evidence.end());
    return mean;
}

/// Half up of sum over kinds of weight * sum / count, over the weights. Whole parts and fractions
/// apart: the fractions' common denominator, a product of counts, then fits 128 bits, and only
/// twice their sum, rounded down, can still decide the rounding.
Decimal weighted_score(std::span<const KindMean> means, const framework::Node& node) {
    Int128 weights = 0;
    Int128 whole = 0;
    Int128 fraction = 0;
    Int128 denominator = 1;
    for (const KindMean& mean : means) {
        weights += mean.weight_ppm;
        const Int128 product = mean.weight_ppm * mean.sum;
        const Int128 quotient = floor_divide(product, mean.count);
        whole += quotient;
        fraction = fraction * mean.count + (product - quotient * mean.count) * denominator;
        denominator *= mean.count;
    }
    const Int128 doubled = 2 * whole + 2 * fraction / denominator;
    return round_within(doubled, 2 * weights, node);
}

}  // namespace

LeafOutcome measure(const framework::RatingMeasure& rule, const LeafContext& leaf) {
    LeafOutcome outcome;
    RatingsByKind ratings = latest_ratings(rule, leaf, outcome.notes);
    std::vector<KindMean> means;
    std::int64_t all_weights = 0;
    std::int64_t weights = 0;
    for (std::size_t i = 0; i < rater_kind_count; ++i) {
        const auto kind = static_cast<RaterKind>(i);
        if (!rule.kinds[i]) {
            LeftOut ignored("rating_not_asked_" + std::string{to_text(kind)});
            for (const Rating& rating : ratings[i]) {
                ignored.add(*rating.evidence);
            }
            std::move(ignored).tell(outcome.notes);
            continue;
        }
        all_weights += rule.kinds[i]->weight_ppm;
        if (auto mean = mean_of(kind, *rule.kinds[i], std::move(ratings[i]), outcome.notes)) {
            weights += mean->weight_ppm;
            means.push_back(std::move(*mean));
        }
    }
    if (weights == 0) {
        return outcome;
    }
    outcome.score = weighted_score(means, leaf.node);
    outcome.coverage_ppm = static_cast<std::int32_t>(Int128{weights} * full_coverage / all_weights);
    for (KindMean& mean : means) {
        outcome.inputs.push_back(
            {.label = std::string{to_text(mean.kind)},
             .evidence = std::move(mean.evidence),
             .given = round_shown(mean.sum, mean.count, leaf.node.decimals + 2),
             .credited = std::nullopt,
             .weight = round_shown(Int128{mean.weight_ppm} * 100 * Decimal::one, weights, 2)});
    }
    return outcome;
}

}  // namespace agate::evaluate
