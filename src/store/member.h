// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/org.h"
#include "store/audit.h"
#include "store/keys.h"

// People at a school: the school's own copy of who they are, and what they are there from when to
// when. Rows are only added: a change is a new revision.
namespace agate::store {

/// The part of a member that only the person's key opens.
struct Identity {
    std::string name = {};
    std::string name_key = {};         ///< pinyin_sort_key of the name
    std::string number = {};           ///< student or staff number of the school; may be empty
    std::string national_number = {};  ///< 学籍号 or ID number; may be empty
    std::string phone = {};            ///< may be empty
    std::optional<Day> born = {};

    friend bool operator==(const Identity&, const Identity&) = default;
};

struct Member {
    PersonId person_id = {};
    std::int64_t revision = 1;
    std::optional<Sex> sex = {};
    Identity identity = {};  ///< empty when erased
    bool is_erased = false;
};

/// A member sealed under its person's key, made off the writer's thread. The key must exist
/// (Keys::create).
struct SealedMember {
    Member member;
    SealedContent content = {};
    std::vector<std::pair<std::string, BlindIndex>> indexes = {};  ///< kind, in this school
    std::vector<std::pair<std::string, BlindIndex>> unique_indexes =
        {};  ///< kind, over all schools
};

[[nodiscard]] SealedMember seal_member(Keys& keys, SchoolId school, Member member);

/// Adds a revision with its blind indexes, and the shared person row when it is new. Throws
/// Error(conflict, "identity_taken") when another person holds one of its identifiers.
void add_member(Entry& entry, const SealedMember& member);

[[nodiscard]] std::optional<Member> find_member(Db& db,
                                                Keys& keys,
                                                SchoolId school,
                                                PersonId person);
/// In the order asked; those not there are left out.
[[nodiscard]] std::vector<Member> find_members(Db& db,
                                               Keys& keys,
                                               SchoolId school,
                                               std::span<const PersonId> persons);
/// Every member of the school, latest revision each.
[[nodiscard]] std::vector<Member> list_members(Db& db, Keys& keys, SchoolId school);

/// Lookup by identifier; `kind` "number" or "national_number".
[[nodiscard]] std::optional<PersonId> find_person_by(
    Db& db, const Keys& keys, SchoolId school, std::string_view kind, std::string_view value);
[[nodiscard]] std::optional<PersonId> find_person_across_schools(Db& db,
                                                                 const Keys& keys,
                                                                 std::string_view kind,
                                                                 std::string_view value);

/// A role with its dates. The last day is included; nothing: open.
struct Membership {
    MembershipId membership_id = {};
    std::int64_t revision = 1;
    PersonId person_id = {};
    OrgId org_id = {};  ///< the class of a student or class teacher, the school of an office …
    std::string role = {};  ///< code of rights/roles.csv
    Day from = {};
    std::optional<Day> to = {};
    std::optional<PersonId> about = {};  ///< a guardian's child
    std::string subject_area = {};       ///< a subject teacher's subject; may be empty
    int grade = 0;                       ///< of a student at that time, 1 to 12; else 0
    std::string number_in_class = {};    ///< 座号; may be empty

    [[nodiscard]] bool holds_on(Day day) const { return from <= day && (!to || day <= *to); }
};

/// A new membership, or the next revision of one: person, org and role stay, the dates may change.
void add_membership(Entry& entry, const Membership& membership);

/// Each the latest revision of each membership; whether it holds on a day is the caller's to ask.
[[nodiscard]] std::vector<Membership> list_memberships_of_person(Db& db,
                                                                 SchoolId school,
                                                                 PersonId person);
[[nodiscard]] std::vector<Membership> list_memberships_of_org(Db& db, SchoolId school, OrgId org);
/// Guardian links to a child.
[[nodiscard]] std::vector<Membership> list_memberships_about(Db& db,
                                                             SchoolId school,
                                                             PersonId child);
/// Of a whole school with this role.
[[nodiscard]] std::vector<Membership> list_memberships_with_role(Db& db,
                                                                 SchoolId school,
                                                                 std::string_view role);

struct SchoolMembership {
    SchoolId school = {};
    Membership membership;
};

/// At sign-in only.
[[nodiscard]] std::vector<SchoolMembership> list_memberships_across_schools(Db& db,
                                                                            PersonId person);

}  // namespace agate::store
