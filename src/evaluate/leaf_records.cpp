// SPDX-License-Identifier: Apache-2.0
#include "evaluate/leaf_records.h"

#include <algorithm>

namespace agate::evaluate {
namespace {

std::size_t place(NodeIndex index) {
    return static_cast<std::size_t>(index);
}

bool belongs_on(const Subject& subject, Day day) {
    return subject.belongs.empty() ||
           std::any_of(subject.belongs.begin(), subject.belongs.end(), [&](const DayRange& range) {
               return range.contains(day);
           });
}

bool is_earlier(const Evidence& a, const Evidence& b) {
    return is_later(b, a);
}

}  // namespace

LeafRecords::LeafRecords(const framework::Plan& plan,
                         const DayRange& period,
                         const Subject& subject,
                         std::span<const Evidence> evidence) {
    std::vector<LeafRecord> sorted;
    sorted.reserve(evidence.size());
    const framework::Reason* reason = nullptr;
    for (const Evidence& record : evidence) {
        if (reason == nullptr || record.reason != reason->code) {
            const auto found = plan.reasons.find(record.reason);
            reason = found == plan.reasons.end() ? nullptr : &found->second;
        }
        if (reason == nullptr) {
            unknown_.push_back(&record);
            continue;
        }
        const bool is_inside = period.contains(record.day);
        if (is_inside && belongs_on(subject, record.day)) {
            sorted.push_back({&record, reason});
            continue;
        }
        for (const NodeIndex leaf : reason->leaves) {
            outside_.push_back(
                {leaf, is_inside ? Why::outside_belonging : Why::outside_period, &record});
        }
    }
    const auto by_time = [](const LeafRecord& a, const LeafRecord& b) {
        return is_earlier(*a.evidence, *b.evidence);
    };
    if (!std::is_sorted(sorted.begin(), sorted.end(), by_time)) {
        std::sort(sorted.begin(), sorted.end(), by_time);
    }
    std::sort(outside_.begin(), outside_.end(), [](const Outside& a, const Outside& b) {
        return a.leaf != b.leaf ? a.leaf < b.leaf : is_earlier(*a.evidence, *b.evidence);
    });
    std::sort(unknown_.begin(), unknown_.end(), [](const Evidence* a, const Evidence* b) {
        return is_earlier(*a, *b);
    });
    deal(plan, sorted);
}

void LeafRecords::deal(const framework::Plan& plan, std::span<const LeafRecord> sorted) {
    first_.assign(plan.nodes.size() + 1, 0);
    for (const LeafRecord& record : sorted) {
        for (const NodeIndex leaf : record.reason->leaves) {
            ++first_[place(leaf) + 1];
        }
        if (record.reason->leaves.size() > 1) {
            shared_.push_back(record.reason);
        }
    }
    for (std::size_t i = 1; i < first_.size(); ++i) {
        first_[i] += first_[i - 1];
    }
    std::vector<std::size_t> next(first_.begin(), first_.end() - 1);
    records_.resize(first_.back());
    for (const LeafRecord& record : sorted) {
        for (const NodeIndex leaf : record.reason->leaves) {
            records_[next[place(leaf)]++] = record;
        }
    }
}

std::span<const LeafRecord> LeafRecords::at(NodeIndex leaf) const {
    const std::size_t from = first_[place(leaf)];
    return {records_.data() + from, first_[place(leaf) + 1] - from};
}

void LeafRecords::tell_left_out(NodeIndex leaf, std::vector<ReasonNote>& notes) const {
    LeftOut period("outside_period");
    LeftOut belonging("outside_belonging");
    auto it = std::lower_bound(
        outside_.begin(), outside_.end(), leaf, [](const Outside& outside, NodeIndex wanted) {
            return outside.leaf < wanted;
        });
    for (; it != outside_.end() && it->leaf == leaf; ++it) {
        (it->why == Why::outside_period ? period : belonging).add(*it->evidence);
    }
    std::move(period).tell(notes);
    std::move(belonging).tell(notes);
}

void LeafRecords::tell_unknown(std::vector<ReasonNote>& notes) const {
    LeftOut unknown("record_reason_unknown");
    for (const Evidence* evidence : unknown_) {
        unknown.add(*evidence);
    }
    std::move(unknown).tell(notes);
}

void LeafRecords::count_once(const framework::Plan& plan, std::vector<NodeResult>& results) const {
    std::vector<std::int32_t> seen(shared_.empty() ? 0 : results.size(), 0);
    for (const framework::Reason* reason : shared_) {
        std::vector<NodeIndex> path;
        for (const NodeIndex leaf : reason->leaves) {
            for (auto up = plan.node(leaf).parent; up; up = plan.node(*up).parent) {
                path.push_back(*up);
                if (++seen[place(*up)] > 1) {
                    --results[place(*up)].record_count;
                }
            }
        }
        for (const NodeIndex index : path) {
            seen[place(index)] = 0;
        }
    }
}

}  // namespace agate::evaluate
