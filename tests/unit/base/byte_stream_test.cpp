// SPDX-License-Identifier: Apache-2.0
#include "base/byte_stream.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <limits>
#include <vector>

#include "base/error.h"

namespace agate {
namespace {

using namespace std::string_view_literals;

std::vector<std::uint64_t> edge_numbers() {
    std::vector<std::uint64_t> numbers = {0, std::numeric_limits<std::uint64_t>::max()};
    for (unsigned bit = 0; bit < 64; ++bit) {
        const std::uint64_t power = std::uint64_t{1} << bit;
        numbers.insert(numbers.end(), {power - 1, power, power + 1});
    }
    return numbers;
}

TEST(ByteStream, NumbersGoRoundTrip) {
    ByteWriter out;
    for (const std::uint64_t number : edge_numbers()) {
        out.put_number(number);
        out.put_signed(static_cast<std::int64_t>(number));
        out.put_signed(-static_cast<std::int64_t>(number / 2));
    }
    out.put_text("玛瑙");
    out.put_byte(7);
    const std::string bytes = out.take();
    ByteReader in(bytes, "result_unreadable");
    for (const std::uint64_t number : edge_numbers()) {
        EXPECT_EQ(in.take_number(), number);
        EXPECT_EQ(in.take_signed(), static_cast<std::int64_t>(number));
        EXPECT_EQ(in.take_signed(), -static_cast<std::int64_t>(number / 2));
    }
    EXPECT_EQ(in.take_text(), "玛瑙");
    EXPECT_EQ(in.take_byte(), 7);
    EXPECT_TRUE(in.at_end());
    EXPECT_THROW((void)in.take_byte(), Error);
}

TEST(ByteStream, SmallNumbersAreOneByte) {
    ByteWriter out;
    out.put_number(127);
    out.put_signed(-64);
    out.put_signed(63);
    EXPECT_EQ(out.take(), "\x7f\x7f\x7e"sv);
}

TEST(ByteStream, RefusesWhatTheWriterNeverWrites) {
    for (const auto bytes : {""sv,
                             "\x80"sv,
                             "\x80\x00"sv,
                             "\xff\xff\xff\xff\xff\xff\xff\xff\xff\x02"sv,
                             "\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01"sv}) {
        ByteReader in(bytes, "result_unreadable");
        EXPECT_THROW((void)in.take_number(), Error);
    }
    ByteReader text("\x05玛"sv, "result_unreadable");
    EXPECT_THROW((void)text.take_text(), Error);
    ByteReader count("\x03\x00\x00\x00\x00\x00"sv, "result_unreadable");
    EXPECT_THROW((void)count.take_count(2), Error);
}

}  // namespace
}  // namespace agate
