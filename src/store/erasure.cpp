// SPDX-License-Identifier: Apache-2.0
#include "store/erasure.h"

#include <cstring>

#include "base/error.h"
#include "store/sqlite.h"

namespace agate::store {

namespace {

constexpr std::string_view erase_act = "person.erase";

std::int64_t shred_indexes_across_schools(Db& db, const PersonId& person) {
    std::int64_t gone = execute(db, "delete from identity_key where person_id = $1", person);
    for (const auto& school : chained_across_schools(db)) {
        gone += execute(
            db, "delete from member_key where school_id = $1 and person_id = $2", school, person);
    }
    return gone;
}

}  // namespace

Erasure erase_person(Store& store, PersonId person, const Act& act) {
    Act recorded = act;
    recorded.act = erase_act;
    recorded.subjects = {person.bytes};
    Erasure erasure = store.write([&](Db& db) {
        Erasure done;
        done.indexes_gone = shred_indexes_across_schools(db, person);
        done.seq = record(db, recorded);
        return done;
    });
    store.keys().destroy(person, store.now());
    store.empty_log();
    return erasure;
}

std::vector<PersonId> list_erased_across_schools(Db& db) {
    std::vector<PersonId> erased;
    for (Query query(
             db, "select subjects from audit where act = $1 order by school_id, seq", erase_act);
         query.next();) {
        const auto ids = query.blob(0);
        for (std::size_t at = 0; at + 16 <= ids.size(); at += 16) {
            PersonId person;
            std::memcpy(person.bytes.data(), ids.data() + at, 16);
            erased.push_back(person);
        }
    }
    return erased;
}

}  // namespace agate::store
