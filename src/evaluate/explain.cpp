// SPDX-License-Identifier: Apache-2.0
#include "evaluate/explain.h"

#include "base/error.h"
#include "evaluate/evaluate.h"

namespace agate::evaluate {
namespace {

bool agrees(const NodeValue& stored, const NodeResult& now) {
    const auto band = [](BandIndex index) {
        return index == NodeValue::no_band ? std::nullopt : std::optional{index};
    };
    return stored.score_if_any() == now.score && band(stored.band) == now.band &&
           band(stored.computed_band) == now.computed_band &&
           stored.coverage_ppm == now.coverage_ppm && stored.is_exempt == now.is_exempt &&
           stored.record_count == now.record_count;
}

}  // namespace

SubjectResult explain(const Program& program,
                      const DayRange& period,
                      const Subject& subject,
                      std::span<const NodeValue> stored,
                      std::span<const Evidence> evidence) {
    SubjectResult result = evaluate(program, period, subject, evidence);
    bool is_same = stored.size() == result.nodes.size();
    for (std::size_t i = 0; i < stored.size() && is_same; ++i) {
        is_same = agrees(stored[i], result.nodes[i]);
    }
    if (!is_same) {
        throw Error(ErrorKind::internal, "result_not_repeated");
    }
    return result;
}

}  // namespace agate::evaluate
