// SPDX-License-Identifier: Apache-2.0
#include "evaluate/measure.h"

namespace agate::evaluate {
namespace {

struct Mark {
    std::uint32_t record = 0;
    Decimal score;
};

/// Marks the rule can read, earliest first: a label, or without one a scaled score in range.
std::vector<Mark> read_marks(const framework::MarkMeasure& rule, const LeafCall& call) {
    LeftOut unknown(call.trace, call.leaf().node, "mark_label_unknown");
    LeftOut outside(call.trace, call.leaf().node, "mark_out_of_range");
    LeftOut without_value(call.trace, call.leaf().node, "value_missing");
    std::vector<Mark> marks;
    for (const std::uint32_t index : call.order) {
        const Record& record = call.records[index];
        const auto& label = call.binding.label(record);
        if (!label.empty()) {
            const auto score = rule.label_scores.find(label);
            if (score == rule.label_scores.end()) {
                unknown.add(index);
            } else {
                marks.push_back({index, score->second});
            }
            continue;
        }
        const auto value = call.binding.value(record);
        if (!value) {
            without_value.add(index);
        } else if (*value < rule.low || *value > rule.high) {
            outside.add(index);
        } else {
            marks.push_back({index, *value});
        }
    }
    unknown.tell();
    outside.tell({{"low", rule.low.to_string()}, {"high", rule.high.to_string()}});
    without_value.tell();
    return marks;
}

/// The mark that counts; for a mean, nothing.
const Mark* counted_mark(framework::Attempt attempt, const std::vector<Mark>& marks) {
    if (attempt == framework::Attempt::latest) {
        return &marks.back();
    }
    if (attempt == framework::Attempt::mean) {
        return nullptr;
    }
    const Mark* best = &marks.front();
    for (const Mark& mark : marks) {
        best = mark.score > best->score ? &mark : best;
    }
    return best;
}

void tell(framework::Attempt attempt,
          const std::vector<Mark>& marks,
          const Mark* counted,
          const LeafCall& call) {
    for (const Mark& mark : marks) {
        const bool counts = counted == nullptr || counted == &mark;
        call.input(call.binding.label(call.records[mark.record]),
                   {&mark.record, 1},
                   mark.score,
                   counts ? std::optional{mark.score} : std::nullopt);
    }
    if (marks.size() > 1) {
        const bool is_latest = attempt == framework::Attempt::latest;
        const auto about =
            counted == nullptr ? std::span<const std::uint32_t>{} : std::span(&counted->record, 1);
        call.note(counted == nullptr ? "attempt_mean"
                  : is_latest        ? "attempt_latest"
                                     : "attempt_best",
                  {{"count", std::to_string(marks.size())}},
                  about);
    }
}

}  // namespace

LeafValue measure(const MarkRule& rule, const LeafCall& call) {
    const std::vector<Mark> marks =
        call.order.empty() ? std::vector<Mark>{} : read_marks(*rule.measure, call);
    if (marks.empty()) {
        if (call.trace != nullptr) {
            call.note("no_records");
        }
        return {};
    }
    const Mark* counted = counted_mark(rule.measure->attempt, marks);
    if (call.trace != nullptr) {
        tell(rule.measure->attempt, marks, counted, call);
    }
    if (counted != nullptr) {
        return call.covered(counted->score.nano());
    }
    Int128 sum = 0;
    for (const Mark& mark : marks) {
        sum += mark.score.nano();
    }
    return call.covered(sum, static_cast<Int128>(marks.size()));
}

}  // namespace agate::evaluate
