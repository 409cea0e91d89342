// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "core/ids.h"
#include "framework/compile.h"

namespace agate::store {
class Store;
}

namespace agate::app {

/// A pack's files as the bytes that the store keeps, and back.
[[nodiscard]] std::string pack_bytes(const framework::PackFiles& pack);
[[nodiscard]] framework::PackFiles unpack_pack(std::string_view bytes);

/// The compiled frameworks of the schools. A plan is immutable and shared by every request that
/// uses it; a school that adopts another version gets another plan.
class Frameworks {
public:
    explicit Frameworks(store::Store& store) : store_(store) {}

    /// Both plans of what the school has adopted for the period. Throws Error(conflict,
    /// "no_framework") when nothing is adopted.
    [[nodiscard]] std::shared_ptr<const framework::Plans> plans(SchoolId school, PeriodId period);
    void invalidate();

private:
    store::Store& store_;
    std::mutex mutex_;
    std::map<std::string, std::shared_ptr<const framework::Plans>> by_digest_;
    std::map<std::pair<SchoolId, PeriodId>, std::shared_ptr<const framework::Plans>> by_period_;
};

}  // namespace agate::app
