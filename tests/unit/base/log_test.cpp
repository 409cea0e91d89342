// SPDX-License-Identifier: Apache-2.0
#include "base/log.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace agate {
namespace {

TEST(Log, WritesOneLineFromTheLowestLevelUp) {
    testing::internal::CaptureStderr();
    set_log_level(LogLevel::warning);
    log(LogLevel::info, "unheard");
    log(LogLevel::warning, "heard");
    set_log_level(LogLevel::info);
    const std::string written = testing::internal::GetCapturedStderr();
    EXPECT_THAT(written, testing::MatchesRegex("[0-9-]+ [0-9:]+ warning heard\n"));
}

}  // namespace
}  // namespace agate
