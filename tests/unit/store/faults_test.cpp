// SPDX-License-Identifier: Apache-2.0
// The page cache survives a killed process; a power cut it does not. So the disk itself is played.
#include <gmock/gmock.h>

#include <algorithm>
#include <mutex>
#include <random>
#include <thread>

#include "base/error.h"
#include "fixture.h"
#include "store/sqlite_faults.h"
#include "store/verify.h"

namespace agate::store {
namespace {

using test::Fixture;
using ::testing::AnyOf;
using ::testing::IsEmpty;

constexpr int batch_size = 3;

struct Written {
    std::mutex mutex;
    std::vector<EvidenceId> acknowledged;
    std::vector<std::string> refusals;
};

/// Batches of three records of a new person, until the disk refuses or `most` are in.
void write_batches(Fixture& fixture, Written& written, int most) {
    auto& store = fixture.store();
    for (int i = 0; i < most; ++i) {
        try {
            const auto person = store.make_id<PersonId>();
            store.keys().create(person, store.now());
            std::vector<SealedEvidence> batch;
            for (int b = 0; b < batch_size; ++b) {
                batch.push_back(
                    seal_evidence(store.keys(), Fixture::school, fixture.evidence(person)));
            }
            store.write([&](Db& db) {
                record(db, fixture.act("evidence.import"), [&](Entry& entry) {
                    add_evidence(entry, batch);
                });
            });
            const std::scoped_lock lock(written.mutex);
            for (const auto& one : batch) {
                written.acknowledged.push_back(one.plain.evidence_id);
            }
        } catch (const Error& error) {
            const std::scoped_lock lock(written.mutex);
            written.refusals.push_back(error.code);
            if (is_power_cut()) {
                return;
            }
        }
    }
}

void write_with_threads(Fixture& fixture, Written& written, int threads, int most) {
    std::vector<std::jthread> writers;
    for (int t = 0; t < threads; ++t) {
        writers.emplace_back([&] { write_batches(fixture, written, most); });
    }
}

void expect_whole(Fixture& fixture, const Written& written, std::uint64_t seed) {
    fixture.store().read([&](Db& db) {
        for (const auto& id : written.acknowledged) {
            ASSERT_TRUE(has_evidence(db, Fixture::school, id)) << "seed " << seed;
        }
        Query query(db, "select count(*) from evidence");
        ASSERT_TRUE(query.next());
        EXPECT_EQ(query.int64(0) % batch_size, 0) << "half a batch, seed " << seed;
        EXPECT_GE(query.int64(0), static_cast<std::int64_t>(written.acknowledged.size()));
    });
    EXPECT_THAT(verify(fixture.store(), {.with_files = true}).findings, IsEmpty())
        << "seed " << seed;
}

TEST(FaultsTest, APowerCutLosesNothingAcknowledged) {
    std::size_t acknowledged = 0;
    for (std::uint64_t seed = 1; seed <= 60; ++seed) {
        std::mt19937_64 random(seed);
        Fixture fixture({.durability = Durability::full, .vfs = fault_vfs()});
        append_heads(fixture.store());
        Written written;
        const int threads = 1 + static_cast<int>(random() % 3);
        plan_faults({.cut_after = 1 + static_cast<std::int64_t>(random() % 600), .seed = seed});
        write_with_threads(fixture, written, threads, 40);
        fixture.close();
        lose_unsynced_writes();
        plan_faults({});
        fixture.reopen();
        expect_whole(fixture, written, seed);
        // And it goes on from there.
        Written more;
        write_with_threads(fixture, more, 1, 2);
        EXPECT_THAT(more.refusals, IsEmpty());
        expect_whole(fixture, more, seed);
        acknowledged += written.acknowledged.size();
    }
    EXPECT_GT(acknowledged, 100U);
}

TEST(FaultsTest, TheDiskReallyLosesWhatIsNotSynced) {
    int lost = 0;
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        Fixture fixture({.durability = Durability::none, .vfs = fault_vfs()});
        Written written;
        plan_faults({.cut_after = 150, .seed = seed});
        write_with_threads(fixture, written, 1, 40);
        fixture.close();
        lose_unsynced_writes();
        plan_faults({});
        try {
            fixture.reopen();
            lost += fixture.store().read([&](Db& db) {
                return std::ranges::all_of(written.acknowledged,
                                           [&](const EvidenceId& id) {
                                               return has_evidence(db, Fixture::school, id);
                                           })
                           ? 0
                           : 1;
            });
        } catch (const std::exception&) {
            ++lost;  // not even a database
        }
    }
    EXPECT_GT(lost, 0);
}

TEST(FaultsTest, AFailedWriteOrSyncIsToldAndTheStoreGoesOn) {
    std::size_t refused = 0;
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
        std::mt19937_64 random(seed);
        Fixture fixture({.durability = Durability::full, .vfs = fault_vfs()});
        Written written;
        plan_faults({.fail_at = 1 + static_cast<std::int64_t>(random() % 120), .seed = seed});
        write_with_threads(fixture, written, 2, 10);
        for (const auto& code : written.refusals) {
            EXPECT_THAT(code, AnyOf("store_failed", "disk_full")) << "seed " << seed;
        }
        refused += written.refusals.size();
        plan_faults({.cut_after = 1, .seed = seed});
        write_with_threads(fixture, written, 1, 2);
        fixture.close();
        lose_unsynced_writes();
        plan_faults({});
        fixture.reopen();
        expect_whole(fixture, written, seed);
    }
    EXPECT_GT(refused, 5U);
}

TEST(FaultsTest, AFullDiskSaysSoAndNothingIsHalfTaken) {
    for (std::uint64_t seed = 1; seed <= 10; ++seed) {
        Fixture fixture({.durability = Durability::full, .vfs = fault_vfs()});
        Written written;
        plan_faults({.free_bytes = static_cast<std::int64_t>(seed) * 20'000, .seed = seed});
        write_with_threads(fixture, written, 2, 60);
        ASSERT_FALSE(written.refusals.empty());
        for (const auto& code : written.refusals) {
            EXPECT_EQ(code, "disk_full");
        }
        expect_whole(fixture, written, seed);
        plan_faults({});
        Written more;
        write_with_threads(fixture, more, 1, 5);
        EXPECT_THAT(more.refusals, IsEmpty()) << "there is room again";
        fixture.reopen();
        expect_whole(fixture, written, seed);
        expect_whole(fixture, more, seed);
    }
}

}  // namespace
}  // namespace agate::store
