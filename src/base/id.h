// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/day.h"

namespace agate {

/// Where randomness comes from; given from outside, so that a seeded source makes a whole run
/// repeatable. Fills the span.
using RandomSource = std::function<void(std::span<std::uint8_t>)>;

/// Where the time comes from.
using Clock = std::function<Instant()>;

using UuidBytes = std::array<std::uint8_t, 16>;

/// RFC 9562 version 7: time first, so that ids of one school grow with time.
[[nodiscard]] UuidBytes make_uuid7(Instant now, const RandomSource& random);
[[nodiscard]] std::string format_uuid(const UuidBytes& bytes);
[[nodiscard]] std::optional<UuidBytes> parse_uuid(std::string_view text);

/// An id of 16 bytes. Tag tells ids of different things apart.
template <class Tag>
struct Uuid {
    UuidBytes bytes{};

    [[nodiscard]] static Uuid make(Instant now, const RandomSource& random) {
        return {make_uuid7(now, random)};
    }

    [[nodiscard]] static std::optional<Uuid> parse(std::string_view text) {
        const auto parsed = parse_uuid(text);
        return parsed ? std::optional<Uuid>{Uuid{*parsed}} : std::nullopt;
    }

    [[nodiscard]] std::string to_string() const { return format_uuid(bytes); }

    [[nodiscard]] bool is_nil() const { return *this == Uuid{}; }

    friend auto operator<=>(const Uuid&, const Uuid&) = default;
};

/// An id that is a whole number (organisations, periods).
template <class Tag>
struct NumberId {
    std::int64_t value = 0;

    friend auto operator<=>(NumberId, NumberId) = default;
};

}  // namespace agate

template <class Tag>
struct std::hash<agate::Uuid<Tag>> {
    std::size_t operator()(const agate::Uuid<Tag>& id) const noexcept {
        std::size_t value = 0;
        for (std::size_t i = 8; i < 16; ++i) {
            value = (value << 8) | id.bytes[i];
        }
        return value;
    }
};

template <class Tag>
struct std::hash<agate::NumberId<Tag>> {
    std::size_t operator()(agate::NumberId<Tag> id) const noexcept {
        return std::hash<std::int64_t>{}(id.value);
    }
};
