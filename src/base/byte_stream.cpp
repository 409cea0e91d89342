// SPDX-License-Identifier: Apache-2.0
#include "base/byte_stream.h"

#include "base/error.h"

namespace agate {

void ByteReader::fail() const {
    throw Error(ErrorKind::internal, std::string(code_));
}

std::uint64_t ByteReader::take_long_number(std::uint8_t first) {
    std::uint64_t number = first & 0x7fU;
    for (unsigned shift = 7; shift < 64; shift += 7) {
        const std::uint64_t byte = take_byte();
        number |= (byte & 0x7f) << shift;
        if (byte < 0x80) {
            // A zero last byte or bits above the 64th: ByteWriter writes neither.
            if (byte == 0 || (shift == 63 && byte > 1)) {
                fail();
            }
            return number;
        }
    }
    fail();
}

std::string_view ByteReader::take_bytes(std::size_t count) {
    if (count > rest_.size()) {
        fail();
    }
    const std::string_view bytes = rest_.substr(0, count);
    rest_.remove_prefix(count);
    return bytes;
}

std::string_view ByteReader::take_text() {
    return take_bytes(take_count());
}

}  // namespace agate
