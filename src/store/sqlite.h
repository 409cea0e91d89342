// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "store/db.h"

namespace agate::store {

/// `full`: a commit is on the disk when it returns. `none` is for demonstrations and tests whose
/// data may vanish with the machine's power.
enum class Durability { full, none };

struct SqliteOptions {
    std::filesystem::path path;
    enum class Mode { reader, writer } mode = Mode::writer;
    Durability durability = Durability::full;
    std::string vfs = {};                 ///< empty: the system's files
    std::int64_t cache_bytes = 64 << 20;  ///< pages kept in memory by this connection
};

/// Opens, and as a writer creates, a database file in WAL mode.
[[nodiscard]] std::unique_ptr<Db> open_sqlite(const SqliteOptions& options);

/// Copies the log into the database file; never waits for readers or the writer.
struct LogState {
    std::int64_t frames = 0;  ///< pages in the log
    std::int64_t copied = 0;  ///< of them in the database file
};

LogState checkpoint(Db& sqlite);

/// Pages in the log after this connection's last commit.
[[nodiscard]] std::int64_t log_frames(const Db& sqlite);

/// The same as housekeeping: a failure is logged and left to the next turn; the log keeps
/// everything.
void copy_log(Db& sqlite);

/// Waits for readers to leave, then empties the log (after an erasure).
void truncate_log(Db& sqlite);

/// Grows the log file once, so that commits overwrite instead of growing it. Before opening.
void reserve_log(const std::filesystem::path& database, std::int64_t bytes);

}  // namespace agate::store
