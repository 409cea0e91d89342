// SPDX-License-Identifier: Apache-2.0
#include <cstdint>
#include <string_view>

#include "base/error.h"
#include "evaluate/packed.h"

// A stored result whose bytes rotted is refused, never read past its end.

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes{reinterpret_cast<const char*>(data), size};
    try {
        const auto result = agate::evaluate::unpack_result(bytes);
        agate::ensure(agate::evaluate::unpack_result(agate::evaluate::pack_again(result)) == result,
                      "a result comes back as it was");
    } catch (const agate::Error& error) {
        agate::ensure(error.code == "result_unreadable", "the one refusal there is");
    }
    try {
        (void)agate::evaluate::unpack_values(bytes);
    } catch (const agate::Error& error) {
        agate::ensure(error.code == "result_unreadable", "the one refusal there is");
    }
    return 0;
}
