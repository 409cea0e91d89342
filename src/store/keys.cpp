// SPDX-License-Identifier: Apache-2.0
#include "store/keys.h"

#include <algorithm>

#include "base/error.h"
#include "base/file.h"
#include "store/sqlite.h"

namespace agate::store {

namespace {

/// The key under this owner proves that keys.db and the root key belong together.
constexpr PersonId proof_owner{};
constexpr std::int64_t key_version = 1;
constexpr std::int64_t longest_log = 2000;  // pages of keys.db

std::string wrap_place(PersonId owner) {
    std::string place = "person_key";
    place.append(reinterpret_cast<const char*>(owner.bytes.data()), owner.bytes.size());
    place += static_cast<char>(key_version);
    return place;
}

void append_number(std::string& out, std::int64_t number) {
    for (int shift = 56; shift >= 0; shift -= 8) {
        out += static_cast<char>((static_cast<std::uint64_t>(number) >> shift) & 0xff);
    }
}

std::string bound_text(const CellPlace& place) {
    std::string bound;
    bound.reserve(64);
    append_number(bound, place.school.value);
    bound.append(place.table).append(1, '\0').append(place.column).append(1, '\0');
    bound.append(reinterpret_cast<const char*>(place.row.data()), place.row.size());
    bound.append(reinterpret_cast<const char*>(place.owner.bytes.data()), 16);
    bound += static_cast<char>(key_version);
    return bound;
}

SecretKey read_root_key(const std::filesystem::path& file) {
    const std::string bytes = read_file(file, 1024);
    if (bytes.size() != 32) {
        throw Error(ErrorKind::invalid, "root_key_wrong", {{"file", file.string()}});
    }
    return SecretKey(as_bytes(bytes));
}

}  // namespace

Keys::Keys(std::unique_ptr<Db> db, const std::filesystem::path& root_key_file)
    : db_(std::move(db)) {
    const SecretKey root = read_root_key(root_key_file);
    wrap_key_ = root.derive(1, "AgateKey");
    index_key_ = root.derive(2, "AgateKey");
    unique_key_ = root.derive(3, "AgateKey");
    rater_key_ = root.derive(4, "AgateKey");
    signing_key_.seed = root.derive(5, "AgateKey");
    public_key_ = signing_key_.public_key();
    create(proof_owner, Instant{});
    std::shared_lock lock(cache_mutex_);
    if (find(proof_owner, lock) == nullptr) {
        throw Error(ErrorKind::invalid, "root_key_wrong", {{"file", root_key_file.string()}});
    }
}

void Keys::load(PersonId owner) {
    Held held;
    {
        const std::scoped_lock lock(db_mutex_);
        Query query(*db_, "select wrapped from person_key where person_id = $1", owner);
        if (!query.next()) {
            return;
        }
        held.is_destroyed = query.is_null(0);
        if (!held.is_destroyed) {
            const auto key =
                open_sealed(wrap_key_, as_bytes(query.blob(0)), as_bytes(wrap_place(owner)));
            if (!key) {
                throw Error(owner == proof_owner ? ErrorKind::invalid : ErrorKind::internal,
                            owner == proof_owner ? "root_key_wrong" : "key_unreadable");
            }
            held.key = SecretKey(as_bytes(*key));
        }
    }
    const std::unique_lock lock(cache_mutex_);
    cache_.try_emplace(owner, std::move(held));
}

const Keys::Held* Keys::find(PersonId owner, std::shared_lock<std::shared_mutex>& lock) {
    auto found = cache_.find(owner);
    if (found == cache_.end()) {
        lock.unlock();
        load(owner);
        lock.lock();
        found = cache_.find(owner);
    }
    return found == cache_.end() ? nullptr : &found->second;
}

void Keys::create(std::span<const PersonId> owners, Instant now) {
    std::vector<PersonId> missing;
    {
        const std::shared_lock lock(cache_mutex_);
        std::ranges::copy_if(owners, std::back_inserter(missing), [&](const PersonId& owner) {
            return !cache_.contains(owner);
        });
    }
    if (missing.empty()) {
        return;
    }
    std::vector<std::pair<PersonId, Held>> created;
    {
        const std::scoped_lock lock(db_mutex_);
        const Transaction transaction(*db_);
        for (const auto& owner : missing) {
            SecretKey key = SecretKey::random();
            const std::string wrapped = seal(wrap_key_, key.bytes(), as_bytes(wrap_place(owner)));
            const auto added = execute(*db_,
                                       "insert into person_key (person_id, version, wrapped,"
                                       " created_at) values ($1, $2, $3, $4)"
                                       " on conflict (person_id) do nothing",
                                       owner,
                                       key_version,
                                       blob(wrapped),
                                       now);
            if (added == 1) {
                created.emplace_back(owner, Held{.key = std::move(key)});
            }
        }
        db_->commit();
        if (log_frames(*db_) > longest_log) {
            copy_log(*db_);
        }
    }
    const std::unique_lock lock(cache_mutex_);
    for (auto& [owner, held] : created) {
        cache_.try_emplace(owner, std::move(held));
    }
}

Keys::State Keys::state(PersonId owner) {
    std::shared_lock lock(cache_mutex_);
    const Held* const held = find(owner, lock);
    if (held == nullptr) {
        return State::unknown;
    }
    return held->is_destroyed ? State::destroyed : State::present;
}

std::string Keys::seal_cell(const CellPlace& place, Bytes plain) {
    std::shared_lock lock(cache_mutex_);
    const Held* const held = find(place.owner, lock);
    ensure(held != nullptr, "a person's key is created before the first row that uses it");
    if (held->is_destroyed) {
        throw Error(ErrorKind::not_found, "key_destroyed");
    }
    return static_cast<char>(key_version) + seal(held->key, plain, as_bytes(bound_text(place)));
}

std::optional<std::string> Keys::open_cell(const CellPlace& place, std::string_view cell) {
    std::shared_lock lock(cache_mutex_);
    const Held* const held = find(place.owner, lock);
    if (held != nullptr && held->is_destroyed) {
        return std::nullopt;
    }
    if (held != nullptr && !cell.empty() && cell.front() == static_cast<char>(key_version)) {
        auto plain = open_sealed(held->key, as_bytes(cell.substr(1)), as_bytes(bound_text(place)));
        if (plain) {
            return plain;
        }
    }
    throw Error(ErrorKind::internal,
                "cell_unreadable",
                {},
                std::string(place.table) + "." + std::string(place.column) +
                    (held == nullptr ? ": no key" : ": wrong key, place or bytes"));
}

void Keys::destroy(PersonId owner, Instant now) {
    {
        const std::scoped_lock lock(db_mutex_);
        const Transaction transaction(*db_);
        execute(*db_,
                "insert into person_key (person_id, version, wrapped, created_at, destroyed_at)"
                " values ($1, $2, null, $3, $3) on conflict (person_id) do update"
                " set wrapped = null, destroyed_at = excluded.destroyed_at",
                owner,
                key_version,
                now);
        db_->commit();
        // The log and the freed page would still hold the wrapped key.
        truncate_log(*db_);
    }
    const std::unique_lock lock(cache_mutex_);
    auto& held = cache_[owner];
    held.key = SecretKey();
    held.is_destroyed = true;
}

std::vector<PersonId> Keys::destroyed() {
    const std::scoped_lock lock(db_mutex_);
    std::vector<PersonId> owners;
    for (Query query(*db_,
                     "select person_id from person_key where wrapped is null order by person_id");
         query.next();) {
        owners.push_back(query.id<PersonId>(0));
    }
    return owners;
}

std::array<std::uint8_t, 64> Keys::sign(Bytes message) const {
    return signing_key_.sign(message);
}

void Keys::with_db(const std::function<void(Db&)>& work) {
    const std::scoped_lock lock(db_mutex_);
    work(*db_);
}

void create_root_key(const std::filesystem::path& file) {
    if (std::filesystem::exists(file)) {
        return;
    }
    const SecretKey key = SecretKey::random();
    const auto bytes = key.bytes();
    write_file(file, {reinterpret_cast<const char*>(bytes.data()), bytes.size()}, FileMode::secret);
}

}  // namespace agate::store
