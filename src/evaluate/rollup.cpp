// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "evaluate/evaluator.h"

namespace agate::evaluate {
namespace {

using framework::MissingPolicy;
using framework::Node;
using framework::RollUp;

enum class Part { none, counted, missing, exempt };

/// What a child does to its parent: nothing where it does not apply to the subject.
Part part_of(const ParentCall& call, NodeIndex child) {
    if (call.weight(child) == 0 && call.node().roll_up != RollUp::sum) {
        return Part::none;
    }
    const NodeValue& value = call.at(child);
    return value.is_exempt ? Part::exempt : value.has_score ? Part::counted : Part::missing;
}

/// Sums over the children that apply.
struct Sums {
    int counted = 0, missing = 0, exempt = 0;
    std::int64_t counted_weights = 0, missing_weights = 0;
    std::int64_t coverage = 0;  ///< millionths times weight
    std::int64_t plain_coverage = 0;
    std::int32_t records = 0;
    Int128 weighted = 0;  ///< scores times weight
    Int128 plain = 0;
};

Sums sum_children(const ParentCall& call) {
    Sums sums;
    const bool is_sum = call.node().roll_up == RollUp::sum;
    for (const NodeIndex child : call.node().children) {
        const NodeValue& value = call.at(child);
        const std::int64_t weight = call.weight(child);
        sums.records += value.record_count;
        if (weight == 0 && !is_sum) {
            continue;
        }
        if (value.is_exempt) {
            ++sums.exempt;
            continue;
        }
        if (value.has_score) {
            ++sums.counted;
            sums.counted_weights += weight;
            sums.weighted += Int128{weight} * value.score;
            sums.plain += value.score;
        } else {
            ++sums.missing;
            sums.missing_weights += weight;
        }
        sums.coverage += weight * value.coverage_ppm;
        sums.plain_coverage += value.coverage_ppm;
    }
    return sums;
}

/// Mean of coverage by original weights over children that apply and are not exempt; equal weights
/// where a sum's children have none. Rounded down to a millionth.
std::int32_t coverage_of(const Sums& sums) {
    const std::int64_t weights = sums.counted_weights + sums.missing_weights;
    const std::int64_t count = sums.counted + sums.missing;
    if (count == 0 || sums.plain_coverage == 0) {
        return 0;
    }
    if (sums.plain_coverage == count * full_coverage) {
        return full_coverage;
    }
    return static_cast<std::int32_t>(weights > 0 ? sums.coverage / weights
                                                 : sums.plain_coverage / count);
}

/// A note that names children in both languages.
void name_children(const ParentCall& call, std::string code, Part part) {
    std::string zh;
    std::string en;
    int count = 0;
    for (const NodeIndex child : call.node().children) {
        if (part_of(call, child) != part) {
            continue;
        }
        const Node& node = call.program.plan().node(child);
        zh += (zh.empty() ? "" : "、") + node.name_zh;
        en += (en.empty() ? "" : ", ") + (node.name_en.empty() ? node.name_zh : node.name_en);
        ++count;
    }
    call.trace->note(call.parent.node,
                     std::move(code),
                     {{"count", std::to_string(count)},
                      {"names_zh", std::move(zh)},
                      {"names_en", std::move(en)}});
}

/// Tells what is missing; the parent has a result or not by `has_result`.
void tell_missing(const ParentCall& call, const Sums& sums) {
    const Node& node = call.node();
    if (sums.exempt > 0) {
        const bool blocks = node.exempt == framework::ExemptPolicy::block;
        name_children(call, blocks ? "exempt_blocks" : "exempt_left_out", Part::exempt);
        if (blocks) {
            return;
        }
    }
    if (sums.counted == 0) {
        if (sums.missing == 0) {
            call.trace->note(call.parent.node, "nothing_applies");
        } else {
            name_children(call, "missing_all", Part::missing);
        }
    } else if (sums.missing > 0) {
        name_children(call,
                      node.missing == MissingPolicy::block  ? "missing_blocks"
                      : node.missing == MissingPolicy::zero ? "missing_as_zero"
                                                            : "missing_left_out",
                      Part::missing);
    }
}

bool has_result(const ParentCall& call, const Sums& sums) {
    const Node& node = call.node();
    const bool is_blocked = (sums.exempt > 0 && node.exempt == framework::ExemptPolicy::block) ||
                            (sums.missing > 0 && node.missing == MissingPolicy::block);
    return sums.counted > 0 && !is_blocked;
}

std::int64_t shares_of(const ParentCall& call, const Sums& sums) {
    return sums.counted_weights +
           (call.node().missing == MissingPolicy::zero ? sums.missing_weights : 0);
}

/// What each child gave to its parent.
void tell_shares(const ParentCall& call, const Sums& sums) {
    const Node& node = call.node();
    const std::int64_t shares = shares_of(call, sums);
    const auto add = [&](NodeIndex child) {
        const NodeValue& value = call.at(child);
        const Int128 weight = call.weight(child);
        ReasonInput input{.label = call.program.plan().node(child).code,
                          .evidence = {},
                          .given = value.has_score ? std::optional{Decimal::from_nano(value.score)}
                                                   : std::nullopt,
                          .credited = std::nullopt,
                          .weight = std::nullopt};
        if (node.roll_up == RollUp::sum) {
            input.credited = input.given;
        } else {
            input.credited = round_shown(weight * value.score, shares, node.decimals + 2);
            input.weight = round_shown(weight * 100 * Decimal::one, shares, 2);
        }
        call.trace->input(call.parent.node, std::move(input));
    };
    for (const Part part : {Part::counted, Part::missing}) {
        if (part == Part::missing &&
            (node.missing != MissingPolicy::zero || node.roll_up == RollUp::sum)) {
            continue;
        }
        for (const NodeIndex child : node.children) {
            if (part_of(call, child) == part) {
                add(child);
            }
        }
    }
}

void tell_sum(const ParentCall& call, const Sums& sums) {
    const Decimal high = call.node().high;
    if (sums.plain > high.nano()) {
        call.trace->note(call.parent.node,
                         "sum_above_range",
                         {{"sum", text_of(sums.plain)}, {"limit", high.to_string()}});
    }
}

}  // namespace

void roll_up(const ParentCall& call) {
    NodeValue& value = call.values[static_cast<std::size_t>(call.parent.node)];
    const Sums sums = sum_children(call);
    value.record_count = sums.records;
    if (value.is_exempt) {
        return;
    }
    if (sums.counted == 0 && sums.missing == 0 && sums.exempt > 0) {
        value.is_exempt = true;
        if (call.trace != nullptr) {
            call.trace->note(call.parent.node, "exempt");
        }
        return;
    }
    value.coverage_ppm = coverage_of(sums);
    if (call.trace != nullptr) {
        tell_missing(call, sums);
    }
    if (!has_result(call, sums)) {
        return;
    }
    const bool is_sum = call.node().roll_up == RollUp::sum;
    value.has_score = true;
    value.score = is_sum ? call.parent.rounding.of(sums.plain, 1)
                         : call.parent.rounding.of(sums.weighted, shares_of(call, sums));
    if (call.trace != nullptr) {
        tell_shares(call, sums);
        if (is_sum) {
            tell_sum(call, sums);
        }
    }
}

}  // namespace agate::evaluate
