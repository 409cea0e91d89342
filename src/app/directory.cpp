// SPDX-License-Identifier: Apache-2.0
#include "app/directory.h"

#include <algorithm>
#include <charconv>
#include <tuple>

#include "store/member.h"
#include "store/org.h"
#include "store/period.h"
#include "store/store.h"

namespace agate::app {
namespace {

std::int64_t parse_number(std::string_view text) {
    std::int64_t number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

void set_level(Placement& placement, const Org& org) {
    switch (org.kind) {
        case OrgKind::class_:
            placement.class_id = org.org_id;
            break;
        case OrgKind::grade:
            placement.grade_id = org.org_id;
            break;
        case OrgKind::campus:
            placement.campus_id = org.org_id;
            break;
        case OrgKind::school:
            placement.school_id = org.org_id;
            break;
        case OrgKind::group:
            placement.group_id = org.org_id;
            break;
        case OrgKind::district:
            placement.district_id = org.org_id;
            break;
        default:
            break;
    }
}

}  // namespace

const Org* Directory::org(OrgId id) const {
    const auto found = orgs_.find(id);
    return found == orgs_.end() ? nullptr : &found->second;
}

Placement Directory::placement(OrgId id) const {
    Placement placement;
    const Org* at = org(id);
    // A tree of organisations is six levels deep; a cycle would be a fault of the data.
    for (int level = 0; at != nullptr && level < 16; ++level) {
        set_level(placement, *at);
        at = at->parent_id ? org(*at->parent_id) : nullptr;
    }
    return placement;
}

Directory Directory::read(store::Store& store, const Rights& rights, Day today) {
    Directory directory;
    directory.today_ = today;
    store.read([&](store::Db& db) {
        for (auto& org : store::list_orgs(db)) {
            directory.orgs_.emplace(org.org_id, std::move(org));
        }
        directory.calendar_ = store::read_calendar(db);
        for (const auto& [id, org] : directory.orgs_) {
            if (org.kind == OrgKind::school || org.kind == OrgKind::district) {
                directory.read_school(db, store.keys(), rights, SchoolId{id.value});
            }
        }
    });
    directory.sort_classes();
    return directory;
}

void Directory::read_school(store::Db& db,
                            store::Keys& keys,
                            const Rights& rights,
                            SchoolId school) {
    periods_[school] = store::list_periods(db, school);
    std::unordered_map<PersonId, store::Member> members;
    for (auto& member : store::list_members(db, keys, school)) {
        const auto person = member.person_id;
        members.emplace(person, std::move(member));
    }
    for (std::size_t i = 0; i < rights.roles().size(); ++i) {
        const auto& role = rights.roles()[i];
        if (role.is_pseudo) {
            continue;
        }
        for (const auto& membership : store::list_memberships_with_role(db, school, role.code)) {
            const auto member = members.find(membership.person_id);
            if (membership.holds_on(today_) && member != members.end()) {
                take(school, static_cast<RoleIndex>(i), membership, member->second);
            }
        }
    }
}

void Directory::take(SchoolId school,
                     RoleIndex role,
                     const store::Membership& membership,
                     const store::Member& member) {
    const auto place = placement(membership.org_id);
    if (membership.role == "student") {
        students_.insert_or_assign(
            member.person_id,
            StudentEntry{.person_id = member.person_id,
                         .school_id = school,
                         .class_id = membership.org_id,
                         .name = member.identity.name,
                         .pinyin_key = member.identity.name_key,
                         .student_number = member.identity.number,
                         .seat_number = parse_number(membership.number_in_class),
                         .sex = member.sex.value_or(Sex::male),
                         .placement = place});
        classes_[membership.org_id].push_back(member.person_id);
    }
    if (membership.about) {
        children_[member.person_id].push_back(*membership.about);
        guardians_[*membership.about].push_back(member.person_id);
    }
    auto& entry = people_[member.person_id];
    entry.name = member.identity.name;
    entry.roles.push_back({role, membership.org_id, place});
}

void Directory::sort_classes() {
    for (auto& [class_id, students] : classes_) {
        std::sort(students.begin(), students.end(), [this](PersonId a, PersonId b) {
            const auto& left = students_.at(a);
            const auto& right = students_.at(b);
            return std::tie(left.seat_number, left.pinyin_key, left.person_id) <
                   std::tie(right.seat_number, right.pinyin_key, right.person_id);
        });
    }
}

const std::vector<Period>& Directory::periods_of(SchoolId school) const {
    static const std::vector<Period> none;
    const auto found = periods_.find(school);
    return found == periods_.end() ? none : found->second;
}

const StudentEntry* Directory::student(PersonId id) const {
    const auto found = students_.find(id);
    return found == students_.end() ? nullptr : &found->second;
}

const std::vector<PersonId>& Directory::students_of(OrgId class_id) const {
    static const std::vector<PersonId> nobody;
    const auto found = classes_.find(class_id);
    return found == classes_.end() ? nobody : found->second;
}

std::vector<OrgId> Directory::classes_of(SchoolId school_id) const {
    std::vector<OrgId> classes;
    for (const auto& [id, org] : orgs_) {
        if (org.kind == OrgKind::class_ && org.school_id == school_id) {
            classes.push_back(id);
        }
    }
    return classes;
}

std::vector<SchoolId> Directory::schools() const {
    std::vector<SchoolId> schools;
    for (const auto& [id, org] : orgs_) {
        if (org.kind == OrgKind::school) {
            schools.push_back(SchoolId{id.value});
        }
    }
    return schools;
}

std::vector<HeldRole> Directory::roles_of(PersonId id) const {
    const auto found = people_.find(id);
    return found == people_.end() ? std::vector<HeldRole>{} : found->second.roles;
}

std::vector<Actor::Child> Directory::children_of(PersonId id) const {
    std::vector<Actor::Child> children;
    if (const auto found = children_.find(id); found != children_.end()) {
        for (const auto child : found->second) {
            const auto* entry = student(child);
            children.push_back({child, entry == nullptr ? Placement{} : entry->placement});
        }
    }
    return children;
}

OrgId Directory::parent_for_class(SchoolId school, std::string_view campus, int grade) const {
    OrgId parent{school.value};
    int campuses = 0;
    bool is_named = campus.empty();
    for (const auto& [id, org] : orgs_) {
        if (org.kind == OrgKind::campus && org.school_id == school) {
            ++campuses;
            if (campus.empty() || org.name_zh == campus || org.code == campus) {
                parent = id;
                is_named = true;
            }
        }
    }
    if (!is_named || (campus.empty() && campuses > 1)) {
        return OrgId{};
    }
    for (const auto& [id, org] : orgs_) {
        if (org.kind == OrgKind::grade && org.grade == grade && org.parent_id == parent) {
            return id;
        }
    }
    return parent;
}

std::vector<std::pair<PersonId, std::string>> Directory::people_of(SchoolId school) const {
    std::vector<std::pair<PersonId, std::string>> people;
    for (const auto& [person, entry] : people_) {
        const bool is_here =
            std::any_of(entry.roles.begin(), entry.roles.end(), [&](const HeldRole& held) {
                return held.placement.school_id.value == school.value;
            });
        if (is_here) {
            people.emplace_back(person, entry.name);
        }
    }
    return people;
}

std::optional<PersonId> Directory::guardian_of(PersonId child) const {
    const auto found = guardians_.find(child);
    return found == guardians_.end() || found->second.size() != 1
               ? std::nullopt
               : std::optional(found->second.front());
}

std::string Directory::name_of(PersonId id) const {
    const auto found = people_.find(id);
    return found == people_.end() ? std::string{} : found->second.name;
}

std::string Directory::class_name(OrgId class_id, Language language) const {
    const auto* found = org(class_id);
    if (found == nullptr) {
        return {};
    }
    return language == Language::zh || found->name_en.empty() ? found->name_zh : found->name_en;
}

DirectoryHolder::DirectoryHolder(store::Store& store, const Rights& rights, Clock clock)
    : store_(store), rights_(rights), clock_(std::move(clock)) {}

std::shared_ptr<const Directory> DirectoryHolder::get() {
    const Day today = shanghai_day(clock_());
    const std::lock_guard lock(mutex_);
    if (current_ == nullptr || current_->today() != today) {
        current_ = std::make_shared<const Directory>(Directory::read(store_, rights_, today));
    }
    return current_;
}

void DirectoryHolder::invalidate() {
    const std::lock_guard lock(mutex_);
    current_ = nullptr;
}

}  // namespace agate::app
