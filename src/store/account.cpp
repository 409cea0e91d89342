// SPDX-License-Identifier: Apache-2.0
#include "store/account.h"

#include "base/error.h"

namespace agate::store {

namespace {

std::string_view to_text(AccountState state) {
    switch (state) {
        case AccountState::slip_out:
            return "slip_out";
        case AccountState::active:
            return "active";
        case AccountState::locked:
            break;
    }
    return "locked";
}

AccountState state_of(std::string_view text) {
    if (text == "slip_out") {
        return AccountState::slip_out;
    }
    // An unknown state locks: never the other way round.
    return text == "active" ? AccountState::active : AccountState::locked;
}

constexpr std::string_view columns =
    "select account_id, login, person_id, password_hash, state, language, totp is not null,"
    " row_version from account";

Account read_account(const Query& query) {
    return {.account_id = query.id<AccountId>(0),
            .login = query.string(1),
            .person_id = query.id<PersonId>(2),
            .password_hash = query.string(3),
            .state = state_of(query.text(4)),
            .language = query.string(5),
            .has_totp = query.boolean(6),
            .row_version = query.int64(7)};
}

CellPlace totp_place(const Account& account) {
    return {.school = {},
            .table = "account",
            .column = "totp",
            .row = account.account_id.bytes,
            .owner = account.person_id};
}

}  // namespace

void add_account(Db& db, const Account& account) {
    const auto added =
        execute(db,
                "insert into account (login, account_id, person_id, password_hash, state, language,"
                " totp_step, row_version) values ($1, $2, $3, $4, $5, $6, 0, $7)"
                " on conflict (login) do nothing",
                account.login,
                account.account_id,
                account.person_id,
                account.password_hash,
                to_text(account.state),
                account.language,
                account.row_version);
    if (added == 0) {
        throw Error(ErrorKind::conflict, "login_taken");
    }
}

std::optional<Account> find_account(Db& db, std::string_view login) {
    static const std::string text = std::string(columns) + " where login = $1";
    Query query(db, text, login);
    return query.next() ? std::optional(read_account(query)) : std::nullopt;
}

std::optional<Account> find_account_by_id(Db& db, AccountId account) {
    static const std::string text = std::string(columns) + " where account_id = $1";
    Query query(db, text, account);
    return query.next() ? std::optional(read_account(query)) : std::nullopt;
}

std::vector<Account> list_accounts_of_person(Db& db, PersonId person) {
    static const std::string text = std::string(columns) + " where person_id = $1 order by login";
    std::vector<Account> accounts;
    for (Query query(db, text, person); query.next();) {
        accounts.push_back(read_account(query));
    }
    return accounts;
}

bool save_account(Db& db, const Account& account) {
    return execute(db,
                   "update account set password_hash = $3, state = $4, language = $5,"
                   " row_version = row_version + 1 where login = $1 and row_version = $2",
                   account.login,
                   account.row_version,
                   account.password_hash,
                   to_text(account.state),
                   account.language) == 1;
}

void set_totp(Db& db, Keys& keys, const Account& account, Bytes seed) {
    const std::string sealed = keys.seal_cell(totp_place(account), seed);
    execute(db,
            "update account set totp = $2, totp_step = 0 where login = $1",
            account.login,
            blob(sealed));
}

std::optional<std::string> open_totp(Db& db, Keys& keys, const Account& account) {
    Query query(db, "select totp from account where login = $1", account.login);
    if (!query.next() || query.is_null(0)) {
        return std::nullopt;
    }
    return keys.open_cell(totp_place(account), query.blob(0));
}

bool use_totp_step(Db& db, const Account& account, std::int64_t step) {
    return execute(db,
                   "update account set totp_step = $2 where login = $1 and totp_step < $2",
                   account.login,
                   step) == 1;
}

std::int64_t last_totp_step(Db& db, const Account& account) {
    Query query(db, "select totp_step from account where login = $1", account.login);
    return query.next() ? query.int64(0) : 0;
}

void remove_totp(Db& db, const Account& account) {
    execute(db, "update account set totp = null where login = $1", account.login);
}

}  // namespace agate::store
