// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>

#include "base/embedded.h"
#include "base/error.h"

namespace agate {

enum class Language { zh, en };

/// The sentences of the program, by code, in both languages: words/<folder>.csv with the columns
/// code,zh,en,mend_zh,mend_en. A sentence names its arguments in braces: "{value} 不在 {min} 到
/// {max} 之间". A name may differ by its language alone: {band_zh} beside {band_en}.
class Words {
public:
    /// Reads every .csv of `files`. Throws Bug on a faulty or repeated row: the files are ours.
    explicit Words(std::span<const EmbeddedFile> files);

    [[nodiscard]] bool has(std::string_view code) const;

    /// The sentence with its arguments filled in. An unknown code is a Bug.
    [[nodiscard]] std::string sentence(Language language,
                                       std::string_view code,
                                       const MessageArgs& args = {}) const;

    /// What the person can do about it; empty when the row has no mend.
    [[nodiscard]] std::string mend(Language language,
                                   std::string_view code,
                                   const MessageArgs& args = {}) const;

private:
    struct Row {
        std::string zh, en, mend_zh, mend_en;
    };

    [[nodiscard]] const Row& find(std::string_view code) const;

    std::map<std::string, Row, std::less<>> rows_;
};

/// "zh" / "zh-CN" / "en"; anything else is zh.
[[nodiscard]] Language parse_language(std::string_view text);

namespace embedded {
/// The files of words/, put in by the build of base.
std::span<const EmbeddedFile> words();
}  // namespace embedded

/// The one catalogue of this program, read at first use.
[[nodiscard]] const Words& words();

}  // namespace agate
