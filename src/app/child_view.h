// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

#include "app/guard.h"
#include "app/records.h"
#include "app/standings.h"

namespace agate::app {

/// A child as one viewer may see it in one period: asked of the authoriser, logged, loaded.
struct ChildView {
    Found found;
    Period period;
    Audience audience = Audience::staff;
    Loaded loaded;
    RecordView records;
    std::optional<NodeIndex> only_under;  ///< the actor's own subject only
    bool can_print = false;

    [[nodiscard]] const framework::Plan& plan() const { return loaded.plan(); }

    /// False for nodes outside the actor's own subject.
    [[nodiscard]] bool shows(NodeIndex node) const;
};

/// The duties that pages of a child see to: no order by result, faded records hidden, the actor's
/// own subject alone where the row asks for it.
[[nodiscard]] Met portrait_duties(const Call& call);

/// Throws Error as the authoriser decides.
[[nodiscard]] ChildView view_child(Services& services,
                                   const Call& call,
                                   PersonId student,
                                   std::optional<PeriodId> period,
                                   std::string_view resource,
                                   std::string_view action);

/// The page's figures and sentences, with the child's own last period beside them.
[[nodiscard]] Standing stand_of(Services& services, const ChildView& view, Language language);

/// The mounted fitness standard in a plan; nothing when it has none.
[[nodiscard]] std::optional<NodeIndex> fitness_node(const framework::Plan& plan);

/// A finished page out of the cache, when it may be answered without asking or writing anything.
[[nodiscard]] std::optional<std::string> cached_portrait(Services& services,
                                                         const Call& call,
                                                         PersonId student);

}  // namespace agate::app
