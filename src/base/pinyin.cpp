// SPDX-License-Identifier: Apache-2.0
#include <unicode/ucol.h>
#include <unicode/ustring.h>
#include <unicode/utrans.h>

#include <array>
#include <cstdint>
#include <memory>
#include <mutex>

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

std::string to_utf8(const std::u16string& wide) {
    std::string text(wide.size() * 3, '\0');
    std::int32_t length = 0;
    UErrorCode status = U_ZERO_ERROR;
    u_strToUTF8(text.data(),
                static_cast<std::int32_t>(text.size()),
                &length,
                wide.data(),
                static_cast<std::int32_t>(wide.size()),
                &status);
    ensure(U_SUCCESS(status), "the text is whole UTF-16");
    text.resize(static_cast<std::size_t>(length));
    return text;
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

/// Writing whose reading in a name is not the one that CLDR sorts by, and a character that CLDR
/// sorts at the wanted reading.
struct Reading {
    std::string_view written;
    std::string_view sorts_as;
};

/// Surnames that differ in more than the tone from the common reading of their character. Those
/// with two living readings (牟, 隗, 莘) stay as CLDR has them; 覃 goes with the many in Guangxi.
constexpr std::array surname_readings = {
    Reading{"万俟", "末其"}, Reading{"尉迟", "玉迟"}, Reading{"曾", "增"}, Reading{"单", "善"},
    Reading{"解", "谢"},     Reading{"仇", "求"},     Reading{"区", "欧"}, Reading{"朴", "瓢"},
    Reading{"查", "渣"},     Reading{"盖", "舸"},     Reading{"繁", "婆"}, Reading{"缪", "妙"},
    Reading{"翟", "宅"},     Reading{"折", "蛇"},     Reading{"种", "虫"}, Reading{"乐", "月"},
    Reading{"召", "绍"},     Reading{"秘", "必"},     Reading{"员", "运"}, Reading{"祭", "债"},
    Reading{"能", "耐"},     Reading{"佴", "耐"},     Reading{"覃", "秦"}, Reading{"洗", "显"},
    Reading{"句", "勾"},     Reading{"薄", "博"},     Reading{"卜", "补"}, Reading{"阚", "看"},
    Reading{"乜", "聂"},     Reading{"都", "督"},     Reading{"郇", "寻"}, Reading{"粘", "年"},
};

/// Words that are read so wherever they stand.
constexpr std::array word_readings = {
    Reading{"重庆", "虫庆"},
    Reading{"重阳", "虫阳"},
    Reading{"长安", "常安"},
    Reading{"长城", "常城"},
    Reading{"长春", "常春"},
    Reading{"长江", "常江"},
    Reading{"长青", "常青"},
    Reading{"长沙", "常沙"},
    Reading{"厦门", "下门"},
};

/// The name, written so that its common readings are the right ones.
std::string as_read(std::string_view name) {
    std::string text;
    for (const auto& reading : surname_readings) {
        if (name.starts_with(reading.written)) {
            text = reading.sorts_as;
            name.remove_prefix(reading.written.size());
            break;
        }
    }
    text += name;
    for (const auto& reading : word_readings) {
        const std::size_t at = text.find(reading.written);
        if (at != std::string::npos) {
            text.replace(at, reading.written.size(), reading.sorts_as);
        }
    }
    return text;
}

using Transliterator = std::unique_ptr<UTransliterator, decltype(&utrans_close)>;

Transliterator open_transliterator() {
    UErrorCode status = U_ZERO_ERROR;
    const std::u16string rules = u"Han-Latin/Names; NFD; [:Nonspacing Mark:] Remove; NFC; Lower";
    Transliterator opened(utrans_openU(rules.data(),
                                       static_cast<std::int32_t>(rules.size()),
                                       UTRANS_FORWARD,
                                       nullptr,
                                       0,
                                       nullptr,
                                       &status),
                          &utrans_close);
    ensure(U_SUCCESS(status), "ICU reads Chinese names");
    return opened;
}

}  // namespace

std::string pinyin_sort_key(std::string_view name) {
    const std::string read = as_read(name);
    // The writing itself decides between names that read alike; ICU ends each key with a zero byte.
    return read == name ? collation_key(name) : collation_key(read) + collation_key(name);
}

std::string pinyin(std::string_view name) {
    static std::mutex one_at_a_time;
    static const Transliterator transliterator = open_transliterator();
    std::u16string text = to_utf16(as_read(name));
    auto length = static_cast<std::int32_t>(text.size());
    text.resize(text.size() * 8 + 8);
    std::int32_t limit = length;
    UErrorCode status = U_ZERO_ERROR;
    const std::lock_guard lock(one_at_a_time);
    utrans_transUChars(transliterator.get(),
                       text.data(),
                       &length,
                       static_cast<std::int32_t>(text.size()),
                       0,
                       &limit,
                       &status);
    ensure(U_SUCCESS(status), "a reading has at most eight letters a character");
    text.resize(static_cast<std::size_t>(length));
    return to_utf8(text);
}

}  // namespace agate
