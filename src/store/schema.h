// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/embedded.h"
#include "store/db.h"

// Migrations: numbered files in PostgreSQL words, forward only.
namespace agate::store {

/// One statement of a migration and, for a table, where its rows live.
struct SchemaStatement {
    std::string text;
    std::string table;  ///< empty unless it creates one
    std::string place;  ///< of the `-- place:` comment before it
};

[[nodiscard]] std::vector<SchemaStatement> split_schema(std::string_view text);

/// Swaps the type words and makes every table `strict, without rowid`.
[[nodiscard]] std::string schema_for_sqlite(std::string_view text);

/// "insert into t (a, b) values ($1, $2)".
[[nodiscard]] std::string insert_text(std::string_view table,
                                      std::span<const std::string_view> columns);

/// Runs what is missing, each file in one transaction, resuming at the statement it stopped at.
void migrate(Db& db, std::span<const EmbeddedFile> files, Instant now);

/// The files of agate.db and of keys.db, in order.
[[nodiscard]] std::vector<EmbeddedFile> store_migrations();
[[nodiscard]] std::vector<EmbeddedFile> key_migrations();

/// Tables in file order with their placement.
[[nodiscard]] std::vector<SchemaStatement> schema_tables(std::span<const EmbeddedFile> files);

}  // namespace agate::store
