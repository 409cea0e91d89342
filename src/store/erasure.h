// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/audit.h"
#include "store/store.h"

namespace agate::store {

/// What an erasure touched, for the letter to the person.
struct Erasure {
    std::int64_t seq = 0;           ///< the entry that records it
    std::int64_t indexes_gone = 0;  ///< blind indexes shredded
};

/// Ends a person's content: takes the blind indexes away and records the act (one durable
/// transaction), destroys the key, empties the log. The rows stay and every chain still verifies.
/// `act.subjects` names the person; `act.act` is "person.erase".
Erasure erase_person(Store& store, PersonId person, const Act& act);

/// Those whose erasure the chains record. After a restore their keys are destroyed again.
[[nodiscard]] std::vector<PersonId> list_erased_across_schools(Db& db);

}  // namespace agate::store
