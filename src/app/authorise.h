// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/rights.h"
#include "core/ids.h"

// The one authoriser: may this actor do this to this thing, now? A pure function of what it is
// given.
namespace agate::app {

/// Where a student, a class or a thing stands in the tree of organisations. 0: nowhere.
struct Placement {
    OrgId class_id, grade_id, campus_id, school_id, group_id, district_id;
};

/// A role in force today, with the organisation it is held for.
struct HeldRole {
    RoleIndex role = 0;
    OrgId org_id;  ///< class, grade, campus, school, group or district, as the role's scope says
    Placement placement;  ///< of org_id
};

/// A signed-in person with everything a decision asks of them. Made once a session and renewed when
/// a membership changes or the day ends.
struct Actor {
    AccountId account_id;
    PersonId person_id;
    std::vector<HeldRole> roles;

    struct Child {
        PersonId person_id;
        Placement placement;
    };

    std::vector<Child> children;        ///< confirmed guardian links in force
    std::optional<Instant> step_up_at;  ///< last second factor in this session
    Instant now;

    [[nodiscard]] bool is_signed_in() const { return !person_id.is_nil(); }
};

/// What the actor wants to touch.
struct Target {
    std::optional<PersonId> subject;        ///< the child it is about
    std::optional<PersonId> owner;          ///< whose own thing it is (account, session)
    std::optional<PersonId> author;         ///< who wrote or lodged it
    std::optional<Placement> placement;     ///< of the subject or the thing
    std::vector<PersonId> earlier_signers;  ///< proposer and signers before; for not_self
    std::string state;                      ///< of the thing's own machine; empty: not looked at
    std::string period_state;               ///< for "period=…"
};

/// Conditions that the caller has seen to. Checks: reason (typed), purpose (given), dry_run,
/// second_signature, target:… and so on, as facts of this request. Field sets and duties (no_rank,
/// suppress5, faded_hidden, fields:…, own_copy, watermark, quota …): what the route does with its
/// answer. A row that asks for anything else does not fit.
using Met = std::vector<std::string_view>;

enum class Outcome {
    allowed,
    step_up_required,  ///< 403 with code step_up_required
    reason_required,   ///< 400
    purpose_required,  ///< 400
    wrong_state,       ///< 409
    forbidden,         ///< 403: may see the thing, may not do this
    hidden,            ///< 404: as if it did not exist
    unauthenticated,   ///< 401
};

struct Decision {
    Outcome outcome = Outcome::hidden;
    const RightsRow* row = nullptr;  ///< the row that allowed it
    RoleIndex role = 0;

    [[nodiscard]] bool is_allowed() const { return outcome == Outcome::allowed; }

    /// True when the fitting row asks for this condition (a field set, say).
    [[nodiscard]] bool asks(std::string_view condition) const;
};

/// The relations that this held role gives to the target.
[[nodiscard]] bool holds(const Rights& rights,
                         const Actor& actor,
                         const HeldRole& held,
                         Relation relation,
                         const Target& target);

/// Looks for one row that fits; conditions are never mixed between rows. `step_up`, `not_self` and
/// states are judged here, everything else by `met`.
[[nodiscard]] Decision authorise(const Rights& rights,
                                 const Actor& actor,
                                 std::string_view resource,
                                 std::string_view action,
                                 const Target& target,
                                 const Met& met);

/// As authorise, but throws the Error that the outcome stands for.
Decision require(const Rights& rights,
                 const Actor& actor,
                 std::string_view resource,
                 std::string_view action,
                 const Target& target,
                 const Met& met);

/// A second factor counts for ten minutes.
inline constexpr std::int64_t step_up_micros = 10LL * 60 * 1'000'000;

}  // namespace agate::app
