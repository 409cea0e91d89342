// SPDX-License-Identifier: Apache-2.0
#include "evaluate/batch.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <optional>
#include <thread>

namespace agate::evaluate {
namespace {

/// Few enough to share the work evenly, enough that taking one costs nothing.
constexpr std::size_t entries_a_share = 64;

/// What the threads of one batch have in common.
class Work {
public:
    Work(const Batch& batch, const Progress& progress)
        : batch_(batch), progress_(progress), packed_(batch.entries.size()) {}

    std::vector<std::string> run() {
        const auto shares = (packed_.size() + entries_a_share - 1) / entries_a_share;
        const auto helpers = std::min<std::size_t>(
            static_cast<std::size_t>(std::max(batch_.threads - 1, 0)), shares > 0 ? shares - 1 : 0);
        {
            std::vector<std::jthread> team;
            for (std::size_t i = 0; i < helpers; ++i) {
                team.emplace_back([this] { take_shares(false); });
            }
            take_shares(true);
        }
        if (failure_) {
            std::rethrow_exception(failure_);
        }
        return std::move(packed_);
    }

private:
    /// The caller's own thread tells of progress; a fault ends the work of all.
    void take_shares(bool tells) {
        try {
            Evaluator school(batch_.school, batch_.words, batch_.period);
            std::optional<Evaluator> national;
            if (batch_.national != nullptr) {
                national.emplace(*batch_.national, batch_.words, batch_.period);
            }
            ResultPacker packer;
            while (!has_failed_) {
                const std::size_t from = next_.fetch_add(entries_a_share);
                if (from >= packed_.size()) {
                    return;
                }
                const std::size_t to = std::min(from + entries_a_share, packed_.size());
                for (std::size_t i = from; i < to; ++i) {
                    const BatchEntry& entry = batch_.entries[i];
                    packed_[i] = packer.pack(
                        school, national ? &*national : nullptr, entry.subject, entry.records);
                }
                if (tells && progress_) {
                    progress_("evaluate", to, packed_.size());
                }
            }
        } catch (...) {
            const std::lock_guard lock(mutex_);
            failure_ = std::current_exception();
            has_failed_ = true;
        }
    }

    const Batch& batch_;
    const Progress& progress_;
    std::vector<std::string> packed_;
    std::atomic<std::size_t> next_{0};
    std::atomic<bool> has_failed_{false};
    std::mutex mutex_;
    std::exception_ptr failure_;
};

}  // namespace

std::vector<std::string> pack_all(const Batch& batch, const Progress& progress) {
    return Work(batch, progress).run();
}

int processor_count() {
    return std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
}

}  // namespace agate::evaluate
