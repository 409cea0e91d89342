// SPDX-License-Identifier: Apache-2.0
#include "store/access_log.h"

namespace agate::store {

namespace {

constexpr std::int64_t span_micros = 10LL * 60 * 1'000'000;

std::int64_t span_of(Instant at) {
    return at.micros / span_micros;
}

}  // namespace

void log_access(Db& db, const Access& access) {
    execute(db,
            "insert into access_log (school_id, subject_id, span, resource, actor_id, at, purpose)"
            " values ($1, $2, $3, $4, $5, $6, $7)"
            " on conflict (school_id, subject_id, span, resource, actor_id) do nothing",
            access.school,
            access.subject,
            span_of(access.at),
            access.resource,
            access.actor,
            access.at,
            text_or_null(access.purpose));
}

bool is_access_logged(Db& db, const Access& access) {
    Query query(db,
                "select 1 from access_log where school_id = $1 and subject_id = $2 and span = $3"
                " and resource = $4 and actor_id = $5",
                access.school,
                access.subject,
                span_of(access.at),
                access.resource,
                access.actor);
    return query.next();
}

std::vector<Access> list_access(Db& db, SchoolId school, PersonId subject, int limit) {
    std::vector<Access> rows;
    for (Query query(db,
                     "select actor_id, resource, at, purpose from access_log"
                     " where school_id = $1 and subject_id = $2"
                     " order by span desc, at desc limit $3",
                     school,
                     subject,
                     limit);
         query.next();) {
        rows.push_back({.school = school,
                        .actor = query.id<PersonId>(0),
                        .subject = subject,
                        .resource = query.string(1),
                        .at = query.instant(2),
                        .purpose = query.string(3)});
    }
    return rows;
}

bool take_quota(
    Db& db, SchoolId school, PersonId giver, Day day, std::int64_t added, std::int64_t limit) {
    if (added > limit) {
        return false;
    }
    return execute(db,
                   "insert into quota (school_id, giver_id, day, used) values ($1, $2, $3, $4)"
                   " on conflict (school_id, giver_id, day) do update"
                   " set used = quota.used + excluded.used where quota.used + excluded.used <= $5",
                   school,
                   giver,
                   day,
                   added,
                   limit) == 1;
}

}  // namespace agate::store
