// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "core/ids.h"
#include "evaluate/program.h"
#include "framework/compile.h"

namespace agate::store {
class Store;
}

namespace agate::app {

/// A pack's files as the bytes that the store keeps, and back.
[[nodiscard]] std::string pack_bytes(const framework::PackFiles& pack);
[[nodiscard]] framework::PackFiles unpack_pack(std::string_view bytes);

/// A framework with its plans ready to run.
struct Adopted {
    explicit Adopted(framework::Plans compiled)
        : plans(std::move(compiled)),
          school(plans.school),
          national(plans.national),
          is_alike(plans.school.layers.size() == 1) {}

    Adopted(const Adopted&) = delete;
    Adopted& operator=(const Adopted&) = delete;
    Adopted(Adopted&&) = delete;
    Adopted& operator=(Adopted&&) = delete;
    ~Adopted() = default;

    const framework::Plans plans;
    const evaluate::Program school, national;
    const bool is_alike;  ///< there is no overlay: both evaluations are one
};

/// The compiled frameworks of the schools. A plan is immutable and shared by every request that
/// uses it; a school that adopts another version gets another plan.
class Frameworks {
public:
    explicit Frameworks(store::Store& store) : store_(store) {}

    /// Both plans of what the school has adopted for the period. Throws Error(conflict,
    /// "no_framework") when nothing is adopted.
    [[nodiscard]] std::shared_ptr<const Adopted> adopted(SchoolId school, PeriodId period);
    /// Its plans alone.
    [[nodiscard]] std::shared_ptr<const framework::Plans> plans(SchoolId school, PeriodId period);
    void invalidate();

private:
    store::Store& store_;
    std::mutex mutex_;
    std::map<std::string, std::shared_ptr<const Adopted>> by_digest_;
    std::map<std::pair<SchoolId, PeriodId>, std::shared_ptr<const Adopted>> by_period_;
};

}  // namespace agate::app
