// SPDX-License-Identifier: Apache-2.0
#include "exchange/sheet/detect.h"

#include <algorithm>
#include <array>
#include <optional>

#include "base/text.h"

namespace agate::exchange {
namespace {

using namespace std::string_view_literals;

// Names inside an OLE container are UTF-16.
bool has_utf16(std::string_view bytes, std::string_view ascii) {
    std::string wanted;
    for (const char c : ascii) {
        wanted += c;
        wanted += '\0';
    }
    return bytes.find(wanted) != std::string_view::npos;
}

FileShape shape_of_ole(std::string_view bytes) {
    if (has_utf16(bytes, "EncryptedPackage")) {
        return FileShape::encrypted;
    }
    if (has_utf16(bytes, "Workbook") || has_utf16(bytes, "Book")) {
        return FileShape::old_workbook;
    }
    return FileShape::other_ole;
}

FileShape shape_of_markup(std::string_view text) {
    std::string head{text.substr(0, 4096)};
    std::transform(head.begin(), head.end(), head.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    for (const auto mark : {"<html"sv, "<!doctype html"sv, "<table"sv, "<body"sv, "<meta"sv}) {
        if (head.find(mark) != std::string::npos) {
            return FileShape::html;
        }
    }
    return head.starts_with("<?xml") ? FileShape::xml : FileShape::text;
}

bool has_utf16_mark(std::string_view bytes) {
    return bytes.starts_with("\xff\xfe"sv) || bytes.starts_with("\xfe\xff"sv);
}

// Characters that no text table has: a file with them is something else.
bool is_binary(std::string_view head) {
    const auto controls = std::count_if(head.begin(), head.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r' && byte != 0x1a;
    });
    return controls * 50 > static_cast<std::ptrdiff_t>(head.size());
}

std::optional<std::string> utf16_to_utf8(std::string_view bytes, bool is_big_endian) {
    const auto unit_at = [&](std::size_t at) {
        const auto first = static_cast<unsigned char>(bytes[at]);
        const auto second = static_cast<unsigned char>(bytes[at + 1]);
        return is_big_endian ? first << 8 | second : second << 8 | first;
    };
    if (bytes.size() % 2 != 0) {
        return std::nullopt;
    }
    std::string out;
    out.reserve(bytes.size());
    const auto put = [&](int byte) { out += static_cast<char>(byte); };
    for (std::size_t i = 0; i < bytes.size(); i += 2) {
        int code = unit_at(i);
        if (code >= 0xdc00 && code <= 0xdfff) {
            return std::nullopt;
        }
        if (code >= 0xd800 && code <= 0xdbff) {
            if (i + 3 >= bytes.size()) {
                return std::nullopt;
            }
            const int low = unit_at(i + 2);
            if (low < 0xdc00 || low > 0xdfff) {
                return std::nullopt;
            }
            code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
            i += 2;
        }
        if (code < 0x80) {
            put(code);
        } else if (code < 0x800) {
            put(0xc0 | code >> 6);
            put(0x80 | (code & 0x3f));
        } else if (code < 0x10000) {
            put(0xe0 | code >> 12);
            put(0x80 | (code >> 6 & 0x3f));
            put(0x80 | (code & 0x3f));
        } else {
            put(0xf0 | code >> 18);
            put(0x80 | (code >> 12 & 0x3f));
            put(0x80 | (code >> 6 & 0x3f));
            put(0x80 | (code & 0x3f));
        }
    }
    return out;
}

// A file that was cut inside a character must not be taken for GB18030, which accepts nearly
// anything.
bool is_cut_utf8(std::string_view bytes) {
    const bool has_high = std::any_of(bytes.begin(), bytes.end(), [](char c) { return c < 0; });
    if (!has_high) {
        return false;
    }
    for (std::size_t cut = 1; cut <= 3 && cut < bytes.size(); ++cut) {
        const auto first = static_cast<unsigned char>(bytes[bytes.size() - cut]);
        if (first >= 0xc0) {
            const auto rest = bytes.substr(0, bytes.size() - cut);
            const bool says_more =
                std::any_of(rest.begin(), rest.end(), [](char c) { return c < 0; });
            return says_more && is_utf8(rest);
        }
    }
    return false;
}

}  // namespace

FileShape detect_shape(std::string_view bytes) {
    if (bytes.empty()) {
        return FileShape::empty;
    }

    struct Magic {
        std::string_view mark;
        FileShape shape;
    };

    static constexpr std::array magics{
        Magic{"PK\x03\x04"sv, FileShape::zip},
        Magic{"PK\x05\x06"sv, FileShape::zip},
        Magic{"%PDF"sv, FileShape::pdf},
        Magic{"\x89PNG"sv, FileShape::picture},
        Magic{"\xff\xd8\xff"sv, FileShape::picture},
        Magic{"\x09\x08"sv, FileShape::old_workbook},  // BIFF5 and older, without a container
        Magic{"\x09\x04"sv, FileShape::old_workbook},
    };
    for (const auto& magic : magics) {
        if (bytes.starts_with(magic.mark)) {
            return magic.shape;
        }
    }
    if (bytes.starts_with("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"sv)) {
        return shape_of_ole(bytes);
    }
    if (has_utf16_mark(bytes)) {
        return bytes.size() == 2 ? FileShape::empty : FileShape::text;
    }
    const auto text = trim(bytes.substr(0, 8192));
    if (text.empty() && trim(bytes).empty()) {
        return FileShape::empty;
    }
    if (text.starts_with("<")) {
        return shape_of_markup(text);
    }
    return is_binary(bytes.substr(0, 8192)) ? FileShape::binary : FileShape::text;
}

DecodedText decode_text(std::string_view bytes) {
    if (has_utf16_mark(bytes)) {
        const bool is_big_endian = bytes[0] == '\xfe';
        auto decoded = utf16_to_utf8(bytes.substr(2), is_big_endian);
        if (!decoded) {
            return {.is_cut_off = bytes.size() % 2 != 0};
        }
        return {.own = std::move(*decoded),
                .is_own = true,
                .encoding = is_big_endian ? "utf-16be" : "utf-16le"};
    }
    if (is_utf8(bytes)) {
        const bool has_mark = bytes.starts_with("\xef\xbb\xbf"sv);
        return {.given = has_mark ? bytes.substr(3) : bytes,
                .encoding = has_mark ? "utf-8-bom" : "utf-8"};
    }
    if (is_cut_utf8(bytes)) {
        return {.is_cut_off = true};
    }
    if (auto decoded = gb18030_to_utf8(bytes)) {
        return {.own = std::move(*decoded), .is_own = true, .encoding = "gb18030"};
    }
    return {};
}

}  // namespace agate::exchange
