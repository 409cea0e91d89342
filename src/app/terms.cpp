// SPDX-License-Identifier: Apache-2.0
#include "app/terms.h"

#include <algorithm>
#include <array>

#include "app/directory.h"
#include "app/frameworks.h"
#include "app/guard.h"
#include "app/standings.h"
#include "base/crypto.h"
#include "base/error.h"
#include "store/audit.h"
#include "store/heads.h"
#include "store/period.h"
#include "store/result.h"
#include "store/store.h"

namespace agate::app {
namespace {

/// One event of the machine: from which state it starts, where it leads, which right it asks for.
/// A right without an action is the program's own: it needs no person, only that the time has come.
struct Event {
    std::string_view name;
    PeriodState from;
    PeriodState to;
    std::string_view resource, action;
    bool shows_digest = false;  ///< the signer signs exactly what was shown
};

constexpr std::array<Event, 12> events{{
    {"open", PeriodState::planned, PeriodState::recording, "period", "open"},
    {"close_recording",
     PeriodState::recording,
     PeriodState::reviewing,
     "period",
     "close_recording"},
    {"evaluate", PeriodState::reviewing, PeriodState::evaluating, "period", "evaluate"},
    {"evaluate", PeriodState::evaluating, PeriodState::evaluating, "period", "evaluate"},
    {"approve", PeriodState::evaluating, PeriodState::class_approved, "period", "approve", true},
    {"approve",
     PeriodState::class_approved,
     PeriodState::grade_approved,
     "period",
     "approve",
     true},
    {"approve",
     PeriodState::grade_approved,
     PeriodState::school_approved,
     "period",
     "approve",
     true},
    {"publish", PeriodState::school_approved, PeriodState::on_notice, "result", "publish"},
    {"end_notice", PeriodState::on_notice, PeriodState::deciding, "", ""},
    {"all_decided", PeriodState::deciding, PeriodState::decided, "", ""},
    {"sign", PeriodState::decided, PeriodState::signed_, "period", "sign", true},
    {"seal", PeriodState::signed_, PeriodState::sealed, "period", "seal"},
}};

const Event& find_event(std::string_view name, PeriodState state) {
    bool is_known = false;
    for (const auto& event : events) {
        if (event.name == name && event.from == state) {
            return event;
        }
        is_known = is_known || event.name == name;
    }
    throw Error(is_known ? ErrorKind::conflict : ErrorKind::invalid,
                is_known ? "wrong_state" : "unknown_event",
                {{"event", std::string(name)}});
}

store::Act act_of(const Services& services,
                  const Call& call,
                  SchoolId school,
                  PeriodId period,
                  std::string_view act) {
    return {.school = school,
            .act = "period." + std::string(act),
            .at = services.clock(),
            .actor = call.actor.is_signed_in() ? std::optional(call.actor.person_id) : std::nullopt,
            .post = {},
            .subjects = {},
            .object = "period:" + std::to_string(period.value),
            .purpose = {},
            .outcome = {},
            .request_id = call.request_id,
            .address = call.network_address};
}

Period find_period(Services& services, SchoolId school, PeriodId period) {
    auto found =
        services.store.read([&](store::Db& db) { return store::find_period(db, school, period); });
    if (!found) {
        throw Error(ErrorKind::not_found, "not_yours_to_open");
    }
    return *found;
}

std::string_view state_of_results(PeriodState state) {
    return state == PeriodState::school_approved ? "approved" : "";
}

/// Approvals of classes and grades lock one scope at a time; the period moves on with the last.
std::vector<OrgId> scopes_of(const Directory& directory, SchoolId school, PeriodState state) {
    std::vector<OrgId> scopes;
    for (const auto class_id : directory.classes_of(school)) {
        const auto place = directory.placement(class_id);
        const auto scope = state == PeriodState::evaluating ? class_id : place.grade_id;
        const bool has_students = !directory.students_of(class_id).empty();
        if (has_students && std::find(scopes.begin(), scopes.end(), scope) == scopes.end()) {
            scopes.push_back(scope);
        }
    }
    return scopes;
}

std::string latest_digest(Services& services, SchoolId school, PeriodId period) {
    return services.store.read([&](store::Db& db) {
        const auto runs = store::list_runs(db, school, period);
        return runs.empty() ? std::string{} : to_hex(runs.front().results_digest);
    });
}

void check_digest(Services& services,
                  const Event& event,
                  const Period& period,
                  std::string_view digest) {
    if (event.shows_digest &&
        digest != latest_digest(services, period.school_id, period.period_id)) {
        throw Error(ErrorKind::conflict, "stale_digest");
    }
}

/// The right, asked for the scope that is approved or for the school.
Decision require_step(Services& services,
                      const Call& call,
                      const Event& event,
                      const Period& period,
                      std::optional<OrgId> scope) {
    const auto directory = services.directory.get();
    Target target;
    target.placement = directory->placement(scope.value_or(OrgId{period.school_id.value}));
    target.state =
        event.resource == "period" ? to_text(period.state) : state_of_results(period.state);
    target.period_state = to_text(period.state);
    // not_self compares with those who signed the step before.
    if (event.name == "approve") {
        const auto approvals = services.store.read([&](store::Db& db) {
            return store::list_approvals(
                db, period.school_id, "period:" + std::to_string(period.period_id.value));
        });
        for (const auto& approval : approvals) {
            target.earlier_signers.push_back(approval.by);
        }
        if (event.from == PeriodState::evaluating) {
            target.earlier_signers.clear();
        }
    }
    return require(
        services.rights, call.actor, event.resource, event.action, target, met_by(call, {}));
}

bool is_complete(Services& services,
                 store::Db& db,
                 const Period& period,
                 std::optional<OrgId> scope) {
    if (period.state != PeriodState::evaluating && period.state != PeriodState::class_approved) {
        return true;
    }
    const auto directory = services.directory.get();
    auto open = scopes_of(*directory, period.school_id, period.state);
    const auto object = "period:" + std::to_string(period.period_id.value);
    for (const auto& approval : store::list_approvals(db, period.school_id, object)) {
        if (approval.scope) {
            std::erase(open, *approval.scope);
        }
    }
    if (scope) {
        std::erase(open, *scope);
    }
    return open.empty();
}

/// Writes the approval of the scope and, where that was the last one, the period's new state.
PeriodState move(Services& services,
                 const Call& call,
                 const Event& event,
                 Period period,
                 const PeriodStep& step) {
    const auto act = act_of(services, call, period.school_id, period.period_id, event.name);
    const bool is_approval = event.name == "approve" || event.name == "sign";
    const auto state = services.store.write([&](store::Db& db) {
        const auto now = store::find_period(db, period.school_id, period.period_id);
        if (!now || now->state != event.from) {
            throw Error(ErrorKind::conflict, "wrong_state");
        }
        const bool moves =
            event.name != "approve" || is_complete(services, db, period, step.class_id);
        Period next = period;
        next.state = moves ? event.to : event.from;
        store::record(db, act, [&](store::Entry& entry) {
            if (is_approval) {
                const auto digest = from_hex(step.digest).value_or(std::string(32, '\0'));
                store::Approval approval{.kind = "period." + std::string(event.name),
                                         .object = act.object,
                                         .scope = step.class_id,
                                         .by = call.actor.person_id,
                                         .post = {},
                                         .shown = {},
                                         .at = act.at,
                                         .seq = 0};
                std::copy_n(digest.begin(),
                            std::min<std::size_t>(digest.size(), 32),
                            approval.shown.begin());
                store::add_approval(entry, approval);
            }
            if (moves) {
                store::add_period(entry, next);
            }
        });
        return next.state;
    });
    if (state != event.from) {
        services.directory.invalidate();
        services.portraits.drop_all();
    }
    if (state == PeriodState::sealed) {
        store::append_heads(services.store);
    }
    return state;
}

void check_notice_over(Services& services, const Period& period) {
    const auto steps = services.store.read([&](store::Db& db) {
        const auto list = store::list_period_steps(db, period.school_id, period.period_id);
        std::vector<Instant> at;
        for (const auto& step : list) {
            if (step.state == PeriodState::on_notice) {
                const auto entry = store::find_audit(db, period.school_id, step.seq);
                ensure(entry.has_value(), "a period's step has its entry");
                at.push_back(entry->at);
            }
        }
        return at;
    });
    constexpr int working_days = 5;
    const auto directory = services.directory.get();
    const Day last = directory->calendar().add_working_days(
        steps.empty() ? directory->today() : shanghai_day(steps.back()), working_days);
    if (directory->today() <= last) {
        throw Error(ErrorKind::conflict, "notice_runs", {{"day", to_string(last)}});
    }
}

}  // namespace

void sign_heads(Services& services) {
    store::append_heads(services.store);
}

PeriodId create_period(Services& services, const Call& call, const NewPeriod& wanted) {
    Target target;
    target.placement = services.directory.get()->placement(OrgId{wanted.school.value});
    target.state = "planned";
    require(services.rights, call.actor, "period", "create", target, met_by(call, {}));
    if (wanted.days.to < wanted.days.from || wanted.days.to - wanted.days.from > 400) {
        throw Error(ErrorKind::invalid, "period_days");
    }
    const auto id = services.store.write([&](store::Db& db) {
        const auto period_id = store::next_period_id(db, wanted.school);
        store::record(db,
                      act_of(services, call, wanted.school, period_id, "create"),
                      [&](store::Entry& entry) {
                          store::add_period(entry,
                                            {.period_id = period_id,
                                             .school_id = wanted.school,
                                             .name_zh = wanted.name_zh,
                                             .name_en = wanted.name_en,
                                             .days = wanted.days,
                                             .state = PeriodState::planned});
                      });
        return period_id;
    });
    services.directory.invalidate();
    return id;
}

PeriodState step_period(Services& services,
                        const Call& call,
                        SchoolId school,
                        PeriodId period_id,
                        const PeriodStep& step) {
    const auto period = find_period(services, school, period_id);
    const auto& event = find_event(step.event, period.state);
    if (event.action.empty()) {
        // The program's own steps: anybody of the school may ask whether the time has come.
        Target target;
        target.placement = services.directory.get()->placement(OrgId{school.value});
        require(services.rights, call.actor, "period", "read", target, met_by(call, {"suppress5"}));
        if (event.name == "end_notice") {
            check_notice_over(services, period);
        }
    } else {
        require_step(services, call, event, period, step.class_id);
    }
    check_digest(services, event, period, step.digest);
    if (event.name == "evaluate") {
        static_cast<void>(evaluate_period(services, call, school, period_id, {}));
    }
    return move(services, call, event, period, step);
}

}  // namespace agate::app
