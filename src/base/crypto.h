// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/id.h"

// Thin wrapper over libsodium and the only file that knows it. Every function is safe to call from
// any thread. Keys are wiped when they go.
namespace agate {

using Bytes = std::span<const std::uint8_t>;

[[nodiscard]] inline Bytes as_bytes(std::string_view text) {
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

using Digest = std::array<std::uint8_t, 32>;

[[nodiscard]] Digest sha256(Bytes data);

/// SHA-256 in pieces. Numbers go in as 8 bytes big endian; text and blobs with their length first,
/// so that no two different inputs share their bytes.
class Sha256 {
public:
    Sha256();
    Sha256& add(Bytes data);

    Sha256& add(std::string_view text) { return add(as_bytes(text)); }

    Sha256& add(std::int64_t number);
    Sha256& add_raw(Bytes data);
    [[nodiscard]] Digest finish();

private:
    alignas(16) std::array<std::uint8_t, 128> state_{};
};

/// 32 secret bytes, wiped on destruction; movable, not copyable.
class SecretKey {
public:
    SecretKey() = default;
    explicit SecretKey(Bytes bytes);
    SecretKey(SecretKey&& other) noexcept;
    SecretKey& operator=(SecretKey&& other) noexcept;
    SecretKey(const SecretKey&) = delete;
    SecretKey& operator=(const SecretKey&) = delete;
    ~SecretKey();

    [[nodiscard]] static SecretKey random();
    /// A key for one purpose out of this one (crypto_kdf): `context` has exactly 8 characters.
    [[nodiscard]] SecretKey derive(std::uint64_t number, std::string_view context) const;

    [[nodiscard]] Bytes bytes() const { return bytes_; }

private:
    std::array<std::uint8_t, 32> bytes_{};
};

/// XChaCha20-Poly1305 with a random 24-byte nonce in front. `bound` is authenticated, not stored:
/// the cell's place, so that cells cannot be swapped.
[[nodiscard]] std::string seal(const SecretKey& key, Bytes plain, Bytes bound);
/// Nothing when the key, the place or a byte is wrong.
[[nodiscard]] std::optional<std::string> open_sealed(const SecretKey& key,
                                                     Bytes sealed,
                                                     Bytes bound);

/// For the holder of the private half alone (X25519, crypto_box_seal).
[[nodiscard]] std::array<std::uint8_t, 32> box_public_key(const SecretKey& secret);
[[nodiscard]] std::string seal_box(Bytes public_key, Bytes plain);
/// Nothing when it was sealed for another key or is damaged.
[[nodiscard]] std::optional<std::string> open_box(const SecretKey& secret, Bytes sealed);

/// Keyed BLAKE2b, 16 bytes: blind indexes and rater tags.
[[nodiscard]] std::array<std::uint8_t, 16> keyed_hash(const SecretKey& key, Bytes data);

/// Argon2id. `opslimit` passes over `memory_bytes`; the text form carries its parameters.
struct PasswordCost {
    std::uint64_t passes = 2;
    std::size_t memory_bytes = 19U << 20;
};

[[nodiscard]] std::string hash_password(std::string_view password, PasswordCost cost = {});
[[nodiscard]] bool verify_password(std::string_view hash, std::string_view password);

/// Ed25519.
struct SigningKey {
    SecretKey seed;
    [[nodiscard]] std::array<std::uint8_t, 32> public_key() const;
    [[nodiscard]] std::array<std::uint8_t, 64> sign(Bytes message) const;
};

[[nodiscard]] bool verify_signature(Bytes public_key, Bytes message, Bytes signature);

/// RFC 6238, SHA-1, 30 s, 6 digits, as authenticator apps expect.
[[nodiscard]] std::string totp_code(Bytes secret, std::int64_t step);
[[nodiscard]] std::string base32(Bytes data);

[[nodiscard]] bool equal_constant_time(Bytes a, Bytes b);
[[nodiscard]] std::string to_hex(Bytes data);
[[nodiscard]] std::optional<std::string> from_hex(std::string_view text);

/// The system's randomness, as a RandomSource.
void system_random(std::span<std::uint8_t> out);
/// `bits` of randomness in url-safe letters and digits.
[[nodiscard]] std::string random_token(const RandomSource& random, std::size_t bytes);

/// Repeatable pseudo-randomness for demonstrations and tests (ChaCha20 of a seed). Never for keys.
[[nodiscard]] RandomSource seeded_random(std::uint64_t seed);

}  // namespace agate
