// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "app/rate_limit.h"
#include "app/services.h"
#include "base/crypto.h"

// Accounts and sessions: Argon2id, TOTP, step-up. A session is a random token; the store keeps only
// its hash.
namespace agate::app {

struct Session {
    Digest secret_digest{};
    AccountId account_id;
    PersonId person_id;
    std::string login;
    Language language = Language::zh;
    std::string csrf;
    bool is_waiting_for_factor =
        false;  ///< password right, second factor still due: may do nothing else
    bool has_factor = false;
    std::optional<Instant> step_up_at;
    Instant last_used;
    Instant ends_at;
};

/// Sessions in use, so that a request costs no query; the store is the truth. Also counts tries at
/// signing in.
class Sessions {
public:
    [[nodiscard]] std::optional<Session> find(const Digest& secret_digest);
    void put(const Session& session);
    void remove(const Digest& secret_digest);
    void remove_all_of(AccountId account);

    [[nodiscard]] RateLimit& tries() { return tries_; }

    /// A second factor between being shown and being confirmed.
    void put_seed(AccountId account, std::string seed);
    [[nodiscard]] std::optional<std::string> find_seed(AccountId account);

private:
    std::mutex mutex_;
    std::map<AccountId, std::string> seeds_;
    std::map<Digest, Session> sessions_;
    RateLimit tries_{{.burst = 10, .refill_micros = 30'000'000}};
};

struct SignedIn {
    std::string token;  ///< for the cookie; shown once
    Session session;
};

/// Throws Error(unauthenticated, "wrong_login") in the same time for unknown logins, and
/// (unavailable, "try_later") when the account or the network has tried too often.
[[nodiscard]] SignedIn sign_in(Services& services,
                               std::string_view login,
                               std::string_view password,
                               std::string_view network_address);

/// The second factor of a session that waits for it, or a step-up of one that does not. A code
/// counts once. Throws Error(unauthenticated, "wrong_code").
void enter_code(Services& services, const Session& session, std::string_view code);

/// Step-up by password for accounts without a second factor.
void enter_password(Services& services, const Session& session, std::string_view password);

/// The session behind a token, renewed; nothing when there is none, it ended or was idle too long.
[[nodiscard]] std::optional<Session> find_session(Services& services, std::string_view token);
void end_session(Services& services, const Session& session);

/// The person behind the session with the roles in force today.
[[nodiscard]] Actor make_actor(Services& services, const Session& session);

/// For the command line: an actor for a login and password (and code, where a factor is set), with
/// step-up just done. Same rules as sign_in.
[[nodiscard]] Actor sign_in_for_command(Services& services,
                                        std::string_view login,
                                        std::string_view password,
                                        std::string_view code);

void change_password(Services& services,
                     const Session& session,
                     std::string_view old_password,
                     std::string_view new_password);
void set_language(Services& services, const Session& session, Language language);

/// In a demonstration alone: the code that enter_code takes next, so that nobody needs an
/// authenticator to look around. Nothing elsewhere, and for accounts without a second factor.
[[nodiscard]] std::optional<std::string> demo_code(Services& services, const Session& session);

struct NewFactor {
    std::string secret_base32;
    std::string uri;  ///< otpauth://…, for a QR
};

[[nodiscard]] NewFactor begin_factor(Services& services, const Session& session);
/// Takes effect when the first code is right.
void confirm_factor(Services& services, const Session& session, std::string_view code);

}  // namespace agate::app
