// SPDX-License-Identifier: Apache-2.0
#include "store/heads.h"

#include <algorithm>
#include <charconv>

#include "base/error.h"
#include "base/file.h"
#include "base/text.h"
#include "store/store.h"

namespace agate::store {

namespace {

/// What is signed: everything of the line before the signature.
std::string head_text(const Head& head) {
    std::string text = "head ";
    text += std::to_string(head.school.value);
    text += ' ';
    text += std::to_string(head.seq);
    text += ' ';
    text += to_hex(head.hash);
    text += ' ';
    text += std::to_string(head.at.micros);
    return text;
}

std::optional<std::int64_t> parse_number(std::string_view text) {
    std::int64_t number = 0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool is_whole = fault == std::errc{} && end == text.data() + text.size();
    return is_whole ? std::optional(number) : std::nullopt;
}

std::optional<Head> parse_head(std::string_view line) {
    const auto fields = split(line, ' ');
    if (fields.size() != 6 || fields[0] != "head") {
        return std::nullopt;
    }
    const auto school = parse_number(fields[1]);
    const auto seq = parse_number(fields[2]);
    const auto hash = from_hex(fields[3]);
    const auto at = parse_number(fields[4]);
    const auto signature = from_hex(fields[5]);
    if (!school || !seq || !at || !hash || hash->size() != 32 || !signature ||
        signature->size() != 64) {
        return std::nullopt;
    }
    Head head{.school = SchoolId{*school}, .seq = *seq, .at = Instant{*at}};
    std::copy_n(hash->begin(), 32, head.hash.begin());
    std::copy_n(signature->begin(), 64, head.signature.begin());
    return head;
}

}  // namespace

int append_heads(Store& store) {
    auto heads = store.read([&](Db& db) {
        std::vector<Head> found;
        for (Query query(db, "select school_id, seq, hash from chain order by school_id");
             query.next();) {
            found.push_back({.school = SchoolId{query.int64(0)},
                             .seq = query.int64(1),
                             .hash = query.digest(2),
                             .at = store.now()});
        }
        return found;
    });
    std::string lines;
    int count = 0;
    for (auto& head : heads) {
        if (!store.note_head(head.school, head.seq)) {
            continue;
        }
        const std::string text = head_text(head);
        head.signature = store.keys().sign(as_bytes(text));
        lines += text;
        lines += ' ';
        lines += to_hex(head.signature);
        lines += '\n';
        ++count;
    }
    if (count > 0) {
        append_file(store.options().heads_file, lines);
    }
    return count;
}

HeadsFile read_heads(const std::filesystem::path& file) {
    HeadsFile result;
    if (!std::filesystem::exists(file)) {
        return result;
    }
    const std::string text = read_file(file);
    std::int64_t number = 0;
    for (const auto line : split(text, '\n')) {
        ++number;
        if (line.empty()) {
            continue;
        }
        if (auto head = parse_head(line)) {
            result.heads.push_back(*head);
        } else {
            result.bad_lines.push_back(number);
        }
    }
    return result;
}

bool is_signed_by(const Head& head, Bytes public_key) {
    const std::string text = head_text(head);
    return verify_signature(public_key, as_bytes(text), head.signature);
}

}  // namespace agate::store
