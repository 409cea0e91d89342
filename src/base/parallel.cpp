// SPDX-License-Identifier: Apache-2.0
#include "base/parallel.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace agate {
namespace {

class Work {
public:
    Work(std::size_t count, std::size_t share, const std::function<Share()>& make_worker)
        : count_(count), share_(share), make_worker_(make_worker) {}

    void run(int threads) {
        const std::size_t shares = (count_ + share_ - 1) / share_;
        const auto wanted = static_cast<std::size_t>(std::max(threads, 1));
        {
            std::vector<std::jthread> team;
            for (std::size_t i = 1; i < std::min(wanted, shares); ++i) {
                team.emplace_back([this] { take_shares(); });
            }
            take_shares();
        }
        if (failure_) {
            std::rethrow_exception(failure_);
        }
    }

private:
    void take_shares() {
        try {
            const Share work = make_worker_();
            while (!has_failed_) {
                const std::size_t from = next_.fetch_add(share_);
                if (from >= count_) {
                    return;
                }
                work(from, std::min(from + share_, count_));
            }
        } catch (...) {
            const std::lock_guard lock(mutex_);
            if (!failure_) {
                failure_ = std::current_exception();
            }
            has_failed_ = true;
        }
    }

    std::size_t count_, share_;
    const std::function<Share()>& make_worker_;
    std::atomic<std::size_t> next_{0};
    std::atomic<bool> has_failed_{false};
    std::mutex mutex_;
    std::exception_ptr failure_;
};

}  // namespace

void share_out(std::size_t count,
               std::size_t pieces_a_share,
               int threads,
               const std::function<Share()>& make_worker) {
    Work(count, pieces_a_share, make_worker).run(threads);
}

int processor_count() {
    return std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
}

}  // namespace agate
