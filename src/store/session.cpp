// SPDX-License-Identifier: Apache-2.0
#include "store/account.h"

namespace agate::store {

void add_session(Db& db, const Session& session) {
    execute(db,
            "insert into session (secret_digest, account_id, person_id, created_at, seen_at,"
            " expires_at, stepped_up_at, csrf, needs_totp)"
            " values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            session.secret_digest,
            session.account_id,
            session.person_id,
            session.created_at,
            session.seen_at,
            session.expires_at,
            session.stepped_up_at,
            session.csrf,
            session.needs_totp);
}

std::optional<Session> find_session(Db& db, const Digest& secret_digest) {
    Query query(db,
                "select account_id, person_id, created_at, seen_at, expires_at, stepped_up_at,"
                " csrf, needs_totp from session where secret_digest = $1",
                secret_digest);
    if (!query.next()) {
        return std::nullopt;
    }
    return Session{.secret_digest = secret_digest,
                   .account_id = query.id<AccountId>(0),
                   .person_id = query.id<PersonId>(1),
                   .created_at = query.instant(2),
                   .seen_at = query.instant(3),
                   .expires_at = query.instant(4),
                   .stepped_up_at = query.optional_instant(5),
                   .csrf = query.string(6),
                   .needs_totp = query.boolean(7)};
}

void save_session(Db& db, const Session& session) {
    execute(db,
            "update session set seen_at = $2, expires_at = $3, stepped_up_at = $4, needs_totp = $5"
            " where secret_digest = $1",
            session.secret_digest,
            session.seen_at,
            session.expires_at,
            session.stepped_up_at,
            session.needs_totp);
}

void end_session(Db& db, const Digest& secret_digest) {
    execute(db, "delete from session where secret_digest = $1", secret_digest);
}

void end_sessions_of(Db& db, AccountId account) {
    execute(db, "delete from session where account_id = $1", account);
}

std::int64_t end_sessions_before(Db& db, Instant now) {
    return execute(db, "delete from session where expires_at < $1", now);
}

}  // namespace agate::store
