// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "store/db.h"
#include "store/keys.h"

// Accounts, sessions, second factors. Changed in place; what happens to them is recorded by act.
namespace agate::store {

enum class AccountState { slip_out, active, locked };

struct Account {
    AccountId account_id = {};
    std::string login = {};  ///< school code and a code that is neither number nor name
    PersonId person_id = {};
    std::string password_hash = {};
    AccountState state = AccountState::active;
    std::string language = {};  ///< "zh" or "en"
    bool has_totp = false;
    std::int64_t row_version = 1;
};

/// Throws Error(conflict, "login_taken").
void add_account(Db& db, const Account& account);
[[nodiscard]] std::optional<Account> find_account(Db& db, std::string_view login);
[[nodiscard]] std::optional<Account> find_account_by_id(Db& db, AccountId account);
[[nodiscard]] std::vector<Account> list_accounts_of_person(Db& db, PersonId person);
/// Saves password, state and language when nobody else did in between; false: read it again.
[[nodiscard]] bool save_account(Db& db, const Account& account);

/// The seed is sealed under the person's key.
void set_totp(Db& db, Keys& keys, const Account& account, Bytes seed);
[[nodiscard]] std::optional<std::string> open_totp(Db& db, Keys& keys, const Account& account);
/// Takes a time step once: false when it or a later one was used before.
[[nodiscard]] bool use_totp_step(Db& db, const Account& account, std::int64_t step);
/// The step of the last code that was used; 0: none.
[[nodiscard]] std::int64_t last_totp_step(Db& db, const Account& account);
void remove_totp(Db& db, const Account& account);

/// A signed-in device. The browser holds the secret; the store its SHA-256.
struct Session {
    Digest secret_digest{};
    AccountId account_id = {};
    PersonId person_id = {};
    Instant created_at = {}, seen_at = {}, expires_at = {};
    std::optional<Instant> stepped_up_at = {};
    std::string csrf = {};
    bool needs_totp = false;  ///< the password was right, the second factor is still due
};

void add_session(Db& db, const Session& session);
[[nodiscard]] std::optional<Session> find_session(Db& db, const Digest& secret_digest);
/// Saves seen_at, expires_at, stepped_up_at and needs_totp.
void save_session(Db& db, const Session& session);
void end_session(Db& db, const Digest& secret_digest);
void end_sessions_of(Db& db, AccountId account);
/// Returns how many were over.
std::int64_t end_sessions_before(Db& db, Instant now);

}  // namespace agate::store
