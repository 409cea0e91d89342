// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <vector>

#include "core/records.h"
#include "evaluate/packed.h"

namespace agate::evaluate {

/// A subject with its records in time order.
struct BatchEntry {
    Subject subject;
    std::span<const Record> records;
};

/// One school's subjects with the two plans that evaluate them.
struct Batch {
    const Program& school;
    const Program* national = nullptr;  ///< null: the same plan
    const RecordWords& words;
    DayRange period;
    std::span<const BatchEntry> entries;
    int threads = 1;  ///< the same bytes for any number
};

/// A packed result for each entry, in their order.
[[nodiscard]] std::vector<std::string> pack_all(const Batch& batch);

}  // namespace agate::evaluate
