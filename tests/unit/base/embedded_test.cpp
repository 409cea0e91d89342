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
    const auto source = std::filesystem::path(AGATE_SOURCE_DIR) / "words" / "base.csv";
    EXPECT_EQ(find_file(embedded::words(), "base.csv"), read_file(source));
}

}  // namespace
}  // namespace agate
