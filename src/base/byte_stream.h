// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace agate {

/// Appends numbers and bytes in a compact form: LEB128 varints, signed numbers by zigzag.
class ByteWriter {
public:
    void put_byte(std::uint8_t byte) {
        reserve(1);
        out_[size_++] = static_cast<char>(byte);
    }

    void put_number(std::uint64_t number) {
        reserve(10);
        for (; number >= 0x80; number >>= 7) {
            out_[size_++] = static_cast<char>(static_cast<std::uint8_t>(number | 0x80));
        }
        out_[size_++] = static_cast<char>(static_cast<std::uint8_t>(number));
    }

    void put_signed(std::int64_t number) { put_number(zigzag(number)); }

    void put_bytes(std::string_view bytes) {
        reserve(bytes.size());
        bytes.copy(out_.data() + size_, bytes.size());
        size_ += bytes.size();
    }

    /// The length first.
    void put_text(std::string_view text) {
        put_number(text.size());
        put_bytes(text);
    }

    /// Room for so many bytes more.
    void reserve(std::size_t bytes) {
        if (out_.size() - size_ < bytes) {
            out_.resize(2 * out_.size() + bytes);
        }
    }

    [[nodiscard]] std::string_view bytes() const { return {out_.data(), size_}; }

    void clear() { size_ = 0; }

    [[nodiscard]] std::string take() {
        out_.resize(size_);
        size_ = 0;
        return std::move(out_);
    }

    [[nodiscard]] static constexpr std::uint64_t zigzag(std::int64_t number) {
        return (static_cast<std::uint64_t>(number) << 1) ^ static_cast<std::uint64_t>(number >> 63);
    }

private:
    std::string out_;
    std::size_t size_ = 0;  ///< of what was put; the rest is room
};

/// Reads what ByteWriter wrote. Every method throws Error(internal, code) at the end of the bytes
/// or on a number that ByteWriter never writes; nothing is read beyond the end.
class ByteReader {
public:
    /// `code` lives as long as the reader.
    ByteReader(std::string_view bytes, std::string_view code) : rest_(bytes), code_(code) {}

    std::uint8_t take_byte() {
        if (rest_.empty()) {
            fail();
        }
        const auto byte = static_cast<std::uint8_t>(rest_.front());
        rest_.remove_prefix(1);
        return byte;
    }

    std::uint64_t take_number() {
        const std::uint8_t first = take_byte();
        return first < 0x80 ? first : take_long_number(first);
    }

    std::int64_t take_signed() {
        const std::uint64_t number = take_number();
        return static_cast<std::int64_t>(number >> 1) ^ -static_cast<std::int64_t>(number & 1);
    }

    std::string_view take_bytes(std::size_t count);
    std::string_view take_text();

    /// A number of things that follow, each of at least `bytes_each` bytes: never more than can be
    /// there, so that it is safe to reserve.
    std::size_t take_count(std::size_t bytes_each = 1) {
        return check_count(take_number(), bytes_each);
    }

    /// The same for a number already taken.
    [[nodiscard]] std::size_t check_count(std::uint64_t count, std::size_t bytes_each) const {
        if (count > rest_.size() / bytes_each) {
            fail();
        }
        return static_cast<std::size_t>(count);
    }

    [[nodiscard]] bool at_end() const { return rest_.empty(); }

    [[noreturn]] void fail() const;

private:
    std::uint64_t take_long_number(std::uint8_t first);

    std::string_view rest_;
    std::string_view code_;
};

}  // namespace agate
