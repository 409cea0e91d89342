// SPDX-License-Identifier: Apache-2.0
// Durable writes of the store: single records at many clients, batches, bulk; and reads beside
// them.
#include <fmt/core.h>
#include <sys/resource.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <semaphore>
#include <thread>

#include "base/file.h"
#include "store/evidence.h"
#include "store/store.h"

namespace {

using namespace agate;
using namespace agate::store;
using Time = std::chrono::steady_clock;

constexpr SchoolId school{1};

double seconds_since(Time::time_point start) {
    return std::chrono::duration<double>(Time::now() - start).count();
}

NewEvidence make_evidence(const Store& store, const PersonId& student, const PersonId& author) {
    const Instant now = store.now();
    return {.evidence_id = store.make_id<EvidenceId>(),
            .student = student,
            .reason = "labour_home",
            .day = shanghai_day(now),
            .value = Decimal::from_int(2),
            .rater_kind = RaterKind::teacher,
            .rater = {42},
            .source = "entry",
            .state = EvidenceState::submitted,
            .recorded_at = now,
            .author = author,
            .note = "整理了书架"};
}

/// Of this process, all threads: what a busy machine cannot blur.
double cpu_seconds() {
    rusage used{};
    getrusage(RUSAGE_SELF, &used);
    const auto of = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
    };
    return of(used.ru_utime) + of(used.ru_stime);
}

struct People {
    std::vector<PersonId> students;
    PersonId teacher;
};

People make_people(Store& store, int count) {
    People people{.students = {}, .teacher = store.make_id<PersonId>()};
    for (int i = 0; i < count; ++i) {
        people.students.push_back(store.make_id<PersonId>());
    }
    store.keys().create(people.students, store.now());
    return people;
}

Act act_of(const Store& store, const People& people, const PersonId& student) {
    return {.school = school,
            .act = "evidence.create",
            .at = store.now(),
            .actor = people.teacher,
            .post = "class_teacher",
            .subjects = {student.bytes}};
}

/// A file of one class after the other, or records of the whole school as they come.
enum class Order { by_class, mixed };

void bulk(Store& store, const People& people, int rows, Order order) {
    constexpr int batch = 1000;
    constexpr std::size_t class_size = 45;
    const auto start = Time::now();
    const double cpu = cpu_seconds();
    for (int done = 0; done < rows; done += batch) {
        std::vector<SealedEvidence> sealed;
        sealed.reserve(static_cast<std::size_t>(batch));
        const auto all = people.students.size();
        const auto first = static_cast<std::size_t>(std::rand()) % (all - class_size);
        for (int i = 0; i < batch; ++i) {
            const auto drawn = static_cast<std::size_t>(std::rand());
            const auto& student =
                people.students[order == Order::mixed ? drawn % all : first + drawn % class_size];
            auto evidence = make_evidence(store, student, people.teacher);
            evidence.day = evidence.day - std::rand() % 120;
            evidence.state = EvidenceState::verified;
            sealed.push_back(seal_evidence(store.keys(), school, std::move(evidence)));
        }
        store.write([&](Db& db) {
            return record(db, act_of(store, people, people.teacher), [&](Entry& entry) {
                add_evidence(entry, sealed);
            });
        });
    }
    const double seconds = seconds_since(start);
    fmt::print(
        "bulk, batches of {} {}: {} rows in {:.2f} s, {:.0f} rows/s, {:.1f} us of CPU a row\n",
        batch,
        order == Order::mixed ? "over the school" : "class by class",
        rows,
        seconds,
        rows / seconds,
        (cpu_seconds() - cpu) / rows * 1e6);
}

/// `in_flight` requests at a time from two threads, as a server with that many connections does.
void singles(Store& store, const People& people, int rows, int in_flight) {
    std::counting_semaphore<1024> slots(in_flight);
    std::vector<double> waits(static_cast<std::size_t>(rows));
    std::atomic<int> next = 0;
    const auto before = store.writer().totals();
    const auto start = Time::now();
    const double cpu = cpu_seconds();
    auto client = [&] {
        for (int i = next++; i < rows; i = next++) {
            slots.acquire();
            const auto asked = Time::now();
            const auto& student =
                people.students[static_cast<std::size_t>(i * 7919) % people.students.size()];
            auto sealed = std::make_unique<SealedEvidence>(
                seal_evidence(store.keys(), school, make_evidence(store, student, people.teacher)));
            store.writer().post(
                [&, student, shared = std::shared_ptr<SealedEvidence>(std::move(sealed))](Db& db) {
                    record(db, act_of(store, people, student), [&](Entry& entry) {
                        add_evidence(entry, *shared);
                    });
                },
                [&, i, asked](const std::exception_ptr& failure) {
                    if (failure) {
                        std::rethrow_exception(failure);
                    }
                    waits[static_cast<std::size_t>(i)] = seconds_since(asked) * 1e3;
                    slots.release();
                });
        }
    };
    {
        std::jthread other(client);
        client();
    }
    for (int i = 0; i < in_flight; ++i) {
        slots.acquire();
    }
    const double seconds = seconds_since(start);
    const auto after = store.writer().totals();
    std::ranges::sort(waits);
    const auto at = [&](double share) {
        return waits[static_cast<std::size_t>(share * (static_cast<double>(rows) - 1))];
    };
    fmt::print(
        "single, {} clients: {:.0f} records/s, p50 {:.2f} ms, p99 {:.2f} ms, {:.1f} a commit, "
        "{:.1f} us"
        " of CPU a record\n",
        in_flight,
        rows / seconds,
        at(0.5),
        at(0.99),
        static_cast<double>(rows) / static_cast<double>(after.commits - before.commits),
        (cpu_seconds() - cpu) / rows * 1e6);
}

void reads(Store& store, const People& people) {
    const DayRange days{shanghai_day(store.now()) - 200, shanghai_day(store.now())};
    auto start = Time::now();
    constexpr int rounds = 2000;
    std::size_t found = 0;
    for (int i = 0; i < rounds; ++i) {
        const auto& student = people.students[static_cast<std::size_t>(i) % people.students.size()];
        found +=
            store.read([&](Db& db) { return list_evidence(db, school, student, days); }).size();
    }
    fmt::print("one student's records: {:.0f} reads/s, {} records each\n",
               rounds / seconds_since(start),
               found / rounds);
    start = Time::now();
    const auto counting = store.read([&](Db& db) {
        return read_counting(
            db, {.school = school, .days = days, .as_of_seq = chain_position(db, school)});
    });
    fmt::print("counting evidence of the school: {} records in {:.2f} s\n",
               counting.size(),
               seconds_since(start));
}

}  // namespace

int main(int argc, char** argv) {
    const int rows = argc > 1 ? std::atoi(argv[1]) : 1'000'000;
    const int few = argc > 2 ? std::atoi(argv[2]) : 100'000;
    const TemporaryFolder folder;
    const StoreOptions options{.folder = folder.path() / "store",
                               .root_key_file = folder.path() / "root.key",
                               .heads_file = folder.path() / "heads.txt"};
    Store::create(options);
    Store store(options);
    const auto start = Time::now();
    const People people = make_people(store, 5000);
    fmt::print("5000 keys with one sync: {:.3f} s\n", seconds_since(start));
    bulk(store, people, rows, Order::by_class);
    bulk(store, people, rows / 5, Order::mixed);
    for (const int clients : {1, 16, 64, 256}) {
        singles(store, people, clients == 1 ? few / 10 : few, clients);
    }
    reads(store, people);
}
