// SPDX-License-Identifier: Apache-2.0
#include "base/crypto.h"

#include <gtest/gtest.h>

#include <set>
#include <utility>

#include "base/error.h"

namespace agate {
namespace {

using namespace std::string_view_literals;

SecretKey key_of(std::uint8_t first) {
    std::array<std::uint8_t, 32> bytes{};
    bytes[0] = first;
    return SecretKey(bytes);
}

Bytes bytes_of(const std::string& text) {
    return as_bytes(text);
}

std::string bytes_from(std::string_view hex) {
    return from_hex(hex).value();
}

TEST(Sha256, MatchesTheStandard) {
    EXPECT_EQ(to_hex(sha256(as_bytes(""))),
              "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    EXPECT_EQ(to_hex(sha256(as_bytes("abc"))),
              "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    EXPECT_EQ(to_hex(Sha256()
                         .add_raw(as_bytes("abcdbcdecdefdefgefghfghighijhi"))
                         .add_raw(as_bytes("jkijkljklmklmnlmnomnopnopq"))
                         .finish()),
              "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}

TEST(Sha256, DifferentInputsShareNoBytes) {
    EXPECT_EQ(Sha256().add("ab").finish(),
              Sha256().add_raw(as_bytes("\0\0\0\0\0\0\0\2ab"sv)).finish());
    EXPECT_EQ(Sha256().add(std::int64_t{258}).finish(),
              Sha256().add_raw(as_bytes("\0\0\0\0\0\0\1\2"sv)).finish());
    EXPECT_NE(Sha256().add("a").add("bc").finish(), Sha256().add("ab").add("c").finish());
}

TEST(Sha256, MayBeCopiedMidway) {
    Sha256 one;
    one.add("common");
    Sha256 two = one;
    EXPECT_EQ(one.add("x").finish(), two.add("x").finish());
}

TEST(SecretKey, MovesAndLeavesNothing) {
    SecretKey from = key_of(7);
    const SecretKey to = std::move(from);
    EXPECT_EQ(to.bytes()[0], 7);
    EXPECT_EQ(from.bytes()[0], 0);  // NOLINT(bugprone-use-after-move): the wiping is the point
    EXPECT_FALSE(equal_constant_time(SecretKey::random().bytes(), SecretKey::random().bytes()));
    EXPECT_THROW(SecretKey(as_bytes("short")), Bug);
}

TEST(SecretKey, DerivesOneKeyForEachPurpose) {
    const SecretKey key = key_of(1);
    std::set<std::string> derived;
    for (const std::uint64_t number : {0U, 1U}) {
        for (const auto context : {"school__"sv, "person__"sv}) {
            derived.insert(to_hex(key.derive(number, context).bytes()));
            derived.insert(to_hex(key.derive(number, context).bytes()));
        }
    }
    EXPECT_EQ(derived.size(), 4U);
    EXPECT_THROW((void)key.derive(0, "short"), Bug);
}

TEST(Seal, OpensOnlyWithTheKeyInThePlace) {
    const SecretKey key = key_of(1);
    const std::string text = "330102200901011234";
    const std::string sealed = seal(key, as_bytes(text), as_bytes("person 7, number"));
    EXPECT_EQ(sealed.size(), text.size() + 24 + 16);
    EXPECT_EQ(open_sealed(key, as_bytes(sealed), as_bytes("person 7, number")), text);
    EXPECT_EQ(open_sealed(key, as_bytes(sealed), as_bytes("person 8, number")), std::nullopt);
    EXPECT_EQ(open_sealed(key_of(2), as_bytes(sealed), as_bytes("person 7, number")), std::nullopt);
    EXPECT_NE(seal(key, as_bytes(text), {}), seal(key, as_bytes(text), {}));
}

TEST(Seal, NoticesEveryChangedByte) {
    const SecretKey key = key_of(1);
    const std::string sealed = seal(key, as_bytes("text"), {});
    for (std::size_t i = 0; i < sealed.size(); ++i) {
        std::string changed = sealed;
        changed[i] = static_cast<char>(changed[i] ^ 1);
        EXPECT_EQ(open_sealed(key, as_bytes(changed), {}), std::nullopt);
        EXPECT_EQ(open_sealed(key, as_bytes(sealed.substr(0, i)), {}), std::nullopt);
    }
    EXPECT_EQ(open_sealed(key, as_bytes(seal(key, {}, {})), {}), "");
}

TEST(Box, OpensForTheHolderOfTheSecretHalfAlone) {
    const SecretKey secret = SecretKey::random();
    const std::string sealed = seal_box(box_public_key(secret), as_bytes("the keys"));
    EXPECT_EQ(open_box(secret, as_bytes(sealed)), "the keys");
    EXPECT_EQ(open_box(key_of(2), as_bytes(sealed)), std::nullopt);
    EXPECT_EQ(open_box(secret, as_bytes(sealed.substr(0, 20))), std::nullopt);
    std::string changed = sealed;
    changed.back() = static_cast<char>(changed.back() ^ 1);
    EXPECT_EQ(open_box(secret, as_bytes(changed)), std::nullopt);
    EXPECT_EQ(open_box(secret, as_bytes(seal_box(box_public_key(secret), {}))), "");
    EXPECT_THROW((void)seal_box(as_bytes("short"), {}), Bug);
}

TEST(KeyedHash, DependsOnKeyAndData) {
    EXPECT_EQ(keyed_hash(key_of(1), as_bytes("x")), keyed_hash(key_of(1), as_bytes("x")));
    EXPECT_NE(keyed_hash(key_of(1), as_bytes("x")), keyed_hash(key_of(2), as_bytes("x")));
    EXPECT_NE(keyed_hash(key_of(1), as_bytes("x")), keyed_hash(key_of(1), as_bytes("y")));
}

TEST(Password, IsVerifiedAndSalted) {
    const PasswordCost cheap{.passes = 1, .memory_bytes = 8'192};
    const std::string hash = hash_password("玛瑙 1", cheap);
    EXPECT_TRUE(hash.starts_with("$argon2id$v=19$m=8,t=1,p=1$")) << hash;
    EXPECT_TRUE(verify_password(hash, "玛瑙 1"));
    EXPECT_FALSE(verify_password(hash, "玛瑙 2"));
    EXPECT_FALSE(verify_password("", "玛瑙 1"));
    EXPECT_FALSE(verify_password("$argon2id$nonsense", "玛瑙 1"));
    EXPECT_NE(hash, hash_password("玛瑙 1", cheap));
}

TEST(Ed25519, MatchesRfc8032) {
    struct Case {
        std::string_view seed, public_key, message, signature;
    };

    const Case cases[] = {
        {"9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
         "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
         "",
         "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701"
         "cf9b46bd25bf5f0595bbe24655141438e7a100b"},
        {"4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
         "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
         "72",
         "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d"
         "0f11d8c387b2eaeb4302aeeb00d291612bb0c00"},
    };
    for (const auto& c : cases) {
        const SigningKey key{.seed = SecretKey(bytes_of(bytes_from(c.seed)))};
        const std::string message = bytes_from(c.message);
        const auto signature = key.sign(as_bytes(message));
        EXPECT_EQ(to_hex(key.public_key()), c.public_key);
        EXPECT_EQ(to_hex(signature), c.signature);
        EXPECT_TRUE(verify_signature(key.public_key(), as_bytes(message), signature));
        EXPECT_FALSE(verify_signature(key.public_key(), as_bytes(message + "x"), signature));
        EXPECT_FALSE(verify_signature({}, as_bytes(message), signature));
        EXPECT_FALSE(verify_signature(key.public_key(), as_bytes(message), {}));
    }
}

TEST(Totp, MatchesRfc6238) {
    struct Case {
        std::int64_t second;
        std::string_view code;  // last six of the RFC's eight digits
    };

    const Case cases[] = {
        {59, "287082"},
        {1'111'111'109, "081804"},
        {1'111'111'111, "050471"},
        {1'234'567'890, "005924"},
        {2'000'000'000, "279037"},
        {20'000'000'000, "353130"},
    };
    for (const auto& c : cases) {
        EXPECT_EQ(totp_code(as_bytes("12345678901234567890"), c.second / 30), c.code);
    }
}

TEST(Totp, TakesKeysLongerThanABlock) {
    // Computed with an independent implementation of RFC 6238.
    const std::string key(80, '\xaa');
    EXPECT_EQ(totp_code(as_bytes(key), 1), "650725");
}

TEST(Base32, MatchesRfc4648) {
    const std::pair<std::string_view, std::string_view> cases[] = {
        {"", ""},
        {"f", "MY"},
        {"fo", "MZXQ"},
        {"foo", "MZXW6"},
        {"foob", "MZXW6YQ"},
        {"fooba", "MZXW6YTB"},
        {"foobar", "MZXW6YTBOI"},
    };
    for (const auto& [data, text] : cases) {
        EXPECT_EQ(base32(as_bytes(data)), text);
    }
}

TEST(Hex, GoesRoundTrip) {
    EXPECT_EQ(to_hex(as_bytes("\x00\x7f\xff"sv)), "007fff");
    EXPECT_EQ(from_hex("007FFf"), std::string("\x00\x7f\xff", 3));
    EXPECT_EQ(from_hex(""), "");
    for (const auto text : {"0"sv, "0g"sv, "00 "sv, "0x00"sv, "000"sv}) {
        EXPECT_EQ(from_hex(text), std::nullopt) << text;
    }
}

TEST(Random, SeededIsRepeatableAndItsCopiesShareOneStream) {
    const auto draw = [](const RandomSource& source) { return random_token(source, 16); };
    const auto first = seeded_random(5);
    const auto again = seeded_random(5);
    const RandomSource copy = first;
    const std::string one = draw(first);
    const std::string two = draw(copy);
    EXPECT_NE(one, two);
    EXPECT_EQ(one, draw(again));
    EXPECT_EQ(two, draw(again));
    EXPECT_NE(one, draw(seeded_random(6)));
}

TEST(Random, TokensAreLettersAndDigits) {
    std::set<std::string> tokens;
    for (int i = 0; i < 100; ++i) {
        const std::string token = random_token(system_random, 20);
        EXPECT_EQ(token.size(), 32U);
        EXPECT_EQ(token.find_first_not_of("abcdefghijklmnopqrstuvwxyz234567"), std::string::npos);
        EXPECT_TRUE(tokens.insert(token).second);
    }
}

TEST(ConstantTime, ComparesLengthToo) {
    EXPECT_TRUE(equal_constant_time(as_bytes("ab"), as_bytes("ab")));
    EXPECT_FALSE(equal_constant_time(as_bytes("ab"), as_bytes("ac")));
    EXPECT_FALSE(equal_constant_time(as_bytes("ab"), as_bytes("abc")));
    EXPECT_TRUE(equal_constant_time({}, {}));
}

}  // namespace
}  // namespace agate
