// SPDX-License-Identifier: Apache-2.0
#include "store/backup.h"

#include <algorithm>
#include <set>

#include "base/error.h"
#include "store/backup_stream.h"
#include "store/erasure.h"
#include "store/schema.h"

namespace agate::store {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view data_name = "agate.backup";
constexpr std::string_view key_name = "keys.backup";

/// Sessions end with a restore; nobody is signed in to the past.
constexpr std::string_view left_out = "session";

std::vector<std::string> table_names(std::span<const EmbeddedFile> files) {
    std::vector<std::string> names;
    for (const auto& table : schema_tables(files)) {
        if (table.table != left_out) {
            names.push_back(table.table);
        }
    }
    return names;
}

/// Of the whole store, so of every school.
std::string select_all_across_schools(const std::string& table,
                                      const std::vector<std::string>& columns) {
    std::string text = "select ";
    for (const auto& column : columns) {
        text += text.size() > 7 ? ", " : "";
        text += column;
    }
    text += " from ";
    return text += table;
}

std::int64_t write_table(Db& db,
                         const std::string& table,
                         BackupWriter& out,
                         const Progress& progress) {
    const auto columns = db.columns_of(table);
    out.add_tag('T');
    out.add_text(table);
    out.add_number(static_cast<std::int64_t>(columns.size()));
    for (const auto& column : columns) {
        out.add_text(column);
    }
    std::int64_t rows = 0;
    const std::string text = select_all_across_schools(table, columns);
    for (Query query(db, text); query.next(); ++rows) {
        out.add_tag('R');
        for (int i = 0; i < static_cast<int>(columns.size()); ++i) {
            out.add_value(query.value(i));
        }
        if (progress && rows % 10'000 == 0) {
            progress(table, static_cast<std::uint64_t>(rows), 0);
        }
    }
    return rows;
}

struct Written {
    std::int64_t rows = 0;
    std::int64_t bytes = 0;
};

Written write_backup(Db& db,
                     std::span<const EmbeddedFile> files,
                     const fs::path& file,
                     const BackupOptions& options) {
    BackupWriter out(file, options.recovery_public_key);
    Written written;
    for (const auto& table : table_names(files)) {
        written.rows += write_table(db, table, out, options.progress);
    }
    out.add_tag('Z');
    out.add_number(written.rows);
    written.bytes = out.finish();
    return written;
}

[[noreturn]] void throw_unreadable(std::string detail) {
    throw Error(ErrorKind::invalid, "backup_unreadable", {}, std::move(detail));
}

/// Reads one table's rows; returns the tag behind them.
char read_table(Db& db, BackupReader& in, std::int64_t& rows, const Progress& progress) {
    const std::string table = in.text();
    const auto there = db.columns_of(table);
    std::vector<std::string> names(
        static_cast<std::size_t>(std::clamp<std::int64_t>(in.number(), 0, 1000)));
    for (auto& name : names) {
        name = in.text();
        if (std::ranges::find(there, name) == there.end()) {
            throw_unreadable("unknown column " + table + "." + name);
        }
    }
    const std::vector<std::string_view> columns(names.begin(), names.end());
    char tag = in.tag();
    rows += db.copy_in(table, columns, [&, count = std::uint64_t{0}](std::span<Value> row) mutable {
        if (count > 0) {
            tag = in.tag();
        }
        if (tag != 'R') {
            return false;
        }
        in.row(row);
        if (progress && count % 10'000 == 0) {
            progress(table, count, 0);
        }
        ++count;
        return true;
    });
    return tag;
}

std::int64_t read_backup(Db& db,
                         const fs::path& file,
                         const SecretKey* recovery_secret_key,
                         const Progress& progress) {
    BackupReader in(file, recovery_secret_key);
    std::int64_t rows = 0;
    char tag = in.tag();
    while (tag == 'T') {
        const Transaction transaction(db);
        tag = read_table(db, in, rows, progress);
        db.commit();
    }
    if (tag != 'Z' || in.number() != rows) {
        throw_unreadable("row count");
    }
    return rows;
}

std::unique_ptr<Db> make_database(const fs::path& file,
                                  std::span<const EmbeddedFile> files,
                                  const StoreOptions& options,
                                  Instant now) {
    auto db = open_sqlite({.path = file, .durability = options.durability, .vfs = options.vfs});
    migrate(*db, files, now);
    return db;
}

/// Removes a half-made folder unless it was kept.
class HalfMadeFolder {
public:
    explicit HalfMadeFolder(fs::path path) : path_(std::move(path)) {}

    HalfMadeFolder(const HalfMadeFolder&) = delete;
    HalfMadeFolder& operator=(const HalfMadeFolder&) = delete;

    ~HalfMadeFolder() {
        std::error_code ignored;
        if (!path_.empty()) {
            fs::remove_all(path_, ignored);
        }
    }

    void keep() { path_.clear(); }

private:
    fs::path path_;
};

}  // namespace

BackupSummary back_up(Store& store, const BackupOptions& options) {
    if (fs::exists(options.folder / data_name)) {
        throw Error(ErrorKind::conflict, "backup_exists", {{"folder", options.folder.string()}});
    }
    fs::create_directories(options.folder);
    BackupSummary summary;
    // Data before keys: every key that the data needs was on the disk before the data's snapshot.
    const auto data = store.read([&](Db& db) {
        return write_backup(db, store_migrations(), options.folder / data_name, options);
    });
    Written keys;
    store.keys().with_db([&](Db& db) {
        keys = write_backup(db, key_migrations(), options.folder / key_name, options);
    });
    return {.rows = data.rows, .bytes = data.bytes + keys.bytes, .keys = keys.rows};
}

RestoreSummary restore(RestoreOptions options) {
    const fs::path target = options.store.folder;
    if (fs::exists(target / "agate.db")) {
        throw Error(ErrorKind::conflict, "store_exists", {{"folder", target.string()}});
    }
    StoreOptions half = options.store;
    half.folder = target.string() + ".restoring";
    fs::remove_all(half.folder);
    fs::create_directories(half.folder);
    HalfMadeFolder half_made(half.folder);
    const SecretKey* const secret =
        options.recovery_secret_key ? &*options.recovery_secret_key : nullptr;
    const Instant now = half.clock ? half.clock() : Instant{};
    read_backup(*make_database(half.folder / "keys.db", key_migrations(), half, now),
                options.backup_folder / key_name,
                secret,
                options.progress);
    RestoreSummary summary;
    summary.rows =
        read_backup(*make_database(half.folder / "agate.db", store_migrations(), half, now),
                    options.backup_folder / data_name,
                    secret,
                    options.progress);
    {
        Store store(half);
        const auto erased = store.read([](Db& db) { return list_erased_across_schools(db); });
        for (const auto& person : erased) {
            if (store.keys().state(person) != Keys::State::destroyed) {
                store.keys().destroy(person, store.now());
                ++summary.erased_again;
            }
        }
        summary.verification = verify(store, {.progress = options.progress});
    }
    fs::create_directories(target);
    for (const auto& file : fs::directory_iterator(half.folder)) {
        fs::rename(file.path(), target / file.path().filename());
    }
    half_made.keep();
    fs::remove_all(half.folder);
    return summary;
}

}  // namespace agate::store
