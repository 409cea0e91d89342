// SPDX-License-Identifier: Apache-2.0
#include "base/id.h"

#include <algorithm>

namespace agate {

namespace {

constexpr std::string_view hex_digits = "0123456789abcdef";

bool is_hyphen_place(std::size_t index) {
    return index == 8 || index == 13 || index == 18 || index == 23;
}

std::optional<std::uint8_t> hex_value(char c) {
    if (c >= '0' && c <= '9') {
        return static_cast<std::uint8_t>(c - '0');
    }
    const char lower = static_cast<char>(c | 0x20);
    if (lower >= 'a' && lower <= 'f') {
        return static_cast<std::uint8_t>(lower - 'a' + 10);
    }
    return std::nullopt;
}

}  // namespace

UuidBytes make_uuid7(Instant now, const RandomSource& random) {
    UuidBytes bytes{};
    random(std::span{bytes}.subspan(8));
    const auto micros = static_cast<std::uint64_t>(std::max<std::int64_t>(now.micros, 0));
    const std::uint64_t millis = micros / 1'000;
    for (std::size_t i = 0; i < 6; ++i) {
        bytes[i] = static_cast<std::uint8_t>(millis >> (40 - 8 * i));
    }
    // RFC 9562 6.2 method 3: the fraction of the millisecond takes the 12 bits of rand_a, so that
    // ids made one after another also sort so.
    const std::uint64_t fraction = micros % 1'000 * 4'096 / 1'000;
    bytes[6] = static_cast<std::uint8_t>(0x70 | (fraction >> 8));
    bytes[7] = static_cast<std::uint8_t>(fraction);
    bytes[8] = static_cast<std::uint8_t>(0x80 | (bytes[8] & 0x3f));
    return bytes;
}

std::string format_uuid(const UuidBytes& bytes) {
    std::string text;
    text.reserve(36);
    for (const std::uint8_t byte : bytes) {
        if (is_hyphen_place(text.size())) {
            text += '-';
        }
        text += hex_digits[byte >> 4];
        text += hex_digits[byte & 15];
    }
    return text;
}

std::optional<UuidBytes> parse_uuid(std::string_view text) {
    if (text.size() != 36) {
        return std::nullopt;
    }
    UuidBytes bytes{};
    std::size_t nibble = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (is_hyphen_place(i)) {
            if (text[i] != '-') {
                return std::nullopt;
            }
            continue;
        }
        const auto value = hex_value(text[i]);
        if (!value) {
            return std::nullopt;
        }
        auto& byte = bytes[nibble / 2];
        byte = static_cast<std::uint8_t>(byte << 4 | *value);
        ++nibble;
    }
    return bytes;
}

}  // namespace agate
