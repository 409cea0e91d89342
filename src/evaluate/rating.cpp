// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "evaluate/measure.h"

namespace agate::evaluate {
namespace {

/// The ratings of one kind that count: the exact mean is sum / count.
struct KindSum {
    Int128 sum = 0;
    std::int64_t count = 0;
    bool qualifies = false;
};

using KindSums = std::array<KindSum, rater_kind_count>;

constexpr std::int64_t no_score = INT64_MIN;

/// The score of a step in thousandths; no_score for what is no whole step of the scale.
std::int64_t score_of_step(const RatingRule& rule, std::int64_t milli) {
    const auto index = static_cast<std::uint64_t>(milli / 1000 - 1);
    return milli % 1000 == 0 && index < rule.step_scores.size() ? rule.step_scores[index]
                                                                : no_score;
}

std::int64_t score_of(const RatingRule& rule, const LeafCall& call, const Record& record) {
    if (record.has_value() && !record.is_wide()) {
        return score_of_step(rule, record.value);
    }
    const auto step = call.binding.value(record);
    return step ? score_of_step(rule, step->milli().value_or(0)) : no_score;
}

/// The latest rating of each rater and kind; a person who rates as teacher and as guardian is a
/// rater of each kind. In time order.
void keep_latest(const RatingRule& rule, const LeafCall& call) {
    auto& kept = call.scratch.kept;
    kept.clear();
    call.scratch.index.reset(call.order.size());
    LeftOut unknown(call.trace, call.leaf().node, "rating_step_unknown");
    LeftOut replaced(call.trace, call.leaf().node, "rating_replaced");
    for (std::size_t place = call.order.size(); place-- > 0;) {
        const std::uint32_t index = call.order[place];
        const Record& record = call.records[index];
        const std::int64_t score = score_of(rule, call, record);
        if (score == no_score) {
            unknown.add(index);
            continue;
        }
        const std::uint64_t rater =
            (std::uint64_t{record.rater} << 8U) | static_cast<std::uint64_t>(record.kind());
        if (call.scratch.index.find_or_add(rater).is_new) {
            kept.push_back({.record = index, .kind = record.kind(), .score = score});
        } else {
            replaced.add(index);
        }
    }
    unknown.tell();
    replaced.tell();
}

std::string name_of(std::size_t kind) {
    return std::string(to_text(static_cast<RaterKind>(kind)));
}

std::vector<std::uint32_t> records_of(const std::vector<KeptRating>& kept, std::size_t kind) {
    std::vector<std::uint32_t> records;
    for (const KeptRating& rating : kept) {
        if (static_cast<std::size_t>(rating.kind) == kind) {
            records.push_back(rating.record);
        }
    }
    std::sort(records.begin(), records.end());
    return records;
}

/// Leaves out floor(n * p) ratings at each end, at least one stays; equal ones by time.
void trim(const RatingRule::Kind& rule, std::size_t kind, KindSum& sum, const LeafCall& call) {
    const std::int64_t each_end =
        std::min(sum.count * rule.trim_ppm / full_coverage, (sum.count - 1) / 2);
    if (each_end <= 0) {
        return;
    }
    auto& kept = call.scratch.kept;
    const auto first = std::stable_partition(kept.begin(), kept.end(), [&](const KeptRating& one) {
        return static_cast<std::size_t>(one.kind) != kind;
    });
    std::sort(first, kept.end(), [](const KeptRating& a, const KeptRating& b) {
        return a.score != b.score ? a.score < b.score : a.record < b.record;
    });
    const std::vector<KeptRating> low(first, first + each_end);
    const std::vector<KeptRating> high(kept.end() - each_end, kept.end());
    kept.erase(kept.end() - each_end, kept.end());
    kept.erase(first, first + each_end);
    std::vector<std::uint32_t> trimmed;
    for (const auto* end : {&low, &high}) {
        for (const KeptRating& rating : *end) {
            sum.sum -= rating.score;
            trimmed.push_back(rating.record);
        }
    }
    if (call.trace != nullptr) {
        call.note("rating_trimmed",
                  {{"each_end", std::to_string(each_end)}, {"count", std::to_string(sum.count)}},
                  trimmed);
    }
    sum.count -= 2 * each_end;
}

void tell_kind(const RatingRule::Kind& rule,
               std::size_t kind,
               const KindSum& sum,
               const LeafCall& call) {
    const std::string name = name_of(kind);
    if (!rule.is_asked && sum.count > 0) {
        call.note("rating_not_asked_" + name,
                  {{"count", std::to_string(sum.count)}},
                  records_of(call.scratch.kept, kind));
    } else if (rule.is_asked && sum.count == 0) {
        call.note("rating_none_" + name);
    } else if (rule.is_asked && !sum.qualifies) {
        call.note("rating_few_" + name,
                  {{"have", std::to_string(sum.count)}, {"need", std::to_string(rule.minimum)}},
                  records_of(call.scratch.kept, kind));
    }
}

KindSums sum_kinds(const RatingRule& rule, const LeafCall& call) {
    KindSums sums{};
    for (const KeptRating& rating : call.scratch.kept) {
        KindSum& sum = sums[static_cast<std::size_t>(rating.kind)];
        sum.sum += rating.score;
        ++sum.count;
    }
    for (std::size_t i = 0; i < sums.size(); ++i) {
        const RatingRule::Kind& kind = rule.kinds[i];
        sums[i].qualifies = kind.is_asked && sums[i].count > 0 && sums[i].count >= kind.minimum;
        if (call.trace != nullptr) {
            tell_kind(kind, i, sums[i], call);
        }
        if (sums[i].qualifies && static_cast<RaterKind>(i) == RaterKind::peer) {
            trim(kind, i, sums[i], call);
        }
    }
    return sums;
}

/// Half up of the sum over kinds of weight * sum / count, over the weights. Whole parts and
/// fractions apart: the fractions' common denominator, a product of counts, then fits 128 bits, and
/// only twice their sum, rounded down, can still decide the rounding.
std::int64_t weighted_large(const RatingRule& rule,
                            const KindSums& sums,
                            std::int64_t weights,
                            const Rounding& rounding) {
    Int128 whole = 0;
    Int128 fraction = 0;
    Int128 denominator = 1;
    for (std::size_t i = 0; i < sums.size(); ++i) {
        if (!sums[i].qualifies) {
            continue;
        }
        const Int128 product = rule.kinds[i].weight * sums[i].sum;
        const Int128 quotient = floor_divide(product, sums[i].count);
        whole += quotient;
        fraction = fraction * sums[i].count + (product - quotient * sums[i].count) * denominator;
        denominator *= sums[i].count;
    }
    return rounding.of(2 * whole + 2 * fraction / denominator, 2 * Int128{weights});
}

std::int64_t weighted(const RatingRule& rule,
                      const KindSums& sums,
                      std::int64_t weights,
                      const Rounding& rounding) {
    Int128 counts = 1;
    for (const KindSum& sum : sums) {
        counts *= sum.qualifies ? sum.count : 1;
        if (counts > rule.most_counts) {
            return weighted_large(rule, sums, weights, rounding);
        }
    }
    const auto common = static_cast<std::int64_t>(counts);
    std::int64_t numerator = 0;
    for (std::size_t i = 0; i < sums.size(); ++i) {
        if (sums[i].qualifies) {
            numerator += rule.kinds[i].weight * static_cast<std::int64_t>(sums[i].sum) *
                         (common / sums[i].count);
        }
    }
    return rounding.of_small(numerator, common * weights);
}

void tell_means(const RatingRule& rule,
                const KindSums& sums,
                std::int64_t weights,
                const LeafCall& call) {
    const int decimals = call.program.plan().node(call.leaf().node).decimals;
    for (std::size_t i = 0; i < sums.size(); ++i) {
        if (sums[i].qualifies) {
            call.input(name_of(i),
                       records_of(call.scratch.kept, i),
                       round_shown(sums[i].sum, sums[i].count, decimals + 2),
                       std::nullopt,
                       round_shown(Int128{rule.kinds[i].weight} * 100 * Decimal::one, weights, 2));
        }
    }
}

}  // namespace

LeafValue measure(const RatingRule& rule, const LeafCall& call) {
    if (call.order.empty() && call.trace == nullptr) {
        return {};
    }
    keep_latest(rule, call);
    const KindSums sums = sum_kinds(rule, call);
    std::int64_t weights = 0;
    for (std::size_t i = 0; i < sums.size(); ++i) {
        weights += sums[i].qualifies ? rule.kinds[i].weight : 0;
    }
    if (weights == 0) {
        return {};
    }
    if (call.trace != nullptr) {
        tell_means(rule, sums, weights, call);
    }
    return {.score = weighted(rule, sums, weights, call.leaf().rounding),
            .coverage_ppm = static_cast<std::int32_t>(weights * full_coverage / rule.all_weights),
            .has_score = true};
}

}  // namespace agate::evaluate
