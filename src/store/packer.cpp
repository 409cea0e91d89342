// SPDX-License-Identifier: Apache-2.0
#include "base/error.h"
#include "store/covered.h"

namespace agate::store {

namespace {

void append_number(std::string& out, std::uint64_t number) {
    for (int shift = 56; shift >= 0; shift -= 8) {
        out += static_cast<char>((number >> shift) & 0xff);
    }
}

}  // namespace

Packer& Packer::add(std::string_view text) {
    append_number(out_, text.size());
    out_ += text;
    return *this;
}

Packer& Packer::add(std::int64_t number) {
    append_number(out_, static_cast<std::uint64_t>(number));
    return *this;
}

std::int64_t Unpacker::number() {
    if (rest_.size() < 8) {
        throw Error(ErrorKind::internal, "cell_unreadable");
    }
    std::uint64_t number = 0;
    for (std::size_t i = 0; i < 8; ++i) {
        number = (number << 8) | static_cast<std::uint8_t>(rest_[i]);
    }
    rest_.remove_prefix(8);
    return static_cast<std::int64_t>(number);
}

std::string Unpacker::text() {
    const auto size = static_cast<std::uint64_t>(number());
    if (rest_.size() < size) {
        throw Error(ErrorKind::internal, "cell_unreadable");
    }
    std::string text(rest_.substr(0, size));
    rest_.remove_prefix(size);
    return text;
}

}  // namespace agate::store
