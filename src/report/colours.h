// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

// The colours of the printed page. Mixtures are opaque, so that a page needs no transparency and
// a grey printer keeps the steps.
namespace agate::report {

struct Colour {
    double red = 0;
    double green = 0;
    double blue = 0;

    friend constexpr bool operator==(Colour, Colour) = default;
};

[[nodiscard]] constexpr Colour hex(std::uint32_t rgb) {
    return {static_cast<double>((rgb >> 16) & 0xFFU) / 255,
            static_cast<double>((rgb >> 8) & 0xFFU) / 255,
            static_cast<double>(rgb & 0xFFU) / 255};
}

inline constexpr Colour white = hex(0xFFFFFF);
inline constexpr Colour ink = hex(0x2A2320);
inline constexpr Colour ink_2 = hex(0x5E534C);
inline constexpr Colour ink_3 = hex(0x756A61);
inline constexpr Colour line_soft = hex(0xE0D5C6);
inline constexpr Colour line_pen = hex(0xBCAE9C);
inline constexpr Colour sunk = hex(0xF6F0E7);
inline constexpr Colour warn = hex(0x8A5A00);

/// One content's colours: areas, the disc behind its character, words, and a pale ground.
struct Mineral {
    Colour fill;
    Colour pebble;
    Colour text;
    Colour tint;
};

/// By place in the framework's order; from the sixth on all are brown and the character tells.
[[nodiscard]] constexpr Mineral mineral(std::size_t place) {
    constexpr std::array<Mineral, 5> five{{
        {hex(0xA93E27), hex(0xA93E27), hex(0x8E3220), hex(0xF8E9E4)},
        {hex(0x2A6BBF), hex(0x2A6BBF), hex(0x1F5596), hex(0xE6EEF8)},
        {hex(0x3B9A80), hex(0x2E8069), hex(0x22705C), hex(0xE2F1EC)},
        {hex(0x7F4478), hex(0x7F4478), hex(0x6F3866), hex(0xF2E8F0)},
        {hex(0xB57D20), hex(0x946617), hex(0x7D540C), hex(0xF8EEDA)},
    }};
    constexpr Mineral brown{hex(0x5E534C), hex(0x5E534C), hex(0x5E534C), hex(0xF3ECE1)};
    return place < five.size() ? five[place] : brown;
}

/// `share` of white in it, 0 to 1.
[[nodiscard]] constexpr Colour lighten(Colour colour, double share) {
    return {colour.red + (1 - colour.red) * share,
            colour.green + (1 - colour.green) * share,
            colour.blue + (1 - colour.blue) * share};
}

/// Colour of layer `layer` (0 the lowest) of `layers`: the deeper, the higher.
[[nodiscard]] constexpr Colour layer_colour(Colour fill, int layer, int layers) {
    constexpr std::array<double, 4> pale{0.62, 0.40, 0.18, 0.0};
    if (layers <= 1) {
        return fill;
    }
    const double place = 3.0 * layer / (layers - 1);
    const auto below = static_cast<std::size_t>(place);
    const std::size_t above = below < 3 ? below + 1 : 3;
    const double part = place - static_cast<double>(below);
    return lighten(fill, pale[below] * (1 - part) + pale[above] * part);
}

}  // namespace agate::report
