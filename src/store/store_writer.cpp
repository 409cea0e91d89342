// SPDX-License-Identifier: Apache-2.0
#include "store/store_writer.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "base/error.h"

namespace agate::store {

Writer::Writer(std::unique_ptr<Db> db, Options options)
    : db_(std::move(db)), options_(std::move(options)), thread_([this] { run(); }) {}

Writer::~Writer() {
    {
        const std::scoped_lock lock(mutex_);
        is_stopping_ = true;
    }
    wake_.notify_all();
    thread_.join();
}

void Writer::post(Task task, Done done) {
    bool was_idle = false;
    {
        const std::scoped_lock lock(mutex_);
        if (is_stopping_ || queue_.size() >= options_.longest_queue) {
            throw Error(ErrorKind::unavailable, "store_busy", {}, "the writer's queue is full");
        }
        was_idle = queue_.empty();
        queue_.push_back({std::move(task), std::move(done), nullptr});
    }
    if (was_idle) {
        wake_.notify_one();
    }
}

Writer::Totals Writer::totals() const {
    const std::scoped_lock lock(mutex_);
    return totals_;
}

void Writer::run() {
    std::vector<Job> jobs;
    while (true) {
        {
            std::unique_lock lock(mutex_);
            wake_.wait(lock, [this] { return is_stopping_ || !queue_.empty(); });
            if (queue_.empty()) {
                return;
            }
            const auto taken =
                static_cast<std::ptrdiff_t>(std::min(queue_.size(), options_.most_tasks_a_commit));
            jobs.assign(std::make_move_iterator(queue_.begin()),
                        std::make_move_iterator(queue_.begin() + taken));
            queue_.erase(queue_.begin(), queue_.begin() + taken);
        }
        run_group(jobs);
        {
            const std::scoped_lock lock(mutex_);
            ++totals_.commits;
            totals_.tasks += jobs.size();
            totals_.failed += static_cast<std::uint64_t>(
                std::ranges::count_if(jobs, [](const Job& job) { return job.failure != nullptr; }));
        }
        for (auto& job : jobs) {
            job.done(job.failure);
        }
        jobs.clear();
        if (options_.after_commit) {
            options_.after_commit();
        }
    }
}

/// The border between the tasks of callers and this thread: what a task throws is its caller's.
void Writer::run_group(std::vector<Job>& jobs) {
    try {
        if (run_together(jobs)) {
            return;
        }
        db_->begin_write();
        for (auto& job : jobs) {
            run_alone(job);
        }
        db_->commit();
    } catch (...) {
        // Nothing of the group is on the disk for certain: everybody hears of it.
        const auto failure = std::current_exception();
        for (auto& job : jobs) {
            job.failure = job.failure == nullptr ? failure : job.failure;
        }
        roll_back();
    }
}

/// Savepoints copy every page a task touches, and tasks hardly ever fail: so first without them.
/// False, and nothing done, when one failed.
bool Writer::run_together(std::vector<Job>& jobs) {
    db_->begin_write();
    for (auto& job : jobs) {
        try {
            job.task(*db_);
        } catch (...) {
            db_->rollback();
            if (jobs.size() > 1) {
                return false;
            }
            throw;
        }
    }
    db_->commit();
    return true;
}

void Writer::run_alone(Job& job) {
    db_->set_savepoint();
    try {
        job.task(*db_);
    } catch (...) {
        job.failure = std::current_exception();
        if (!db_->is_in_transaction()) {
            throw;
        }
        db_->rollback_to_savepoint();
        return;
    }
    db_->release_savepoint();
}

void Writer::roll_back() {
    try {
        db_->rollback();
    } catch (const Error&) {
        // The disk refuses even this; the next begin finds out.
        return;
    }
}

}  // namespace agate::store
