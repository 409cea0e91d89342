// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "evaluate/points.h"

namespace agate::evaluate {
namespace {

using framework::Window;

std::string name_of(Window window) {
    constexpr std::array<const char*, 4> names{"day", "week", "month", "period"};
    return names[static_cast<std::size_t>(window)];
}

/// A record on its way through the caps.
template <class Number>
struct Credit {
    std::uint32_t record = 0;
    Number given{};
    Number credited{};  ///< what the caps so far left
};

/// What one cap took away, or a floor filled up.
template <class Number>
struct Part {
    int windows = 0;
    Number amount{};
    std::vector<std::uint32_t> records;
};

/// One cap over records of which those of a window stand together.
template <class Number>
class Teller {
public:
    using Cap = typename PointsNumbers<Number>::Cap;

    Teller(const Cap& cap, const LeafCall& call) : cap_(cap), call_(call) {}

    /// `window` tells windows apart; equal ones follow each other.
    void credit(Credit<Number>& record, std::uint32_t window) {
        if (window != stage_.window) {
            close();
        }
        const Number left = stage_.credit(cap_, window, record.credited);
        if (left != record.credited) {
            touched_.push_back(record.record);
        }
        record.credited = left;
    }

    void tell(const std::string& scope) {
        close();
        tell(over_, "cap_" + scope, cap_.ceiling);
        tell(under_, "floor_" + scope, cap_.floor);
    }

private:
    void close() {
        if (stage_.net != stage_.counted) {
            const bool is_over = stage_.net > stage_.counted;
            auto& part = is_over ? over_ : under_;
            ++part.windows;
            part.amount += is_over ? stage_.net - stage_.counted : stage_.counted - stage_.net;
            part.records.insert(part.records.end(), touched_.begin(), touched_.end());
        }
        stage_ = {};
        touched_.clear();
    }

    void tell(Part<Number>& part, std::string code, Number limit) {
        if (part.windows > 0) {
            std::sort(part.records.begin(), part.records.end());
            call_.note(std::move(code),
                       {{"windows", std::to_string(part.windows)},
                        {"limit", text_of(to_nano(limit))},
                        {"amount", text_of(to_nano(part.amount))}},
                       part.records);
        }
    }

    const Cap& cap_;
    const LeafCall& call_;
    CapStage<Number> stage_;
    std::vector<std::uint32_t> touched_;
    Part<Number> over_, under_;
};

/// Each giver's records together; within a giver they stay in time order.
template <class Number>
void cap_givers(const typename PointsNumbers<Number>::Cap& cap,
                std::vector<Credit<Number>>& credits,
                const LeafCall& call) {
    const auto* windows = call.windows.of(cap.window);
    std::vector<Credit<Number>*> by_giver;
    for (auto& credit : credits) {
        by_giver.push_back(&credit);
    }
    const auto rater = [&](const Credit<Number>* credit) {
        return call.records[credit->record].rater;
    };
    std::stable_sort(by_giver.begin(), by_giver.end(), [&](const auto* a, const auto* b) {
        return rater(a) < rater(b);
    });
    Teller<Number> teller(cap, call);
    std::uint32_t number = 0;
    const Credit<Number>* last = nullptr;
    for (auto* credit : by_giver) {
        const auto window = windows[call.records[credit->record].day()];
        if (last != nullptr &&
            (rater(last) != rater(credit) || windows[call.records[last->record].day()] != window)) {
            ++number;
        }
        teller.credit(*credit, number);
        last = credit;
    }
    teller.tell("giver_" + name_of(cap.window));
}

template <class Number>
void cap_windows(const typename PointsNumbers<Number>::Cap& cap,
                 std::vector<Credit<Number>>& credits,
                 const LeafCall& call) {
    const auto* windows = call.windows.of(cap.window);
    Teller<Number> teller(cap, call);
    for (auto& credit : credits) {
        teller.credit(credit, windows[call.records[credit.record].day()]);
    }
    teller.tell(name_of(cap.window));
}

template <class Number>
std::vector<Credit<Number>> read_credits(const LeafCall& call) {
    std::vector<Credit<Number>> credits;
    LeftOut without_value(call.trace, call.leaf().node, "value_missing");
    for (const std::uint32_t index : call.order) {
        const Record& record = call.records[index];
        if (has_points(call.binding, record)) {
            const auto given = points_of<Number>(call.binding, record);
            credits.push_back({index, given, given});
        } else {
            without_value.add(index);
        }
    }
    without_value.tell();
    return credits;
}

void tell_total(const framework::PointsMeasure& rule,
                Int128 net,
                bool has_any,
                const LeafCall& call) {
    const Int128 total = net + rule.base.nano();
    if (!has_any) {
        call.note("base_used", {{"base", rule.base.to_string()}});
    } else if (rule.base != Decimal{}) {
        call.note(
            "points_total",
            {{"net", text_of(net)}, {"base", rule.base.to_string()}, {"points", text_of(total)}});
    } else if (!rule.curve.points.empty()) {
        call.note("points_counted", {{"points", text_of(total)}});
    }
    const bool is_above = total > rule.high.nano();
    if (is_above || total < rule.low.nano()) {
        call.note(
            is_above ? "points_above_range" : "points_below_range",
            {{"points", text_of(total)}, {"limit", (is_above ? rule.high : rule.low).to_string()}});
    }
}

template <class Number>
void tell(const PointsRule& rule, const PointsNumbers<Number>& numbers, const LeafCall& call) {
    auto credits = read_credits<Number>(call);
    if (credits.empty() && rule.measure->when_empty == framework::WhenEmpty::missing) {
        call.note("no_records");
        return;
    }
    if (numbers.giver && !credits.empty()) {
        cap_givers(*numbers.giver, credits, call);
    }
    for (int i = 0; i < numbers.cap_count; ++i) {
        cap_windows(numbers.caps[static_cast<std::size_t>(i)], credits, call);
    }
    Int128 net = 0;
    for (const auto& credit : credits) {
        net += to_nano(credit.credited);
        call.input({},
                   {&credit.record, 1},
                   Decimal::from_nano(static_cast<std::int64_t>(to_nano(credit.given))),
                   Decimal::from_nano(static_cast<std::int64_t>(to_nano(credit.credited))));
    }
    tell_total(*rule.measure, net, !credits.empty(), call);
}

}  // namespace

void tell_points(const PointsRule& rule,
                 const PointsNumbers<std::int64_t>& numbers,
                 const LeafCall& call) {
    tell(rule, numbers, call);
}

void tell_points(const PointsRule& rule,
                 const PointsNumbers<Int128>& numbers,
                 const LeafCall& call) {
    tell(rule, numbers, call);
}

}  // namespace agate::evaluate
