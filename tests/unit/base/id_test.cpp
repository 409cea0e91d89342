// SPDX-License-Identifier: Apache-2.0
#include "base/id.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <unordered_set>

#include "base/crypto.h"

namespace agate {
namespace {

using ThingId = Uuid<struct ThingTag>;

TEST(Uuid, HasVersionSevenAndTheTime) {
    const RandomSource ones = [](std::span<std::uint8_t> out) { std::ranges::fill(out, 0xff); };
    // The example of RFC 9562, A.6: 2022-02-22T14:22:22 -05:00 is 017F22E2-79B0.
    const Instant instant{1'645'557'742'000'000};
    const std::string text = format_uuid(make_uuid7(instant, ones));
    EXPECT_EQ(text, "017f22e2-79b0-7000-bfff-ffffffffffff");
    EXPECT_EQ(format_uuid(make_uuid7({instant.micros + 999}, ones)),
              "017f22e2-79b0-7ffb-bfff-ffffffffffff");
}

TEST(Uuid, GrowsWithTime) {
    const auto random = seeded_random(1);
    auto before = ThingId::make({1'000'000'000}, random);
    for (std::int64_t micros = 1'000'000'001; micros < 1'000'005'000; ++micros) {
        const auto after = ThingId::make({micros}, random);
        ASSERT_LT(before, after);
        before = after;
    }
}

TEST(Uuid, IsNeverMadeTwice) {
    const auto random = seeded_random(2);
    std::unordered_set<ThingId> ids;
    for (int i = 0; i < 10'000; ++i) {
        EXPECT_TRUE(ids.insert(ThingId::make({5}, random)).second);
    }
}

TEST(Uuid, TextGoesRoundTrip) {
    const auto random = seeded_random(3);
    for (int i = 0; i < 1'000; ++i) {
        const auto id = ThingId::make({i * 1'000'003LL}, random);
        EXPECT_EQ(ThingId::parse(id.to_string()), id);
    }
    EXPECT_EQ(ThingId::parse("017F22E2-79B0-7CC3-98C4-DC0C0C07398F")->to_string(),
              "017f22e2-79b0-7cc3-98c4-dc0c0c07398f");
    EXPECT_TRUE(ThingId{}.is_nil());
}

TEST(Uuid, RefusesOtherForms) {
    for (const std::string_view text : {"",
                                        "017f22e2-79b0-7cc3-98c4-dc0c0c07398",
                                        "017f22e2-79b0-7cc3-98c4-dc0c0c07398f0",
                                        "017f22e279b0-7cc3-98c4-dc0c0c0-7398f",
                                        "{17f22e2-79b0-7cc3-98c4-dc0c0c07398}",
                                        "017f22e2-79b0-7cc3-98c4-dc0c0c07398g",
                                        "017f22e2 79b0 7cc3 98c4 dc0c0c07398f"}) {
        EXPECT_EQ(parse_uuid(text), std::nullopt) << text;
    }
}

}  // namespace
}  // namespace agate
