// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "evaluate/measure.h"

namespace agate::evaluate {

/// The records of one subject by leaf, each leaf's earliest first: sorted once, then dealt out by
/// index. Those outside the period, outside the subject's time at the school, or of an unknown
/// reason are kept apart. The evidence and the plan must outlive it.
class LeafRecords {
public:
    LeafRecords(const framework::Plan& plan,
                const DayRange& period,
                const Subject& subject,
                std::span<const Evidence> evidence);

    [[nodiscard]] std::span<const LeafRecord> at(NodeIndex leaf) const;

    /// Records of the leaf that were left out, with why.
    void tell_left_out(NodeIndex leaf, std::vector<ReasonNote>& notes) const;
    /// Records whose reason the framework does not have.
    void tell_unknown(std::vector<ReasonNote>& notes) const;

    /// Parents add up their children's records; one that counts at several leaves is one record.
    void count_once(const framework::Plan& plan, std::vector<NodeResult>& results) const;

private:
    enum class Why { outside_period, outside_belonging };

    struct Outside {
        NodeIndex leaf = 0;
        Why why = Why::outside_period;
        const Evidence* evidence = nullptr;
    };

    void deal(const framework::Plan& plan, std::span<const LeafRecord> sorted);

    std::vector<std::size_t> first_;  ///< by leaf: where its records begin; one more at the end
    std::vector<LeafRecord> records_;
    std::vector<Outside> outside_;
    std::vector<const Evidence*> unknown_;
    std::vector<const framework::Reason*> shared_;  ///< once for each record at several leaves
};

}  // namespace agate::evaluate
