// SPDX-License-Identifier: Apache-2.0
#include "base/decimal.h"

#include <gtest/gtest.h>

#include <limits>
#include <random>

#include "base/error.h"

namespace agate {
namespace {

Decimal decimal(std::string_view text) {
    return Decimal::parse(text).value();
}

TEST(Decimal, ReadsPlainNumbersOnly) {
    struct Case {
        std::string_view text;
        std::optional<std::int64_t> nano;
    };

    const Case cases[] = {
        {"0", 0},
        {"-0", 0},
        {"12", 12'000'000'000},
        {"+4", 4'000'000'000},
        {"-3.25", -3'250'000'000},
        {"007.50", 7'500'000'000},
        {"0.000000001", 1},
        {"1.1234567890000", 1'123'456'789},
        {"1.1234567891", {}},
        {"9223372036.854775807", 9'223'372'036'854'775'807},
        {"-9223372036.854775808", std::numeric_limits<std::int64_t>::min()},
        {"9223372036.854775808", {}},
        {"-9223372036.854775809", {}},
        {"99999999999999999999999999999999999999999999", {}},
        {"", {}},
        {"-", {}},
        {"+", {}},
        {".5", {}},
        {"5.", {}},
        {"1e3", {}},
        {" 1", {}},
        {"1 ", {}},
        {"1,000", {}},
        {"--1", {}},
        {"1.2.3", {}},
        {"0x1", {}},
        {"١", {}},
        {"NaN", {}},
    };
    for (const auto& c : cases) {
        const auto parsed = Decimal::parse(c.text);
        EXPECT_EQ(parsed ? std::optional{parsed->nano()} : std::nullopt, c.nano) << c.text;
    }
}

TEST(Decimal, RoundsHalfUpTowardsPlusInfinity) {
    struct Case {
        std::string_view value;
        int decimals;
        std::string_view rounded;
    };

    const Case cases[] = {
        {"2.25", 1, "2.3"},
        {"-2.25", 1, "-2.2"},
        {"2.249999999", 1, "2.2"},
        {"-2.250000001", 1, "-2.3"},
        {"89.5", 0, "90"},
        {"-0.5", 0, "0"},
        {"-0.500000001", 0, "-1"},
        {"0.4", 0, "0"},
        {"59.95", 1, "60.0"},
        {"1.005", 2, "1.01"},
        {"3", 2, "3.00"},
        {"-0.05", 2, "-0.05"},
        {"0.123456789", 9, "0.123456789"},
    };
    for (const auto& c : cases) {
        EXPECT_EQ(decimal(c.value).to_string(c.decimals), c.rounded) << c.value;
    }
}

TEST(Decimal, WritesTheShortestExactForm) {
    for (const std::string_view text : {"0",
                                        "12",
                                        "-0.05",
                                        "3.5",
                                        "100",
                                        "0.000000001",
                                        "-9223372036.854775808",
                                        "9223372036.854775807"}) {
        EXPECT_EQ(decimal(text).to_string(), text);
    }
    EXPECT_EQ(decimal("3.500").to_string(), "3.5");
    EXPECT_EQ(decimal("12.340").decimals(), 2);
    EXPECT_EQ(Decimal{}.decimals(), 0);
}

TEST(Decimal, KeepsMilliWhereExact) {
    EXPECT_EQ(Decimal::from_milli(87'500).to_string(), "87.5");
    EXPECT_EQ(decimal("-1.234").milli(), -1'234);
    EXPECT_EQ(decimal("1.2345").milli(), std::nullopt);
}

TEST(Decimal, RefusesToWrap) {
    const Decimal most = Decimal::from_nano(std::numeric_limits<std::int64_t>::max());
    const Decimal least = Decimal::from_nano(std::numeric_limits<std::int64_t>::min());
    const Decimal grain = Decimal::from_nano(1);
    EXPECT_THROW((void)(most + grain), Error);
    EXPECT_THROW((void)(least - grain), Error);
    EXPECT_THROW((void)-least, Error);
    EXPECT_THROW((void)most.rounded(0), Error);
    EXPECT_THROW((void)divide_half_up(Int128{1} << 100, 1, 0), Error);
    EXPECT_THROW((void)grain.rounded(10), Bug);
    EXPECT_THROW((void)divide_half_up(1, 0, 0), Bug);
    EXPECT_EQ(most + least, Decimal::from_nano(-1));
}

/// Two and a half definitions of half up: the library's and floor(x / unit + 1/2) on fractions.
TEST(Decimal, DividesLikeTheDefinition) {
    std::mt19937_64 random(20'260'901);
    for (int i = 0; i < 20'000; ++i) {
        const Int128 numerator = static_cast<std::int64_t>(random() >> (random() % 40 + 4)) *
                                 (random() % 2 == 0 ? Int128{1} : Int128{-1});
        const Int128 denominator = static_cast<std::int64_t>(random() % 2'000'000 + 1);
        const int decimals = static_cast<int>(random() % 10);
        Int128 unit = 1;
        for (int place = decimals; place < 9; ++place) {
            unit *= 10;
        }
        const Int128 doubled = 2 * numerator + denominator * unit;
        const Int128 divisor = 2 * denominator * unit;
        const Int128 whole = doubled / divisor - (doubled % divisor < 0 ? 1 : 0);
        EXPECT_EQ(divide_half_up(numerator, denominator, decimals).nano(),
                  static_cast<std::int64_t>(whole * unit));
    }
}

TEST(Decimal, TextGoesRoundTrip) {
    std::mt19937_64 random(7);
    for (int i = 0; i < 20'000; ++i) {
        const auto value =
            Decimal::from_nano(static_cast<std::int64_t>(random()) >> (random() % 60));
        EXPECT_EQ(Decimal::parse(value.to_string()), value);
    }
}

TEST(Decimal, Clamps) {
    const auto clamped = [](std::string_view text) {
        return clamp(decimal(text), decimal("0"), decimal("100")).to_string();
    };
    EXPECT_EQ(clamped("-1"), "0");
    EXPECT_EQ(clamped("99.9"), "99.9");
    EXPECT_EQ(clamped("100.1"), "100");
}

}  // namespace
}  // namespace agate
