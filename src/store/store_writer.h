// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <exception>
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <thread>
#include <type_traits>
#include <vector>

#include "store/db.h"

namespace agate::store {

/// The one thread that writes. Tasks that wait together share one transaction and one sync; each
/// is told only after the sync. A task that throws is rolled back alone and its caller gets the
/// exception. A task may be run twice (when another of its group failed), so it changes nothing but
/// the database and its own result, and moves nothing out of what it holds.
class Writer {
public:
    using Task = std::function<void(Db&)>;
    /// Called on the writer's thread after the sync: short, and never throws. Null: it is durable.
    using Done = std::function<void(std::exception_ptr)>;

    struct Options {
        std::size_t most_tasks_a_commit = 256;
        std::size_t longest_queue = 10'000;  ///< beyond it: Error(unavailable, "store_busy")
        std::function<void()> after_commit;  ///< housekeeping on the writer's thread; may be empty
    };

    Writer(std::unique_ptr<Db> db, Options options);
    /// Finishes what was submitted.
    ~Writer();
    Writer(const Writer&) = delete;
    Writer& operator=(const Writer&) = delete;

    void post(Task task, Done done);

    /// `submit([&](Db& db) { return …; })` gives a future of what the task returns.
    template <class F>
    [[nodiscard]] auto submit(F task) -> std::future<std::invoke_result_t<F&, Db&>> {
        using Result = std::invoke_result_t<F&, Db&>;
        // Shared by the task, which fills it, and by the completion, which hands it out.
        auto slot = std::make_shared<Slot<Result>>();
        auto future = slot->promise.get_future();
        post(
            [slot, work = std::move(task)](Db& db) mutable {
                if constexpr (std::is_void_v<Result>) {
                    work(db);
                } else {
                    slot->value.emplace(work(db));
                }
            },
            [slot](std::exception_ptr failure) { slot->finish(failure); });
        return future;
    }

    struct Totals {
        std::uint64_t commits = 0;
        std::uint64_t tasks = 0;
        std::uint64_t failed = 0;
    };

    [[nodiscard]] Totals totals() const;

private:
    template <class Result>
    struct Slot {
        std::promise<Result> promise;
        std::optional<std::conditional_t<std::is_void_v<Result>, char, Result>> value;

        void finish(std::exception_ptr failure) {
            if (failure) {
                promise.set_exception(failure);
            } else if constexpr (std::is_void_v<Result>) {
                promise.set_value();
            } else {
                promise.set_value(std::move(*value));
            }
        }
    };

    struct Job {
        Task task;
        Done done;
        std::exception_ptr failure;
    };

    void run();
    void run_group(std::vector<Job>& jobs);
    bool run_together(std::vector<Job>& jobs);
    void run_alone(Job& job);
    void roll_back();

    std::unique_ptr<Db> db_;
    Options options_;
    mutable std::mutex mutex_;
    std::condition_variable wake_;
    std::vector<Job> queue_;
    bool is_stopping_ = false;
    Totals totals_;
    std::thread thread_;
};

}  // namespace agate::store
