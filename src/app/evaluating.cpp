// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>
#include <unordered_map>

#include "app/directory.h"
#include "app/frameworks.h"
#include "app/guard.h"
#include "app/images.h"
#include "app/standings.h"
#include "app/subjects.h"
#include "app/terms.h"
#include "base/crypto.h"
#include "base/error.h"
#include "base/parallel.h"
#include "evaluate/batch.h"
#include "store/evidence.h"
#include "store/member.h"
#include "store/period.h"
#include "store/result.h"
#include "store/store.h"

namespace agate::app {
namespace {

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

/// What one run gave, and what it counted.
struct Outcome {
    std::vector<store::ResultRow> rows;
    std::int64_t as_of_seq = 0;
    std::int64_t records = 0;
};

std::vector<store::ResultRow> evaluate_all(const Adopted& framework,
                                           const store::EvidenceImage& image,
                                           const DayRange& days,
                                           std::vector<evaluate::Subject> subjects) {
    std::vector<evaluate::BatchEntry> entries;
    entries.reserve(subjects.size());
    for (auto& subject : subjects) {
        const auto records = image.of(subject.person_id);
        entries.push_back({.subject = std::move(subject), .records = records});
    }
    auto packed =
        evaluate::pack_all({.school = framework.school,
                            .national = framework.is_alike ? nullptr : &framework.national,
                            .words = image.words(),
                            .period = days,
                            .entries = entries,
                            .threads = processor_count()});
    std::vector<store::ResultRow> rows;
    rows.reserve(entries.size());
    for (std::size_t i = 0; i < entries.size(); ++i) {
        rows.push_back({entries[i].subject.person_id, std::move(packed[i])});
    }
    store::sort_results(rows);
    return rows;
}

Outcome compute(Services& services,
                SchoolId school,
                const Period& period,
                const Adopted& framework) {
    return services.images.with(
        school, period, [&](store::Db& db, const store::EvidenceImage& image) {
            auto subjects = read_subjects(db, services.store.keys(), school, period.days);
            return Outcome{.rows = evaluate_all(framework, image, period.days, std::move(subjects)),
                           .as_of_seq = image.as_of_seq(),
                           .records = static_cast<std::int64_t>(image.record_count())};
        });
}

Period find_period(Services& services, SchoolId school, PeriodId period_id) {
    const auto period = services.store.read(
        [&](store::Db& db) { return store::find_period(db, school, period_id); });
    if (!period) {
        throw Error(ErrorKind::not_found, "not_yours_to_open");
    }
    return *period;
}

}  // namespace

EvaluationSummary evaluate_period(Services& services,
                                  const Call& call,
                                  SchoolId school,
                                  PeriodId period_id,
                                  const Progress& progress) {
    const auto period = find_period(services, school, period_id);
    Target target;
    target.placement = services.directory.get()->placement(OrgId{school.value});
    target.state = to_text(period.state);
    target.period_state = to_text(period.state);
    require(services.rights, call.actor, "period", "evaluate", target, met_by(call, {}));
    const auto framework = services.frameworks.adopted(school, period_id);
    const auto outcome = compute(services, school, period, *framework);
    if (progress) {
        progress("evaluate", outcome.rows.size(), outcome.rows.size());
    }
    const auto& plan = framework->plans.school;
    const store::Run run{.run_id = services.store.make_id<RunId>(),
                         .period_id = period_id,
                         .as_of_seq = outcome.as_of_seq,
                         .framework = plan.pack_id + " " + plan.version,
                         .plan_digest = plan.digest,
                         .input_digest = {},
                         .cause = "period_end",
                         .revises = std::nullopt,
                         .at = services.clock(),
                         .result_count = 0,
                         .results_digest = store::digest_results(outcome.rows),
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
        store::record(db, act, [&](store::Entry& entry) {
            written = store::add_run(entry, run, outcome.rows);
        });
        return written;
    });
    services.portraits.drop_all();
    return {.run_id = kept.run_id,
            .as_of_sequence = kept.as_of_seq,
            .students = static_cast<std::int64_t>(outcome.rows.size()),
            .records = outcome.records,
            .digest = to_hex(kept.results_digest)};
}

}  // namespace agate::app
