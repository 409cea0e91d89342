// SPDX-License-Identifier: Apache-2.0
#include <unicode/ucol.h>
#include <unicode/ustring.h>

#include <cstdint>
#include <memory>

#include "base/error.h"
#include "base/text.h"

namespace agate {

namespace {

using Collator = std::unique_ptr<UCollator, decltype(&ucol_close)>;

/// Opened once and only read, which ICU allows from every thread.
const UCollator* pinyin_collator() {
    static const Collator collator = [] {
        UErrorCode status = U_ZERO_ERROR;
        Collator opened(ucol_open("zh-u-co-pinyin", &status), &ucol_close);
        ensure(U_SUCCESS(status), "ICU has the pinyin order");
        return opened;
    }();
    return collator.get();
}

std::u16string to_utf16(std::string_view text) {
    std::u16string wide(text.size(), u'\0');
    std::int32_t length = 0;
    UErrorCode status = U_ZERO_ERROR;
    u_strFromUTF8WithSub(wide.data(),
                         static_cast<std::int32_t>(wide.size()),
                         &length,
                         text.data(),
                         static_cast<std::int32_t>(text.size()),
                         0xfffd,
                         nullptr,
                         &status);
    ensure(U_SUCCESS(status), "text fits UTF-16");
    wide.resize(static_cast<std::size_t>(length));
    return wide;
}

std::string collation_key(std::string_view text) {
    const std::u16string wide = to_utf16(text);
    const auto length = static_cast<std::int32_t>(wide.size());
    std::string key(text.size() * 4 + 16, '\0');
    while (true) {
        const auto size =
            static_cast<std::size_t>(ucol_getSortKey(pinyin_collator(),
                                                     wide.data(),
                                                     length,
                                                     reinterpret_cast<std::uint8_t*>(key.data()),
                                                     static_cast<std::int32_t>(key.size())));
        const bool fits = size <= key.size();
        key.resize(size);
        if (fits) {
            return key;
        }
    }
}

}  // namespace

std::string pinyin_sort_key(std::string_view name) {
    return collation_key(name);
}

}  // namespace agate
