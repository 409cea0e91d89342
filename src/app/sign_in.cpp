// SPDX-License-Identifier: Apache-2.0
#include "app/sign_in.h"

#include <algorithm>

#include "app/directory.h"
#include "base/error.h"
#include "base/text.h"
#include "store/account.h"
#include "store/audit.h"
#include "store/store.h"

namespace agate::app {
namespace {

constexpr std::int64_t minute = 60LL * 1'000'000;
constexpr std::int64_t longest_session = 12 * 60 * minute;
constexpr std::int64_t idle_of_students = 15 * minute;
constexpr std::int64_t idle_of_others = 30 * minute;

/// An unknown login costs as much time as a known one.
const std::string& nobody_hash() {
    static const std::string hash = hash_password("nobody signs in with this");
    return hash;
}

bool has_role_asking(const Services& services,
                     PersonId person,
                     std::initializer_list<SecondFactor> asked) {
    const auto roles = services.directory.get()->roles_of(person);
    return std::any_of(roles.begin(), roles.end(), [&](const HeldRole& held) {
        const auto factor = services.rights.role(held.role).second_factor;
        return std::find(asked.begin(), asked.end(), factor) != asked.end();
    });
}

std::int64_t idle_time(const Services& services, PersonId person) {
    return services.directory.get()->student(person) != nullptr ? idle_of_students : idle_of_others;
}

/// The school in whose chain what happens to an account is written; nothing for nobody's account.
std::optional<SchoolId> school_of(const Services& services, PersonId person) {
    const auto roles = services.directory.get()->roles_of(person);
    for (const auto& held : roles) {
        const auto org = held.placement.school_id.value != 0 ? held.placement.school_id
                                                             : held.placement.district_id;
        if (org.value != 0) {
            return SchoolId{org.value};
        }
    }
    return std::nullopt;
}

void write_act(Services& services,
               store::Db& db,
               PersonId person,
               std::string_view act,
               std::string_view outcome,
               std::string_view address) {
    if (const auto school = school_of(services, person)) {
        store::record(db,
                      store::Act{.school = *school,
                                 .act = std::string(act),
                                 .at = services.clock(),
                                 .actor = person,
                                 .post = {},
                                 .subjects = {},
                                 .object = {},
                                 .purpose = {},
                                 .outcome = std::string(outcome),
                                 .request_id = {},
                                 .address = std::string(address)});
    }
}

Session to_session(const store::Session& stored, const store::Account& account) {
    return {.secret_digest = stored.secret_digest,
            .account_id = account.account_id,
            .person_id = account.person_id,
            .login = account.login,
            .language = parse_language(account.language),
            .csrf = stored.csrf,
            .is_waiting_for_factor = stored.needs_totp,
            .has_factor = account.has_totp,
            .step_up_at = stored.stepped_up_at,
            .last_used = stored.seen_at,
            .ends_at = stored.expires_at};
}

store::Session to_stored(const Session& session) {
    return {.secret_digest = session.secret_digest,
            .account_id = session.account_id,
            .person_id = session.person_id,
            .created_at = session.last_used,
            .seen_at = session.last_used,
            .expires_at = session.ends_at,
            .stepped_up_at = session.step_up_at,
            .csrf = session.csrf,
            .needs_totp = session.is_waiting_for_factor};
}

void save(Services& services, const Session& session) {
    services.store.write(
        [stored = to_stored(session)](store::Db& db) { store::save_session(db, stored); });
    services.sessions.put(session);
}

store::Account account_of(Services& services, const Session& session) {
    auto account = services.store.read(
        [&](store::Db& db) { return store::find_account_by_id(db, session.account_id); });
    if (!account || account->state == store::AccountState::locked) {
        throw Error(ErrorKind::unauthenticated, "sign_in_first");
    }
    return *account;
}

/// The present 30 seconds as TOTP counts them.
std::int64_t totp_step(const Services& services) {
    return services.clock().micros / (30 * 1'000'000LL);
}

/// A code of the present 30 seconds, or of those before or after, once.
bool take_code(Services& services, const store::Account& account, std::string_view code) {
    const auto seed = services.store.read(
        [&](store::Db& db) { return store::open_totp(db, services.store.keys(), account); });
    if (!seed) {
        return false;
    }
    const auto now = totp_step(services);
    for (const auto step : {now, now - 1, now + 1}) {
        const auto expected = totp_code(as_bytes(std::string_view(*seed)), step);
        if (equal_constant_time(as_bytes(std::string_view(expected)), as_bytes(code))) {
            return services.store.write([&account, step](store::Db& db) {
                return store::use_totp_step(db, account, step);
            });
        }
    }
    return false;
}

void check_tries(Services& services, std::string_view login) {
    if (!services.sessions.tries().take(login, services.clock())) {
        throw Error(ErrorKind::unavailable, "try_later");
    }
}

/// The account, when login and password are right.
store::Account check_password(Services& services,
                              std::string_view login,
                              std::string_view password) {
    check_tries(services, login);
    const auto account =
        services.store.read([&](store::Db& db) { return store::find_account(db, login); });
    const bool is_right =
        verify_password(account ? account->password_hash : nobody_hash(), password);
    if (!account || !is_right || account->state == store::AccountState::locked) {
        if (account) {
            services.store.write([&](store::Db& db) {
                write_act(services, db, account->person_id, "session.create", "denied", {});
            });
        }
        throw Error(ErrorKind::unauthenticated, "wrong_login");
    }
    return *account;
}

bool needs_factor_at_sign_in(const Services& services, const store::Account& account) {
    return account.has_totp &&
           has_role_asking(
               services, account.person_id, {SecondFactor::required, SecondFactor::optional});
}

/// Weak passwords by length and by what everybody tries; no composition rules.
void check_new_password(std::string_view password, std::string_view login) {
    const auto length = count_characters(password);
    if (length < 8 || length > 128) {
        throw Error(ErrorKind::invalid, "password_length");
    }
    const auto key = fold_key(password);
    const bool one_character =
        std::all_of(key.begin(), key.end(), [&](char c) { return c == key.front(); });
    for (const std::string_view common : {"12345678",
                                          "123456789",
                                          "1234567890",
                                          "password",
                                          "qwertyui",
                                          "11111111",
                                          "88888888",
                                          "abc12345"}) {
        if (key == common) {
            throw Error(ErrorKind::invalid, "password_common");
        }
    }
    if (one_character || key.find(fold_key(login)) != std::string::npos) {
        throw Error(ErrorKind::invalid, "password_common");
    }
}

}  // namespace

std::optional<Session> Sessions::find(const Digest& secret_digest) {
    const std::lock_guard lock(mutex_);
    const auto found = sessions_.find(secret_digest);
    return found == sessions_.end() ? std::nullopt : std::optional<Session>(found->second);
}

void Sessions::put(const Session& session) {
    const std::lock_guard lock(mutex_);
    sessions_.insert_or_assign(session.secret_digest, session);
}

void Sessions::remove(const Digest& secret_digest) {
    const std::lock_guard lock(mutex_);
    sessions_.erase(secret_digest);
}

void Sessions::remove_all_of(AccountId account) {
    const std::lock_guard lock(mutex_);
    std::erase_if(sessions_, [&](const auto& entry) { return entry.second.account_id == account; });
}

void Sessions::put_seed(AccountId account, std::string seed) {
    const std::lock_guard lock(mutex_);
    seeds_.insert_or_assign(account, std::move(seed));
}

std::optional<std::string> Sessions::find_seed(AccountId account) {
    const std::lock_guard lock(mutex_);
    const auto found = seeds_.find(account);
    return found == seeds_.end() ? std::nullopt : std::optional<std::string>(found->second);
}

SignedIn sign_in(Services& services,
                 std::string_view login,
                 std::string_view password,
                 std::string_view network_address) {
    const auto account = check_password(services, login, password);
    const auto now = services.clock();
    SignedIn signed_in{.token = random_token(services.random, 32), .session = {}};
    signed_in.session = {.secret_digest = sha256(as_bytes(std::string_view(signed_in.token))),
                         .account_id = account.account_id,
                         .person_id = account.person_id,
                         .login = account.login,
                         .language = parse_language(account.language),
                         .csrf = random_token(services.random, 24),
                         .is_waiting_for_factor = needs_factor_at_sign_in(services, account),
                         .has_factor = account.has_totp,
                         .step_up_at = std::nullopt,
                         .last_used = now,
                         .ends_at = {now.micros + longest_session}};
    services.store.write([&](store::Db& db) {
        store::add_session(db, to_stored(signed_in.session));
        write_act(services, db, account.person_id, "session.create", {}, network_address);
    });
    services.sessions.put(signed_in.session);
    return signed_in;
}

void enter_code(Services& services, const Session& session, std::string_view code) {
    check_tries(services, session.login);
    if (!take_code(services, account_of(services, session), code)) {
        throw Error(ErrorKind::unauthenticated, "wrong_code");
    }
    Session renewed = session;
    renewed.is_waiting_for_factor = false;
    renewed.step_up_at = services.clock();
    save(services, renewed);
}

void enter_password(Services& services, const Session& session, std::string_view password) {
    const auto account = account_of(services, session);
    const bool asks_more = has_role_asking(
        services, session.person_id, {SecondFactor::required, SecondFactor::step_up});
    if (asks_more || session.is_waiting_for_factor) {
        throw Error(ErrorKind::forbidden, account.has_totp ? "code_needed" : "factor_missing");
    }
    check_tries(services, session.login);
    if (!verify_password(account.password_hash, password)) {
        throw Error(ErrorKind::unauthenticated, "wrong_login");
    }
    Session renewed = session;
    renewed.step_up_at = services.clock();
    save(services, renewed);
}

std::optional<Session> find_session(Services& services, std::string_view token) {
    const auto digest = sha256(as_bytes(token));
    auto session = services.sessions.find(digest);
    const bool is_cached = session.has_value();
    if (!session) {
        services.store.read([&](store::Db& db) {
            const auto stored = store::find_session(db, digest);
            const auto account =
                stored ? store::find_account_by_id(db, stored->account_id) : std::nullopt;
            if (account && account->state != store::AccountState::locked) {
                session = to_session(*stored, *account);
            }
        });
    }
    if (!session) {
        return std::nullopt;
    }
    const auto now = services.clock();
    const bool is_over = now > session->ends_at || now.micros - session->last_used.micros >
                                                       idle_time(services, session->person_id);
    if (is_over) {
        end_session(services, *session);
        return std::nullopt;
    }
    if (now.micros - session->last_used.micros > minute) {
        session->last_used = now;
        save(services, *session);
    } else if (!is_cached) {
        services.sessions.put(*session);
    }
    return session;
}

void end_session(Services& services, const Session& session) {
    services.sessions.remove(session.secret_digest);
    services.store.write([&](store::Db& db) { store::end_session(db, session.secret_digest); });
}

Actor make_actor(Services& services, const Session& session) {
    const auto directory = services.directory.get();
    Actor actor{.account_id = session.account_id,
                .person_id = session.person_id,
                .roles = directory->roles_of(session.person_id),
                .children = directory->children_of(session.person_id),
                .step_up_at = session.step_up_at,
                .now = services.clock()};
    // A post that must have a second factor is not held in a session that has none.
    std::erase_if(actor.roles, [&](const HeldRole& held) {
        return services.rights.role(held.role).second_factor == SecondFactor::required &&
               (!session.has_factor || session.is_waiting_for_factor);
    });
    return actor;
}

Actor sign_in_for_command(Services& services,
                          std::string_view login,
                          std::string_view password,
                          std::string_view code) {
    const auto account = check_password(services, login, password);
    if (account.has_totp && !take_code(services, account, code)) {
        throw Error(ErrorKind::unauthenticated, code.empty() ? "code_needed" : "wrong_code");
    }
    services.store.write([&](store::Db& db) {
        write_act(services, db, account.person_id, "session.create", {}, "command");
    });
    Session session;
    session.account_id = account.account_id;
    session.person_id = account.person_id;
    session.has_factor = account.has_totp;
    const bool asks_more = has_role_asking(
        services, account.person_id, {SecondFactor::required, SecondFactor::step_up});
    if (account.has_totp || !asks_more) {
        session.step_up_at = services.clock();
    }
    return make_actor(services, session);
}

void change_password(Services& services,
                     const Session& session,
                     std::string_view old_password,
                     std::string_view new_password) {
    auto account = account_of(services, session);
    check_tries(services, session.login);
    if (!verify_password(account.password_hash, old_password)) {
        throw Error(ErrorKind::unauthenticated, "wrong_login");
    }
    check_new_password(new_password, session.login);
    account.password_hash = hash_password(new_password);
    services.store.write([&](store::Db& db) {
        if (!store::save_account(db, account)) {
            throw Error(ErrorKind::conflict, "changed_meanwhile");
        }
        write_act(services, db, account.person_id, "user_account.set_password", {}, {});
        store::end_sessions_of(db, account.account_id);
        store::add_session(db, to_stored(session));
    });
    services.sessions.remove_all_of(account.account_id);
    services.sessions.put(session);
}

void set_language(Services& services, const Session& session, Language language) {
    auto account = account_of(services, session);
    account.language = language == Language::zh ? "zh" : "en";
    services.store.write([&](store::Db& db) {
        if (!store::save_account(db, account)) {
            throw Error(ErrorKind::conflict, "changed_meanwhile");
        }
    });
    Session renewed = session;
    renewed.language = language;
    services.sessions.put(renewed);
}

std::optional<std::string> demo_code(Services& services, const Session& session) {
    if (!services.is_demo || !session.has_factor) {
        return std::nullopt;
    }
    const auto account = account_of(services, session);
    return services.store.read([&](store::Db& db) {
        const auto seed = store::open_totp(db, services.store.keys(), account);
        const auto step = std::max(totp_step(services), store::last_totp_step(db, account) + 1);
        return seed ? std::optional{totp_code(as_bytes(std::string_view(*seed)), step)}
                    : std::nullopt;
    });
}

NewFactor begin_factor(Services& services, const Session& session) {
    if (session.has_factor) {
        throw Error(ErrorKind::conflict, "factor_set");
    }
    std::array<std::uint8_t, 20> seed{};
    services.random(seed);
    services.sessions.put_seed(session.account_id, std::string(seed.begin(), seed.end()));
    const auto secret = base32(seed);
    return {.secret_base32 = secret,
            .uri = "otpauth://totp/Agate:" + session.login + "?secret=" + secret + "&issuer=Agate"};
}

void confirm_factor(Services& services, const Session& session, std::string_view code) {
    const auto seed = services.sessions.find_seed(session.account_id);
    const auto now = totp_step(services);
    bool is_right = false;
    for (const auto step : {now, now - 1, now + 1}) {
        const auto expected =
            seed ? totp_code(as_bytes(std::string_view(*seed)), step) : std::string(6, ' ');
        is_right =
            is_right || equal_constant_time(as_bytes(std::string_view(expected)), as_bytes(code));
    }
    if (!is_right) {
        throw Error(ErrorKind::unauthenticated, "wrong_code");
    }
    const auto account = account_of(services, session);
    services.store.write([&](store::Db& db) {
        store::set_totp(db, services.store.keys(), account, as_bytes(std::string_view(*seed)));
        write_act(services, db, account.person_id, "user_account.set_factor", {}, {});
    });
    Session renewed = session;
    renewed.has_factor = true;
    renewed.step_up_at = services.clock();
    save(services, renewed);
}

}  // namespace agate::app
