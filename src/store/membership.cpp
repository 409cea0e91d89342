// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "store/member.h"
#include "store/org.h"

namespace agate::store {

namespace {

constexpr std::string_view columns =
    "select membership_id, revision, person_id, org_id, role, day_from, day_to, about_id,"
    " subject_area, grade, number_in_class from membership where school_id = $1";

/// The latest revision of each; person, org and role are the same in all revisions, so any choice
/// of rows by them holds whole histories.
std::vector<Membership> read_latest(Query& query) {
    std::vector<Membership> rows;
    while (query.next()) {
        rows.push_back({.membership_id = query.id<MembershipId>(0),
                        .revision = query.int64(1),
                        .person_id = query.id<PersonId>(2),
                        .org_id = OrgId{query.int64(3)},
                        .role = query.string(4),
                        .from = query.day(5),
                        .to = query.optional_day(6),
                        .about = query.optional_id<PersonId>(7),
                        .subject_area = query.string(8),
                        .grade = static_cast<int>(query.int64(9)),
                        .number_in_class = query.string(10)});
    }
    std::ranges::sort(rows, [](const Membership& a, const Membership& b) {
        return std::tie(a.membership_id, b.revision) < std::tie(b.membership_id, a.revision);
    });
    const auto repeated = std::ranges::unique(rows, {}, &Membership::membership_id);
    rows.erase(repeated.begin(), repeated.end());
    return rows;
}

}  // namespace

void add_membership(Entry& entry, const Membership& membership) {
    const std::array<Value, 11> values{membership.membership_id,
                                       membership.revision,
                                       membership.person_id,
                                       membership.org_id,
                                       membership.role,
                                       membership.from,
                                       membership.to,
                                       membership.about,
                                       text_or_null(membership.subject_area),
                                       membership.grade,
                                       text_or_null(membership.number_in_class)};
    entry.insert(covered_table("membership"), values);
}

std::vector<Membership> list_memberships_of_person(Db& db, SchoolId school, PersonId person) {
    static const std::string text = std::string(columns) + " and person_id = $2";
    Query query(db, text, school, person);
    return read_latest(query);
}

std::vector<Membership> list_memberships_of_org(Db& db, SchoolId school, OrgId org) {
    static const std::string text = std::string(columns) + " and org_id = $2";
    Query query(db, text, school, org);
    return read_latest(query);
}

std::vector<Membership> list_memberships_about(Db& db, SchoolId school, PersonId child) {
    static const std::string text =
        std::string(columns) + " and about_id = $2 and about_id is not null";
    Query query(db, text, school, child);
    return read_latest(query);
}

std::vector<Membership> list_memberships_with_role(Db& db, SchoolId school, std::string_view role) {
    static const std::string text = std::string(columns) + " and role = $2";
    Query query(db, text, school, role);
    return read_latest(query);
}

std::vector<SchoolMembership> list_memberships_across_schools(Db& db, PersonId person) {
    std::vector<SchoolMembership> all;
    for (Query query(db,
                     "select org_id from org where kind in ('school', 'district') order by org_id");
         query.next();) {
        const SchoolId school{query.int64(0)};
        for (auto& membership : list_memberships_of_person(db, school, person)) {
            all.push_back({school, std::move(membership)});
        }
    }
    return all;
}

}  // namespace agate::store
