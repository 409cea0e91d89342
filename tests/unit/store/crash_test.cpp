// SPDX-License-Identifier: Apache-2.0
// A real process is killed at any moment, many times over one store.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <random>

#include "base/text.h"
#include "fixture.h"
#include "store/verify.h"

namespace agate::store {
namespace {

using test::Fixture;
using ::testing::IsEmpty;

/// Runs the writer and kills it this long after its first acknowledgement. Returns what it said.
std::string run_and_kill(const std::filesystem::path& folder, std::chrono::microseconds after) {
    int ends[2];
    EXPECT_EQ(::pipe(ends), 0);
    const pid_t child = ::fork();
    if (child == 0) {
        ::dup2(ends[1], STDOUT_FILENO);
        ::close(ends[0]);
        ::close(ends[1]);
        ::execl(AGATE_CRASH_WRITER, AGATE_CRASH_WRITER, folder.c_str(), nullptr);
        ::_exit(127);
    }
    ::close(ends[1]);
    std::string said;
    std::array<char, 65536> buffer;
    const auto read_some = [&] {
        const auto count = ::read(ends[0], buffer.data(), buffer.size());
        said.append(buffer.data(), static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
        return count > 0;
    };
    read_some();
    const auto end = std::chrono::steady_clock::now() + after;
    while (std::chrono::steady_clock::now() < end) {
        pollfd waiting{ends[0], POLLIN, 0};
        if (::poll(&waiting, 1, 0) > 0) {
            read_some();
        }
    }
    ::kill(child, SIGKILL);
    while (read_some()) {
    }
    ::close(ends[0]);
    int status = 0;
    ::waitpid(child, &status, 0);
    EXPECT_TRUE(WIFSIGNALED(status)) << "the writer ended by itself";
    return said;
}

TEST(CrashTest, NothingAcknowledgedIsLostWhenTheProcessIsKilled) {
    Fixture fixture({.durability = Durability::full});
    const auto folder = fixture.options().folder.parent_path();
    std::mt19937 random(20260907);
    std::size_t acknowledged = 0;
    for (int round = 0; round < 36; ++round) {
        fixture.close();
        const auto said = run_and_kill(folder, std::chrono::microseconds(random() % 40'000));
        fixture.reopen();
        const auto whole = std::string_view(said).substr(0, said.rfind('\n') + 1);
        fixture.store().read([&](Db& db) {
            for (const auto line : split(whole, '\n')) {
                if (const auto id = EvidenceId::parse(line)) {
                    ASSERT_TRUE(has_evidence(db, Fixture::school, *id)) << "round " << round;
                    ++acknowledged;
                }
            }
        });
        if (round % 3 == 0) {
            ASSERT_THAT(verify(fixture.store()).findings, IsEmpty()) << "round " << round;
        }
        append_heads(fixture.store());
    }
    EXPECT_GT(acknowledged, 36U);
    EXPECT_THAT(verify(fixture.store(), {.with_files = true}).findings, IsEmpty());
}

}  // namespace
}  // namespace agate::store
