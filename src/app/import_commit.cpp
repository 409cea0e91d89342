// SPDX-License-Identifier: Apache-2.0
#include "app/import_commit.h"

#include <algorithm>
#include <map>
#include <set>

#include "app/standings.h"
#include "base/text.h"
#include "store/audit.h"
#include "store/evidence.h"
#include "store/member.h"
#include "store/org.h"
#include "store/store.h"

namespace agate::app {
namespace {

constexpr std::size_t records_an_entry = 1000;

/// Rows whose content is written: ready ones, and doubles taken by choice.
std::set<std::int64_t> rows_to_take(const DryRun& run, const CommitChoice& choice) {
    const std::set<std::int64_t> chosen(choice.take_doubles.begin(), choice.take_doubles.end());
    std::set<std::int64_t> rows;
    for (const auto& row : run.rows) {
        if (row.state == RowState::ready ||
            (row.state == RowState::double_ && chosen.count(row.row) > 0)) {
            rows.insert(row.row);
        }
    }
    return rows;
}

store::Act act_of(const Services& services,
                  const Call& call,
                  const ImportSource& source,
                  const store::Import& import,
                  std::string_view act) {
    return {.school = source.school,
            .act = std::string(act),
            .at = services.clock(),
            .actor = call.actor.person_id,
            .post = {},
            .subjects = {import.import_id.bytes},
            .object = {},
            .purpose = {},
            .outcome = {},
            .request_id = call.request_id,
            .address = call.network_address};
}

std::vector<store::SealedEvidence> seal_records(Services& services,
                                                const ImportSource& source,
                                                const DryRun& run,
                                                const std::set<std::int64_t>& rows) {
    auto& keys = services.store.keys();
    const auto now = services.clock();
    std::vector<store::SealedEvidence> sealed;
    sealed.reserve(run.records.size());
    for (const auto& record : run.records) {
        if (rows.count(record.row) == 0) {
            continue;
        }
        store::NewEvidence evidence;
        evidence.evidence_id = EvidenceId::make(now, services.random);
        evidence.student = record.student;
        evidence.reason = record.reason;
        evidence.day = record.day;
        evidence.value = record.value;
        evidence.label = record.label;
        evidence.activity = record.activity;
        evidence.rater_kind = record.rater_kind;
        evidence.rater = keys.rater_tag(source.school, source.period.period_id, record.giver);
        evidence.source = source.file_source();
        evidence.source_record = record.source_record;
        evidence.state = record.is_vouched ? EvidenceState::verified : EvidenceState::submitted;
        evidence.is_late = source.period.state > PeriodState::recording;
        evidence.recorded_at = now;
        evidence.author = record.giver;
        evidence.note = record.note;
        sealed.push_back(store::seal_evidence(keys, source.school, std::move(evidence)));
        if (source.progress && sealed.size() % 4096 == 0) {
            source.progress("seal", sealed.size(), run.records.size());
        }
    }
    return sealed;
}

void write_records(store::Db& db,
                   const store::Act& act,
                   const ImportSource& source,
                   std::span<const store::SealedEvidence> sealed) {
    for (std::size_t from = 0; from < sealed.size(); from += records_an_entry) {
        const auto part = sealed.subspan(from, std::min(records_an_entry, sealed.size() - from));
        store::record(db, act, [&](store::Entry& entry) { store::add_evidence(entry, part); });
        if (source.progress) {
            source.progress("write", from + part.size(), sealed.size());
        }
    }
}

/// A roster's people, sealed and ready to be written.
struct Pupil {
    const PlannedStudent* planned = nullptr;
    PersonId person;
    store::SealedMember member;

    struct Guardian {
        PersonId person;
        store::SealedMember member;
    };

    std::vector<Guardian> guardians;
};

store::Member make_member(PersonId person, std::optional<Sex> sex, store::Identity identity) {
    identity.name_key = pinyin_sort_key(identity.name);
    return {.person_id = person,
            .revision = 1,
            .sex = sex,
            .identity = std::move(identity),
            .is_erased = false};
}

store::Identity identity_of(const exchange::RosterRow& row) {
    return {.name = row.name,
            .name_key = {},
            .number = row.student_number.empty() ? row.national_number : row.student_number,
            .national_number = row.national_number.empty() ? row.id_number : row.national_number,
            .phone = {},
            .born = row.birth_day};
}

std::vector<Pupil> make_pupils(Services& services,
                               const ImportSource& source,
                               const DryRun& run,
                               const std::set<std::int64_t>& rows) {
    std::vector<Pupil> pupils;
    std::vector<PersonId> owners;
    const auto now = services.clock();
    for (const auto& planned : run.students) {
        if (rows.count(planned.row.row) == 0 || planned.row.has_left) {
            continue;
        }
        Pupil pupil{.planned = &planned,
                    .person = planned.person.value_or(PersonId::make(now, services.random)),
                    .member = {},
                    .guardians = {}};
        owners.push_back(pupil.person);
        for (const auto& guardian : planned.row.guardians) {
            if (!planned.person && !guardian.name.empty()) {
                pupil.guardians.push_back({PersonId::make(now, services.random), {}});
                owners.push_back(pupil.guardians.back().person);
            }
        }
        pupils.push_back(std::move(pupil));
    }
    services.store.keys().create(owners, now);
    std::map<PersonId, std::int64_t> revisions;
    services.store.read([&](store::Db& db) {
        for (const auto& pupil : pupils) {
            if (pupil.planned->person) {
                const auto kept =
                    store::find_member(db, services.store.keys(), source.school, pupil.person);
                revisions[pupil.person] = kept ? kept->revision : 0;
            }
        }
    });
    for (auto& pupil : pupils) {
        const auto& row = pupil.planned->row;
        auto member = make_member(pupil.person, row.sex, identity_of(row));
        member.revision = revisions[pupil.person] + 1;
        pupil.member = store::seal_member(services.store.keys(), source.school, std::move(member));
        std::size_t next = 0;
        for (const auto& guardian : row.guardians) {
            if (next < pupil.guardians.size() && !guardian.name.empty()) {
                store::Identity identity;
                identity.name = guardian.name;
                identity.phone = guardian.phone;
                auto& kept = pupil.guardians[next++];
                kept.member =
                    store::seal_member(services.store.keys(),
                                       source.school,
                                       make_member(kept.person, std::nullopt, std::move(identity)));
            }
        }
    }
    return pupils;
}

/// The class of a roster row; a class that is not there yet is made, one for each name.
class Classes {
public:
    Classes(store::Db& db, const ImportSource& source) : db_(db), source_(source) {}

    OrgId find_or_make(const PlannedStudent& planned) {
        if (planned.class_id) {
            return *planned.class_id;
        }
        const auto key = std::make_pair(planned.parent_of_class, planned.row.class_name);
        if (const auto made = made_.find(key); made != made_.end()) {
            return made->second;
        }
        Org org;
        org.org_id = store::next_org_id(db_);
        org.kind = OrgKind::class_;
        org.parent_id = planned.parent_of_class;
        org.school_id = source_.school;
        org.code = planned.row.class_code.empty() ? planned.row.class_name : planned.row.class_code;
        org.name_zh = planned.row.class_name;
        org.grade = planned.row.grade.value_or(0);
        store::put_org(db_, org);
        made_.emplace(key, org.org_id);
        return org.org_id;
    }

private:
    store::Db& db_;
    const ImportSource& source_;
    std::map<std::pair<OrgId, std::string>, OrgId> made_;
};

/// The places that a student has today; one, as a rule.
std::vector<store::Membership> stays_of(store::Entry& entry,
                                        const ImportSource& source,
                                        PersonId student) {
    auto stays = store::list_memberships_of_person(entry.db(), source.school, student);
    std::erase_if(stays, [&](const store::Membership& membership) {
        return membership.role != "student" || !membership.holds_on(source.directory->today());
    });
    return stays;
}

void end_stay(store::Entry& entry, store::Membership& membership, Day last) {
    membership.to = std::max(last, membership.from);
    ++membership.revision;
    store::add_membership(entry, membership);
}

void write_leaver(store::Entry& entry, const ImportSource& source, const PlannedStudent& leaver) {
    const Day last = leaver.row.left_on.value_or(source.directory->today() - 1);
    for (auto& membership : stays_of(entry, source, *leaver.person)) {
        end_stay(entry, membership, last);
    }
}

void write_pupil(store::Entry& entry,
                 Services& services,
                 const ImportSource& source,
                 const Pupil& pupil,
                 OrgId class_id) {
    const Day today = source.directory->today();
    const Day from = std::min(source.period.days.from, today);
    store::add_member(entry, pupil.member);
    bool is_there = false;
    for (auto& membership : stays_of(entry, source, pupil.person)) {
        is_there = membership.org_id == class_id;
        if (!is_there) {
            end_stay(entry, membership, today - 1);
        }
    }
    const auto make = [&](PersonId person, std::string_view role) {
        store::Membership membership;
        membership.membership_id = services.store.make_id<MembershipId>();
        membership.person_id = person;
        membership.org_id = class_id;
        membership.role = role;
        membership.from = pupil.planned->person ? today : from;
        return membership;
    };
    if (!is_there) {
        auto membership = make(pupil.person, "student");
        membership.grade = pupil.planned->row.grade.value_or(0);
        membership.number_in_class = pupil.planned->row.seat_number;
        store::add_membership(entry, membership);
    }
    for (const auto& guardian : pupil.guardians) {
        store::add_member(entry, guardian.member);
        auto membership = make(guardian.person, "guardian");
        membership.about = pupil.person;
        store::add_membership(entry, membership);
    }
}

}  // namespace

Committed commit_run(Services& services,
                     const Call& call,
                     const store::Import& import,
                     const ImportSource& source,
                     const DryRun& run,
                     const CommitChoice& choice) {
    const auto rows = rows_to_take(run, choice);
    const auto sealed = seal_records(services, source, run, rows);
    const auto pupils = make_pupils(services, source, run, rows);
    store::Import committed = import;
    ++committed.revision;
    committed.state = store::ImportState::committed;
    committed.outcome_digest = run.digest;
    committed.at = services.clock();
    const auto sealed_import =
        store::seal_import(services.store.keys(), source.school, committed, services.clock());
    const auto act = act_of(services, call, source, import, "import.commit");
    services.store.write([&](store::Db& db) {
        const auto now =
            store::find_import(db, services.store.keys(), source.school, import.import_id);
        if (!now || now->revision != import.revision) {
            throw Error(ErrorKind::conflict, "changed_meanwhile");
        }
        Classes classes(db, source);
        store::record(db, act, [&](store::Entry& entry) {
            store::add_import(entry, sealed_import);
            for (const auto& pupil : pupils) {
                write_pupil(entry, services, source, pupil, classes.find_or_make(*pupil.planned));
            }
            for (const auto& planned : run.students) {
                if (planned.row.has_left && rows.count(planned.row.row) > 0) {
                    write_leaver(entry, source, planned);
                }
            }
        });
        write_records(db, act, source, sealed);
    });
    if (!run.students.empty()) {
        services.directory.invalidate();
    }
    services.portraits.drop_all();
    const auto doubles = run.count(RowState::double_);
    const auto taken = static_cast<std::int64_t>(rows.size());
    const auto chosen = taken - run.count(RowState::ready);
    return {.taken = taken,
            .left_out = run.count(RowState::problem) + run.count(RowState::skipped),
            .doubles = doubles - chosen};
}

}  // namespace agate::app
