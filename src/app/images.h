// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <mutex>

#include "core/calendar.h"
#include "store/evidence_image.h"
#include "store/store.h"

namespace agate::app {

/// The images of the periods that somebody asked about, kept up with the tables and on the disk. A
/// folder that is empty or lost is filled again.
class Images {
public:
    /// `folder` is made when it is needed; empty: nothing is kept on the disk.
    Images(store::Store& store, std::filesystem::path folder)
        : store_(store), folder_(std::move(folder)) {}

    /// Calls `use(Db&, const EvidenceImage&)` in one snapshot, with the image as of that snapshot.
    /// One caller at a time for each period.
    template <class Use>
    auto with(SchoolId school, const Period& period, const Use& use) {
        Slot& slot = slot_of(school, period);
        const std::lock_guard lock(slot.mutex);
        return store_.read(
            [&](store::Db& db) { return use(db, bring_up(db, slot, school, period)); });
    }

private:
    struct Slot {
        std::mutex mutex;
        std::unique_ptr<store::EvidenceImage> image;
    };

    [[nodiscard]] Slot& slot_of(SchoolId school, const Period& period);
    [[nodiscard]] const store::EvidenceImage& bring_up(store::Db& db,
                                                       Slot& slot,
                                                       SchoolId school,
                                                       const Period& period);

    store::Store& store_;
    std::filesystem::path folder_;
    std::mutex mutex_;
    std::map<std::pair<SchoolId, PeriodId>, std::unique_ptr<Slot>> slots_;
};

}  // namespace agate::app
