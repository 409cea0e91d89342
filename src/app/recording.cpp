// SPDX-License-Identifier: Apache-2.0
#include "app/recording.h"

#include <algorithm>

#include "app/child_view.h"
#include "app/guard.h"
#include "app/pages.h"
#include "app/standings.h"
#include "base/error.h"
#include "store/access_log.h"
#include "store/audit.h"
#include "store/evidence.h"
#include "store/store.h"

namespace agate::app {
namespace {

/// More than a giver writes by hand on the busiest day.
constexpr std::int64_t records_a_day = 2000;

/// Who records as what: the rater kind and the state a record begins in follow from the role.
struct Giver {
    RaterKind kind = RaterKind::teacher;
    EvidenceState state = EvidenceState::submitted;
    RoleIndex role = 0;
};

RaterKind kind_of_role(std::string_view role) {
    if (role == "guardian") {
        return RaterKind::guardian;
    }
    return role == "community_partner" ? RaterKind::community : RaterKind::teacher;
}

Giver giver_of(const Services& services,
               const Decision& decision,
               const framework::Reason& reason,
               bool is_self) {
    const auto& role = services.rights.role(decision.role).code;
    Giver giver{
        .kind = kind_of_role(role), .state = EvidenceState::submitted, .role = decision.role};
    if (role == "student") {
        giver.kind = is_self ? RaterKind::self : RaterKind::peer;
    }
    const bool is_staff = giver.kind == RaterKind::teacher;
    if (!is_staff) {
        giver.state = EvidenceState::draft;
    } else if (reason.is_trusted) {
        giver.state = EvidenceState::verified;
    }
    return giver;
}

const framework::Reason& reason_of(const framework::Plan& plan, const NewRecord& record) {
    const auto found = plan.reasons.find(record.reason);
    if (found == plan.reasons.end() || found->second.leaves.empty()) {
        throw Error(ErrorKind::invalid, "unknown_reason", {{"reason", record.reason}});
    }
    return found->second;
}

std::optional<Decimal> value_of(const framework::Reason& reason, const NewRecord& record) {
    const auto value = record.value ? record.value : reason.default_value;
    const bool is_low = value && reason.value_low && *value < *reason.value_low;
    const bool is_high = value && reason.value_high && *reason.value_high < *value;
    if (is_low || is_high) {
        throw Error(ErrorKind::invalid,
                    "value_out_of_range",
                    {{"value", value->to_string()},
                     {"low", reason.value_low ? reason.value_low->to_string() : ""},
                     {"high", reason.value_high ? reason.value_high->to_string() : ""}});
    }
    return value;
}

void check_day(const Period& period, Day day, Day today) {
    if (!period.days.contains(day) || day > today) {
        throw Error(ErrorKind::invalid,
                    "day_outside_period",
                    {{"day", to_string(day)},
                     {"from", to_string(period.days.from)},
                     {"to", to_string(std::min(period.days.to, today))}});
    }
}

/// A record that has passed every check and is sealed, ready for the writer.
struct Ready {
    store::SealedEvidence sealed;
    SchoolId school;
    Recorded recorded;
};

Ready prepare(Services& services, const Call& call, const NewRecord& record) {
    const auto found = find_student(services, record.student);
    const auto school = found.student->school_id;
    const auto period = choose_period(services, school, std::nullopt);
    auto target = found.target();
    target.period_state = to_text(period.state);
    const auto decision = require(services.rights,
                                  call.actor,
                                  "evidence",
                                  "create",
                                  target,
                                  met_by(call, {"quota", "needs_review"}));
    const auto plans = services.frameworks.plans(school, period.period_id);
    const auto& reason = reason_of(plans->school, record);
    check_day(period, record.day, found.directory->today());
    const auto giver = giver_of(services, decision, reason, record.student == call.actor.person_id);
    Ready ready;
    ready.school = school;
    ready.recorded = {.evidence_id = record.client_id, .sequence = 0, .state = giver.state};
    ready.sealed = store::seal_evidence(
        services.store.keys(),
        school,
        {.evidence_id = record.client_id,
         .student = record.student,
         .reason = record.reason,
         .day = record.day,
         .value = value_of(reason, record),
         .label = record.label,
         .activity = record.activity,
         .rater_kind = giver.kind,
         .rater = services.store.keys().rater_tag(school, period.period_id, call.actor.person_id),
         .source = "entry",
         .source_record = {},
         .state = giver.state,
         .is_late = false,
         .recorded_at = services.clock(),
         .voids = std::nullopt,
         .author = call.actor.person_id,
         .note = record.note});
    return ready;
}

store::Act act_of(const Services& services,
                  const Call& call,
                  SchoolId school,
                  std::string_view act) {
    return {.school = school,
            .act = std::string(act),
            .at = services.clock(),
            .actor = call.actor.person_id,
            .post = {},
            .subjects = {},
            .object = {},
            .purpose = {},
            .outcome = {},
            .request_id = call.request_id,
            .address = call.network_address};
}

bool is_same(const store::EvidenceRecord& kept, const store::NewEvidence& asked) {
    return kept.student == asked.student && kept.reason == asked.reason && kept.day == asked.day &&
           kept.value == asked.value && kept.label == asked.label &&
           kept.activity == asked.activity;
}

/// The answer to a client id that was used before: the first entry, when it said the same.
Recorded first_answer(Services& services, const Ready& ready) {
    const auto kept = services.store.read([&](store::Db& db) {
        return store::find_evidence(db, ready.school, ready.recorded.evidence_id);
    });
    if (!kept || !is_same(*kept, ready.sealed.plain)) {
        throw Error(ErrorKind::conflict, "client_id_used");
    }
    return {.evidence_id = kept->evidence_id, .sequence = kept->seq, .state = kept->first_state};
}

void count_quota(store::Db& db,
                 const Services& services,
                 const Call& call,
                 SchoolId school,
                 std::int64_t added) {
    const Day today = shanghai_day(services.clock());
    if (!store::take_quota(db, school, call.actor.person_id, today, added, records_a_day)) {
        throw Error(ErrorKind::conflict, "quota_full", {{"limit", std::to_string(records_a_day)}});
    }
}

/// A record found with the rights question asked about it.
struct Touched {
    store::EvidenceRecord record;
    store::EvidenceContent content;
    Target target;
    SchoolId school;
};

Touched touch(Services& services, EvidenceId evidence, PersonId student) {
    const auto found = find_student(services, student);
    Touched touched;
    touched.school = found.student->school_id;
    touched.target = found.target();
    const auto record = services.store.read(
        [&](store::Db& db) { return store::find_evidence(db, touched.school, evidence); });
    if (!record || record->student != student) {
        throw Error(ErrorKind::not_found, "not_yours_to_open");
    }
    touched.record = *record;
    touched.content = store::open_evidence(services.store.keys(), touched.school, *record);
    touched.target.author = touched.content.author;
    touched.target.state = to_text(record->state);
    return touched;
}

void step(Services& services,
          const Call& call,
          const Touched& touched,
          EvidenceState to,
          std::string_view act) {
    const auto sealed = store::seal_review(services.store.keys(),
                                           touched.school,
                                           {.evidence_id = touched.record.evidence_id,
                                            .student = touched.record.student,
                                            .to = to,
                                            .by = call.actor.person_id,
                                            .second_signer = std::nullopt,
                                            .reason = call.reason});
    services.store.write([&](store::Db& db) {
        // The state that was judged must still be the state.
        const auto now = store::find_evidence(db, touched.school, touched.record.evidence_id);
        if (!now || now->state != touched.record.state) {
            throw Error(ErrorKind::conflict, "changed_meanwhile");
        }
        store::record(db, act_of(services, call, touched.school, act), [&](store::Entry& entry) {
            store::add_review(entry, sealed);
        });
    });
    services.portraits.drop(touched.record.student);
}

}  // namespace

Recorded record(Services& services, const Call& call, const NewRecord& record) {
    auto ready = prepare(services, call, record);
    const auto sequence = services.store.write([&](store::Db& db) -> std::optional<std::int64_t> {
        if (store::has_evidence(db, ready.school, record.client_id)) {
            return std::nullopt;
        }
        count_quota(db, services, call, ready.school, 1);
        return store::record(
            db, act_of(services, call, ready.school, "evidence.create"), [&](store::Entry& entry) {
                store::add_evidence(entry, ready.sealed);
            });
    });
    if (!sequence) {
        return first_answer(services, ready);
    }
    ready.recorded.sequence = *sequence;
    services.portraits.drop(record.student);
    return ready.recorded;
}

std::vector<Recorded> record_all(Services& services,
                                 const Call& call,
                                 std::span<const NewRecord> records) {
    std::vector<Ready> ready;
    ready.reserve(records.size());
    for (const auto& record : records) {
        ready.push_back(prepare(services, call, record));
        if (ready.back().school != ready.front().school) {
            throw Error(ErrorKind::invalid, "one_school_at_once");
        }
    }
    if (ready.empty()) {
        return {};
    }
    const auto school = ready.front().school;
    const auto sequence = services.store.write([&](store::Db& db) {
        count_quota(db, services, call, school, static_cast<std::int64_t>(ready.size()));
        return store::record(
            db, act_of(services, call, school, "evidence.create"), [&](store::Entry& entry) {
                for (const auto& one : ready) {
                    store::add_evidence(entry, one.sealed);
                }
            });
    });
    std::vector<Recorded> recorded;
    for (auto& one : ready) {
        one.recorded.sequence = sequence;
        recorded.push_back(one.recorded);
        services.portraits.drop(one.sealed.plain.student);
    }
    return recorded;
}

void void_record(Services& services, const Call& call, EvidenceId evidence, PersonId student) {
    const auto touched = touch(services, evidence, student);
    require(services.rights, call.actor, "evidence", "void", touched.target, met_by(call, {}));
    step(services, call, touched, EvidenceState::voided, "evidence.void");
}

void review_record(Services& services, const Call& call, EvidenceId evidence, PersonId student) {
    auto touched = touch(services, evidence, student);
    touched.target.state = touched.record.state == EvidenceState::submitted ? "queued" : "";
    require(services.rights, call.actor, "review", "review", touched.target, met_by(call, {}));
    step(services, call, touched, EvidenceState::verified, "review.review");
}

void return_record(Services& services, const Call& call, EvidenceId evidence, PersonId student) {
    auto touched = touch(services, evidence, student);
    touched.target.state = touched.record.state == EvidenceState::submitted ? "queued" : "";
    require(services.rights, call.actor, "review", "return", touched.target, met_by(call, {}));
    step(services, call, touched, EvidenceState::returned, "review.return");
}

}  // namespace agate::app
