// SPDX-License-Identifier: Apache-2.0
#include "base/crypto.h"

#include <sodium.h>

#include <algorithm>
#include <atomic>
#include <cstring>
#include <memory>
#include <new>
#include <vector>

#include "base/error.h"

namespace agate {

namespace {

/// Must stand before the first use of the library in every thread.
void start_sodium() {
    static const int started = sodium_init();
    ensure(started >= 0, "libsodium starts");
}

std::array<std::uint8_t, 8> big_endian(std::uint64_t number) {
    std::array<std::uint8_t, 8> bytes{};
    for (std::size_t i = 0; i < 8; ++i) {
        bytes[i] = static_cast<std::uint8_t>(number >> (56 - 8 * i));
    }
    return bytes;
}

std::uint8_t* writable(std::string& text) {
    return reinterpret_cast<std::uint8_t*>(text.data());
}

constexpr std::size_t nonce_size = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t tag_size = crypto_aead_xchacha20poly1305_ietf_ABYTES;

static_assert(sizeof(crypto_hash_sha256_state) <= 128);
static_assert(alignof(crypto_hash_sha256_state) <= 16);

crypto_hash_sha256_state* hash_state(std::array<std::uint8_t, 128>& buffer) {
    return std::launder(reinterpret_cast<crypto_hash_sha256_state*>(buffer.data()));
}

}  // namespace

Digest sha256(Bytes data) {
    Digest digest{};
    crypto_hash_sha256(digest.data(), data.data(), data.size());
    return digest;
}

Sha256::Sha256() {
    // Placement only: the state lives in the object's own buffer, so that the header needs no
    // sodium.h.
    crypto_hash_sha256_init(::new (state_.data()) crypto_hash_sha256_state);
}

Sha256& Sha256::add_raw(Bytes data) {
    crypto_hash_sha256_update(hash_state(state_), data.data(), data.size());
    return *this;
}

Sha256& Sha256::add(std::int64_t number) {
    return add_raw(big_endian(static_cast<std::uint64_t>(number)));
}

Sha256& Sha256::add(Bytes data) {
    return add(static_cast<std::int64_t>(data.size())).add_raw(data);
}

Digest Sha256::finish() {
    Digest digest{};
    crypto_hash_sha256_final(hash_state(state_), digest.data());
    return digest;
}

SecretKey::SecretKey(Bytes bytes) {
    ensure(bytes.size() == bytes_.size(), "a key has 32 bytes");
    std::ranges::copy(bytes, bytes_.begin());
}

SecretKey::SecretKey(SecretKey&& other) noexcept : bytes_(other.bytes_) {
    sodium_memzero(other.bytes_.data(), other.bytes_.size());
}

SecretKey& SecretKey::operator=(SecretKey&& other) noexcept {
    if (this != &other) {
        bytes_ = other.bytes_;
        sodium_memzero(other.bytes_.data(), other.bytes_.size());
    }
    return *this;
}

SecretKey::~SecretKey() {
    sodium_memzero(bytes_.data(), bytes_.size());
}

SecretKey SecretKey::random() {
    SecretKey key;
    system_random(key.bytes_);
    return key;
}

SecretKey SecretKey::derive(std::uint64_t number, std::string_view context) const {
    ensure(context.size() == crypto_kdf_CONTEXTBYTES, "a key context has 8 characters");
    std::array<char, crypto_kdf_CONTEXTBYTES> purpose{};
    std::ranges::copy(context, purpose.begin());
    SecretKey key;
    crypto_kdf_derive_from_key(
        key.bytes_.data(), key.bytes_.size(), number, purpose.data(), bytes_.data());
    return key;
}

std::string seal(const SecretKey& key, Bytes plain, Bytes bound) {
    std::string sealed(nonce_size + plain.size() + tag_size, '\0');
    std::uint8_t* const nonce = writable(sealed);
    system_random({nonce, nonce_size});
    crypto_aead_xchacha20poly1305_ietf_encrypt(nonce + nonce_size,
                                               nullptr,
                                               plain.data(),
                                               plain.size(),
                                               bound.data(),
                                               bound.size(),
                                               nullptr,
                                               nonce,
                                               key.bytes().data());
    return sealed;
}

std::optional<std::string> open_sealed(const SecretKey& key, Bytes sealed, Bytes bound) {
    if (sealed.size() < nonce_size + tag_size) {
        return std::nullopt;
    }
    const Bytes body = sealed.subspan(nonce_size);
    std::string plain(body.size() - tag_size, '\0');
    const int opened = crypto_aead_xchacha20poly1305_ietf_decrypt(writable(plain),
                                                                  nullptr,
                                                                  nullptr,
                                                                  body.data(),
                                                                  body.size(),
                                                                  bound.data(),
                                                                  bound.size(),
                                                                  sealed.data(),
                                                                  key.bytes().data());
    return opened == 0 ? std::optional{std::move(plain)} : std::nullopt;
}

std::array<std::uint8_t, 32> box_public_key(const SecretKey& secret) {
    std::array<std::uint8_t, 32> key{};
    ensure(crypto_scalarmult_base(key.data(), secret.bytes().data()) == 0, "a public key is made");
    return key;
}

std::string seal_box(Bytes public_key, Bytes plain) {
    start_sodium();
    ensure(public_key.size() == crypto_box_PUBLICKEYBYTES, "a public key has 32 bytes");
    std::string sealed(plain.size() + crypto_box_SEALBYTES, '\0');
    crypto_box_seal(writable(sealed), plain.data(), plain.size(), public_key.data());
    return sealed;
}

std::optional<std::string> open_box(const SecretKey& secret, Bytes sealed) {
    if (sealed.size() < crypto_box_SEALBYTES) {
        return std::nullopt;
    }
    const auto public_key = box_public_key(secret);
    std::string plain(sealed.size() - crypto_box_SEALBYTES, '\0');
    const int opened = crypto_box_seal_open(
        writable(plain), sealed.data(), sealed.size(), public_key.data(), secret.bytes().data());
    return opened == 0 ? std::optional{std::move(plain)} : std::nullopt;
}

std::array<std::uint8_t, 16> keyed_hash(const SecretKey& key, Bytes data) {
    std::array<std::uint8_t, 16> hash{};
    crypto_generichash(
        hash.data(), hash.size(), data.data(), data.size(), key.bytes().data(), key.bytes().size());
    return hash;
}

std::string hash_password(std::string_view password, PasswordCost cost) {
    start_sodium();
    std::array<char, crypto_pwhash_STRBYTES> text{};
    if (crypto_pwhash_argon2id_str(
            text.data(), password.data(), password.size(), cost.passes, cost.memory_bytes) != 0) {
        throw Error(ErrorKind::unavailable, "memory_short");
    }
    return text.data();
}

bool verify_password(std::string_view hash, std::string_view password) {
    start_sodium();
    const std::string text(hash);
    return crypto_pwhash_str_verify(text.c_str(), password.data(), password.size()) == 0;
}

namespace {

struct SigningPair {
    std::array<std::uint8_t, 32> public_key{};
    std::array<std::uint8_t, 64> secret_key{};

    explicit SigningPair(const SecretKey& seed) {
        crypto_sign_seed_keypair(public_key.data(), secret_key.data(), seed.bytes().data());
    }

    ~SigningPair() { sodium_memzero(secret_key.data(), secret_key.size()); }

    SigningPair(const SigningPair&) = delete;
    SigningPair& operator=(const SigningPair&) = delete;
};

}  // namespace

std::array<std::uint8_t, 32> SigningKey::public_key() const {
    return SigningPair(seed).public_key;
}

std::array<std::uint8_t, 64> SigningKey::sign(Bytes message) const {
    const SigningPair pair(seed);
    std::array<std::uint8_t, 64> signature{};
    crypto_sign_detached(
        signature.data(), nullptr, message.data(), message.size(), pair.secret_key.data());
    return signature;
}

bool verify_signature(Bytes public_key, Bytes message, Bytes signature) {
    return public_key.size() == crypto_sign_PUBLICKEYBYTES &&
           signature.size() == crypto_sign_BYTES &&
           crypto_sign_verify_detached(
               signature.data(), message.data(), message.size(), public_key.data()) == 0;
}

bool equal_constant_time(Bytes a, Bytes b) {
    return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

std::string to_hex(Bytes data) {
    std::string text(data.size() * 2 + 1, '\0');
    sodium_bin2hex(text.data(), text.size(), data.data(), data.size());
    text.pop_back();
    return text;
}

std::optional<std::string> from_hex(std::string_view text) {
    std::string bytes(text.size() / 2, '\0');
    std::size_t size = 0;
    const char* end = nullptr;
    const int read = sodium_hex2bin(
        writable(bytes), bytes.size(), text.data(), text.size(), nullptr, &size, &end);
    const bool is_whole = read == 0 && size * 2 == text.size();
    return is_whole ? std::optional{std::move(bytes)} : std::nullopt;
}

/// RFC 4648, without padding.
std::string base32(Bytes data) {
    constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    std::string text;
    std::uint32_t bits = 0;
    int count = 0;
    for (const std::uint8_t byte : data) {
        bits = bits << 8 | byte;
        for (count += 8; count >= 5; count -= 5) {
            text += alphabet[bits >> (count - 5) & 31U];
        }
    }
    if (count > 0) {
        text += alphabet[bits << (5 - count) & 31U];
    }
    return text;
}

std::string random_token(const RandomSource& random, std::size_t bytes) {
    std::vector<std::uint8_t> drawn(bytes);
    random(drawn);
    std::string token = base32(drawn);
    std::ranges::transform(token, token.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
    });
    return token;
}

void system_random(std::span<std::uint8_t> out) {
    start_sodium();
    randombytes_buf(out.data(), out.size());
}

RandomSource seeded_random(std::uint64_t seed) {
    struct Stream {
        Digest key{};
        std::atomic<std::uint64_t> calls = 0;
    };

    // Shared by all copies of the source: each draws further from one stream, where a copied state
    // would give two holders the same ids.
    const auto stream = std::make_shared<Stream>();
    stream->key = Sha256().add("seeded_random").add(static_cast<std::int64_t>(seed)).finish();
    return [stream](std::span<std::uint8_t> out) {
        const auto nonce = big_endian(stream->calls.fetch_add(1));
        crypto_stream_chacha20(out.data(), out.size(), nonce.data(), stream->key.data());
    };
}

}  // namespace agate
