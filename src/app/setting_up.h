// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "app/services.h"
#include "core/calendar.h"
#include "core/org.h"
#include "framework/pack_files.h"

// What an installation needs before people can sign in: organisations, posts, accounts, calendar,
// frameworks. Used by `agate init`, by the demonstration and by tests; the chain records each act.
namespace agate::app {

/// Adds the org under a new number and returns it.
OrgId add_org(Services& services, Org org);

void set_calendar(Services& services, const std::vector<CalendarDays>& days);

struct NewPerson {
    SchoolId school;  ///< a district's own people: the district's number
    std::string name;
    std::string number;  ///< staff number; may be empty
    std::optional<Sex> sex;
};

/// Several people with one sync of their keys.
std::vector<PersonId> add_people(Services& services, std::span<const NewPerson> people);

struct NewPost {
    SchoolId school;
    PersonId person;
    std::string role;  ///< code of rights/roles.csv
    OrgId org;
    Day from;
    std::optional<PersonId> about;  ///< a guardian's child
    std::optional<Day> to{};        ///< last day; nothing: open
};

void add_posts(Services& services, std::span<const NewPost> posts);

struct NewAccount {
    std::string login;
    PersonId person;
    std::string password;
    bool with_factor = false;
};

/// Returns the second factor's secret in base32; empty without one.
std::string add_account(Services& services, const NewAccount& account);

/// Compiles the layers and adopts them for a period. Throws Error(invalid, "pack_has_faults").
void adopt_framework(Services& services,
                     SchoolId school,
                     PeriodId period,
                     std::span<const framework::PackFiles> layers);

}  // namespace agate::app
