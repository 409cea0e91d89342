// SPDX-License-Identifier: Apache-2.0
#include "app/frameworks.h"

#include "base/error.h"
#include "store/covered.h"
#include "store/period.h"
#include "store/store.h"

namespace agate::app {

using framework::PackFiles;

std::string pack_bytes(const PackFiles& pack) {
    store::Packer packer;
    packer.add(pack.place).add(static_cast<std::int64_t>(pack.files.size()));
    for (const auto& file : pack.files) {
        packer.add(file.name).add(file.text);
    }
    return packer.take();
}

PackFiles unpack_pack(std::string_view bytes) {
    store::Unpacker unpacker(bytes);
    PackFiles pack{.place = unpacker.text(), .files = {}};
    for (auto left = unpacker.number(); left > 0; --left) {
        auto name = unpacker.text();
        pack.files.push_back({std::move(name), unpacker.text()});
    }
    return pack;
}

std::shared_ptr<const framework::Plans> Frameworks::plans(SchoolId school, PeriodId period) {
    auto whole = adopted(school, period);
    const auto* plans = &whole->plans;
    return {std::move(whole), plans};
}

std::shared_ptr<const Adopted> Frameworks::adopted(SchoolId school, PeriodId period) {
    const std::lock_guard lock(mutex_);
    const auto key = std::make_pair(school, period);
    if (const auto known = by_period_.find(key); known != by_period_.end()) {
        return known->second;
    }
    std::vector<PackFiles> layers;
    std::string digest;
    store_.read([&](store::Db& db) {
        const auto adoption = store::find_adoption(db, school, period);
        if (!adoption) {
            throw Error(ErrorKind::conflict, "no_framework");
        }
        digest = to_hex(adoption->plan_digest);
        for (const auto& layer : adoption->layers) {
            const auto bytes = store::find_pack(db, layer);
            ensure(bytes.has_value(), "the packs of an adoption are in the store");
            layers.push_back(unpack_pack(*bytes));
        }
    });
    auto& shared = by_digest_[digest];
    if (shared == nullptr) {
        // What was adopted was compiled without a fault, so it compiles again.
        auto outcome = framework::compile(layers);
        ensure(outcome.plans.has_value(), "an adopted framework compiles");
        shared = std::make_shared<const Adopted>(std::move(*outcome.plans));
    }
    by_period_.emplace(key, shared);
    return shared;
}

void Frameworks::invalidate() {
    const std::lock_guard lock(mutex_);
    by_period_.clear();
}

}  // namespace agate::app
