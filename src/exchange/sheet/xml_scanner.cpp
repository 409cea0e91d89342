// SPDX-License-Identifier: Apache-2.0
#include "exchange/sheet/xml_scanner.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/text.h"

namespace agate::exchange {
namespace {

constexpr std::size_t depth_limit = 256;
constexpr std::size_t token_limit = 2 << 20;
constexpr std::size_t attribute_limit = 256;
constexpr std::size_t decoded_limit = 64;  // attributes of one element with references

// What a byte can be, as bits, so that one look decides.
enum Class : std::uint8_t {
    blank = 1,
    name_start = 2,
    name_part = 4,
    high = 8,      // beyond ASCII: to be checked as UTF-8
    special = 16,  // a reference, or a line end to normalise
    bad = 32,      // a character that XML does not allow
    angle = 64,    // <
    folded = 128,  // a blank that an attribute turns into a space
};

constexpr std::array<std::uint8_t, 256> make_classes() {
    std::array<std::uint8_t, 256> classes{};
    for (int c = 0; c < 256; ++c) {
        std::uint8_t bits = 0;
        const bool is_letter =
            (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == ':' || c >= 0x80;
        const bool is_digit = c >= '0' && c <= '9';
        bits |= c == ' ' || c == '\t' || c == '\n' || c == '\r' ? blank : 0;
        bits |= is_letter ? name_start | name_part : 0;
        bits |= is_digit || c == '-' || c == '.' ? name_part : 0;
        bits |= c >= 0x80 ? high : 0;
        bits |= c == '&' || c == '\r' ? special : 0;
        bits |= c < 0x20 && c != '\t' && c != '\n' && c != '\r' ? bad : 0;
        bits |= c == '<' ? angle : 0;
        bits |= c == '\t' || c == '\n' ? folded : 0;
        classes[static_cast<std::size_t>(c)] = bits;
    }
    return classes;
}

constexpr auto classes = make_classes();

std::uint8_t class_of(char c) {
    return classes[static_cast<unsigned char>(c)];
}

bool is_blank(char c) {
    return (class_of(c) & blank) != 0;
}

bool is_name_start(char c) {
    return (class_of(c) & name_start) != 0;
}

bool is_name(char c) {
    return (class_of(c) & name_part) != 0;
}

std::string_view local(std::string_view name) {
    for (std::size_t i = 0; i < name.size(); ++i) {
        if (name[i] == ':') {
            return name.substr(i + 1);
        }
    }
    return name;
}

// How much of a text that goes on in the next piece can be given already: not half a character,
// half a reference or half a line end.
std::size_t safe_cut(std::string_view text) {
    constexpr std::size_t longest_reference = 16;
    std::size_t end = text.size();
    const auto tail = end - std::min(end, longest_reference);
    const auto reference = text.find_last_of('&');
    if (reference != std::string_view::npos && reference >= tail &&
        text.find(';', reference) == std::string_view::npos) {
        end = reference;
    }
    std::size_t lead = end;
    while (lead > 0 && end - lead < 3 &&
           (static_cast<unsigned char>(text[lead - 1]) & 0xc0) == 0x80) {
        --lead;
    }
    if (lead > 0 && static_cast<unsigned char>(text[lead - 1]) >= 0xc0 &&
        !is_utf8(text.substr(lead - 1, end - lead + 1))) {
        end = lead - 1;
    }
    return end > 0 && text[end - 1] == '\r' ? end - 1 : end;
}

// Line ends and tabs written in an attribute count as spaces; those written as references do not.
std::string blanks_to_spaces(std::string_view value) {
    std::string out;
    for (std::size_t i = 0; i < value.size(); ++i) {
        const bool is_pair = value.substr(i).starts_with("\r\n");
        out += is_blank(value[i]) ? ' ' : value[i];
        i += is_pair ? 1 : 0;
    }
    return out;
}

bool has_bad_control(std::string_view text) {
    return std::any_of(text.begin(), text.end(), [](char c) { return (class_of(c) & bad) != 0; });
}

bool is_xml_character(std::uint32_t code) {
    return code == 9 || code == 10 || code == 13 || (code >= 0x20 && code < 0xd800) ||
           (code >= 0xe000 && code < 0xfffe) || (code >= 0x10000 && code <= 0x10ffff);
}

void append_utf8(std::string& out, std::uint32_t code) {
    const auto put = [&](std::uint32_t byte) { out += static_cast<char>(byte); };
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

// "amp" and "#x4E00", without & and ;. False when there is no such character.
bool append_reference(std::string& out, std::string_view name) {
    struct Named {
        std::string_view name;
        char means;
    };

    for (const auto& named : {Named{"lt", '<'},
                              Named{"gt", '>'},
                              Named{"amp", '&'},
                              Named{"quot", '"'},
                              Named{"apos", '\''}}) {
        if (name == named.name) {
            out += named.means;
            return true;
        }
    }
    if (!name.starts_with('#')) {
        return false;
    }
    const bool is_hex = name.starts_with("#x");
    const auto digits = name.substr(is_hex ? 2 : 1);
    std::uint32_t code = 0;
    const auto [end, error] =
        std::from_chars(digits.data(), digits.data() + digits.size(), code, is_hex ? 16 : 10);
    if (error != std::errc{} || end != digits.data() + digits.size() || !is_xml_character(code)) {
        return false;
    }
    append_utf8(out, code);
    return true;
}

}  // namespace

bool XmlScanner::can_read(std::string_view beginning) {
    if (beginning.size() < 6 || beginning.starts_with("\xfe\xff") ||
        beginning.starts_with("\xff\xfe") || beginning.find('\0') != std::string_view::npos) {
        return false;
    }
    if (beginning.starts_with("\xef\xbb\xbf")) {
        beginning.remove_prefix(3);
    }
    if (!beginning.starts_with("<?xml")) {
        return beginning.starts_with("<");
    }
    const auto end = beginning.find("?>");
    if (end == std::string_view::npos) {
        return false;
    }
    const auto declaration = fold_key(beginning.substr(0, end));
    const auto encoding = declaration.find("encoding=");
    if (encoding == std::string::npos) {
        return true;
    }
    const auto name = std::string_view{declaration}.substr(encoding + 10);
    return name.starts_with("utf-8") || name.starts_with("us-ascii");
}

bool XmlScanner::has_ended() const {
    return !fault_.empty() || !handler_.fault.empty() || handler_.is_done;
}

void XmlScanner::count_lines(std::string_view taken) {
    for (auto end = taken.find('\n'); end != std::string_view::npos; end = taken.find('\n')) {
        ++line_;
        column_ = 1;
        taken.remove_prefix(end + 1);
    }
    column_ += static_cast<std::int64_t>(taken.size());
}

bool XmlScanner::feed(std::string_view piece, bool is_last) {
    if (has_ended()) {
        return false;
    }
    std::string joined;
    if (!pending_.empty()) {
        joined = std::move(pending_);
        joined += piece;
        piece = joined;
    }
    const auto taken = scan(piece, is_last);
    count_lines(piece.substr(0, taken));
    if (has_ended()) {
        return false;
    }
    pending_.assign(piece.substr(taken));
    if (pending_.size() > token_limit) {
        break_off("xml_token_too_long");
    } else if (is_last && (!pending_.empty() || !open_.empty() || !has_root_)) {
        break_off("xml_broken");
    }
    return fault_.empty();
}

std::size_t XmlScanner::scan(std::string_view text, bool is_last) {
    std::size_t at = 0;
    while (at < text.size() && !has_ended()) {
        const auto rest = text.substr(at);
        if (rest.front() != '<') {
            std::size_t end = 0;
            std::uint8_t seen = 0;
            while (end < rest.size() && rest[end] != '<') {
                seen |= class_of(rest[end++]);
            }
            if (end == rest.size() && !is_last) {
                end = safe_cut(rest);
                if (end == 0) {
                    return at;
                }
            }
            give_text(rest.substr(0, end), seen);
            at += end;
            continue;
        }
        const auto taken = scan_markup(rest);
        if (taken == needs_more) {
            return at;
        }
        at += taken;
    }
    return at;
}

std::size_t XmlScanner::skip_until(std::string_view text, std::size_t from, std::string_view end) {
    const auto found = text.find(end, from);
    if (found == std::string_view::npos) {
        return needs_more;
    }
    if (has_bad_control(text.substr(0, found))) {
        break_off("xml_broken");
    }
    return found + end.size();
}

std::size_t XmlScanner::scan_markup(std::string_view text) {
    if (text.size() < 2) {
        return needs_more;
    }
    if (is_name_start(text[1])) {
        return scan_start(text);
    }
    if (text[1] == '/') {
        return scan_end(text);
    }
    if (text[1] == '?') {
        return skip_until(text, 2, "?>");
    }
    if (text[1] == '!') {
        if (text.starts_with("<!--")) {
            return skip_until(text, 4, "-->");
        }
        if (text.starts_with("<![CDATA[")) {
            return scan_character_data(text);
        }
        if (text.starts_with("<!DOCTYPE")) {
            break_off("xml_has_dtd");
            return 0;
        }
        if (text.size() < 9) {
            return needs_more;
        }
    }
    return broken();
}

std::size_t XmlScanner::scan_character_data(std::string_view text) {
    constexpr std::size_t head = 9;
    const auto end = text.find("]]>", head);
    if (end == std::string_view::npos) {
        return needs_more;
    }
    const auto inside = text.substr(head, end - head);
    if (open_.empty() || has_bad_control(inside) || !is_utf8(inside)) {
        return broken();
    }
    handler_.text(inside);
    return end + 3;
}

// References replaced, line ends made one; false when a reference or a byte is wrong.
bool XmlScanner::decode(std::string_view text, std::string& out) {
    out.clear();
    if (has_bad_control(text) || !is_utf8(text)) {
        return false;
    }
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\r') {
            out += '\n';
            i += i + 1 < text.size() && text[i + 1] == '\n' ? 1 : 0;
        } else if (text[i] == '&') {
            const auto end = text.find(';', i);
            if (end == std::string_view::npos ||
                !append_reference(out, text.substr(i + 1, end - i - 1))) {
                return false;
            }
            i = end;
        } else {
            out += text[i];
        }
    }
    return true;
}

void XmlScanner::give_text(std::string_view text, std::uint8_t seen) {
    if (open_.empty()) {
        const auto is_mark = !has_root_ && text == "\xef\xbb\xbf";
        if (!is_mark && !std::all_of(text.begin(), text.end(), is_blank)) {
            break_off("xml_broken");
        }
        return;
    }
    if ((seen & (bad | special)) == 0 && ((seen & high) == 0 || is_utf8(text))) {
        handler_.text(text);
    } else if (decode(text, decoded_)) {
        handler_.text(decoded_);
    } else {
        break_off("xml_broken");
    }
}

std::size_t XmlScanner::broken() {
    break_off("xml_broken");
    return 0;
}

// A value as the handler sees it; decoded ones live until the next element.
std::optional<std::string_view> XmlScanner::value_of(std::string_view written, std::uint8_t seen) {
    if ((seen & (special | bad | high | folded)) == 0) {
        return written;
    }
    values_.resize(decoded_limit);
    if (decoded_count_ >= decoded_limit ||
        !decode(blanks_to_spaces(written), values_[decoded_count_])) {
        return std::nullopt;
    }
    return values_[decoded_count_++];
}

// Name="value" pairs up to > or />; the place of that end, or needs_more.
std::size_t XmlScanner::read_attributes(std::string_view text, std::size_t at) {
    const auto skip = [&text](std::size_t from, Class what) {
        while (from < text.size() && (class_of(text[from]) & what) != 0) {
            ++from;
        }
        return from;
    };
    attributes_.clear();
    decoded_count_ = 0;
    for (;;) {
        const auto name_begin = skip(at, blank);
        if (name_begin >= text.size()) {
            return needs_more;
        }
        if (text[name_begin] == '>' || text[name_begin] == '/') {
            return name_begin;
        }
        const auto name_end = skip(name_begin, name_part);
        const auto name = text.substr(name_begin, name_end - name_begin);
        const auto equals = skip(name_end, blank);
        const auto open = skip(equals + 1, blank);
        if (open >= text.size()) {
            return needs_more;
        }
        const char quote = text[open];
        if (at == name_begin || name.empty() || !is_name_start(name[0]) || text[equals] != '=' ||
            (quote != '"' && quote != '\'')) {
            return broken();
        }
        std::size_t end = open + 1;
        std::uint8_t seen = 0;
        while (end < text.size() && text[end] != quote) {
            seen |= class_of(text[end++]);
        }
        if (end == text.size()) {
            return needs_more;
        }
        const auto value = value_of(text.substr(open + 1, end - open - 1), seen);
        const bool is_known = std::any_of(attributes_.begin(),
                                          attributes_.end(),
                                          [&](const auto& other) { return other.name == name; });
        if ((seen & angle) != 0 || !value || is_known || attributes_.size() >= attribute_limit) {
            return broken();
        }
        attributes_.push_back({name, *value});
        at = end + 1;
    }
}

std::size_t XmlScanner::scan_start(std::string_view text) {
    std::size_t at = 1;
    while (at < text.size() && is_name(text[at])) {
        ++at;
    }
    const auto name = text.substr(1, at - 1);
    const auto end = read_attributes(text, at);
    if (end == needs_more || !fault_.empty()) {
        return end;
    }
    const bool is_empty = text[end] == '/';
    if (is_empty && end + 1 >= text.size()) {
        return needs_more;
    }
    if ((is_empty && text[end + 1] != '>') || (open_.empty() && has_root_)) {
        return broken();
    }
    has_root_ = true;
    if (open_.size() >= depth_limit) {
        break_off("xml_too_deep");
        return 0;
    }
    const auto bare = local(name);
    handler_.start(bare, Attributes{attributes_});
    if (is_empty) {
        if (!has_ended()) {
            handler_.end(bare);
        }
        return end + 2;
    }
    open_.push_back(names_.size());
    names_ += name;
    return end + 1;
}

std::size_t XmlScanner::scan_end(std::string_view text) {
    const auto end = text.find('>');
    if (end == std::string_view::npos) {
        return needs_more;
    }
    auto name = text.substr(2, end - 2);
    while (!name.empty() && is_blank(name.back())) {
        name.remove_suffix(1);
    }
    if (open_.empty() || std::string_view{names_}.substr(open_.back()) != name) {
        return broken();
    }
    names_.resize(open_.back());
    open_.pop_back();
    handler_.end(local(name));
    return end + 1;
}

}  // namespace agate::exchange
