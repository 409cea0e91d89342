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

void LeftOut::tell(MessageArgs args) {
    if (records_.empty()) {
        return;
    }
    std::sort(records_.begin(), records_.end());
    args.insert(args.begin(), {"count", std::to_string(records_.size())});
    trace_->note(node_, std::string(code_), std::move(args), trace_->ids(records_));
}

}  // namespace agate::evaluate
