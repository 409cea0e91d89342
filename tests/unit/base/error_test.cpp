// SPDX-License-Identifier: Apache-2.0
#include "base/error.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace agate {
namespace {

using testing::HasSubstr;

TEST(Error, CarriesWordsForThePersonAndTheLog) {
    const Error error(ErrorKind::conflict, "period_closed", {{"name", "上学期"}}, "run 7");
    EXPECT_EQ(error.kind, ErrorKind::conflict);
    EXPECT_EQ(error.code, "period_closed");
    EXPECT_EQ(error.detail, "run 7");
    EXPECT_STREQ(error.what(), "period_closed name=上学期: run 7");
    EXPECT_STREQ(Error(ErrorKind::internal, "plain").what(), "plain");
}

TEST(Ensure, NamesThePlace) {
    EXPECT_NO_THROW(ensure(true, "fine"));
    try {
        ensure(false, "the sum is 100");
        FAIL();
    } catch (const Bug& bug) {
        EXPECT_THAT(bug.what(), HasSubstr("error_test.cpp"));
        EXPECT_THAT(bug.what(), HasSubstr("the sum is 100"));
    }
}

}  // namespace
}  // namespace agate
