// SPDX-License-Identifier: Apache-2.0
#include "app/images.h"

#include <fmt/format.h>

#include <system_error>

#include "base/error.h"
#include "base/log.h"
#include "store/audit.h"

namespace agate::app {
namespace {

/// Below this an image is read from the tables faster than anybody notices.
constexpr std::size_t worth_keeping = 20'000;

void keep(const store::EvidenceImage& image, const std::filesystem::path& file) {
    std::error_code fault;
    std::filesystem::create_directories(file.parent_path(), fault);
    try {
        image.save(file);
    } catch (const Error& error) {
        // It is derived: without a file it is read from the tables the next time.
        log(LogLevel::warning, "image_not_kept " + error.detail);
    }
}

}  // namespace

Images::Slot& Images::slot_of(SchoolId school, const Period& period) {
    const std::lock_guard lock(mutex_);
    auto& slot = slots_[{school, period.period_id}];
    if (slot == nullptr) {
        slot = std::make_unique<Slot>();
    }
    return *slot;
}

const store::EvidenceImage& Images::bring_up(store::Db& db,
                                             Slot& slot,
                                             SchoolId school,
                                             const Period& period) {
    const store::EvidenceImage::Of of{.school = school, .days = period.days};
    const auto now = store::chain_position(db, school);
    const auto file = folder_ / fmt::format("{}-{}.image", school.value, period.period_id.value);
    if (slot.image == nullptr && !folder_.empty()) {
        if (auto found = store::EvidenceImage::open(file, db, of)) {
            slot.image = std::make_unique<store::EvidenceImage>(std::move(*found));
        }
    }
    if (slot.image != nullptr) {
        slot.image->catch_up(db, now);
        if (slot.image->changed_students() * 20 < slot.image->record_count()) {
            return *slot.image;
        }
    }
    slot.image = std::make_unique<store::EvidenceImage>(store::EvidenceImage::read(db, of, now));
    if (!folder_.empty() && slot.image->record_count() >= worth_keeping) {
        keep(*slot.image, file);
    }
    return *slot.image;
}

}  // namespace agate::app
