// SPDX-License-Identifier: Apache-2.0
#include "app/child_view.h"

#include "app/pages.h"
#include "base/error.h"

namespace agate::app {

Period choose_period(Services& services, SchoolId school, std::optional<PeriodId> asked) {
    const auto directory = services.directory.get();
    const Day today = directory->today();
    const Period* chosen = nullptr;
    for (const auto& period : directory->periods_of(school)) {
        const bool fits = asked ? period.period_id == *asked : period.days.from <= today;
        if (fits && period.state != PeriodState::planned) {
            chosen = &period;  // periods come by first day: the last that fits is the present one
        }
    }
    if (chosen == nullptr) {
        throw Error(ErrorKind::not_found, "not_yours_to_open");
    }
    return *chosen;
}

std::optional<NodeIndex> fitness_node(const framework::Plan& plan) {
    for (NodeIndex index = plan.root(); index >= 0; --index) {
        const auto& node = plan.node(index);
        if (node.band_set && *node.band_set > 0) {
            return index;
        }
    }
    return std::nullopt;
}

Met portrait_duties(const Call& call) {
    return met_by(call,
                  {"no_rank",
                   "faded_hidden",
                   "subject_only",
                   "fields:fitness_only",
                   "own_copy",
                   "watermark"});
}

bool ChildView::shows(NodeIndex node) const {
    if (!only_under) {
        return true;
    }
    // A node is shown when it lies on the way to the subject's node, or below it.
    for (std::optional<NodeIndex> at = *only_under; at; at = plan().node(*at).parent) {
        if (*at == node) {
            return true;
        }
    }
    for (std::optional<NodeIndex> at = node; at; at = plan().node(*at).parent) {
        if (*at == *only_under) {
            return true;
        }
    }
    return false;
}

ChildView view_child(Services& services,
                     const Call& call,
                     PersonId student,
                     std::optional<PeriodId> asked,
                     std::string_view resource,
                     std::string_view action) {
    ChildView view;
    view.found = find_student(services, student);
    auto target = view.found.target();
    view.records.school = view.found.student->school_id;
    view.period = choose_period(services, view.records.school, asked);
    target.period_state = to_text(view.period.state);
    const bool is_result_known = is_result_visible(view.period.state, Audience::family);
    target.state = is_result_known                                ? "published"
                   : view.period.state >= PeriodState::evaluating ? "proposed"
                                                                  : "";
    const auto decision =
        open_student(services, call, target, resource, action, portrait_duties(call));
    const auto& role = services.rights.role(decision.role).code;
    view.audience = role == "student" || role == "guardian" ? Audience::family : Audience::staff;
    view.loaded = load_standing(services, view.records.school, student, view.period, view.audience);
    view.records.days = view.period.days;
    view.records.with_faded = view.audience == Audience::family;
    view.records.faded_before =
        fading_day(services, view.records.school, view.found.directory->today());
    if (decision.asks("subject_only") || decision.asks("fields:fitness_only")) {
        view.only_under = fitness_node(view.plan());
        if (!view.only_under) {
            throw Error(ErrorKind::not_found, "not_yours_to_open");
        }
        view.records.only_under = view.only_under;
    }
    view.can_print =
        authorise(services.rights, call.actor, "portrait", "print", target, portrait_duties(call))
            .is_allowed();
    return view;
}

Standing stand_of(Services& services, const ChildView& view, Language language) {
    const auto student = view.found.student->person_id;
    const auto previous = load_previous(services, view.records.school, student, view.period);
    const StandingInput input{
        .now = {view.plan(), view.loaded.values},
        .previous = previous ? std::optional<PlannedResult>(
                                   {previous->framework->plans.school, previous->values})
                             : std::nullopt,
        .period = view.period.days,
        .today = view.found.directory->today(),
        .calendar = view.found.directory->calendar(),
        .evidence = view.loaded.counting.of(student),
        .language = language};
    auto standing = make_standing(input);
    if (view.only_under) {
        // The actor's own subject only: nothing is told of the other contents.
        const auto content = content_above(view.plan(), *view.only_under);
        std::erase_if(standing.strengths, [&](const Strength& strength) {
            return view.plan().find(strength.content) != content;
        });
        std::erase_if(standing.highlights, [&](const Highlight& highlight) {
            return view.plan().find(highlight.content) != content;
        });
    }
    return standing;
}

}  // namespace agate::app
