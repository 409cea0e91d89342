// SPDX-License-Identifier: Apache-2.0
#include "app/standings.h"

#include "app/directory.h"
#include "app/subjects.h"
#include "base/error.h"
#include "evaluate/evaluate.h"
#include "store/audit.h"
#include "store/period.h"
#include "store/result.h"
#include "store/store.h"

namespace agate::app {
namespace {

constexpr std::size_t most_pages = 50'000;

SubjectResult evaluate_now(store::Db& db,
                           store::Keys& keys,
                           SchoolId school,
                           PersonId student,
                           const Period& period,
                           const Loaded& loaded) {
    const auto member = store::find_member(db, keys, school, student);
    const auto memberships = store::list_memberships_of_person(db, school, student);
    const auto subject =
        member ? make_subject(student, member->sex.value_or(Sex::male), memberships, period.days)
               : std::nullopt;
    if (!subject) {
        throw Error(ErrorKind::not_found, "not_yours_to_open");
    }
    return evaluate::evaluate(
        loaded.plans->school, period.days, *subject, loaded.counting.of(student));
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
    loaded.plans = services.frameworks.plans(school, period.period_id);
    services.store.read([&](store::Db& db) {
        loaded.as_of_seq = store::chain_position(db, school);
        std::optional<store::StoredResult> stored;
        if (is_result_visible(period.state, audience)) {
            stored = store::find_result(
                db, school, period.period_id, store::Evaluation::school, student);
        }
        if (stored) {
            const auto run = store::find_run(db, school, stored->run_id);
            ensure(run.has_value(), "a result belongs to a run");
            loaded.run_id = stored->run_id;
            loaded.as_of_seq = run->as_of_seq;
        }
        loaded.counting = store::read_counting_of(db,
                                                  {.school = school,
                                                   .days = period.days,
                                                   .as_of_seq = loaded.as_of_seq,
                                                   .late = store::Late::left_out},
                                                  student);
        loaded.is_result = stored.has_value();
        loaded.result =
            stored ? unpack_result(stored->packed)
                   : evaluate_now(db, services.store.keys(), school, student, period, loaded);
    });
    return loaded;
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
            auto found = store::find_result(
                db, school, candidate.period_id, store::Evaluation::school, student);
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
                          .plans = services.frameworks.plans(school, before->period_id),
                          .result = unpack_result(stored->packed)};
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
