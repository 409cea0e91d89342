// SPDX-License-Identifier: Apache-2.0
#include "store/store.h"

#include <chrono>
#include <condition_variable>
#include <utility>

#include "base/error.h"
#include "store/schema.h"

namespace agate::store {

namespace {

namespace fs = std::filesystem;

constexpr std::int64_t page_bytes = 4096;

/// Small on purpose: when a commit follows the split of a page, SQLite walks its whole cache (a
/// split passes through a page number beyond the end, and the commit forgets what is beyond the
/// end). What the cache lacks the system's page cache has.
constexpr std::int64_t writer_cache = 8 << 20;
constexpr std::int64_t reader_cache = 32 << 20;

fs::path data_file(const StoreOptions& options) {
    return options.folder / "agate.db";
}

fs::path key_file(const StoreOptions& options) {
    return options.folder / "keys.db";
}

Instant system_now() {
    const auto since = std::chrono::system_clock::now().time_since_epoch();
    return Instant{std::chrono::duration_cast<std::chrono::microseconds>(since).count()};
}

std::unique_ptr<Db> open_data(const StoreOptions& options, SqliteOptions::Mode mode) {
    return open_sqlite(
        {.path = data_file(options),
         .mode = mode,
         .durability = options.durability,
         .vfs = options.vfs,
         .cache_bytes = mode == SqliteOptions::Mode::writer ? writer_cache : reader_cache});
}

std::unique_ptr<Db> open_keys(const StoreOptions& options) {
    return open_sqlite({.path = key_file(options),
                        .mode = SqliteOptions::Mode::writer,
                        .durability = options.durability,
                        .vfs = options.vfs,
                        .cache_bytes = 4 << 20});
}

}  // namespace

/// Copies the log into the database file beside the writer, so that the writer's own turn at it is
/// short.
class Store::Checkpointer {
public:
    explicit Checkpointer(std::unique_ptr<Db> db)
        : db_(std::move(db)), thread_([this] { run(); }) {}

    ~Checkpointer() {
        {
            const std::scoped_lock lock(mutex_);
            is_stopping_ = true;
        }
        wake_.notify_all();
        thread_.join();
    }

    Checkpointer(const Checkpointer&) = delete;
    Checkpointer& operator=(const Checkpointer&) = delete;

    void ask() {
        {
            const std::scoped_lock lock(mutex_);
            is_asked_ = true;
        }
        wake_.notify_one();
    }

private:
    void run() {
        while (true) {
            {
                std::unique_lock lock(mutex_);
                wake_.wait(lock, [this] { return is_stopping_ || is_asked_; });
                if (is_stopping_) {
                    return;
                }
                is_asked_ = false;
            }
            copy_log(*db_);
        }
    }

    std::unique_ptr<Db> db_;
    std::mutex mutex_;
    std::condition_variable wake_;
    bool is_asked_ = false;
    bool is_stopping_ = false;
    std::thread thread_;
};

void Store::create(const StoreOptions& options) {
    if (fs::exists(data_file(options)) || fs::exists(key_file(options))) {
        throw Error(ErrorKind::conflict, "store_exists", {{"folder", options.folder.string()}});
    }
    fs::create_directories(options.folder);
    create_root_key(options.root_key_file);
    const Instant now = options.clock ? options.clock() : system_now();
    migrate(*open_keys(options), key_migrations(), now);
    migrate(*open_data(options, SqliteOptions::Mode::writer), store_migrations(), now);
}

Store::Store(StoreOptions options) : options_(std::move(options)) {
    if (!fs::exists(data_file(options_)) || !fs::exists(key_file(options_))) {
        throw Error(
            ErrorKind::not_found, "store_not_found", {{"folder", options_.folder.string()}});
    }
    if (!options_.clock) {
        options_.clock = system_now;
    }
    if (!options_.random) {
        options_.random = system_random;
    }
    reserve_log(data_file(options_), options_.log_bytes);
    auto key_db = open_keys(options_);
    migrate(*key_db, key_migrations(), now());
    keys_ = std::make_unique<Keys>(std::move(key_db), options_.root_key_file);
    auto db = open_data(options_, SqliteOptions::Mode::writer);
    migrate(*db, store_migrations(), now());
    writer_db_ = db.get();
    checkpointer_ =
        std::make_unique<Checkpointer>(open_data(options_, SqliteOptions::Mode::writer));
    writer_ = std::make_unique<Writer>(
        std::move(db), Writer::Options{.after_commit = [this] { keep_log_short(); }});
}

Store::~Store() {
    writer_.reset();
    checkpointer_.reset();
}

/// On the writer's thread. The log can only start over when all of it is in the database file; the
/// helper alone would never catch up with a busy writer, so the last short stretch is done here.
void Store::keep_log_short() {
    const std::int64_t frames = log_frames(*writer_db_);
    const std::int64_t full = std::max<std::int64_t>(options_.log_bytes / page_bytes, 64);
    if (frames < last_frames_) {
        asked_at_ = 0;
        tried_at_ = 0;
    }
    last_frames_ = frames;
    if (frames - asked_at_ >= full / 4) {
        asked_at_ = frames;
        checkpointer_->ask();
    }
    if (frames >= full * 3 / 4 && frames - tried_at_ >= full / 16) {
        tried_at_ = frames;
        copy_log(*writer_db_);
    }
}

void Store::empty_log() {
    truncate_log(*open_data(options_, SqliteOptions::Mode::writer));
}

bool Store::note_head(SchoolId school, std::int64_t seq) {
    const std::scoped_lock lock(mutex_);
    auto& noted = noted_heads_[school];
    const bool has_moved = noted != seq;
    noted = seq;
    return has_moved;
}

Store::Reader::Reader(Store& store) : store_(store), db_(store.take_reader()) {
    db_->begin_read();
}

Store::Reader::~Reader() {
    if (db_->is_in_transaction()) {
        db_->rollback();
    }
    store_.give_back(std::move(db_));
}

/// Never waits: a reader that asks for a second one inside its snapshot would wait for itself.
std::unique_ptr<Db> Store::take_reader() {
    {
        const std::scoped_lock lock(mutex_);
        if (!idle_readers_.empty()) {
            auto reader = std::move(idle_readers_.back());
            idle_readers_.pop_back();
            return reader;
        }
    }
    return open_data(options_, SqliteOptions::Mode::reader);
}

void Store::give_back(std::unique_ptr<Db> reader) {
    const std::scoped_lock lock(mutex_);
    if (idle_readers_.size() < static_cast<std::size_t>(options_.idle_readers)) {
        idle_readers_.push_back(std::move(reader));
    }
}

}  // namespace agate::store
