// SPDX-License-Identifier: Apache-2.0
#include "evaluate/values.h"

#include <algorithm>

namespace agate::evaluate {

std::vector<EvidenceId> Trace::ids(std::span<const std::uint32_t> records) const {
    std::vector<EvidenceId> ids;
    ids.reserve(records.size());
    for (const std::uint32_t record : records) {
        ids.push_back(ids_[record]);
    }
    return ids;
}

SubjectResult to_result(PersonId subject, std::span<const NodeValue> values, Trace trace) {
    const auto band = [](BandIndex index) {
        return index == NodeValue::no_band ? std::nullopt : std::optional{index};
    };
    SubjectResult result{.subject = subject, .nodes = trace.take()};
    for (std::size_t i = 0; i < values.size(); ++i) {
        NodeResult& node = result.nodes[i];
        node.node = static_cast<NodeIndex>(i);
        node.score = values[i].score_if_any();
        node.band = band(values[i].band);
        node.computed_band = band(values[i].computed_band);
        node.coverage_ppm = values[i].coverage_ppm;
        node.is_exempt = values[i].is_exempt;
        node.record_count = values[i].record_count;
    }
    return result;
}

void LeftOut::tell(MessageArgs args) {
    if (records_.empty()) {
        return;
    }
    std::sort(records_.begin(), records_.end());
    args.insert(args.begin(), {"count", std::to_string(records_.size())});
    trace_->note(node_, std::string(code_), std::move(args), trace_->ids(records_));
}

}  // namespace agate::evaluate
