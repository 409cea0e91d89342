// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "core/calendar.h"
#include "core/org.h"
#include "store/db.h"

// Organisations and the school calendar: reference tables, read everywhere, small, changed rarely.
namespace agate::store {

/// Adds, or replaces the row of the same id. A district, group, committee has no school; a school
/// is its own.
void put_org(Db& db, const Org& org);
[[nodiscard]] std::optional<Org> find_org(Db& db, OrgId org);
/// By the office's own code under a parent.
[[nodiscard]] std::optional<Org> find_org_by_code(Db& db, OrgId parent, std::string_view code);
/// All, by id. A store has some hundreds.
[[nodiscard]] std::vector<Org> list_orgs(Db& db);
[[nodiscard]] std::vector<Org> list_orgs_of_school(Db& db, SchoolId school);
/// A number that no organisation has yet.
[[nodiscard]] OrgId next_org_id(Db& db);

/// Replaces the whole calendar.
void put_calendar(Db& db, const std::vector<CalendarDays>& days);
[[nodiscard]] Calendar read_calendar(Db& db);

/// Settings of the installation (reference): "installed_at", "district_name" … Nothing personal.
void put_setting(Db& db, std::string_view name, std::string_view value);
[[nodiscard]] std::optional<std::string> find_setting(Db& db, std::string_view name);

}  // namespace agate::store
