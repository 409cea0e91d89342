// SPDX-License-Identifier: Apache-2.0
#include "store/backup.h"

#include <gmock/gmock.h>

#include <atomic>
#include <thread>

#include "base/error.h"
#include "full_fixture.h"
#include "store/account.h"
#include "store/erasure.h"

namespace agate::store {
namespace {

using test::Fixture;
using ::testing::HasSubstr;
using ::testing::Not;

class BackupTest : public ::testing::Test {
protected:
    StoreOptions target(const std::string& name) const {
        auto options = fixture.options();
        options.folder = scratch.path() / name;
        return options;
    }

    Fixture fixture;
    TemporaryFolder scratch;
};

TEST_F(BackupTest, WhatIsRestoredIsWhatWasThere) {
    test::fill_every_table(fixture);
    append_heads(fixture.store());
    auto& store = fixture.store();
    store.write([&](Db& db) {
        add_session(db,
                    {.secret_digest = sha256(as_bytes("s")),
                     .account_id = store.make_id<AccountId>(),
                     .person_id = fixture.teacher});
    });
    const auto summary = back_up(store, {.folder = scratch.path() / "backup"});
    EXPECT_GT(summary.rows, 50);
    EXPECT_THROW(back_up(store, {.folder = scratch.path() / "backup"}), Error);
    const auto restored =
        restore({.backup_folder = scratch.path() / "backup", .store = target("again")});
    EXPECT_TRUE(restored.verification.is_intact());
    ASSERT_EQ(restored.verification.chains.size(), 1U);
    EXPECT_EQ(restored.verification.chains[0].entries, 10);
    Store copy(target("again"));
    const auto student = fixture.students[0];
    const DayRange days{shanghai_day(Fixture::start), shanghai_day(Fixture::start) + 10};
    const auto before =
        store.read([&](Db& db) { return list_evidence(db, Fixture::school, student, days); });
    const auto after =
        copy.read([&](Db& db) { return list_evidence(db, Fixture::school, student, days); });
    ASSERT_EQ(after.size(), before.size());
    for (std::size_t i = 0; i < after.size(); ++i) {
        EXPECT_EQ(after[i].evidence_id, before[i].evidence_id);
        EXPECT_EQ(open_evidence(copy.keys(), Fixture::school, after[i]).note, "整理了书架");
    }
    EXPECT_FALSE(copy.read([](Db& db) { return find_session(db, sha256(as_bytes("s"))); }))
        << "nobody is signed in to the past";
    EXPECT_THROW(restore({.backup_folder = scratch.path() / "backup", .store = target("again")}),
                 Error);
}

TEST_F(BackupTest, WhileWritersGoOnTheCopyIsOneState) {
    std::atomic<bool> is_stopping = false;
    std::atomic<int> written = 0;
    std::vector<std::jthread> writers;
    for (int w = 0; w < 3; ++w) {
        writers.emplace_back([&] {
            auto& store = fixture.store();
            while (!is_stopping) {
                const auto person = store.make_id<PersonId>();
                store.keys().create(person, store.now());
                fixture.add(fixture.evidence(person));
                ++written;
            }
        });
    }
    while (written < 50) {
        std::this_thread::yield();
    }
    for (int round = 0; round < 3; ++round) {
        const auto name = std::to_string(round);
        append_heads(fixture.store());
        back_up(fixture.store(), {.folder = scratch.path() / ("backup" + name)});
        const auto restored = restore(
            {.backup_folder = scratch.path() / ("backup" + name), .store = target("store" + name)});
        // Heads signed meanwhile name entries that the backup cannot have.
        for (const auto& finding : restored.verification.findings) {
            EXPECT_EQ(finding.code, "chain_cut_off");
        }
    }
    is_stopping = true;
}

TEST_F(BackupTest, SealedForTheRecoveryKeyAlone) {
    fixture.add(fixture.evidence(fixture.students[0]));
    const auto secret = SecretKey::random();
    back_up(fixture.store(),
            {.folder = scratch.path() / "backup", .recovery_public_key = box_public_key(secret)});
    const auto bytes = read_file(scratch.path() / "backup" / "agate.backup");
    EXPECT_THAT(bytes, Not(HasSubstr("labour_home")));
    const auto attempt = [&](std::optional<SecretKey> key) {
        return restore({.backup_folder = scratch.path() / "backup",
                        .store = target("again"),
                        .recovery_secret_key = std::move(key)});
    };
    EXPECT_THROW(attempt(std::nullopt), Error);
    EXPECT_THROW(attempt(SecretKey::random()), Error);
    EXPECT_TRUE(attempt(SecretKey(secret.bytes())).verification.is_intact());
}

TEST_F(BackupTest, ADamagedOrCutOffBackupIsRefusedAndLeavesNothing) {
    for (int i = 0; i < 50; ++i) {
        fixture.add(fixture.evidence(fixture.students[0]));
    }
    back_up(fixture.store(), {.folder = scratch.path() / "backup"});
    const auto file = scratch.path() / "backup" / "agate.backup";
    const auto good = read_file(file);
    std::vector<std::string> bad{
        good.substr(0, good.size() - 1), good.substr(0, 20), "", good + "x"};
    bad.pop_back();
    for (const std::size_t at :
         {std::size_t{3}, std::size_t{15}, std::size_t{16}, good.size() / 2, good.size() - 1}) {
        bad.push_back(good);
        bad.back()[at] = static_cast<char>(bad.back()[at] ^ 0x10);
    }
    for (const auto& bytes : bad) {
        write_file(file, bytes);
        EXPECT_THROW(
            restore({.backup_folder = scratch.path() / "backup", .store = target("again")}), Error);
        EXPECT_FALSE(std::filesystem::exists(scratch.path() / "again"));
        EXPECT_FALSE(std::filesystem::exists(scratch.path() / "again.restoring"));
    }
}

TEST_F(BackupTest, AnErasureOnRecordIsDoneAgain) {
    fixture.add(fixture.evidence(fixture.students[0]));
    const auto keys_then = scratch.path() / "keys_then";
    back_up(fixture.store(), {.folder = keys_then});
    erase_person(fixture.store(), fixture.students[0], fixture.act("person.erase"));
    back_up(fixture.store(), {.folder = scratch.path() / "now"});
    // An operator brings the data of today and the keys of yesterday.
    std::filesystem::copy_file(keys_then / "keys.backup",
                               scratch.path() / "now" / "keys.backup",
                               std::filesystem::copy_options::overwrite_existing);
    const auto restored =
        restore({.backup_folder = scratch.path() / "now", .store = target("again")});
    EXPECT_EQ(restored.erased_again, 1);
    EXPECT_TRUE(restored.verification.is_intact());
    Store copy(target("again"));
    EXPECT_TRUE(copy.read([&](Db& db) {
                        return find_member(db, copy.keys(), Fixture::school, fixture.students[0]);
                    })
                    ->is_erased);
}

}  // namespace
}  // namespace agate::store
