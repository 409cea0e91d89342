// SPDX-License-Identifier: Apache-2.0
#include "evaluate/points.h"

#include <algorithm>

#include "evaluate/measure.h"

namespace agate::evaluate {
namespace {

/// The stage of each giver.
template <class Number>
class GiverStages {
public:
    GiverStages(FlatIndex& index, std::size_t records) : index_(index) { index_.reset(records); }

    CapStage<Number>& of(std::uint32_t rater) {
        const auto [number, is_new] = index_.find_or_add(rater);
        if (is_new) {
            stages_.emplace_back();
        }
        return stages_[number];
    }

private:
    FlatIndex& index_;
    std::vector<CapStage<Number>> stages_;
};

/// Puts one record after the other through all caps.
template <class Number>
class CapChain {
public:
    CapChain(const PointsNumbers<Number>& numbers, const LeafCall& call) : numbers_(numbers) {
        for (int i = 0; i < numbers.cap_count; ++i) {
            windows_[at(i)] = call.windows.of(numbers.caps[at(i)].window);
        }
        if (numbers.giver) {
            giver_windows_ = call.windows.of(numbers.giver->window);
            givers_.emplace(call.scratch.index, call.order.size());
        }
    }

    Number credit(const Record& record, Number value) {
        const std::uint32_t day = record.day();
        if (givers_) {
            value = givers_->of(record.rater).credit(*numbers_.giver, giver_windows_[day], value);
        }
        for (int i = 0; i < numbers_.cap_count; ++i) {
            value = stages_[at(i)].credit(numbers_.caps[at(i)], windows_[at(i)][day], value);
        }
        return value;
    }

private:
    static std::size_t at(int i) { return static_cast<std::size_t>(i); }

    const PointsNumbers<Number>& numbers_;
    std::array<CapStage<Number>, 3> stages_{};
    std::array<const std::uint16_t*, 3> windows_{};
    const std::uint16_t* giver_windows_ = nullptr;
    std::optional<GiverStages<Number>> givers_;
};

template <class Number>
struct Net {
    Number sum{};
    bool has_any = false;
};

template <class Number>
Net<Number> add_up(const PointsNumbers<Number>& numbers, const LeafCall& call) {
    Net<Number> net;
    CapChain<Number> chain(numbers, call);
    for (std::size_t place = 0; place < call.order.size(); ++place) {
        const Record& record = call.records[call.order[place]];
        if (!has_points(call.binding, record)) {
            continue;
        }
        const Number given = points_of<Number>(call.binding, record);
        const Number credited = chain.credit(record, given);
        net.sum += credited;
        net.has_any = true;
        if (credited != given) {
            call.scratch.clips.push_back(
                {.leaf = call.slot,
                 .place = static_cast<std::uint32_t>(place),
                 .credited = Decimal::from_nano(static_cast<std::int64_t>(to_nano(credited)))});
        }
    }
    return net;
}

/// Score of points inside their range, through the curve.
std::int64_t score_of(const PointsRule& rule, Int128 points, const Rounding& rounding) {
    const auto& line = rule.measure->curve.points;
    if (line.empty()) {
        return rounding.of(points, 1);
    }
    const auto above = std::find_if(
        line.begin(), line.end(), [&](const auto& point) { return points <= point.x.nano(); });
    if (above == line.begin() || above == line.end()) {
        return rounding.of((above == line.end() ? line.back() : line.front()).y.nano(), 1);
    }
    const auto& left = *std::prev(above);
    const Int128 width = Int128{above->x.nano()} - left.x.nano();
    const Int128 rise = Int128{above->y.nano()} - left.y.nano();
    return rounding.of(left.y.nano() * width + (points - left.x.nano()) * rise, width);
}

std::int64_t score_of(const PointsRule& rule, std::int64_t points, const Rounding& rounding) {
    const auto& line = rule.measure->curve.points;
    if (line.empty()) {
        return rounding.of_small(points * nanos_in_a_milli, 1);
    }
    if (rule.pieces.empty() || points <= rule.pieces.front().from) {
        return rounding.of(line.front().y.nano(), 1);
    }
    for (const CurvePiece& piece : rule.pieces) {
        const std::int64_t into = points - piece.from;
        if (into <= piece.width) {
            return rounding.of_units(piece.at * piece.width + into * piece.rise,
                                     piece.unit * piece.width);
        }
    }
    return rounding.of(line.back().y.nano(), 1);
}

template <class Number>
LeafValue run(const PointsRule& rule, const PointsNumbers<Number>& numbers, const LeafCall& call) {
    const Net<Number> net = add_up(numbers, call);
    if (call.trace != nullptr) {
        tell_points(rule, numbers, call);
    }
    if (!net.has_any && rule.measure->when_empty == framework::WhenEmpty::missing) {
        return {};
    }
    const Number points =
        std::max(std::min<Number>(net.sum + numbers.base, numbers.high), numbers.low);
    return {.score = score_of(rule, points, call.leaf().rounding),
            .coverage_ppm = net.has_any ? full_coverage : 0,
            .has_score = true};
}

}  // namespace

LeafValue measure(const PointsRule& rule, const LeafCall& call) {
    return rule.milli && call.binding.is_milli() ? run(rule, *rule.milli, call)
                                                 : run(rule, rule.nano, call);
}

}  // namespace agate::evaluate
