// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/services.h"
#include "core/ids.h"

// Files in: a dry run first, mends kept with the import, then one commit. Nothing is written to the
// school's data before the commit, and the commit is all or nothing.
namespace agate::app {

enum class ImportKind { roster, evidence, fitness };
[[nodiscard]] std::optional<ImportKind> parse_import_kind(std::string_view text);

/// Starts an import with a dry run. Returns the Import in JSON (docs/api).
[[nodiscard]] std::string start_import(Services& services,
                                       const Call& call,
                                       ImportKind kind,
                                       std::string_view file_name,
                                       std::string bytes);
[[nodiscard]] std::string import_json(Services& services, const Call& call, ImportId id);

struct Mapping {
    std::string sheet;   ///< empty: as before
    int header_row = 0;  ///< 0: found by itself
    std::map<std::string, std::optional<std::string>>
        columns;                          ///< letters -> field, nothing: leave out
    std::map<std::string, bool> options;  ///< "times_as_m_ss"
};

[[nodiscard]] std::string map_import(Services& services,
                                     const Call& call,
                                     ImportId id,
                                     const Mapping& mapping);

struct Mend {
    std::int64_t row = 0;
    std::string column;                ///< letters; empty with skip_row
    std::optional<std::string> value;  ///< nothing: undo
    bool skip_row = false;
};

[[nodiscard]] std::string mend_import(Services& services,
                                      const Call& call,
                                      ImportId id,
                                      const std::vector<Mend>& mends);

[[nodiscard]] std::string import_rows_json(Services& services,
                                           const Call& call,
                                           ImportId id,
                                           std::string_view filter,
                                           std::int64_t from,
                                           int limit);

struct CommitChoice {
    std::string digest;                      ///< of the dry run that was shown
    std::vector<std::int64_t> take_doubles;  ///< rows of possible doubles taken by choice
    bool skip_problem_rows = false;
};

[[nodiscard]] std::string commit_import(Services& services,
                                        const Call& call,
                                        ImportId id,
                                        const CommitChoice& choice);

/// Rows not taken, in the file's own layout, with place and reason. CSV.
[[nodiscard]] std::string left_out_csv(Services& services, const Call& call, ImportId id);
/// A workbook to fill in.
[[nodiscard]] std::string template_xlsx(std::string_view kind, Language language);
/// The national upload sheet of a class or, without one, of the actor's school.
[[nodiscard]] std::string fitness_sheet_xlsx(Services& services,
                                             const Call& call,
                                             std::optional<OrgId> class_id,
                                             std::optional<PeriodId> period);

/// What an Import in JSON says, for the command line.
struct ImportSummary {
    ImportId id;
    std::string digest;
    std::string text;
};

[[nodiscard]] ImportSummary summarise_import(std::string_view json, Language language);

}  // namespace agate::app
