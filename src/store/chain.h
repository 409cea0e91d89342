// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "base/crypto.h"
#include "core/ids.h"

namespace agate::store {

/// What an entry's hash is made of, in this order. Empty text and bytes stand for null.
struct ChainEntry {
    SchoolId school;
    std::int64_t seq = 0;
    Digest previous{};
    Instant at;
    std::string_view actor, post, act, subjects, object, purpose, outcome, request_id, address;
    std::string_view covers;  ///< "evidence*1000"
    std::int64_t row_count = 0;
    Digest digest{};  ///< over the digests of the covered rows, in order
};

[[nodiscard]] Digest entry_hash(const ChainEntry& entry);

}  // namespace agate::store
