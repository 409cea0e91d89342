// SPDX-License-Identifier: Apache-2.0
#include "framework/render_problem.h"

#include <algorithm>

#include "base/text.h"

namespace agate::framework {

namespace {

std::string_view line_of(std::string_view source, std::int64_t number) {
    for (std::int64_t line = 1; line < number; ++line) {
        const auto end = source.find('\n');
        if (end == std::string_view::npos) {
            return {};
        }
        source.remove_prefix(end + 1);
    }
    source = source.substr(0, source.find('\n'));
    if (source.ends_with('\r')) {
        source.remove_suffix(1);
    }
    return source;
}

std::size_t character_bytes(std::string_view text) {
    std::size_t bytes = 1;
    while (bytes < text.size() && (static_cast<unsigned char>(text[bytes]) & 0xC0U) == 0x80U) {
        ++bytes;
    }
    return bytes;
}

// Chinese characters and full-width signs take two columns of a terminal.
std::size_t display_width(std::string_view character) {
    if (character.size() < 3) {
        return 1;
    }
    const auto lead = static_cast<unsigned char>(character[0]);
    return lead >= 0xE2 && !(lead == 0xE2 && static_cast<unsigned char>(character[1]) < 0xBA) ? 2
                                                                                              : 1;
}

bool ends_token(char byte) {
    return byte == ',' || byte == '|' || byte == '"' || byte == ']' || byte == '}' || byte == ';' ||
           byte == '\t' || byte == '=';
}

struct Excerpt {
    std::string line;
    std::string mark;
};

// A long line is cut around the place, so that the mark stays in sight.
Excerpt make_excerpt(std::string_view line, std::int64_t column) {
    constexpr std::int64_t most_before = 40;
    constexpr std::int64_t most_after = 60;
    Excerpt out;
    std::int64_t at = 1;
    bool is_marking = false;
    bool is_quoted = false;
    if (column > most_before + 1) {
        out.line = "…";
        out.mark = " ";
    }
    for (; !line.empty(); ++at) {
        const auto character = line.substr(0, character_bytes(line));
        line.remove_prefix(character.size());
        if (at + most_before < column) {
            is_quoted = character == "\"" ? !is_quoted : is_quoted;
            continue;
        }
        if (at > column + most_after) {
            out.line += "…";
            break;
        }
        const auto width = display_width(character);
        out.line += character == "\t" ? " " : character;
        if (at == column) {
            is_marking = character == "\"" || !ends_token(character[0]);
            out.mark += "^" + std::string(width - 1, '~');
            is_quoted = character == "\"";
        } else if (at < column) {
            out.mark += std::string(width, ' ');
        } else if (is_marking) {
            const bool is_end = is_quoted ? character == "\"" : ends_token(character[0]);
            is_marking = !is_end;
            out.mark += is_end && !is_quoted ? "" : std::string(width, '~');
            if (character == "=" && out.mark.ends_with('~')) {
                out.mark.pop_back();  // the blank before it
            }
        }
    }
    if (out.mark.find('^') == std::string::npos) {
        out.mark += "^";
    }
    return out;
}

std::string head_of(const Problem& problem) {
    std::string head = problem.where.file;
    if (problem.where.row > 0) {
        head += ":" + std::to_string(problem.where.row);
        if (problem.where.column > 0) {
            head += ":" + std::to_string(problem.where.column);
        }
    }
    return head;
}

}  // namespace

std::string render_problem(const Problem& problem, std::string_view source, Language language) {
    // These two words stand as compilers write them: editors find the place by them.
    std::string out = head_of(problem) +
                      (problem.severity == Severity::error ? ": error: " : ": warning: ") +
                      words().sentence(language, problem.code, problem.args) + "\n";
    if (problem.where.row > 0) {
        const auto line = line_of(source, problem.where.row);
        if (!line.empty()) {
            const auto excerpt =
                make_excerpt(line, std::max<std::int64_t>(problem.where.column, 1));
            const auto number = std::to_string(problem.where.row);
            out += "  " + number + " | " + excerpt.line + "\n";
            out += "  " + std::string(number.size(), ' ') + " | " + excerpt.mark + "\n";
        }
    }
    if (const auto mend = words().mend(language, problem.code, problem.args); !mend.empty()) {
        out += "  " + words().sentence(language, "pack_mend", {{"mend", mend}}) + "\n";
    }
    return out;
}

std::string render_problems(const Problems& problems,
                            std::span<const PackFiles> packs,
                            Language language) {
    std::string out;
    for (const auto& problem : problems) {
        std::string text;
        for (const auto& pack : packs) {
            const auto prefix = pack.place.empty() ? std::string{} : pack.place + "/";
            if (!problem.where.file.starts_with(prefix)) {
                continue;
            }
            if (const auto* file = pack.find(problem.where.file.substr(prefix.size()))) {
                text = is_utf8(file->text) ? file->text
                                           : gb18030_to_utf8(file->text).value_or(std::string{});
            }
        }
        if (text.starts_with("\xEF\xBB\xBF")) {
            text.erase(0, 3);
        }
        out += render_problem(problem, text, language);
    }
    return out;
}

}  // namespace agate::framework
