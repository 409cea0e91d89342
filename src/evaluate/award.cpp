// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "evaluate/measure.h"

namespace agate::evaluate {
namespace {

struct Award {
    std::uint32_t record = 0;
    std::string_view category;  ///< the reason's code
    Decimal score;
};

/// Best first within each category; equal awards by time, so that the earliest counts.
std::vector<Award> sorted_awards(const AwardRule& rule, const LeafCall& call) {
    LeftOut unknown(call.trace, call.leaf().node, "award_level_unknown");
    std::vector<Award> awards;
    for (const std::uint32_t index : call.order) {
        const Record& record = call.records[index];
        const auto level = rule.measure->level_scores.find(call.binding.label(record));
        if (level == rule.measure->level_scores.end()) {
            unknown.add(index);
        } else {
            awards.push_back({index, call.binding.use(record).reason->code, level->second});
        }
    }
    unknown.tell();
    std::stable_sort(awards.begin(), awards.end(), [](const Award& a, const Award& b) {
        return a.category != b.category ? a.category < b.category : a.score > b.score;
    });
    return awards;
}

}  // namespace

LeafValue measure(const AwardRule& rule, const LeafCall& call) {
    const std::vector<Award> awards =
        call.order.empty() ? std::vector<Award>{} : sorted_awards(rule, call);
    if (awards.empty()) {
        if (call.trace != nullptr) {
            call.note("no_awards");
        }
        return {};
    }
    LeftOut beyond(call.trace, call.leaf().node, "award_beyond_best");
    Int128 sum = 0;
    int place = 0;
    std::string_view last;
    for (const Award& award : awards) {
        place = place > 0 && last == award.category ? place + 1 : 1;
        last = award.category;
        const bool counts = place <= rule.measure->best_per_category;
        if (counts) {
            sum += award.score.nano();
        } else {
            beyond.add(award.record);
        }
        if (call.trace != nullptr) {
            call.input(call.binding.label(call.records[award.record]),
                       {&award.record, 1},
                       award.score,
                       counts ? award.score : Decimal{});
        }
    }
    beyond.tell({{"best", std::to_string(rule.measure->best_per_category)}});
    const Decimal high = rule.measure->high;
    if (call.trace != nullptr && sum > high.nano()) {
        call.note("award_above_limit", {{"sum", text_of(sum)}, {"limit", high.to_string()}});
    }
    return call.covered(std::min<Int128>(sum, high.nano()));
}

}  // namespace agate::evaluate
