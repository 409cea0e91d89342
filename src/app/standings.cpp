// SPDX-License-Identifier: Apache-2.0
#include "app/standings.h"

#include "app/directory.h"
#include "app/subjects.h"
#include "base/crypto.h"
#include "base/error.h"
#include "evaluate/evaluate.h"
#include "evaluate/explain.h"
#include "store/audit.h"
#include "store/period.h"
#include "store/result.h"
#include "store/store.h"

namespace agate::app {
namespace {

constexpr std::size_t most_pages = 50'000;

std::optional<evaluate::Subject> find_subject(
    store::Db& db, store::Keys& keys, SchoolId school, PersonId student, const DayRange& days) {
    const auto member = store::find_member(db, keys, school, student);
    const auto memberships = store::list_memberships_of_person(db, school, student);
    return member ? make_subject(student, member->sex.value_or(Sex::male), memberships, days)
                  : std::nullopt;
}

store::Counting counting_of(SchoolId school, const Period& period, std::int64_t as_of_seq) {
    return {.school = school,
            .days = period.days,
            .as_of_seq = as_of_seq,
            .late = store::Late::left_out};
}

void take_stored(Loaded& loaded, PersonId student, std::string_view packed) {
    auto result = evaluate::unpack_result(packed);
    loaded.subject = std::move(result.subject);
    loaded.subject.person_id = student;
    loaded.values = std::move(result.school.values);
    loaded.digest = sha256(as_bytes(packed));
    loaded.is_result = true;
}

/// What would be stored now, for its digest and its figures.
void take_running(Loaded& loaded, const DayRange& days, evaluate::Subject subject) {
    loaded.subject = std::move(subject);
    loaded.values = evaluate::evaluate_values(loaded.framework->school,
                                              days,
                                              loaded.subject,
                                              loaded.counting.of(loaded.subject.person_id));
    Sha256 hash;
    hash.add("agate standing 1");
    for (const auto& value : loaded.values) {
        hash.add(std::to_string(value.has_score ? value.score : -1) + " " +
                 std::to_string(value.band) + " " + std::to_string(value.coverage_ppm) + "\n");
    }
    loaded.digest = hash.finish();
}

}  // namespace

bool is_result_visible(PeriodState state, Audience audience) {
    return audience == Audience::staff ? state >= PeriodState::evaluating
                                       : state >= PeriodState::on_notice;
}

Loaded load_standing(Services& services,
                     SchoolId school,
                     PersonId student,
                     const Period& period,
                     Audience audience) {
    Loaded loaded;
    loaded.framework = services.frameworks.adopted(school, period.period_id);
    services.store.read([&](store::Db& db) {
        loaded.as_of_seq = store::chain_position(db, school);
        if (is_result_visible(period.state, audience)) {
            if (const auto stored = store::find_result(db, school, period.period_id, student)) {
                const auto run = store::find_run(db, school, stored->run_id);
                ensure(run.has_value(), "a result belongs to a run");
                take_stored(loaded, student, stored->packed);
                loaded.run_id = stored->run_id;
                loaded.as_of_seq = run->as_of_seq;
            }
        }
        loaded.counting =
            store::read_counting_of(db, counting_of(school, period, loaded.as_of_seq), student);
        if (!loaded.is_result) {
            auto subject = find_subject(db, services.store.keys(), school, student, period.days);
            if (!subject) {
                throw Error(ErrorKind::not_found, "not_yours_to_open");
            }
            take_running(loaded, period.days, std::move(*subject));
        }
    });
    return loaded;
}

SubjectResult reasons_of(const Loaded& loaded, const DayRange& period) {
    const auto records = loaded.counting.of(loaded.subject.person_id);
    return evaluate::explain(
        loaded.framework->school, period, loaded.subject, loaded.values, records);
}

std::vector<std::optional<std::vector<NodeValue>>> load_values(Services& services,
                                                               SchoolId school,
                                                               std::span<const PersonId> students,
                                                               const Period& period,
                                                               Audience audience) {
    const auto framework = services.frameworks.adopted(school, period.period_id);
    std::vector<std::optional<std::vector<NodeValue>>> all(students.size());
    services.store.read([&](store::Db& db) {
        const auto counting = counting_of(school, period, store::chain_position(db, school));
        for (std::size_t i = 0; i < students.size(); ++i) {
            if (is_result_visible(period.state, audience)) {
                if (const auto stored =
                        store::find_result(db, school, period.period_id, students[i])) {
                    all[i] = evaluate::unpack_values(stored->packed);
                    continue;
                }
            }
            const auto subject =
                find_subject(db, services.store.keys(), school, students[i], period.days);
            if (subject) {
                const auto records = store::read_counting_of(db, counting, students[i]);
                all[i] = evaluate::evaluate_values(
                    framework->school, period.days, *subject, records.of(students[i]));
            }
        }
    });
    return all;
}

std::optional<LoadedPrevious> load_previous(Services& services,
                                            SchoolId school,
                                            PersonId student,
                                            const Period& period) {
    std::optional<Period> before;
    std::optional<store::StoredResult> stored;
    services.store.read([&](store::Db& db) {
        for (const auto& candidate : store::list_periods(db, school)) {
            if (candidate.days.to >= period.days.from ||
                !is_result_visible(candidate.state, Audience::family)) {
                continue;
            }
            auto found = store::find_result(db, school, candidate.period_id, student);
            if (found && (!before || before->days.to < candidate.days.to)) {
                before = candidate;
                stored = std::move(found);
            }
        }
    });
    if (!before) {
        return std::nullopt;
    }
    return LoadedPrevious{.period = *before,
                          .framework = services.frameworks.adopted(school, before->period_id),
                          .values = evaluate::unpack_values(stored->packed)};
}

std::shared_ptr<const std::string> PortraitCache::find(const Key& key) {
    const std::lock_guard lock(mutex_);
    const auto found = pages_.find(key);
    return found == pages_.end() ? nullptr : found->second;
}

std::uint64_t PortraitCache::generation() {
    const std::lock_guard lock(mutex_);
    return epoch_;
}

void PortraitCache::put(const Key& key, std::string json, std::uint64_t generation) {
    const std::lock_guard lock(mutex_);
    const auto dropped = dropped_at_.find(key.student);
    const bool is_stale = all_dropped_at_ > generation ||
                          (dropped != dropped_at_.end() && dropped->second > generation);
    if (is_stale) {
        return;
    }
    if (pages_.size() >= most_pages) {
        pages_.clear();
    }
    pages_.insert_or_assign(key, std::make_shared<const std::string>(std::move(json)));
}

void PortraitCache::drop(PersonId student) {
    const std::lock_guard lock(mutex_);
    dropped_at_[student] = ++epoch_;
    pages_.erase({student, Language::zh});
    pages_.erase({student, Language::en});
}

void PortraitCache::drop_all() {
    const std::lock_guard lock(mutex_);
    all_dropped_at_ = ++epoch_;
    dropped_at_.clear();
    pages_.clear();
}

}  // namespace agate::app
