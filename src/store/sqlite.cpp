// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <condition_variable>
#include <cstring>
#include <mutex>
#include <unordered_map>
#include <utility>

#include "base/error.h"
#include "base/log.h"
#include "store/schema.h"

namespace agate::store {

namespace {

/// Before the first connection; the shared memory statistics would be a lock between threads.
void start_sqlite() {
    static const int started = [] {
        sqlite3_config(SQLITE_CONFIG_MULTITHREAD);
        sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
        return sqlite3_initialize();
    }();
    ensure(started == SQLITE_OK, "SQLite starts");
}

struct Fault {
    int primary;
    ErrorKind kind;
    const char* code;
};

/// The one table from SQLite's results to errors; extended codes first.
constexpr std::array faults{
    Fault{SQLITE_CONSTRAINT_UNIQUE, ErrorKind::conflict, "store_conflict"},
    Fault{SQLITE_CONSTRAINT_PRIMARYKEY, ErrorKind::conflict, "store_conflict"},
    Fault{SQLITE_CONSTRAINT, ErrorKind::invalid, "store_constraint"},
    Fault{SQLITE_BUSY, ErrorKind::unavailable, "store_busy"},
    Fault{SQLITE_LOCKED, ErrorKind::unavailable, "store_busy"},
    Fault{SQLITE_FULL, ErrorKind::unavailable, "disk_full"},
    Fault{SQLITE_IOERR, ErrorKind::unavailable, "store_failed"},
    Fault{SQLITE_CANTOPEN, ErrorKind::unavailable, "store_failed"},
    Fault{SQLITE_READONLY, ErrorKind::unavailable, "store_failed"},
    Fault{SQLITE_CORRUPT, ErrorKind::internal, "store_damaged"},
    Fault{SQLITE_NOTADB, ErrorKind::internal, "store_damaged"},
};

[[noreturn]] void throw_sqlite(sqlite3* db, int result, std::string_view doing) {
    const int extended = db == nullptr ? result : sqlite3_extended_errcode(db);
    std::string detail = std::string(doing) + ": " +
                         (db == nullptr ? sqlite3_errstr(result) : sqlite3_errmsg(db)) + " (" +
                         std::to_string(extended) + ")";
    for (const auto& fault : faults) {
        if (fault.primary == extended || fault.primary == (result & 0xff)) {
            throw Error(fault.kind, fault.code, {{"file", "agate.db"}}, std::move(detail));
        }
    }
    throw Bug("SQLite: " + detail);
}

struct CloseConnection {
    void operator()(sqlite3* db) const { sqlite3_close_v2(db); }
};

struct FinalizeStatement {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};

using Connection = std::unique_ptr<sqlite3, CloseConnection>;
using Prepared = std::unique_ptr<sqlite3_stmt, FinalizeStatement>;

class SqliteStatement final : public Statement {
public:
    SqliteStatement(sqlite3* db, std::string_view text) : db_(db) {
        sqlite3_stmt* raw = nullptr;
        const int result = sqlite3_prepare_v3(db,
                                              text.data(),
                                              static_cast<int>(text.size()),
                                              SQLITE_PREPARE_PERSISTENT,
                                              &raw,
                                              nullptr);
        statement_.reset(raw);
        if (result != SQLITE_OK) {
            throw_sqlite(db, result, text);
        }
        // "$2" is a name to SQLite: its place is where it first stands in the text.
        const int count = sqlite3_bind_parameter_count(raw);
        for (int i = 1; i <= count; ++i) {
            const int number = std::atoi(sqlite3_bind_parameter_name(raw, i) + 1);
            places_.resize(std::max(places_.size(), static_cast<std::size_t>(number) + 1));
            places_[static_cast<std::size_t>(number)] = i;
        }
    }

    void bind(int number, const Value& value, Keep keep) override {
        ensure(static_cast<std::size_t>(number) < places_.size(),
               "the statement has this parameter");
        const int place = places_[static_cast<std::size_t>(number)];
        const int result = bind_at(place, value, keep);
        if (result != SQLITE_OK) {
            throw_sqlite(db_, result, "bind");
        }
    }

    bool step() override {
        const int result = sqlite3_step(statement_.get());
        if (result == SQLITE_ROW) {
            return true;
        }
        if (result != SQLITE_DONE) {
            throw_sqlite(db_, result, sqlite3_sql(statement_.get()));
        }
        return false;
    }

    void reset() override {
        sqlite3_reset(statement_.get());
        is_taken = false;
    }

    [[nodiscard]] bool is_null(int column) const override {
        return sqlite3_column_type(statement_.get(), column) == SQLITE_NULL;
    }

    [[nodiscard]] std::int64_t int64(int column) const override {
        return sqlite3_column_int64(statement_.get(), column);
    }

    [[nodiscard]] double real(int column) const override {
        return sqlite3_column_double(statement_.get(), column);
    }

    [[nodiscard]] std::string_view text(int column) const override {
        const auto* bytes = sqlite3_column_text(statement_.get(), column);
        return bytes == nullptr ? std::string_view{} : view(bytes, column);
    }

    [[nodiscard]] std::string_view blob(int column) const override {
        const auto* bytes = sqlite3_column_blob(statement_.get(), column);
        return bytes == nullptr ? std::string_view{} : view(bytes, column);
    }

    [[nodiscard]] Value value(int column) const override {
        switch (sqlite3_column_type(statement_.get(), column)) {
            case SQLITE_INTEGER:
                return Value(int64(column));
            case SQLITE_FLOAT:
                return Value(real(column));
            case SQLITE_TEXT:
                return Value(text(column));
            case SQLITE_BLOB:
                return store::blob(blob(column));
            default:
                return {};
        }
    }

    bool is_taken = false;

private:
    [[nodiscard]] std::string_view view(const void* bytes, int column) const {
        return {static_cast<const char*>(bytes),
                static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column))};
    }

    int bind_at(int place, const Value& value, Keep keep) {
        auto* const statement = statement_.get();
        auto* const lifetime = keep == Keep::copy ? SQLITE_TRANSIENT : SQLITE_STATIC;
        switch (value.type) {
            case Value::Type::null:
                return sqlite3_bind_null(statement, place);
            case Value::Type::integer:
            case Value::Type::boolean:
                return sqlite3_bind_int64(statement, place, value.number);
            case Value::Type::real:
                return sqlite3_bind_double(statement, place, value.real);
            case Value::Type::text:
                return sqlite3_bind_text64(statement,
                                           place,
                                           value.bytes.data(),
                                           value.bytes.size(),
                                           lifetime,
                                           SQLITE_UTF8);
            case Value::Type::blob:
                break;
        }
        // A null pointer would bind null; an empty blob is none.
        const char* const data = value.bytes.data() == nullptr ? "" : value.bytes.data();
        return sqlite3_bind_blob64(statement, place, data, value.bytes.size(), lifetime);
    }

    sqlite3* db_;
    Prepared statement_;
    std::vector<int> places_;
};

struct TextHash {
    using is_transparent = void;

    std::size_t operator()(std::string_view text) const {
        return std::hash<std::string_view>{}(text);
    }
};

class SqliteDb final : public Db {
public:
    explicit SqliteDb(const SqliteOptions& options) {
        start_sqlite();
        const bool is_writer = options.mode == SqliteOptions::Mode::writer;
        sqlite3* raw = nullptr;
        const int flags =
            SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | (is_writer ? SQLITE_OPEN_CREATE : 0);
        const int result = sqlite3_open_v2(
            options.path.c_str(), &raw, flags, options.vfs.empty() ? nullptr : options.vfs.c_str());
        db_.reset(raw);
        if (result != SQLITE_OK) {
            throw_sqlite(raw, result, "open");
        }
        sqlite3_extended_result_codes(raw, 1);
        sqlite3_busy_timeout(raw, 10'000);
        configure(options, is_writer);
    }

    void begin_read() override { execute(*this, "begin"); }

    void begin_write() override { execute(*this, "begin immediate"); }

    void commit() override { execute(*this, "commit"); }

    void rollback() override {
        if (is_in_transaction()) {
            execute(*this, "rollback");
        }
    }

    [[nodiscard]] bool is_in_transaction() const override {
        return sqlite3_get_autocommit(db_.get()) == 0;
    }

    void set_savepoint() override { execute(*this, "savepoint task"); }

    void release_savepoint() override { execute(*this, "release task"); }

    void rollback_to_savepoint() override {
        execute(*this, "rollback to task");
        execute(*this, "release task");
    }

    Statement& prepare(std::string_view text) override {
        auto found = statements_.find(text);
        if (found == statements_.end()) {
            found = statements_.emplace(std::string(text), Alternatives{}).first;
        }
        for (auto& statement : found->second) {
            if (!statement->is_taken) {
                statement->is_taken = true;
                return *statement;
            }
        }
        // The same text is being read further out: it needs a statement of its own.
        auto& added =
            found->second.emplace_back(std::make_unique<SqliteStatement>(db_.get(), found->first));
        added->is_taken = true;
        return *added;
    }

    void run_script(std::string_view text) override {
        const std::string script(text);
        const int result = sqlite3_exec(db_.get(), script.c_str(), nullptr, nullptr, nullptr);
        if (result != SQLITE_OK) {
            throw_sqlite(db_.get(), result, text.substr(0, 200));
        }
    }

    [[nodiscard]] std::int64_t changed_rows() const override {
        return sqlite3_changes64(db_.get());
    }

    [[nodiscard]] std::string translate_schema(std::string_view text) const override {
        return schema_for_sqlite(text);
    }

    std::int64_t copy_in(std::string_view table,
                         std::span<const std::string_view> columns,
                         const NextRow& next) override {
        const std::string text = insert_text(table, columns);
        std::vector<Value> row(columns.size());
        std::int64_t count = 0;
        for (; next(row); ++count) {
            execute_values(*this, text, row);
        }
        return count;
    }

    void hint() override { board().changed.notify_all(); }

    void wait(std::chrono::milliseconds longest) override {
        std::unique_lock lock(board().mutex);
        board().changed.wait_for(lock, longest);
    }

    [[nodiscard]] std::vector<std::string> columns_of(std::string_view table) override {
        std::vector<std::string> names;
        for (Query query(*this, "select name from pragma_table_info($1) order by cid", table);
             query.next();) {
            names.push_back(query.string(0));
        }
        return names;
    }

    [[nodiscard]] std::optional<std::string> check_integrity() override {
        Query query(*this, "pragma integrity_check(1)");
        const std::string first = query.next() ? query.string(0) : "no answer";
        return first == "ok" ? std::nullopt : std::optional(first);
    }

    [[nodiscard]] std::int64_t log_frames() const { return log_frames_; }

    LogState checkpoint(int mode) {
        LogState state;
        int frames = 0;
        int copied = 0;
        const int result = sqlite3_wal_checkpoint_v2(db_.get(), nullptr, mode, &frames, &copied);
        if (result != SQLITE_OK && result != SQLITE_BUSY && result != SQLITE_LOCKED) {
            throw_sqlite(db_.get(), result, "checkpoint");
        }
        state.frames = frames;
        state.copied = copied;
        return state;
    }

private:
    /// Waiters of this process; other processes are found by polling.
    struct Board {
        std::mutex mutex;
        std::condition_variable changed;
    };

    static Board& board() {
        static Board shared;
        return shared;
    }

    void configure(const SqliteOptions& options, bool is_writer) {
        std::string script = "pragma cache_size = -" + std::to_string(options.cache_bytes / 1024) +
                             "; pragma temp_store = memory; pragma trusted_schema = off;"
                             " pragma wal_autocheckpoint = 0;";
        if (is_writer) {
            script += "pragma journal_mode = wal; pragma secure_delete = on;";
            script += "pragma foreign_keys = on; pragma synchronous = ";
            script += options.durability == Durability::full ? "full;" : "off;";
        } else {
            // What another connection wrote empties this one's page cache; mapped pages cost
            // nothing.
            script += "pragma query_only = on; pragma mmap_size = 17179869184;";
        }
        run_script(script);
        sqlite3_wal_hook(
            db_.get(),
            [](void* self, sqlite3*, const char*, int frames) {
                static_cast<SqliteDb*>(self)->log_frames_ = frames;
                return SQLITE_OK;
            },
            this);
        int persist = 1;
        sqlite3_file_control(db_.get(), "main", SQLITE_FCNTL_PERSIST_WAL, &persist);
    }

    using Alternatives = std::vector<std::unique_ptr<SqliteStatement>>;

    std::int64_t log_frames_ = 0;
    Connection db_;
    std::unordered_map<std::string, Alternatives, TextHash, std::equal_to<>> statements_;
};

}  // namespace

std::unique_ptr<Db> open_sqlite(const SqliteOptions& options) {
    return std::make_unique<SqliteDb>(options);
}

LogState checkpoint(Db& sqlite) {
    return dynamic_cast<SqliteDb&>(sqlite).checkpoint(SQLITE_CHECKPOINT_PASSIVE);
}

void copy_log(Db& sqlite) {
    try {
        checkpoint(sqlite);
    } catch (const Error& error) {
        log(LogLevel::warning, "checkpoint: " + error.detail);
    }
}

std::int64_t log_frames(const Db& sqlite) {
    return dynamic_cast<const SqliteDb&>(sqlite).log_frames();
}

void truncate_log(Db& sqlite) {
    dynamic_cast<SqliteDb&>(sqlite).checkpoint(SQLITE_CHECKPOINT_TRUNCATE);
}

void reserve_log(const std::filesystem::path& database, std::int64_t bytes) {
    // Zeros behind the last frame end the log for SQLite, as an empty file does. Real zeros, not a
    // hole: the blocks must be there before the commits that overwrite them.
    const std::string log = database.string() + "-wal";
    const int file = ::open(log.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (file < 0) {
        return;
    }
    const std::string zeros(1 << 20, '\0');
    std::int64_t size = ::lseek(file, 0, SEEK_END);
    while (size >= 0 && size < bytes) {
        const auto part = static_cast<std::size_t>(std::min<std::int64_t>(bytes - size, 1 << 20));
        const auto written = ::pwrite(file, zeros.data(), part, size);
        if (written <= 0) {
            break;
        }
        size += written;
    }
    ::fdatasync(file);
    ::close(file);
}

}  // namespace agate::store
