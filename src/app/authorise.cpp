// SPDX-License-Identifier: Apache-2.0
#include "app/authorise.h"

#include <algorithm>

#include "base/error.h"
#include "base/text.h"

namespace agate::app {
namespace {

bool same(OrgId a, OrgId b) {
    return a.value != 0 && a == b;
}

/// Relations that need no placement: the person is the thing's subject, owner or author.
bool is_personal(const Actor& actor, Relation relation, const Target& target) {
    if (relation == Relation::author) {
        return target.author == actor.person_id;
    }
    return target.subject == actor.person_id ||
           (!target.subject && target.owner == actor.person_id);
}

bool is_own_child(const Actor& actor, const Target& target) {
    return target.subject &&
           std::any_of(
               actor.children.begin(), actor.children.end(), [&](const Actor::Child& child) {
                   return child.person_id == *target.subject;
               });
}

bool is_school_of_a_child(const Actor& actor, const Target& target) {
    return std::any_of(
        actor.children.begin(), actor.children.end(), [&](const Actor::Child& child) {
            return same(child.placement.school_id, target.placement->school_id);
        });
}

bool is_placed(const Actor& actor, const HeldRole& held, Relation relation, const Target& target) {
    const Placement& mine = held.placement;
    const Placement& theirs = *target.placement;
    switch (relation) {
        case Relation::my_class:
        case Relation::taught:
        case Relation::covered:
            return same(held.org_id, theirs.class_id);
        case Relation::classmate:
            return same(mine.class_id, theirs.class_id) && target.subject != actor.person_id;
        case Relation::my_grade:
            return same(held.org_id, theirs.grade_id);
        case Relation::my_campus:
            return same(mine.campus_id, theirs.campus_id);
        case Relation::my_school:
            return same(mine.school_id, theirs.school_id);
        case Relation::my_group:
            return !target.subject && same(mine.group_id, theirs.group_id);
        case Relation::my_district:
            return !target.subject && same(mine.district_id, theirs.district_id);
        default:
            return false;
    }
}

/// "period=recording" speaks of the period, a bare word of the thing itself. Words of one machine
/// are alternatives; every machine named must be in one of its states.
bool fits_state(const RightsRow& row, const Target& target) {
    bool own_named = false, own_fits = false, period_named = false, period_fits = false;
    for (const auto& state : row.states) {
        const auto equals = state.find('=');
        if (equals == std::string::npos) {
            own_named = true;
            own_fits = own_fits || state == target.state;
        } else if (std::string_view(state).substr(0, equals) == "period") {
            period_named = true;
            period_fits = period_fits || state.substr(equals + 1) == target.period_state;
        } else {
            return false;  // a machine that no route of ours looks at yet
        }
    }
    return (!own_named || own_fits) && (!period_named || period_fits);
}

bool has_stepped_up(const Actor& actor) {
    return actor.step_up_at && actor.now.micros - actor.step_up_at->micros <= step_up_micros;
}

bool is_not_self(const Actor& actor, const Target& target) {
    return target.subject != actor.person_id && target.author != actor.person_id &&
           std::find(target.earlier_signers.begin(),
                     target.earlier_signers.end(),
                     actor.person_id) == target.earlier_signers.end();
}

bool is_not_related(const Actor& actor, const Target& target) {
    return !is_own_child(actor, target);
}

/// Why a row does not fit, from the nearest miss to the farthest.
Outcome judge(const Actor& actor, const RightsRow& row, const Target& target, const Met& met) {
    Outcome missing = Outcome::allowed;
    for (const std::string_view condition : row.conditions) {
        const bool is_met = condition == "step_up"    ? has_stepped_up(actor)
                            : condition == "not_self" ? is_not_self(actor, target)
                            : condition == "not_related"
                                ? is_not_related(actor, target)
                                : std::find(met.begin(), met.end(), condition) != met.end();
        if (is_met) {
            continue;
        }
        if (condition == "step_up" && missing == Outcome::allowed) {
            missing = Outcome::step_up_required;
        } else if (condition == "reason") {
            missing = Outcome::reason_required;
        } else if (condition == "purpose") {
            missing = Outcome::purpose_required;
        } else if (condition != "step_up") {
            return Outcome::forbidden;
        }
    }
    return missing;
}

/// The order in which misses are told: the one a person can mend soonest.
int nearness(Outcome outcome) {
    switch (outcome) {
        case Outcome::allowed:
            return 0;
        case Outcome::step_up_required:
            return 1;
        case Outcome::reason_required:
            return 2;
        case Outcome::purpose_required:
            return 3;
        case Outcome::wrong_state:
            return 4;
        case Outcome::forbidden:
            return 5;
        default:
            return 6;
    }
}

bool is_pseudo_role(const Rights& rights, const Actor& actor, const RightsRow& row) {
    const auto& code = rights.role(row.role).code;
    return code == "anyone" || (code == "signed_in" && actor.is_signed_in());
}

bool fits_role(const Rights& rights,
               const Actor& actor,
               const RightsRow& row,
               const Target& target) {
    if (is_pseudo_role(rights, actor, row)) {
        if (actor.roles.empty()) {
            return holds(rights, actor, HeldRole{row.role, {}, {}}, row.relation, target);
        }
        return std::any_of(actor.roles.begin(), actor.roles.end(), [&](const HeldRole& held) {
            return holds(rights, actor, held, row.relation, target);
        });
    }
    return std::any_of(actor.roles.begin(), actor.roles.end(), [&](const HeldRole& held) {
        return held.role == row.role && holds(rights, actor, held, row.relation, target);
    });
}

bool may_see(const Rights& rights,
             const Actor& actor,
             std::string_view resource,
             const Target& target) {
    for (const std::string_view action : {"see", "read"}) {
        for (const auto& row : rights.rows(resource, action)) {
            if (fits_role(rights, actor, row, target)) {
                return true;
            }
        }
    }
    return false;
}

[[noreturn]] void refuse(Outcome outcome) {
    switch (outcome) {
        case Outcome::step_up_required:
            throw Error(ErrorKind::forbidden, "step_up_required");
        case Outcome::reason_required:
            throw Error(ErrorKind::invalid, "reason_required");
        case Outcome::purpose_required:
            throw Error(ErrorKind::invalid, "purpose_required");
        case Outcome::wrong_state:
            throw Error(ErrorKind::conflict, "wrong_state");
        case Outcome::forbidden:
            throw Error(ErrorKind::forbidden, "not_yours_to_do");
        case Outcome::unauthenticated:
            throw Error(ErrorKind::unauthenticated, "sign_in_first");
        default:
            throw Error(ErrorKind::not_found, "not_yours_to_open");
    }
}

}  // namespace

bool Decision::asks(std::string_view condition) const {
    return row != nullptr && std::find(row->conditions.begin(), row->conditions.end(), condition) !=
                                 row->conditions.end();
}

bool holds(const Rights& rights,
           const Actor& actor,
           const HeldRole& held,
           Relation relation,
           const Target& target) {
    switch (relation) {
        case Relation::any:
            return true;
        case Relation::self:
        case Relation::author:
            return is_personal(actor, relation, target);
        case Relation::own_child:
            return is_own_child(actor, target);
        case Relation::my_school:
            return target.placement && (rights.role(held.role).code == "guardian"
                                            ? is_school_of_a_child(actor, target)
                                            : is_placed(actor, held, relation, target));
        default:
            return target.placement && is_placed(actor, held, relation, target);
    }
}

Decision authorise(const Rights& rights,
                   const Actor& actor,
                   std::string_view resource,
                   std::string_view action,
                   const Target& target,
                   const Met& met) {
    ensure(rights.has_action(resource, action), "a route names an action of resources.csv");
    Decision best{};
    for (const auto& row : rights.rows(resource, action)) {
        if (!fits_role(rights, actor, row, target)) {
            continue;
        }
        const Outcome outcome =
            fits_state(row, target) ? judge(actor, row, target, met) : Outcome::wrong_state;
        if (outcome == Outcome::allowed) {
            return {.outcome = outcome, .row = &row, .role = row.role};
        }
        if (nearness(outcome) < nearness(best.outcome)) {
            best.outcome = outcome;
        }
    }
    if (best.outcome == Outcome::hidden && !actor.is_signed_in()) {
        best.outcome = Outcome::unauthenticated;
    } else if (best.outcome == Outcome::hidden && may_see(rights, actor, resource, target)) {
        best.outcome = Outcome::forbidden;
    }
    return best;
}

Decision require(const Rights& rights,
                 const Actor& actor,
                 std::string_view resource,
                 std::string_view action,
                 const Target& target,
                 const Met& met) {
    const auto decision = authorise(rights, actor, resource, action, target, met);
    if (!decision.is_allowed()) {
        refuse(decision.outcome);
    }
    return decision;
}

}  // namespace agate::app
