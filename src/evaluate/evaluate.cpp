// SPDX-License-Identifier: Apache-2.0
#include "evaluate/evaluate.h"

#include <algorithm>
#include <numeric>

#include "evaluate/evaluator.h"

namespace agate::evaluate {
namespace {

/// A subject's records packed in time order, and those dated outside the period apart.
struct Packed {
    std::vector<Record> records;
    std::vector<EvidenceId> ids;
    std::vector<const Evidence*> outside;
};

Packed pack(RecordPacker& packer, const DayRange& period, std::span<const Evidence> evidence) {
    std::vector<const Evidence*> sorted;
    sorted.reserve(evidence.size());
    for (const Evidence& record : evidence) {
        sorted.push_back(&record);
    }
    std::sort(sorted.begin(), sorted.end(), [](const Evidence* a, const Evidence* b) {
        return is_later(*b, *a);
    });
    Packed packed;
    for (const Evidence* record : sorted) {
        if (period.contains(record->day)) {
            packed.records.push_back(packer.pack(*record));
            packed.ids.push_back(record->evidence_id);
        } else {
            packed.outside.push_back(record);
        }
    }
    return packed;
}

void tell_outside(const framework::Plan& plan,
                  const std::vector<const Evidence*>& outside,
                  std::vector<NodeResult>& nodes) {
    std::vector<std::vector<EvidenceId>> by_node(nodes.size());
    for (const Evidence* record : outside) {
        const auto found = plan.reasons.find(record->reason);
        if (found == plan.reasons.end()) {
            continue;
        }
        for (const NodeIndex leaf : found->second.leaves) {
            by_node[static_cast<std::size_t>(leaf)].push_back(record->evidence_id);
        }
    }
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        if (!by_node[i].empty()) {
            nodes[i].notes.insert(nodes[i].notes.begin(),
                                  {.code = "outside_period",
                                   .args = {{"count", std::to_string(by_node[i].size())}},
                                   .evidence = std::move(by_node[i])});
        }
    }
}

}  // namespace

SubjectResult evaluate(const framework::Plan& plan,
                       const DayRange& period,
                       const Subject& subject,
                       std::span<const Evidence> evidence) {
    return evaluate(Program(plan), period, subject, evidence);
}

SubjectResult evaluate(const Program& program,
                       const DayRange& period,
                       const Subject& subject,
                       std::span<const Evidence> evidence) {
    const framework::Plan& plan = program.plan();
    RecordPacker packer(period);
    const Packed packed = pack(packer, period, evidence);
    Evaluator evaluator(program, packer.words(), period);
    Trace trace(packed.ids, plan.nodes.size());
    const auto values = evaluator.run(subject, packed.records, &trace);
    SubjectResult result = to_result(subject.person_id, values, std::move(trace));
    tell_outside(plan, packed.outside, result.nodes);
    return result;
}

std::vector<NodeValue> evaluate_values(const Program& program,
                                       const DayRange& period,
                                       const Subject& subject,
                                       std::span<const Evidence> evidence) {
    RecordPacker packer(period);
    const Packed packed = pack(packer, period, evidence);
    Evaluator evaluator(program, packer.words(), period);
    const auto values = evaluator.run(subject, packed.records);
    return {values.begin(), values.end()};
}

}  // namespace agate::evaluate
