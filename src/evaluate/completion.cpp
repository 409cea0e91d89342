// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "evaluate/measure.h"

namespace agate::evaluate {
namespace {

using Count = framework::CompletionMeasure::Count;

/// What "distinct" tells apart: the activity, or the reason and day where no activity is named.
std::uint64_t thing_of(const Binding& binding, const Record& record) {
    constexpr std::uint64_t no_activity = std::uint64_t{1} << 63U;
    const std::uint32_t activity = binding.activity(record);
    return activity != 0 ? activity
                         : no_activity | (std::uint64_t{record.reason} << 16U) | record.day();
}

struct Done {
    Int128 nano = 0;
    bool has_any = false;
};

Done count(const CompletionRule& rule, const LeafCall& call) {
    const Count how = rule.measure->count;
    if (how == Count::distinct) {
        call.scratch.index.reset(call.order.size());
    }
    LeftOut without_value(call.trace, call.leaf().node, "value_missing");
    LeftOut repeated(call.trace, call.leaf().node, "completion_repeated");
    Done done;
    for (const std::uint32_t index : call.order) {
        const Record& record = call.records[index];
        std::int64_t given = Decimal::one;
        std::int64_t credited = given;
        if (how == Count::value) {
            const auto value = call.binding.value(record);
            if (!value) {
                without_value.add(index);
                continue;
            }
            given = credited = value->nano();
        } else if (how == Count::distinct &&
                   !call.scratch.index.find_or_add(thing_of(call.binding, record)).is_new) {
            repeated.add(index);
            credited = 0;
        }
        done.nano += credited;
        done.has_any = true;
        if (call.trace != nullptr) {
            call.input({}, {&index, 1}, Decimal::from_nano(given), Decimal::from_nano(credited));
        }
    }
    without_value.tell();
    repeated.tell();
    return done;
}

}  // namespace

LeafValue measure(const CompletionRule& rule, const LeafCall& call) {
    const Done done = count(rule, call);
    const Int128 target = rule.measure->target.nano();
    if (call.trace != nullptr) {
        if (done.has_any) {
            call.note(done.nano > target ? "completion_over" : "completion_done",
                      {{"done", text_of(done.nano)}, {"target", text_of(target)}});
        } else {
            call.note("no_records");
        }
    }
    if (!done.has_any) {
        return {};
    }
    // 100 * done / target, clipped to 0..100 before the node's own range.
    const Int128 counted = std::clamp<Int128>(done.nano, 0, target);
    constexpr Int128 milli = 1'000'000;
    return rule.is_small && counted % milli == 0
               ? call.covered(counted / milli * 100 * Decimal::one, target / milli)
               : call.covered(counted * 100 * Decimal::one, target);
}

}  // namespace agate::evaluate
