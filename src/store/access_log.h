// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "store/db.h"

// Who read what of whom, and how much one person may write in a day.
namespace agate::store {

/// One reading: one entry an actor, subject, resource and ten minutes.
struct Access {
    SchoolId school = {};
    PersonId actor = {};
    PersonId subject = {};
    std::string resource = {};
    Instant at = {};
    std::string purpose = {};  ///< may be empty
};

/// Writes the entry unless the same ten minutes have it.
void log_access(Db& db, const Access& access);
[[nodiscard]] bool is_access_logged(Db& db, const Access& access);
/// Newest first.
[[nodiscard]] std::vector<Access> list_access(Db& db, SchoolId school, PersonId subject, int limit);

/// Counts `added` records of a giver on a day. False, and nothing counted, when they would pass
/// `limit`. In the same transaction as the records.
[[nodiscard]] bool take_quota(
    Db& db, SchoolId school, PersonId giver, Day day, std::int64_t added, std::int64_t limit);

}  // namespace agate::store
