// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/import_run.h"

namespace agate::app {

struct Committed {
    std::int64_t taken = 0;     ///< rows
    std::int64_t left_out = 0;  ///< rows with problems or left out by the user
    std::int64_t doubles = 0;   ///< possible doubles not taken
};

/// Writes what the run showed, all or nothing: people and places of a roster, or records, with the
/// import's own new state, in one transaction.
[[nodiscard]] Committed commit_run(Services& services,
                                   const Call& call,
                                   const store::Import& import,
                                   const ImportSource& source,
                                   const DryRun& run,
                                   const CommitChoice& choice);

}  // namespace agate::app
