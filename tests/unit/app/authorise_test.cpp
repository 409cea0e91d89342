// SPDX-License-Identifier: Apache-2.0
#include "app/authorise.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/error.h"

namespace agate::app {
namespace {

PersonId person(std::uint8_t number) {
    PersonId id;
    id.bytes[15] = number;
    return id;
}

const Placement home{{1}, {2}, {3}, {4}, {5}, {6}};
const Placement elsewhere{{11}, {12}, {13}, {14}, {15}, {16}};

/// The org that a role is held for, by the scope that roles.csv gives it.
OrgId scope_org(const Role& role, const Placement& place) {
    if (role.scope == "class") {
        return place.class_id;
    }
    if (role.scope == "grade") {
        return place.grade_id;
    }
    if (role.scope == "campus") {
        return place.campus_id;
    }
    if (role.scope == "group") {
        return place.group_id;
    }
    return role.scope == "district" ? place.district_id : place.school_id;
}

/// What a held role's own placement knows: nothing below its org.
Placement placement_of_scope(const Role& role, Placement place) {
    if (role.scope == "class" || role.code == "student") {
        return place;
    }
    place.class_id = {};
    if (role.scope != "grade") {
        place.grade_id = {};
    }
    if (role.scope != "grade" && role.scope != "campus") {
        place.campus_id = {};
    }
    if (role.scope == "group" || role.scope == "district") {
        place.school_id = {};
    }
    return place;
}

struct Case {
    Actor actor;
    Target target;
    Met met;
};

/// An actor and a thing that fit this row exactly, with nothing to spare.
Case fitting(const RightsRow& row) {
    Case fit;
    const auto& role = rights().role(row.role);
    fit.actor.person_id = person(1);
    fit.actor.now = {1'000'000'000'000};
    if (!role.is_pseudo) {
        fit.actor.roles.push_back(
            {row.role, scope_org(role, home), placement_of_scope(role, home)});
    } else if (role.code == "signed_in") {
        const auto teacher = *rights().find_role("class_teacher");
        fit.actor.roles.push_back({teacher, home.class_id, home});
    } else if (role.code != "anyone") {  // the program itself, or a key that it gave to another
        fit.actor.roles.push_back({row.role, home.school_id, home});
    }
    fit.target.placement = home;
    switch (row.relation) {
        case Relation::self:
            (row.resource == "session" || row.resource == "user_account" ? fit.target.owner
                                                                         : fit.target.subject) =
                person(1);
            break;
        case Relation::own_child:
            fit.target.subject = person(2);
            fit.actor.children.push_back({person(2), home});
            break;
        case Relation::author:
            fit.target.author = person(1);
            break;
        case Relation::my_group:
        case Relation::my_district:
        case Relation::any:
            break;
        default:
            fit.target.subject = person(2);
            if (role.code == "guardian") {
                fit.actor.children.push_back({person(3), home});
            }
    }
    for (const auto& state : row.states) {
        if (state.starts_with("period=")) {
            fit.target.period_state = state.substr(7);
        } else {
            fit.target.state = state;
        }
    }
    for (const auto& condition : row.conditions) {
        if (condition == "step_up") {
            fit.actor.step_up_at = fit.actor.now;
        } else if (condition != "not_self" && condition != "not_related") {
            fit.met.push_back(condition);
        }
    }
    return fit;
}

/// Relations that this program can work out; rows of the others never fit and stay denied.
bool is_known(Relation relation) {
    return relation <= Relation::author || relation == Relation::any;
}

/// Rows about a thing of another machine than the thing's own and the period's.
bool is_of_other_machine(const RightsRow& row) {
    return std::any_of(row.states.begin(), row.states.end(), [](const std::string& state) {
        return state.find('=') != std::string::npos && !state.starts_with("period=");
    });
}

/// not_self on one's own thing can never hold, by design of the table.
bool contradicts_itself(const RightsRow& row) {
    const bool own = row.relation == Relation::self || row.relation == Relation::author;
    return own && std::find(row.conditions.begin(), row.conditions.end(), "not_self") !=
                      row.conditions.end();
}

bool is_allowed(const RightsRow& row, const Case& fit) {
    return authorise(rights(), fit.actor, row.resource, row.action, fit.target, fit.met)
        .is_allowed();
}

TEST(Authorise, EveryRowOfTheTableAllowsWhatFitsIt) {
    int asked = 0;
    for (const auto& row : rights().rows()) {
        if (!is_known(row.relation) || is_of_other_machine(row) || contradicts_itself(row)) {
            continue;
        }
        ++asked;
        EXPECT_TRUE(is_allowed(row, fitting(row))) << "rights.csv:" << row.line;
    }
    EXPECT_GT(asked, 700);
}

TEST(Authorise, AConditionThatFailsIsNotMadeUpForByAnotherRow) {
    for (const auto& row : rights().rows()) {
        if (!is_known(row.relation) || is_of_other_machine(row) || contradicts_itself(row)) {
            continue;
        }
        for (std::size_t i = 0; i < row.conditions.size(); ++i) {
            auto fit = fitting(row);
            const auto& condition = row.conditions[i];
            if (condition == "not_self") {
                fit.target.earlier_signers.push_back(fit.actor.person_id);
            } else if (condition == "not_related") {
                continue;  // asked below, with a guardian on the staff
            } else if (condition == "step_up") {
                fit.actor.step_up_at = Instant{fit.actor.now.micros - step_up_micros - 1};
            } else {
                std::erase(fit.met, std::string_view(condition));
            }
            // Another row may allow the same with fewer conditions; then the denial is not owed.
            const auto others = rights().rows(row.resource, row.action);
            const bool has_easier =
                std::any_of(others.begin(), others.end(), [&](const auto& other) {
                    return other.line != row.line && is_allowed(other, fit);
                });
            if (!has_easier) {
                EXPECT_FALSE(is_allowed(row, fit))
                    << "rights.csv:" << row.line << " without " << condition;
            }
        }
    }
}

TEST(Authorise, NobodyElseIsAllowed) {
    for (const auto& row : rights().rows()) {
        if (row.relation == Relation::any || !is_known(row.relation)) {
            continue;
        }
        auto fit = fitting(row);
        // The same post at another school, and no bond to the child.
        for (auto& held : fit.actor.roles) {
            const auto& role = rights().role(held.role);
            held = {held.role, scope_org(role, elsewhere), placement_of_scope(role, elsewhere)};
        }
        fit.actor.children.clear();
        fit.actor.person_id = person(9);
        const auto decision =
            authorise(rights(), fit.actor, row.resource, row.action, fit.target, fit.met);
        const bool open_to_all = decision.row != nullptr && decision.row->relation == Relation::any;
        EXPECT_TRUE(!decision.is_allowed() || open_to_all) << "rights.csv:" << row.line;
    }
}

TEST(Authorise, ATeacherIsNotAllowedByBeingAParentAtAnotherSchool) {
    Actor actor;
    actor.person_id = person(1);
    actor.now = {1};
    actor.roles.push_back(
        {*rights().find_role("moral_education_office"),
         elsewhere.school_id,
         placement_of_scope(rights().role(*rights().find_role("moral_education_office")),
                            elsewhere)});
    actor.roles.push_back({*rights().find_role("guardian"), home.class_id, home});
    actor.children.push_back({person(2), home});
    Target other_child;
    other_child.subject = person(3);
    other_child.placement = home;
    EXPECT_FALSE(
        authorise(rights(), actor, "portrait", "read", other_child, {"no_rank", "faded_hidden"})
            .is_allowed());
    Target own_child = other_child;
    own_child.subject = person(2);
    EXPECT_TRUE(authorise(rights(), actor, "portrait", "read", own_child, {}).is_allowed());
}

TEST(Authorise, AParentOnTheStaffDoesNotReviewTheirOwnChild) {
    Actor actor;
    actor.person_id = person(1);
    actor.now = {1};
    actor.roles.push_back({*rights().find_role("class_teacher"), home.class_id, home});
    Target record;
    record.subject = person(2);
    record.author = person(2);
    record.placement = home;
    record.state = "queued";
    EXPECT_TRUE(authorise(rights(), actor, "review", "review", record, {"reason"}).is_allowed());
    actor.children.push_back({person(2), home});
    EXPECT_FALSE(authorise(rights(), actor, "review", "review", record, {"reason"}).is_allowed());
}

TEST(Authorise, WhatMayNotBeSeenIsHiddenAndNobodyIsToldToSignInTwice) {
    Actor stranger;
    stranger.person_id = person(9);
    stranger.now = {1};
    Target child;
    child.subject = person(2);
    child.placement = home;
    EXPECT_EQ(authorise(rights(), stranger, "portrait", "read", child, {}).outcome,
              Outcome::hidden);
    EXPECT_EQ(authorise(rights(), Actor{}, "portrait", "read", child, {}).outcome,
              Outcome::unauthenticated);
}

}  // namespace
}  // namespace agate::app
