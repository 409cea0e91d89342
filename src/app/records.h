// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "app/directory.h"
#include "app/page_json.h"
#include "app/services.h"
#include "store/evidence.h"

namespace agate::app {

/// Which of a student's records a viewer is shown.
struct RecordView {
    SchoolId school;
    DayRange days;
    /// Negative records before this day have faded from the default view.
    Day faded_before;
    bool with_faded = false;
    /// The actor's own subject only: reasons under this node, and what the actor wrote.
    std::optional<NodeIndex> only_under;
    std::optional<PersonId> own_author;
};

/// A record opened with its author, for the page.
struct OpenedRecord {
    store::EvidenceRecord record;
    store::EvidenceContent content;
    std::string author_name;
    std::string voided_reason;
    std::optional<Day> voided_day;
};

/// The student's records in the view, latest first, sealed parts not yet opened.
[[nodiscard]] std::vector<store::EvidenceRecord> list_records(Services& services,
                                                              const framework::Plan& plan,
                                                              PersonId student,
                                                              const RecordView& view);

/// Opens the sealed parts of these records.
[[nodiscard]] std::vector<OpenedRecord> open_records(Services& services,
                                                     const Directory& directory,
                                                     SchoolId school,
                                                     std::vector<store::EvidenceRecord> records);

[[nodiscard]] bool is_under(const framework::Plan& plan, std::string_view reason, NodeIndex node);

/// First day of the term before the last: older negative records fade.
[[nodiscard]] Day fading_day(Services& services, SchoolId school, Day today);

}  // namespace agate::app
