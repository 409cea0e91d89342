// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <thread>
#include <type_traits>
#include <vector>

#include "base/id.h"
#include "store/db.h"
#include "store/keys.h"
#include "store/sqlite.h"
#include "store/store_writer.h"

namespace agate::store {

struct StoreOptions {
    std::filesystem::path folder;         ///< agate.db and keys.db
    std::filesystem::path root_key_file;  ///< outside the folder
    std::filesystem::path heads_file;     ///< signed heads of the chains; outside the folder
    Clock clock = {};                     ///< empty: the system's
    RandomSource random = {};             ///< for ids; empty: the system's
    int idle_readers = 16;                ///< connections kept open between reads
    Durability durability = Durability::full;
    std::int64_t log_bytes = 64 << 20;  ///< reserved for the write-ahead log
    std::string vfs = {};               ///< tests only
};

/// A folder with one SQLite database, its keys, one writer and many readers. Any thread.
class Store {
public:
    /// Opens; runs the migrations that are missing. Throws Error(not_found, "store_not_found") when
    /// there is no store in the folder.
    explicit Store(StoreOptions options);
    ~Store();
    Store(const Store&) = delete;
    Store& operator=(const Store&) = delete;

    /// Makes folder, databases and, when missing, the root key. Throws Error(conflict,
    /// "store_exists") when the folder has one.
    static void create(const StoreOptions& options);

    /// Runs `f(Db&)` on a reader inside one snapshot and returns what it returns.
    template <class F>
    auto read(F&& f) -> std::invoke_result_t<F&, Db&> {
        const Reader reader(*this);
        return f(reader.db());
    }

    /// Submits to the writer and waits until it is durable.
    template <class F>
    auto write(F task) -> std::invoke_result_t<F&, Db&> {
        return writer_->submit(std::move(task)).get();
    }

    [[nodiscard]] Writer& writer() { return *writer_; }

    [[nodiscard]] Keys& keys() { return *keys_; }

    [[nodiscard]] Instant now() const { return options_.clock(); }

    [[nodiscard]] const RandomSource& random() const { return options_.random; }

    [[nodiscard]] const StoreOptions& options() const { return options_; }

    /// Empties the write-ahead log, so that nothing deleted stays in it. Waits for readers.
    void empty_log();

    /// Remembers the last head written by this process; false when the chain has not moved since.
    bool note_head(SchoolId school, std::int64_t seq);

    /// A new id at the store's clock.
    template <class Id>
    [[nodiscard]] Id make_id() const {
        return Id::make(now(), random());
    }

private:
    /// One connection of the pool, in a snapshot, for a scope.
    class Reader {
    public:
        explicit Reader(Store& store);
        ~Reader();
        Reader(const Reader&) = delete;
        Reader& operator=(const Reader&) = delete;

        [[nodiscard]] Db& db() const { return *db_; }

    private:
        Store& store_;
        std::unique_ptr<Db> db_;
    };

    [[nodiscard]] std::unique_ptr<Db> take_reader();
    void give_back(std::unique_ptr<Db> reader);
    void keep_log_short();

    StoreOptions options_;
    std::mutex mutex_;
    std::vector<std::unique_ptr<Db>> idle_readers_;
    std::map<SchoolId, std::int64_t> noted_heads_;
    std::unique_ptr<Keys> keys_;
    class Checkpointer;
    std::unique_ptr<Checkpointer> checkpointer_;
    std::unique_ptr<Writer> writer_;
    Db* writer_db_ = nullptr;  ///< the writer's own; touched on its thread alone
    std::int64_t last_frames_ = 0, asked_at_ = 0, tried_at_ = 0;
};

}  // namespace agate::store
