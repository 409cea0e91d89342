// SPDX-License-Identifier: Apache-2.0
#include "app/records.h"

#include <algorithm>

#include "store/store.h"

namespace agate::app {
namespace {

/// A peer's or a rater's name is not shown; whoever set down a fact is.
bool is_author_shown(RaterKind kind) {
    return kind != RaterKind::peer;
}

}  // namespace

bool is_under(const framework::Plan& plan, std::string_view reason, NodeIndex node) {
    const auto found = plan.reasons.find(reason);
    if (found == plan.reasons.end()) {
        return false;
    }
    return std::any_of(
        found->second.leaves.begin(), found->second.leaves.end(), [&](NodeIndex leaf) {
            std::optional<NodeIndex> at = leaf;
            while (at && *at != node) {
                at = plan.node(*at).parent;
            }
            return at.has_value();
        });
}

Day fading_day(Services& services, SchoolId school, Day today) {
    // Periods come by first day: the one before the present one.
    Day last, before_last;
    for (const auto& period : services.directory.get()->periods_of(school)) {
        if (period.days.from <= today) {
            before_last = last;
            last = period.days.from;
        }
    }
    return before_last;
}

std::vector<store::EvidenceRecord> list_records(Services& services,
                                                const framework::Plan& plan,
                                                PersonId student,
                                                const RecordView& view) {
    auto records = services.store.read(
        [&](store::Db& db) { return store::list_evidence(db, view.school, student, view.days); });
    std::erase_if(records, [&](const store::EvidenceRecord& record) {
        const bool has_faded = !view.with_faded && record.day < view.faded_before && record.value &&
                               *record.value < Decimal{};
        const bool is_elsewhere =
            view.only_under && !is_under(plan, record.reason, *view.only_under);
        return has_faded || is_elsewhere;
    });
    return records;
}

std::vector<OpenedRecord> open_records(Services& services,
                                       const Directory& directory,
                                       SchoolId school,
                                       std::vector<store::EvidenceRecord> records) {
    auto& keys = services.store.keys();
    std::vector<OpenedRecord> opened;
    opened.reserve(records.size());
    for (auto& record : records) {
        OpenedRecord one{.record = std::move(record),
                         .content = {},
                         .author_name = {},
                         .voided_reason = {},
                         .voided_day = {}};
        one.content = store::open_evidence(keys, school, one.record);
        if (is_author_shown(one.record.rater_kind)) {
            one.author_name = directory.name_of(one.content.author);
        }
        if (one.record.state == EvidenceState::voided) {
            const auto reviews = services.store.read([&](store::Db& db) {
                return store::list_reviews(db, school, one.record.evidence_id);
            });
            if (!reviews.empty()) {
                one.voided_day = shanghai_day(reviews.back().at);
                one.voided_reason = store::open_review(keys, school, reviews.back()).value_or("");
            }
        }
        opened.push_back(std::move(one));
    }
    return opened;
}

}  // namespace agate::app
