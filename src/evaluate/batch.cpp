// SPDX-License-Identifier: Apache-2.0
#include "evaluate/batch.h"

#include <memory>

#include "base/parallel.h"

namespace agate::evaluate {
namespace {

/// Few enough to share the work evenly, enough that taking one costs nothing.
constexpr std::size_t entries_a_share = 64;

/// What one thread works with.
struct Worker {
    explicit Worker(const Batch& batch) : school(batch.school, batch.words, batch.period) {
        if (batch.national != nullptr) {
            national.emplace(*batch.national, batch.words, batch.period);
        }
    }

    Evaluator school;
    std::optional<Evaluator> national;
    ResultPacker packer;
};

}  // namespace

std::vector<std::string> pack_all(const Batch& batch) {
    std::vector<std::string> packed(batch.entries.size());
    share_out(packed.size(), entries_a_share, batch.threads, [&]() -> Share {
        // Shared with the copies that std::function may make.
        auto worker = std::make_shared<Worker>(batch);
        return [&batch, &packed, worker](std::size_t from, std::size_t to) {
            for (std::size_t i = from; i < to; ++i) {
                const BatchEntry& entry = batch.entries[i];
                packed[i] = worker->packer.pack(worker->school,
                                                worker->national ? &*worker->national : nullptr,
                                                entry.subject,
                                                entry.records);
            }
        };
    });
    return packed;
}

}  // namespace agate::evaluate
