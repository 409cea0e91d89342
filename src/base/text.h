// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace agate {

[[nodiscard]] bool is_utf8(std::string_view text);

/// GB18030 to UTF-8; nothing when the bytes are not valid GB18030.
[[nodiscard]] std::optional<std::string> gb18030_to_utf8(std::string_view bytes);
[[nodiscard]] std::string utf8_to_gb18030(std::string_view text);

/// ASCII blanks, the ideographic space, no-break space and the byte order mark, at both ends.
[[nodiscard]] std::string_view trim(std::string_view text);

/// Full-width letters, digits and punctuation to their ASCII forms (NFKC of the FF00 block and the
/// ideographic space only: Chinese characters stay as written).
[[nodiscard]] std::string fold_width(std::string_view text);

/// For matching header names and search: fold_width, ASCII lower case, all blanks removed.
[[nodiscard]] std::string fold_key(std::string_view text);

/// Code points, 0 for text that is not UTF-8.
[[nodiscard]] std::size_t count_characters(std::string_view text);

[[nodiscard]] std::vector<std::string_view> split(std::string_view text, char separator);

/// Ordering of people's names by pinyin (CLDR, zh-u-co-pinyin, through ICU), surnames read as
/// surnames: 曾 zeng, 单 shan, 解 xie. The bytes compare with memcmp; a name's key is made once,
/// when it is written.
[[nodiscard]] std::string pinyin_sort_key(std::string_view name);

/// "曾小明" is "zeng xiao ming": for search and for people who cannot read the characters. A few
/// microseconds, one thread at a time; what is not Chinese stays, in lower case.
[[nodiscard]] std::string pinyin(std::string_view name);

/// Replaces every "{name}" by its value; a place without a value stays as it is.
struct MessageArg;
[[nodiscard]] std::string fill(std::string_view pattern, const std::vector<MessageArg>& args);

}  // namespace agate
