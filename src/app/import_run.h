// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "app/directory.h"
#include "app/importing.h"
#include "base/crypto.h"
#include "base/problem.h"
#include "core/evidence.h"
#include "exchange/evidence.h"
#include "exchange/fitness.h"
#include "exchange/roster.h"
#include "framework/compile.h"
#include "store/imports.h"

// What a file would do if it were taken: read, resolved against the school, compared with what is
// there. The same file, mapping, mends and school give the same run.
namespace agate::app {

enum class RowState : std::uint8_t {
    ready,
    problem,
    double_,  ///< same student, reason, day, value and giver as a record there: taken by choice
    skipped,  ///< left out by the user
    taken_before,  ///< this file, this record number, or a roster row that says nothing new
};
[[nodiscard]] std::string_view to_text(RowState state);

/// One record that a row would add.
struct PlannedRecord {
    std::int64_t row = 0;
    PersonId student;
    std::string reason;
    Day day;
    std::optional<Decimal> value;
    std::string label, activity, note, source_record;
    RaterKind rater_kind = RaterKind::teacher;
    PersonId giver;
    bool is_vouched = false;  ///< given by another than the importer, who looked at it, or trusted
};

/// One pupil that a roster row would add or change.
struct PlannedStudent {
    exchange::RosterRow row;
    std::optional<PersonId> person;  ///< nothing: new to the school
    std::optional<OrgId> class_id;   ///< nothing: a new class
    OrgId parent_of_class;           ///< grade or campus that a new class goes under
};

struct ImportRow {
    std::int64_t row = 0;
    RowState state = RowState::ready;
};

struct DryRun {
    exchange::ImportTable table;
    exchange::ReadOptions options;
    Problems problems;
    std::vector<ImportRow> rows;
    std::vector<PlannedRecord> records;
    std::vector<PlannedStudent> students;
    std::int64_t blank_cells = 0;
    Digest digest{};

    [[nodiscard]] std::int64_t count(RowState state) const;
};

/// What a dry run is made from.
struct ImportSource {
    ImportKind kind = ImportKind::evidence;
    SchoolId school;
    Period period;
    // Shared: kept while the run is made.
    std::shared_ptr<const Directory> directory;
    std::shared_ptr<const framework::Plans> plans;
    PersonId importer;
    std::vector<OrgId> classes;  ///< that the importer may import for
    std::string file_name;
    std::string bytes;
    Mapping mapping;
    std::vector<store::Mend> mends;
    bool is_same_file_taken = false;
    Progress progress;

    /// The source that record numbers are unique in: one for each kind of file.
    [[nodiscard]] std::string file_source() const { return "import"; }
};

[[nodiscard]] DryRun run_import(Services& services, const ImportSource& source);

/// The items of the plan's fitness standard as the reader wants them, and the reason code each is
/// recorded under.
[[nodiscard]] std::vector<exchange::ItemSpec> item_specs(const framework::Plan& plan);

}  // namespace agate::app
