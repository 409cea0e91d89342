// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/crypto.h"
#include "core/ids.h"
#include "store/db.h"

namespace agate::store {

/// Where a sealed cell stands. It is bound into the cell, so that cells cannot be moved or aged.
struct CellPlace {
    SchoolId school;
    std::string_view table;
    std::string_view column;
    UuidBytes row = {};
    PersonId owner = {};  ///< whose key seals it
};

using BlindIndex = std::array<std::uint8_t, 16>;

/// One random key for each person (and for each import file), wrapped by a key that is derived from
/// the root key; kept in keys.db. Any thread. A key is on the disk before `create` returns, so
/// before the first row that uses it. Destroying a key is the erasure of all it sealed.
class Keys {
public:
    /// `root_key_file` holds 32 bytes, mode 0400, outside database and backup.
    Keys(std::unique_ptr<Db> db, const std::filesystem::path& root_key_file);

    /// Creates the missing ones of these keys, all with one sync.
    void create(std::span<const PersonId> owners, Instant now);

    void create(PersonId owner, Instant now) { create(std::span<const PersonId>{&owner, 1}, now); }

    enum class State { present, destroyed, unknown };
    [[nodiscard]] State state(PersonId owner);

    /// Throws Error(not_found, "key_destroyed") or ensure()s that the key was created.
    [[nodiscard]] std::string seal_cell(const CellPlace& place, Bytes plain);
    /// Nothing when the key is destroyed. Throws Error(internal, "cell_unreadable") on a cell that
    /// is damaged or stands in a place it was not made for.
    [[nodiscard]] std::optional<std::string> open_cell(const CellPlace& place,
                                                       std::string_view cell);

    /// On return the key is gone from memory and disk.
    void destroy(PersonId owner, Instant now);
    [[nodiscard]] std::vector<PersonId> destroyed();

    /// For looking a value up inside one school, and for uniqueness over all schools. `kind` is
    /// "student_number", "national_id" …
    [[nodiscard]] BlindIndex index_in_school(SchoolId school,
                                             std::string_view kind,
                                             std::string_view value) const;
    [[nodiscard]] BlindIndex index_across_schools(std::string_view kind,
                                                  std::string_view value) const;

    /// Equal for one rater in one school and period; nothing else can be read from it.
    [[nodiscard]] RaterTag rater_tag(SchoolId school, PeriodId period, PersonId rater) const;

    [[nodiscard]] std::array<std::uint8_t, 64> sign(Bytes message) const;

    [[nodiscard]] const std::array<std::uint8_t, 32>& public_key() const { return public_key_; }

    /// Runs `work` alone on the connection to keys.db: backup and restore.
    void with_db(const std::function<void(Db&)>& work);

private:
    struct Held {
        SecretKey key;
        bool is_destroyed = false;
    };

    /// In memory, else from the file; nothing when there never was one. Needs `cache_mutex_` held,
    /// shared or alone; may let it go and take it again.
    const Held* find(PersonId owner, std::shared_lock<std::shared_mutex>& lock);
    void load(PersonId owner);

    std::shared_mutex cache_mutex_;
    std::unordered_map<PersonId, Held> cache_;
    std::mutex db_mutex_;
    std::unique_ptr<Db> db_;
    SecretKey wrap_key_, index_key_, unique_key_, rater_key_;
    SigningKey signing_key_;
    std::array<std::uint8_t, 32> public_key_{};
};

/// Makes the file when it is missing; refuses to touch one that is there.
void create_root_key(const std::filesystem::path& file);

}  // namespace agate::store
