// SPDX-License-Identifier: Apache-2.0
#include <cstdint>
#include <string>
#include <string_view>

#include "base/error.h"
#include "base/json_writer.h"
#include "base/text.h"

// Any bytes: converted, trimmed, folded, sorted and read aloud without harm.

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text{reinterpret_cast<const char*>(data), size};
    const bool is_utf8 = agate::is_utf8(text);
    if (const auto converted = agate::gb18030_to_utf8(text)) {
        agate::ensure(agate::is_utf8(*converted), "GB18030 becomes UTF-8");
        agate::ensure(agate::gb18030_to_utf8(agate::utf8_to_gb18030(*converted)) == converted,
                      "what was GB18030 is so again");
    }
    const auto trimmed = agate::trim(text);
    agate::ensure(agate::trim(trimmed) == trimmed, "trimming is done at once");
    const auto key = agate::fold_key(text);
    if (is_utf8) {
        agate::ensure(agate::is_utf8(key), "folding keeps UTF-8");
        agate::ensure(agate::fold_key(key) == key, "folding is done at once");
        agate::ensure(agate::gb18030_to_utf8(agate::utf8_to_gb18030(text)) == text,
                      "GB18030 holds every character");
        agate::ensure(agate::count_characters(text) <= size, "no more characters than bytes");
    }
    if (size <= 1'000) {
        agate::ensure(agate::pinyin_sort_key(text) == agate::pinyin_sort_key(std::string(text)),
                      "a name sorts at one place");
        agate::ensure(agate::is_utf8(agate::pinyin(text)), "a reading is text");
    }
    std::size_t bytes = 0;
    for (const auto part : agate::split(text, ',')) {
        bytes += part.size() + 1;
    }
    agate::ensure(bytes == size + 1, "splitting loses only the separators");
    (void)agate::fill(text, {{"value", "{value}"}, {"", "x"}});
    agate::JsonWriter json;
    json.value(text);
    return 0;
}
