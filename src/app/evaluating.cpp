// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>
#include <unordered_map>

#include "app/directory.h"
#include "app/frameworks.h"
#include "app/guard.h"
#include "app/standings.h"
#include "app/subjects.h"
#include "app/terms.h"
#include "base/crypto.h"
#include "base/error.h"
#include "evaluate/evaluate.h"
#include "store/evidence.h"
#include "store/member.h"
#include "store/period.h"
#include "store/result.h"
#include "store/store.h"

namespace agate::app {
namespace {

/// Everything that one run reads, as of one sequence number.
struct Inputs {
    Period period;
    std::int64_t as_of_seq = 0;
    store::CountingEvidence counting;
    std::vector<evaluate::Subject> subjects;
};

std::vector<evaluate::Subject> read_subjects(store::Db& db,
                                             store::Keys& keys,
                                             SchoolId school,
                                             const DayRange& days) {
    std::unordered_map<PersonId, Sex> sexes;
    for (const auto& member : store::list_members(db, keys, school)) {
        sexes.emplace(member.person_id, member.sex.value_or(Sex::male));
    }
    std::map<PersonId, std::vector<store::Membership>> by_person;
    for (auto& membership : store::list_memberships_with_role(db, school, "student")) {
        const auto person = membership.person_id;
        by_person[person].push_back(std::move(membership));
    }
    std::vector<evaluate::Subject> subjects;
    for (const auto& [person, memberships] : by_person) {
        if (auto subject = make_subject(person, sexes[person], memberships, days)) {
            subjects.push_back(std::move(*subject));
        }
    }
    return subjects;
}

Inputs read_inputs(Services& services, SchoolId school, PeriodId period_id) {
    Inputs inputs;
    services.store.read([&](store::Db& db) {
        const auto period = store::find_period(db, school, period_id);
        if (!period) {
            throw Error(ErrorKind::not_found, "not_yours_to_open");
        }
        inputs.period = *period;
        inputs.as_of_seq = store::chain_position(db, school);
        inputs.counting = store::read_counting(db,
                                               {.school = school,
                                                .days = period->days,
                                                .as_of_seq = inputs.as_of_seq,
                                                .late = store::Late::left_out});
        inputs.subjects = read_subjects(db, services.store.keys(), school, period->days);
    });
    return inputs;
}

std::vector<store::ResultRow> evaluate_all(const framework::Plans& plans,
                                           const Inputs& inputs,
                                           const Progress& progress) {
    std::vector<store::ResultRow> rows;
    rows.reserve(2 * inputs.subjects.size());
    std::uint64_t done = 0;
    for (const auto& subject : inputs.subjects) {
        const auto records = inputs.counting.of(subject.person_id);
        const auto add = [&](store::Evaluation evaluation, const framework::Plan& plan) {
            rows.push_back({.subject = subject.person_id,
                            .evaluation = evaluation,
                            .packed = pack_result(
                                evaluate::evaluate(plan, inputs.period.days, subject, records))});
        };
        add(store::Evaluation::national, plans.national);
        add(store::Evaluation::school, plans.school);
        if (progress && ++done % 256 == 0) {
            progress("evaluate", done, inputs.subjects.size());
        }
    }
    return rows;
}

}  // namespace

EvaluationSummary evaluate_period(Services& services,
                                  const Call& call,
                                  SchoolId school,
                                  PeriodId period_id,
                                  const Progress& progress) {
    const auto inputs = read_inputs(services, school, period_id);
    Target target;
    target.placement = services.directory.get()->placement(OrgId{school.value});
    target.state = to_text(inputs.period.state);
    target.period_state = to_text(inputs.period.state);
    require(services.rights, call.actor, "period", "evaluate", target, met_by(call, {}));
    const auto plans = services.frameworks.plans(school, period_id);
    auto rows = evaluate_all(*plans, inputs, progress);
    const store::Run run{.run_id = services.store.make_id<RunId>(),
                         .period_id = period_id,
                         .as_of_seq = inputs.as_of_seq,
                         .framework = plans->school.pack_id + " " + plans->school.version,
                         .plan_digest = plans->school.digest,
                         .input_digest = {},
                         .cause = "period_end",
                         .revises = std::nullopt,
                         .at = services.clock(),
                         .result_count = 0,
                         .results_digest = {},
                         .seq = 0};
    const store::Act act{.school = school,
                         .act = "result.create",
                         .at = services.clock(),
                         .actor = call.actor.person_id,
                         .post = {},
                         .subjects = {},
                         .object = "period:" + std::to_string(period_id.value),
                         .purpose = {},
                         .outcome = {},
                         .request_id = call.request_id,
                         .address = call.network_address};
    const auto kept = services.store.write([&](store::Db& db) {
        store::Run written;
        store::record(
            db, act, [&](store::Entry& entry) { written = store::add_run(entry, run, rows); });
        return written;
    });
    services.portraits.drop_all();
    return {.run_id = kept.run_id,
            .as_of_sequence = kept.as_of_seq,
            .students = static_cast<std::int64_t>(inputs.subjects.size()),
            .records = static_cast<std::int64_t>(inputs.counting.size()),
            .digest = to_hex(kept.results_digest)};
}

}  // namespace agate::app
