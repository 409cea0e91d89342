// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "store/audit.h"
#include "store/store.h"

// Files brought in: the file itself, what was found in it, how the office mended it, what was
// taken. File, problems and mends are sealed under a key of the import, which ends after 30 days.
namespace agate::store {

enum class ImportState { dry_run_done, committed, refused };
[[nodiscard]] std::string_view to_text(ImportState state);

struct Import {
    ImportId import_id = {};
    std::int64_t revision = 1;
    std::string kind = {};  ///< "roster", "evidence", "fitness"
    Digest file_digest{};   ///< SHA-256 of the file
    std::int64_t file_bytes = 0;
    PersonId by = {};
    Instant at = {};
    ImportState state = ImportState::dry_run_done;
    Digest outcome_digest{};  ///< of the dry run as shown
    std::string counts = {};  ///< JSON of counts; no content
    // Sealed:
    std::string file_name = {};
    std::string mapping = {};  ///< JSON: sheet, header row, columns, options
};

struct SealedImport {
    Import import;
    SealedContent content = {};
};

/// Creates the import's key when it is new.
[[nodiscard]] SealedImport seal_import(Keys& keys, SchoolId school, Import import, Instant now);
/// Adds the import or its next revision.
void add_import(Entry& entry, const SealedImport& import);
[[nodiscard]] std::optional<Import> find_import(Db& db,
                                                Keys& keys,
                                                SchoolId school,
                                                ImportId import);
/// Newest first.
[[nodiscard]] std::vector<Import> list_imports(Db& db, Keys& keys, SchoolId school, int limit);
/// Committed imports of the same file.
[[nodiscard]] std::vector<ImportId> find_committed_file(Db& db,
                                                        SchoolId school,
                                                        const Digest& file_digest);

/// Working parts, kept until the import ends: "file", "rows", "problems" …; replaced as a whole.
void put_import_part(Db& db,
                     Keys& keys,
                     SchoolId school,
                     ImportId import,
                     std::string_view part,
                     std::string_view bytes);
[[nodiscard]] std::optional<std::string> read_import_part(
    Db& db, Keys& keys, SchoolId school, ImportId import, std::string_view part);

/// One cell changed, or one row skipped, by the office.
struct Mend {
    std::int64_t row = 0;
    std::int64_t column = 0;                ///< 0: the whole row
    std::optional<std::string> value = {};  ///< nothing with column 0: skip the row

    friend bool operator==(const Mend&, const Mend&) = default;
};

/// Replaces the mend of the same cell.
void put_mend(Db& db, Keys& keys, SchoolId school, ImportId import, const Mend& mend);
void remove_mend(Db& db, SchoolId school, ImportId import, std::int64_t row, std::int64_t column);
/// By row and column.
[[nodiscard]] std::vector<Mend> list_mends(Db& db, Keys& keys, SchoolId school, ImportId import);

/// Ends the working parts of imports older than `before`: their keys are destroyed, their rows
/// removed. The import itself stays in the chain.
std::int64_t end_import_parts_across_schools(Store& store, Instant before);

}  // namespace agate::store
