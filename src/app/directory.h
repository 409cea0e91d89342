// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "app/authorise.h"
#include "base/words.h"
#include "core/calendar.h"
#include "core/org.h"

namespace agate::store {
class Db;
class Keys;
class Store;
struct Member;
struct Membership;
}  // namespace agate::store

// Who is where today: the memberships in force, read once and kept, so that a decision costs no
// query.
namespace agate::app {

struct StudentEntry {
    PersonId person_id;
    SchoolId school_id;
    OrgId class_id;
    std::string name;
    std::string pinyin_key;        ///< for sorting
    std::string student_number;    ///< shown only where the rights allow it
    std::int64_t seat_number = 0;  ///< number in the class, 0 when there is none
    Sex sex = Sex::male;
    Placement placement;
};

struct PersonEntry {
    std::string name;
    std::vector<HeldRole> roles;
};

/// One day's picture of orgs and memberships. Immutable.
class Directory {
public:
    /// Everything in force on `today`.
    [[nodiscard]] static Directory read(store::Store& store, const Rights& rights, Day today);

    [[nodiscard]] Day today() const { return today_; }

    [[nodiscard]] const Org* org(OrgId id) const;
    [[nodiscard]] Placement placement(OrgId id) const;
    /// By first day; empty for an unknown school.
    [[nodiscard]] const std::vector<Period>& periods_of(SchoolId school) const;

    [[nodiscard]] const Calendar& calendar() const { return calendar_; }

    /// Null when the person is no student today.
    [[nodiscard]] const StudentEntry* student(PersonId id) const;
    /// Roster order: number, then pinyin.
    [[nodiscard]] const std::vector<PersonId>& students_of(OrgId class_id) const;
    [[nodiscard]] std::vector<OrgId> classes_of(SchoolId school_id) const;
    [[nodiscard]] std::vector<SchoolId> schools() const;
    [[nodiscard]] std::vector<HeldRole> roles_of(PersonId id) const;
    [[nodiscard]] std::vector<Actor::Child> children_of(PersonId id) const;
    /// Where a new class of a grade goes: the campus of this name (the school's only one when the
    /// name is empty), else the school itself; 0 when there is no such campus or several.
    [[nodiscard]] OrgId parent_for_class(SchoolId school, std::string_view campus, int grade) const;
    /// Everybody with a role at the school, by name.
    [[nodiscard]] std::vector<std::pair<PersonId, std::string>> people_of(SchoolId school) const;
    /// The child's guardian, when there is exactly one.
    [[nodiscard]] std::optional<PersonId> guardian_of(PersonId child) const;
    /// The name of anybody who is a member of a school; empty when unknown.
    [[nodiscard]] std::string name_of(PersonId id) const;
    /// "四年级2班", as people say it.
    [[nodiscard]] std::string class_name(OrgId class_id, Language language) const;

private:
    void read_school(store::Db& db, store::Keys& keys, const Rights& rights, SchoolId school);
    void take(SchoolId school,
              RoleIndex role,
              const store::Membership& membership,
              const store::Member& member);
    void sort_classes();

    Day today_;
    Calendar calendar_;
    std::map<SchoolId, std::vector<Period>> periods_;
    std::map<OrgId, Org> orgs_;
    std::unordered_map<PersonId, StudentEntry> students_;
    std::unordered_map<PersonId, PersonEntry> people_;
    std::unordered_map<PersonId, std::vector<PersonId>> children_, guardians_;
    std::unordered_map<OrgId, std::vector<PersonId>> classes_;
};

/// The present directory. Read again when told that a membership or period changed, or when the day
/// is over.
class DirectoryHolder {
public:
    DirectoryHolder(store::Store& store, const Rights& rights, Clock clock);

    /// Shared with every request in work: a request keeps the picture it began with while a newer
    /// one takes its place.
    [[nodiscard]] std::shared_ptr<const Directory> get();
    void invalidate();

private:
    store::Store& store_;
    const Rights& rights_;
    Clock clock_;
    std::mutex mutex_;
    std::shared_ptr<const Directory> current_;
};

}  // namespace agate::app
