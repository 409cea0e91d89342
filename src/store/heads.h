// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <filesystem>
#include <string>
#include <vector>

#include "base/crypto.h"
#include "base/day.h"
#include "core/ids.h"

namespace agate::store {

class Store;

/// Where one chain stood at one time, signed (Ed25519).
struct Head {
    SchoolId school;
    std::int64_t seq = 0;
    Digest hash{};
    Instant at;
    std::array<std::uint8_t, 64> signature{};
};

/// Appends the heads of all chains that moved since the last call of this process to the file
/// outside the store, synced. Every minute and at each seal. Returns how many lines.
int append_heads(Store& store);

/// A line that is no head is a fault of the file: its number is in `bad_lines`.
struct HeadsFile {
    std::vector<Head> heads;
    std::vector<std::int64_t> bad_lines;
};

[[nodiscard]] HeadsFile read_heads(const std::filesystem::path& file);
[[nodiscard]] bool is_signed_by(const Head& head, Bytes public_key);

}  // namespace agate::store
