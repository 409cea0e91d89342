// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <bit>

#include "base/crypto.h"

// SHA-1 and HMAC stand here because libsodium leaves SHA-1 out and authenticator apps know nothing
// else. Nothing but one-time codes may use them.
namespace agate {

namespace {

constexpr std::size_t block_size = 64;
using Sha1Digest = std::array<std::uint8_t, 20>;
using Sha1State = std::array<std::uint32_t, 5>;

/// FIPS 180-4, 6.1.2.
void add_block(Sha1State& state, Bytes block) {
    std::array<std::uint32_t, 80> w{};
    for (std::size_t i = 0; i < block_size; ++i) {
        w[i / 4] = w[i / 4] << 8 | block[i];
    }
    for (std::size_t i = 16; i < 80; ++i) {
        w[i] = std::rotl(w[i - 3] ^ w[i - 8] ^ w[i - 14] ^ w[i - 16], 1);
    }
    auto [a, b, c, d, e] = state;
    for (std::size_t i = 0; i < 80; ++i) {
        std::uint32_t mixed = 0;
        if (i < 20) {
            mixed = ((b & c) | (~b & d)) + 0x5a827999U;
        } else if (i < 40) {
            mixed = (b ^ c ^ d) + 0x6ed9eba1U;
        } else if (i < 60) {
            mixed = ((b & c) | (b & d) | (c & d)) + 0x8f1bbcdcU;
        } else {
            mixed = (b ^ c ^ d) + 0xca62c1d6U;
        }
        const std::uint32_t next = std::rotl(a, 5) + mixed + e + w[i];
        e = d;
        d = c;
        c = std::rotl(b, 30);
        b = a;
        a = next;
    }
    state = {state[0] + a, state[1] + b, state[2] + c, state[3] + d, state[4] + e};
}

Sha1Digest sha1(Bytes data) {
    std::string padded(reinterpret_cast<const char*>(data.data()), data.size());
    padded += '\x80';
    padded.append((2 * block_size - 8 - padded.size() % block_size) % block_size, '\0');
    const std::uint64_t bits = std::uint64_t{data.size()} * 8;
    for (int shift = 56; shift >= 0; shift -= 8) {
        padded += static_cast<char>(bits >> shift);
    }
    Sha1State state = {0x67452301U, 0xefcdab89U, 0x98badcfeU, 0x10325476U, 0xc3d2e1f0U};
    for (Bytes rest = as_bytes(padded); !rest.empty(); rest = rest.subspan(block_size)) {
        add_block(state, rest.first(block_size));
    }
    Sha1Digest digest{};
    for (std::size_t i = 0; i < digest.size(); ++i) {
        digest[i] = static_cast<std::uint8_t>(state[i / 4] >> (24 - 8 * (i % 4)));
    }
    return digest;
}

std::string text_of(Bytes bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

/// RFC 2104.
Sha1Digest hmac_sha1(Bytes key, std::string_view message) {
    std::string block = text_of(key);
    if (block.size() > block_size) {
        block = text_of(sha1(key));
    }
    block.resize(block_size);
    std::string inner = block;
    std::string outer = block;
    std::ranges::transform(
        inner, inner.begin(), [](char c) { return static_cast<char>(c ^ 0x36); });
    std::ranges::transform(
        outer, outer.begin(), [](char c) { return static_cast<char>(c ^ 0x5c); });
    const Sha1Digest first = sha1(as_bytes(inner.append(message)));
    return sha1(as_bytes(outer.append(text_of(first))));
}

}  // namespace

std::string totp_code(Bytes secret, std::int64_t step) {
    std::string counter;
    for (int shift = 56; shift >= 0; shift -= 8) {
        counter += static_cast<char>(step >> shift);
    }
    const Sha1Digest hash = hmac_sha1(secret, counter);
    // RFC 4226, 5.3: the last four bits say where the 31 bits of the code begin.
    const std::size_t offset = hash.back() & 15U;
    std::uint32_t number = 0;
    for (std::size_t i = 0; i < 4; ++i) {
        number = number << 8 | hash[offset + i];
    }
    return fmt::format("{:06}", (number & 0x7fffffffU) % 1'000'000U);
}

}  // namespace agate
