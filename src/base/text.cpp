// SPDX-License-Identifier: Apache-2.0
#include "base/text.h"

#include <unicode/ucnv.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <memory>

#include "base/error.h"

namespace agate {

namespace {

/// Length of the well-formed UTF-8 sequence at the front (RFC 3629); 0 when there is none.
std::size_t sequence_length(std::string_view text) {
    const auto byte = [&](std::size_t i) {
        return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U;
    };
    const auto is_tail = [&](std::size_t i) { return (byte(i) & 0xc0U) == 0x80U; };
    const unsigned lead = byte(0);
    if (lead < 0x80) {
        return text.empty() ? 0 : 1;
    }
    if (lead >= 0xc2 && lead <= 0xdf) {
        return is_tail(1) ? 2 : 0;
    }
    if (lead >= 0xe0 && lead <= 0xef) {
        const bool is_short = lead == 0xe0 && byte(1) < 0xa0;
        const bool is_surrogate = lead == 0xed && byte(1) >= 0xa0;
        return is_tail(1) && is_tail(2) && !is_short && !is_surrogate ? 3 : 0;
    }
    if (lead >= 0xf0 && lead <= 0xf4) {
        const bool is_short = lead == 0xf0 && byte(1) < 0x90;
        const bool is_beyond = lead == 0xf4 && byte(1) >= 0x90;
        return is_tail(1) && is_tail(2) && is_tail(3) && !is_short && !is_beyond ? 4 : 0;
    }
    return 0;
}

/// Bytes at the front that are plain ASCII, in steps of eight.
std::size_t ascii_length(std::string_view text) {
    std::size_t length = 0;
    while (length + 8 <= text.size()) {
        std::uint64_t eight = 0;
        std::memcpy(&eight, text.data() + length, 8);
        if ((eight & 0x8080808080808080U) != 0) {
            break;
        }
        length += 8;
    }
    return length;
}

struct Count {
    bool is_valid = true;
    std::size_t characters = 0;
};

Count count_utf8(std::string_view text) {
    Count count;
    while (!text.empty()) {
        const std::size_t plain = ascii_length(text);
        count.characters += plain;
        text.remove_prefix(plain);
        if (text.empty()) {
            break;
        }
        const std::size_t length = sequence_length(text);
        if (length == 0) {
            return {.is_valid = false, .characters = 0};
        }
        ++count.characters;
        text.remove_prefix(length);
    }
    return count;
}

constexpr std::string_view ideographic_space = "\xe3\x80\x80";
constexpr std::array<std::string_view, 9> blanks = {
    " ", "\t", "\n", "\r", "\f", "\v", ideographic_space, "\xc2\xa0", "\xef\xbb\xbf"};

std::size_t leading_blank(std::string_view text) {
    for (const auto blank : blanks) {
        if (text.starts_with(blank)) {
            return blank.size();
        }
    }
    return 0;
}

std::size_t trailing_blank(std::string_view text) {
    for (const auto blank : blanks) {
        if (text.ends_with(blank)) {
            return blank.size();
        }
    }
    return 0;
}

/// U+FF01 to U+FF5E are EF BC 81 to EF BD 9E; their ASCII forms follow in the same order.
char narrow_form(std::string_view text) {
    if (text.size() < 3 || text[0] != '\xef') {
        return 0;
    }
    const auto middle = static_cast<unsigned char>(text[1]);
    const auto last = static_cast<unsigned char>(text[2]);
    if (middle == 0xbc && last >= 0x81 && last <= 0xbf) {
        return static_cast<char>(last - 0x81 + 0x21);
    }
    if (middle == 0xbd && last >= 0x80 && last <= 0x9e) {
        return static_cast<char>(last - 0x80 + 0x60);
    }
    return 0;
}

using Converter = std::unique_ptr<UConverter, decltype(&ucnv_close)>;

Converter open_converter(const char* name) {
    UErrorCode status = U_ZERO_ERROR;
    Converter converter(ucnv_open(name, &status), &ucnv_close);
    ensure(U_SUCCESS(status), "ICU has this converter");
    return converter;
}

/// Nothing when the source is not valid in its own encoding.
std::optional<std::string> convert(std::string_view bytes, const char* from, const char* to) {
    const auto source_converter = open_converter(from);
    const auto target_converter = open_converter(to);
    UErrorCode status = U_ZERO_ERROR;
    ucnv_setToUCallBack(
        source_converter.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &status);
    std::array<UChar, 1024> pivot{};
    UChar* pivot_source = pivot.data();
    UChar* pivot_target = pivot.data();
    const char* source = bytes.data();
    std::string out;
    std::array<char, 8192> buffer{};
    do {
        status = U_ZERO_ERROR;
        char* target = buffer.data();
        ucnv_convertEx(target_converter.get(),
                       source_converter.get(),
                       &target,
                       buffer.data() + buffer.size(),
                       &source,
                       bytes.data() + bytes.size(),
                       pivot.data(),
                       &pivot_source,
                       &pivot_target,
                       pivot.data() + pivot.size(),
                       false,
                       true,
                       &status);
        out.append(buffer.data(), static_cast<std::size_t>(target - buffer.data()));
    } while (status == U_BUFFER_OVERFLOW_ERROR);
    return U_SUCCESS(status) ? std::optional{std::move(out)} : std::nullopt;
}

}  // namespace

bool is_utf8(std::string_view text) {
    return count_utf8(text).is_valid;
}

std::size_t count_characters(std::string_view text) {
    return count_utf8(text).characters;
}

std::optional<std::string> gb18030_to_utf8(std::string_view bytes) {
    return convert(bytes, "gb18030", "UTF-8");
}

std::string utf8_to_gb18030(std::string_view text) {
    return convert(text, "UTF-8", "gb18030").value_or(std::string{});
}

std::string_view trim(std::string_view text) {
    while (const std::size_t size = leading_blank(text)) {
        text.remove_prefix(size);
    }
    while (const std::size_t size = trailing_blank(text)) {
        text.remove_suffix(size);
    }
    return text;
}

std::string fold_width(std::string_view text) {
    std::string folded;
    folded.reserve(text.size());
    while (!text.empty()) {
        if (const char narrow = narrow_form(text); narrow != 0) {
            folded += narrow;
            text.remove_prefix(3);
        } else if (text.starts_with(ideographic_space)) {
            folded += ' ';
            text.remove_prefix(ideographic_space.size());
        } else {
            folded += text.front();
            text.remove_prefix(1);
        }
    }
    return folded;
}

std::string fold_key(std::string_view text) {
    const std::string folded = fold_width(text);
    std::string key;
    key.reserve(folded.size());
    for (std::string_view rest = folded; !rest.empty();) {
        if (const std::size_t size = leading_blank(rest)) {
            rest.remove_prefix(size);
            continue;
        }
        const char c = rest.front();
        key += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        rest.remove_prefix(1);
    }
    return key;
}

std::vector<std::string_view> split(std::string_view text, char separator) {
    std::vector<std::string_view> parts;
    while (true) {
        const std::size_t end = text.find(separator);
        parts.push_back(text.substr(0, end));
        if (end == std::string_view::npos) {
            return parts;
        }
        text.remove_prefix(end + 1);
    }
}

std::string fill(std::string_view pattern, const std::vector<MessageArg>& args) {
    std::string text;
    while (!pattern.empty()) {
        const std::size_t open = pattern.find('{');
        const std::size_t close = open == std::string_view::npos ? open : pattern.find('}', open);
        if (close == std::string_view::npos) {
            break;
        }
        text.append(pattern, 0, open);
        const auto name = pattern.substr(open + 1, close - open - 1);
        const auto arg = std::ranges::find(args, name, &MessageArg::name);
        if (arg != args.end()) {
            text += arg->value;
            pattern.remove_prefix(close + 1);
        } else {
            text += '{';
            pattern.remove_prefix(open + 1);
        }
    }
    text += pattern;
    return text;
}

}  // namespace agate
