// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <numeric>

#include "evaluate/exact.h"
#include "evaluate/measure.h"

namespace agate::evaluate {
namespace {

using framework::Cap;
using framework::Window;

/// A record on its way through the caps.
struct Credit {
    const Evidence* evidence = nullptr;
    std::int64_t given = 0;     ///< nanos
    std::int64_t credited = 0;  ///< nanos; what the stages so far left
};

std::int32_t window_of(Window window, Day day) {
    switch (window) {
        case Window::day:
            return day.number;
        case Window::week:
            return week_start(day).number;
        case Window::month:
            return month_number(day);
        case Window::period:
            break;
    }
    return 0;
}

std::string_view name_of(Window window) {
    switch (window) {
        case Window::day:
            return "day";
        case Window::week:
            return "week";
        case Window::month:
            return "month";
        case Window::period:
            break;
    }
    return "period";
}

/// One cap over windows that follow each other. Each record is credited with what it adds to its
/// window's clipped net sum, so that the credits of a window make exactly that sum, and later,
/// narrower windows know what came from which day.
class CapStage {
public:
    explicit CapStage(const Cap& cap) : cap_(cap) {}

    void credit(Credit& record) {
        net_ += record.credited;
        const auto left = static_cast<std::int64_t>(clipped(net_) - counted_);
        counted_ += left;
        if (left != record.credited) {
            touched_.push_back(record.evidence->evidence_id);
        }
        record.credited = left;
    }

    void close_window() {
        const Int128 kept = clipped(net_);
        Part& part = net_ > kept ? over_ : under_;
        if (net_ != kept) {
            ++part.windows;
            part.amount += net_ > kept ? net_ - kept : kept - net_;
            part.evidence.insert(part.evidence.end(), touched_.begin(), touched_.end());
        }
        net_ = 0;
        counted_ = 0;
        touched_.clear();
    }

    void tell(const std::string& scope, std::vector<ReasonNote>& notes) && {
        tell(over_, "cap_" + scope, cap_.ceiling, notes);
        tell(under_, "floor_" + scope, cap_.floor.value_or(Decimal{}), notes);
    }

private:
    struct Part {
        int windows = 0;
        Int128 amount = 0;
        std::vector<EvidenceId> evidence;
    };

    [[nodiscard]] Int128 clipped(Int128 net) const {
        const Int128 kept = std::min<Int128>(net, cap_.ceiling.nano());
        return cap_.floor ? std::max<Int128>(kept, cap_.floor->nano()) : kept;
    }

    static void tell(Part& part, std::string code, Decimal limit, std::vector<ReasonNote>& notes) {
        if (part.windows == 0) {
            return;
        }
        std::sort(part.evidence.begin(), part.evidence.end());
        notes.push_back({.code = std::move(code),
                         .args = {{"windows", std::to_string(part.windows)},
                                  {"limit", limit.to_string()},
                                  {"amount", text_of(part.amount)}},
                         .evidence = std::move(part.evidence)});
    }

    const Cap& cap_;
    Int128 net_ = 0;      ///< of the window so far
    Int128 counted_ = 0;  ///< credited in it so far
    std::vector<EvidenceId> touched_;
    Part over_, under_;
};

/// The cap over each giver's windows; records in time order.
void cap_givers(const Cap& cap, std::vector<Credit>& credits, std::vector<ReasonNote>& notes) {
    std::vector<std::size_t> order(credits.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return credits[a].evidence->rater < credits[b].evidence->rater;
    });
    CapStage stage(cap);
    const Evidence* last = nullptr;
    for (const std::size_t index : order) {
        const Evidence& evidence = *credits[index].evidence;
        if (last != nullptr &&
            (last->rater != evidence.rater ||
             window_of(cap.window, last->day) != window_of(cap.window, evidence.day))) {
            stage.close_window();
        }
        stage.credit(credits[index]);
        last = &evidence;
    }
    stage.close_window();
    std::move(stage).tell("giver_" + std::string{name_of(cap.window)}, notes);
}

void cap_windows(const Cap& cap, std::vector<Credit>& credits, std::vector<ReasonNote>& notes) {
    CapStage stage(cap);
    const Evidence* last = nullptr;
    for (Credit& credit : credits) {
        if (last != nullptr &&
            window_of(cap.window, last->day) != window_of(cap.window, credit.evidence->day)) {
            stage.close_window();
        }
        stage.credit(credit);
        last = credit.evidence;
    }
    stage.close_window();
    std::move(stage).tell(std::string{name_of(cap.window)}, notes);
}

/// Score of the clipped points through the curve, rounded once.
Decimal score_of(const framework::Curve& curve, Decimal points, const framework::Node& node) {
    const auto& line = curve.points;
    if (line.empty()) {
        return round_within(points.nano(), 1, node);
    }
    const auto above = std::find_if(
        line.begin(), line.end(), [&](const auto& point) { return points <= point.x; });
    if (above == line.begin()) {
        return round_within(line.front().y.nano(), 1, node);
    }
    if (above == line.end()) {
        return round_within(line.back().y.nano(), 1, node);
    }
    const auto& left = *std::prev(above);
    const auto& right = *above;
    const Int128 width = Int128{right.x.nano()} - left.x.nano();
    const Int128 rise = Int128{right.y.nano()} - left.y.nano();
    const Int128 into = Int128{points.nano()} - left.x.nano();
    return round_within(left.y.nano() * width + into * rise, width, node);
}

Decimal clip_points(Int128 total,
                    const framework::PointsMeasure& rule,
                    std::vector<ReasonNote>& notes) {
    if (total > rule.high.nano()) {
        notes.push_back({.code = "points_above_range",
                         .args = {{"points", text_of(total)}, {"limit", rule.high.to_string()}},
                         .evidence = {}});
        return rule.high;
    }
    if (total < rule.low.nano()) {
        notes.push_back({.code = "points_below_range",
                         .args = {{"points", text_of(total)}, {"limit", rule.low.to_string()}},
                         .evidence = {}});
        return rule.low;
    }
    return Decimal::from_nano(static_cast<std::int64_t>(total));
}

std::vector<Credit> read_credits(const LeafContext& leaf, std::vector<ReasonNote>& notes) {
    std::vector<Credit> credits;
    credits.reserve(leaf.records.size());
    LeftOut without_value("value_missing");
    for (const LeafRecord& record : leaf.records) {
        if (const auto value = record.value()) {
            credits.push_back({record.evidence, value->nano(), value->nano()});
        } else {
            without_value.add(*record.evidence);
        }
    }
    std::move(without_value).tell(notes);
    return credits;
}

}  // namespace

LeafOutcome measure(const framework::PointsMeasure& rule, const LeafContext& leaf) {
    LeafOutcome outcome;
    std::vector<Credit> credits = read_credits(leaf, outcome.notes);
    if (credits.empty()) {
        if (rule.when_empty == framework::WhenEmpty::base) {
            outcome.notes.push_back(
                {.code = "base_used", .args = {{"base", rule.base.to_string()}}, .evidence = {}});
            const Decimal points = clip_points(rule.base.nano(), rule, outcome.notes);
            outcome.score = score_of(rule.curve, points, leaf.node);
        } else {
            outcome.notes.push_back({.code = "no_records", .args = {}, .evidence = {}});
        }
        return outcome;
    }
    if (rule.giver_cap) {
        cap_givers(*rule.giver_cap, credits, outcome.notes);
    }
    for (const auto* cap : {&rule.day_cap, &rule.week_or_month_cap, &rule.period_cap}) {
        if (*cap) {
            cap_windows(**cap, credits, outcome.notes);
        }
    }
    Int128 net = 0;
    outcome.inputs.reserve(credits.size());
    for (const Credit& credit : credits) {
        net += credit.credited;
        outcome.inputs.push_back({.label = {},
                                  .evidence = {credit.evidence->evidence_id},
                                  .given = Decimal::from_nano(credit.given),
                                  .credited = Decimal::from_nano(credit.credited),
                                  .weight = std::nullopt});
    }
    const Int128 total = net + rule.base.nano();
    if (rule.base != Decimal{} || !rule.curve.points.empty()) {
        outcome.notes.push_back({.code = "points_total",
                                 .args = {{"net", text_of(net)},
                                          {"base", rule.base.to_string()},
                                          {"points", text_of(total)}},
                                 .evidence = {}});
    }
    const Decimal points = clip_points(total, rule, outcome.notes);
    outcome.score = score_of(rule.curve, points, leaf.node);
    outcome.coverage_ppm = full_coverage;
    return outcome;
}

}  // namespace agate::evaluate
