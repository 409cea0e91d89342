// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include <thread>

#include "base/error.h"
#include "fixture.h"
#include "store/store_writer.h"

namespace agate::store {
namespace {

using test::Fixture;

TEST(WriterTest, AFailingTaskIsRolledBackAlone) {
    Fixture fixture;
    auto& store = fixture.store();
    std::vector<std::future<void>> futures;
    for (int i = 0; i < 30; ++i) {
        futures.push_back(store.writer().submit([i](Db& db) {
            put_setting(db, "n" + std::to_string(i), "set");
            if (i % 3 == 0) {
                throw Error(ErrorKind::invalid, "not_this_one");
            }
        }));
    }
    for (int i = 0; i < 30; ++i) {
        auto& future = futures[static_cast<std::size_t>(i)];
        if (i % 3 == 0) {
            EXPECT_THROW(future.get(), Error);
        } else {
            EXPECT_NO_THROW(future.get());
        }
    }
    store.read([](Db& db) {
        for (int i = 0; i < 30; ++i) {
            EXPECT_EQ(find_setting(db, "n" + std::to_string(i)).has_value(), i % 3 != 0) << i;
        }
    });
}

TEST(WriterTest, TasksThatWaitTogetherShareACommit) {
    Fixture fixture;
    auto& writer = fixture.store().writer();
    const auto before = writer.totals();
    std::promise<void> gate;
    auto opened = gate.get_future().share();
    auto first = writer.submit([opened](Db&) { opened.wait(); });
    std::vector<std::future<int>> waiting;
    for (int i = 0; i < 20; ++i) {
        waiting.push_back(writer.submit([i](Db&) { return i; }));
    }
    gate.set_value();
    first.get();
    for (int i = 0; i < 20; ++i) {
        EXPECT_EQ(waiting[static_cast<std::size_t>(i)].get(), i);
    }
    const auto after = writer.totals();
    EXPECT_EQ(after.tasks - before.tasks, 21U);
    EXPECT_LE(after.commits - before.commits, 3U);
}

TEST(WriterTest, AFullQueueRefuses) {
    TemporaryFolder folder;
    Writer writer(open_sqlite({.path = folder.path() / "a.db", .durability = Durability::none}),
                  {.longest_queue = 2, .after_commit = {}});
    std::promise<void> gate;
    auto opened = gate.get_future().share();
    std::promise<void> started;
    auto first = writer.submit([&started, opened](Db&) {
        started.set_value();
        opened.wait();
    });
    started.get_future().wait();
    auto second = writer.submit([](Db&) {});
    auto third = writer.submit([](Db&) {});
    EXPECT_THROW(auto fourth = writer.submit([](Db&) {}), Error);
    gate.set_value();
    first.get();
    second.get();
    third.get();
}

TEST(WriterTest, ReadersSeeOneStateWhileTheWriterGoesOn) {
    Fixture fixture;
    auto& store = fixture.store();
    store.write([](Db& db) {
        put_setting(db, "a", "0");
        put_setting(db, "b", "0");
    });
    std::jthread writing([&](const std::stop_token& stop) {
        for (int i = 1; !stop.stop_requested(); ++i) {
            store.write([i](Db& db) {
                put_setting(db, "a", std::to_string(i));
                put_setting(db, "b", std::to_string(i));
            });
        }
    });
    std::vector<std::jthread> readers;
    for (int r = 0; r < 6; ++r) {
        readers.emplace_back([&] {
            for (int i = 0; i < 200; ++i) {
                store.read([](Db& db) {
                    const auto a = find_setting(db, "a");
                    std::this_thread::yield();
                    EXPECT_EQ(a, find_setting(db, "b"));
                });
            }
        });
    }
}

TEST(DbTest, ErrorsCarryTheirKind) {
    TemporaryFolder folder;
    const auto db = open_sqlite({.path = folder.path() / "a.db", .durability = Durability::none});
    db->run_script(
        "create table t (a integer not null, b text not null, primary key (a)) strict, without "
        "rowid");
    execute(*db, "insert into t (a, b) values ($1, $2)", 1, "x");
    const auto kind_of = [&](auto work) {
        try {
            work();
        } catch (const Error& error) {
            return error.code;
        }
        return std::string("none");
    };
    EXPECT_EQ(kind_of([&] { execute(*db, "insert into t (a, b) values ($1, $2)", 1, "y"); }),
              "store_conflict");
    EXPECT_EQ(kind_of([&] { execute(*db, "insert into t (a, b) values ($1, $2)", 2, Value()); }),
              "store_constraint");
    EXPECT_EQ(kind_of([&] { execute(*db, "insert into t (a, b) values ($1, $2)", "z", "y"); }),
              "store_constraint");
    EXPECT_THROW(execute(*db, "select nonsense"), Bug);
}

TEST(DbTest, ParametersGoByNumberAndStatementsNest) {
    TemporaryFolder folder;
    const auto db = open_sqlite({.path = folder.path() / "a.db", .durability = Durability::none});
    Query query(*db, "select $2, $1, $2", 1, "two");
    ASSERT_TRUE(query.next());
    EXPECT_EQ(query.text(0), "two");
    EXPECT_EQ(query.int64(1), 1);
    Query same(*db, "select $2, $1, $2", 5, "six");
    ASSERT_TRUE(same.next());
    EXPECT_EQ(same.text(0), "six");
    EXPECT_EQ(query.text(2), "two");
}

TEST(DbTest, CopyInTakesRowsUntilThereAreNone) {
    TemporaryFolder folder;
    const auto db = open_sqlite({.path = folder.path() / "a.db", .durability = Durability::none});
    db->run_script("create table t (a integer not null, primary key (a)) strict, without rowid");
    const std::vector<std::string_view> columns{"a"};
    int next = 0;
    const auto rows = db->copy_in("t", columns, [&](std::span<Value> row) {
        row[0] = next;
        return next++ < 100;
    });
    EXPECT_EQ(rows, 100);
}

}  // namespace
}  // namespace agate::store
