// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>

namespace agate {

/// Called by long work with what it is doing and how far it is; total 0 means not known yet.
using Progress =
    std::function<void(std::string_view stage, std::uint64_t done, std::uint64_t total)>;

}  // namespace agate
