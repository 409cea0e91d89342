// SPDX-License-Identifier: Apache-2.0
#include "base/embedded.h"

#include <gtest/gtest.h>

#include "base/file.h"
#include "base/words.h"

namespace agate {
namespace {

TEST(Embedded, FindsByExactPath) {
    const EmbeddedFile files[] = {{"a/b.txt", "one"}, {"a/c.txt", ""}};
    EXPECT_EQ(find_file(files, "a/b.txt"), "one");
    EXPECT_EQ(find_file(files, "a/c.txt"), "");
    EXPECT_EQ(find_file(files, "b.txt"), std::nullopt);
    EXPECT_EQ(find_file({}, "a/b.txt"), std::nullopt);
}

TEST(Embedded, HoldsTheFilesOfTheTree) {
    const std::filesystem::path source = AGATE_SOURCE_DIR;
    EXPECT_FALSE(embedded::words().empty());
    for (const auto& file : embedded::words()) {
        EXPECT_EQ(file.bytes, read_file(source / "words" / file.path)) << file.path;
    }
}

}  // namespace
}  // namespace agate
