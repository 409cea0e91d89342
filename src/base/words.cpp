// SPDX-License-Identifier: Apache-2.0
#include "base/words.h"

#include <fmt/format.h>

#include "base/csv.h"
#include "base/text.h"

namespace agate {

namespace {

constexpr std::string_view header = "code,zh,en,mend_zh,mend_en";

[[noreturn]] void throw_faulty(std::string_view file, std::int64_t line, std::string_view what) {
    throw Bug(fmt::format("words {}:{}: {}", file, line, what));
}

}  // namespace

Words::Words(std::span<const EmbeddedFile> files) {
    for (const auto& file : files) {
        if (!file.path.ends_with(".csv")) {
            continue;
        }
        CsvReader reader(file.bytes);
        CsvRecord record;
        if (!reader.next(record) || fmt::format("{}", fmt::join(record.fields, ",")) != header) {
            throw_faulty(file.path, 1, "the header is not that of a words file");
        }
        while (reader.next(record)) {
            const auto& fields = record.fields;
            if (fields.size() != 5 || fields[0].empty() || fields[1].empty() || fields[2].empty() ||
                fields[3].empty() != fields[4].empty()) {
                throw_faulty(file.path, record.line, "a row needs a code and both languages");
            }
            const bool is_new = rows_
                                    .try_emplace(std::string(fields[0]),
                                                 Row{.zh = std::string(fields[1]),
                                                     .en = std::string(fields[2]),
                                                     .mend_zh = std::string(fields[3]),
                                                     .mend_en = std::string(fields[4])})
                                    .second;
            if (!is_new) {
                throw_faulty(file.path, record.line, fmt::format("{} is there already", fields[0]));
            }
        }
        for (const auto& problem : reader.problems()) {
            throw_faulty(file.path, problem.where.row, problem.code);
        }
    }
}

bool Words::has(std::string_view code) const {
    return rows_.contains(code);
}

std::string Words::sentence(Language language,
                            std::string_view code,
                            const MessageArgs& args) const {
    const auto& row = find(code);
    return fill(language == Language::zh ? row.zh : row.en, args);
}

std::string Words::mend(Language language, std::string_view code, const MessageArgs& args) const {
    const auto& row = find(code);
    return fill(language == Language::zh ? row.mend_zh : row.mend_en, args);
}

const Words::Row& Words::find(std::string_view code) const {
    const auto found = rows_.find(code);
    ensure(found != rows_.end(), fmt::format("no words for code {}", code));
    return found->second;
}

Language parse_language(std::string_view text) {
    return text.starts_with("en") ? Language::en : Language::zh;
}

const Words& words() {
    static const Words catalogue(embedded::words());
    return catalogue;
}

}  // namespace agate
