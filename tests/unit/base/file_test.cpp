// SPDX-License-Identifier: Apache-2.0
#include "base/file.h"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>

#include "base/error.h"

namespace agate {
namespace {

namespace fs = std::filesystem;

/// The code of the Error that the call throws; empty when it throws none.
template <class Call>
std::string error_code(Call&& call) {
    try {
        call();
        return "";
    } catch (const Error& error) {
        return error.code;
    }
}

std::size_t count_files(const fs::path& folder) {
    return static_cast<std::size_t>(
        std::distance(fs::directory_iterator(folder), fs::directory_iterator{}));
}

/// Files may not grow past `bytes` while this lives: the write then fails as on a full disk.
class FileSizeLimit {
public:
    explicit FileSizeLimit(rlim_t bytes) {
        std::signal(SIGXFSZ, SIG_IGN);
        getrlimit(RLIMIT_FSIZE, &before_);
        const rlimit limit{.rlim_cur = bytes, .rlim_max = before_.rlim_max};
        setrlimit(RLIMIT_FSIZE, &limit);
    }

    ~FileSizeLimit() { setrlimit(RLIMIT_FSIZE, &before_); }

    FileSizeLimit(const FileSizeLimit&) = delete;
    FileSizeLimit& operator=(const FileSizeLimit&) = delete;

private:
    rlimit before_{};
};

TEST(File, GoesRoundTrip) {
    const TemporaryFolder folder;
    const fs::path path = folder.path() / "名单.csv";
    for (const std::size_t size : {0UL, 1UL, 65'535UL, 65'536UL, 65'537UL, 3'000'000UL}) {
        const std::string content(size, 'x');
        write_file(path, content);
        EXPECT_EQ(read_file(path), content);
    }
    EXPECT_EQ(count_files(folder.path()), 1U);
}

TEST(File, HasTheModeAskedFor) {
    const TemporaryFolder folder;
    const auto mode_of = [&](FileMode mode) {
        const fs::path path = folder.path() / "file";
        write_file(path, "x", mode);
        return fs::status(path).permissions();
    };
    EXPECT_EQ(mode_of(FileMode::normal), static_cast<fs::perms>(0644));
    EXPECT_EQ(mode_of(FileMode::secret), static_cast<fs::perms>(0400));
}

TEST(File, SaysWhyItCannotBeRead) {
    const TemporaryFolder folder;
    write_file(folder.path() / "four", "1234");
    EXPECT_EQ(read_file(folder.path() / "four", 4), "1234");
    EXPECT_EQ(error_code([&] { (void)read_file(folder.path() / "four", 3); }), "file_too_large");
    EXPECT_EQ(error_code([&] { (void)read_file(folder.path() / "none"); }), "file_not_found");
    EXPECT_EQ(error_code([&] { (void)read_file(folder.path() / "four" / "x"); }), "file_not_found");
    EXPECT_EQ(error_code([&] { (void)read_file(folder.path()); }), "file_unreadable");
    EXPECT_EQ(error_code([] { (void)read_file("/dev/zero", 100'000); }), "file_too_large");
}

TEST(File, StandsWhenTheDiskIsFull) {
    const TemporaryFolder folder;
    const fs::path path = folder.path() / "file";
    write_file(path, "old");
    {
        const FileSizeLimit limit(10'000);
        EXPECT_EQ(error_code([&] { write_file(path, std::string(20'000, 'n')); }), "disk_full");
        EXPECT_EQ(error_code([&] { append_file(path, std::string(20'000, 'n')); }), "disk_full");
    }
    EXPECT_EQ(read_file(path), "old");
    EXPECT_EQ(count_files(folder.path()), 1U);
    EXPECT_EQ(error_code([] { append_file("/dev/full", "x"); }), "disk_full");
}

TEST(File, SaysWhyItCannotBeWritten) {
    const TemporaryFolder folder;
    EXPECT_EQ(error_code([&] { write_file(folder.path() / "none" / "file", "x"); }),
              "file_unwritable");
    fs::create_directory(folder.path() / "taken");
    EXPECT_EQ(error_code([&] { write_file(folder.path() / "taken", "x"); }), "file_unwritable");
    EXPECT_EQ(error_code([&] { append_file(folder.path() / "taken", "x"); }), "file_unwritable");
    EXPECT_EQ(count_files(folder.path()), 1U);
}

TEST(File, Appends) {
    const TemporaryFolder folder;
    append_file(folder.path() / "log", "one\n");
    append_file(folder.path() / "log", "two\n");
    EXPECT_EQ(read_file(folder.path() / "log"), "one\ntwo\n");
}

TEST(TemporaryFolder, GoesWithTheObject) {
    fs::path path;
    {
        const TemporaryFolder folder;
        path = folder.path();
        write_file(path / "file", "x");
        EXPECT_TRUE(fs::is_directory(path));
    }
    EXPECT_FALSE(fs::exists(path));
}

}  // namespace
}  // namespace agate
