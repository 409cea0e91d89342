// SPDX-License-Identifier: Apache-2.0
#include "base/csv.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include <algorithm>
#include <array>
#include <bit>

#include "base/error.h"

namespace agate {

namespace {

constexpr std::size_t block_size = 64;
constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";

/// A bit for each of 64 bytes that is the separator, a quote, a line feed or NUL.
#ifdef __SSE2__
std::uint64_t special_mask(const char* bytes, char separator) {
    const __m128i separators = _mm_set1_epi8(separator);
    const __m128i quotes = _mm_set1_epi8('"');
    const __m128i line_feeds = _mm_set1_epi8('\n');
    const __m128i zeros = _mm_setzero_si128();
    std::uint64_t mask = 0;
    for (unsigned i = 0; i < block_size; i += 16) {
        const __m128i chunk = _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes + i));
        const __m128i ends =
            _mm_or_si128(_mm_cmpeq_epi8(chunk, separators), _mm_cmpeq_epi8(chunk, line_feeds));
        const __m128i others =
            _mm_or_si128(_mm_cmpeq_epi8(chunk, quotes), _mm_cmpeq_epi8(chunk, zeros));
        const auto bits = static_cast<unsigned>(_mm_movemask_epi8(_mm_or_si128(ends, others)));
        mask |= std::uint64_t{bits} << i;
    }
    return mask;
}
#else
std::uint64_t special_mask(const char* bytes, char separator) {
    std::uint64_t mask = 0;
    for (unsigned i = 0; i < block_size; ++i) {
        const char c = bytes[i];
        const bool is_special = c == separator || c == '"' || c == '\n' || c == '\0';
        mask |= std::uint64_t{is_special} << i;
    }
    return mask;
}
#endif

char find_separator(std::string_view text) {
    bool is_quoted = false;
    bool has_tab = false;
    bool has_semicolon = false;
    const std::size_t first = std::min(text.find_first_not_of("\r\n"), text.size());
    for (const char c : text.substr(first)) {
        if (c == '"') {
            is_quoted = !is_quoted;
        } else if (is_quoted) {
            continue;
        } else if (c == ',' || c == '\n') {
            if (c == ',') {
                return ',';
            }
            break;
        }
        has_tab = has_tab || c == '\t';
        has_semicolon = has_semicolon || c == ';';
    }
    if (has_tab) {
        return '\t';
    }
    return has_semicolon ? ';' : ',';
}

std::string_view without_return(std::string_view field) {
    if (field.ends_with('\r')) {
        field.remove_suffix(1);
    }
    return field;
}

}  // namespace

CsvReader::CsvReader(std::string_view text, CsvLimits limits) : text_(text), limits_(limits) {
    if (text_.starts_with(byte_order_mark)) {
        text_.remove_prefix(byte_order_mark.size());
    }
    separator_ = find_separator(text_);
    mask_ = scan(0);
}

/// The mask of the block, with a bit for the end of the text.
std::uint64_t CsvReader::scan(std::size_t block) const {
    if (block + block_size <= text_.size()) {
        return special_mask(text_.data() + block, separator_);
    }
    const std::string_view rest = text_.substr(std::min(block, text_.size()));
    std::array<char, block_size> padded{};
    padded.fill(' ');  // never special
    std::ranges::copy(rest, padded.begin());
    return special_mask(padded.data(), separator_) | std::uint64_t{1} << rest.size();
}

/// The next separator, quote, line end or NUL, each once; then the size of the text.
std::size_t CsvReader::next_special() {
    while (mask_ == 0) {
        block_ += block_size;
        mask_ = scan(block_);
    }
    const std::size_t at = block_ + static_cast<std::size_t>(std::countr_zero(mask_));
    mask_ &= mask_ - 1;
    return std::min(at, text_.size());
}

CsvReader::FieldEnd CsvReader::fail(std::string_view code, std::int64_t line, std::size_t column) {
    problems_.push_back(
        {.where = {.row = line, .column = static_cast<std::int64_t>(column)},
         .code = std::string(code),
         .args = {{"row", std::to_string(line)}, {"column", std::to_string(column)}}});
    return FieldEnd::fault;
}

bool CsvReader::skip_blank_lines() {
    while (position_ < text_.size()) {
        const char first = text_[position_];
        if (first != '\n' && first != '\r') {
            return true;
        }
        const std::string_view rest = text_.substr(position_, 2);
        if (first == '\r' && rest != "\r\n" && rest != "\r") {
            return true;
        }
        position_ = std::min(next_special(), text_.size() - 1) + 1;
        ++line_;
    }
    return false;
}

bool CsvReader::next(CsvRecord& record) {
    record.fields.clear();
    if (!problems_.empty() || !skip_blank_lines()) {
        return false;
    }
    record.line = line_;
    unquoted_.clear();
    moved_.clear();
    auto end = FieldEnd::field;
    while (end == FieldEnd::field) {
        const bool is_quoted = position_ < text_.size() && text_[position_] == '"';
        end = is_quoted ? read_quoted(record) : read_plain(record);
    }
    if (end == FieldEnd::fault) {
        record.fields.clear();
        return false;
    }
    for (const auto& moved : moved_) {
        record.fields[moved.field] = std::string_view(unquoted_).substr(moved.from, moved.size);
    }
    return true;
}

/// Plain fields up to the end of the record or to a quoted one. The state is in local variables,
/// where the stores to the record cannot touch it: this loop is what reading costs.
CsvReader::FieldEnd CsvReader::read_plain(CsvRecord& record) {
    const char* const text = text_.data();
    const std::size_t size = text_.size();
    const std::size_t max_fields = limits_.max_fields;
    const std::size_t max_bytes = limits_.max_field_bytes;
    const char separator = separator_;
    std::size_t block = block_;
    std::uint64_t mask = mask_;
    std::size_t start = position_;
    auto result = FieldEnd::field;
    while (true) {
        while (mask == 0) {
            block += block_size;
            mask = scan(block);
        }
        const std::size_t at = block + static_cast<std::size_t>(std::countr_zero(mask));
        mask &= mask - 1;
        const char end = at < size ? text[at] : '\n';
        if ((end != separator && end != '\n') || at - start > max_bytes ||
            record.fields.size() == max_fields) {
            result = fail_plain(record, end, at - start);
            break;
        }
        const std::string_view field(text + start, at - start);
        start = at + 1;
        if (end == '\n') {
            record.fields.push_back(without_return(field));
            ++line_;
            result = FieldEnd::record;
            break;
        }
        record.fields.push_back(field);
        if (start < size && text[start] == '"') {
            break;
        }
    }
    block_ = block;
    mask_ = mask;
    position_ = std::min(start, size);
    return result;
}

CsvReader::FieldEnd CsvReader::fail_plain(const CsvRecord& record, char end, std::size_t size) {
    const std::size_t column = record.fields.size() + 1;
    if (column > limits_.max_fields) {
        return fail("csv_too_many_fields", record.line, limits_.max_fields);
    }
    if (end == '"' || end == '\0') {
        return fail(end == '"' ? "csv_quote_in_field" : "csv_nul_byte", line_, column);
    }
    ensure(size > limits_.max_field_bytes, "the field breaks some limit");
    return fail("csv_field_too_long", record.line, column);
}

CsvReader::FieldEnd CsvReader::read_quoted(CsvRecord& record) {
    const std::int64_t open_line = line_;
    const std::size_t column = record.fields.size() + 1;
    if (column > limits_.max_fields) {
        return fail("csv_too_many_fields", record.line, limits_.max_fields);
    }
    std::size_t from = next_special() + 1;
    const std::size_t copied_from = unquoted_.size();
    bool is_copied = false;
    while (true) {
        const std::size_t at = next_special();
        if (at == text_.size()) {
            return fail("csv_open_quote", open_line, column);
        }
        if (text_[at] == '\0') {
            return fail("csv_nul_byte", line_, column);
        }
        line_ += text_[at] == '\n' ? 1 : 0;
        if (text_[at] != '"') {
            continue;
        }
        const bool is_doubled = at + 1 < text_.size() && text_[at + 1] == '"';
        if (is_doubled || is_copied) {
            unquoted_.append(text_, from, at + (is_doubled ? 1 : 0) - from);
        }
        if (is_doubled) {
            from = next_special() + 1;
            is_copied = true;
            continue;
        }
        std::string_view field = text_.substr(from, at - from);
        if (is_copied) {
            field = std::string_view(unquoted_).substr(copied_from);
            moved_.push_back({.field = column - 1, .from = copied_from, .size = field.size()});
        }
        return end_quoted(record, field, at + 1);
    }
}

/// Behind the closing quote comes a separator, a line end or nothing.
CsvReader::FieldEnd CsvReader::end_quoted(CsvRecord& record,
                                          std::string_view field,
                                          std::size_t behind) {
    const std::size_t column = record.fields.size() + 1;
    const std::size_t end = next_special();
    const std::string_view between = text_.substr(behind, end - behind);
    const bool ends_record = end == text_.size() || text_[end] == '\n';
    const bool ends_field = !ends_record && text_[end] == separator_ && between.empty();
    if (!ends_field && !(ends_record && without_return(between).empty())) {
        return fail("csv_quote_in_field", line_, column);
    }
    if (field.size() > limits_.max_field_bytes) {
        return fail("csv_field_too_long", record.line, column);
    }
    record.fields.push_back(field);
    position_ = std::min(end + 1, text_.size());
    line_ += ends_record ? 1 : 0;
    return ends_record ? FieldEnd::record : FieldEnd::field;
}

namespace {

bool is_plain_number(std::string_view text) {
    if (text.starts_with('-') || text.starts_with('+')) {
        text.remove_prefix(1);
    }
    const std::size_t point = text.find('.');
    const auto is_digits = [](std::string_view part) {
        return !part.empty() && part.find_first_not_of("0123456789") == std::string_view::npos;
    };
    return is_digits(text.substr(0, point)) &&
           (point == std::string_view::npos || is_digits(text.substr(point + 1)));
}

/// A formula's first character, behind any number of apostrophes.
bool is_like_formula(std::string_view field) {
    const std::size_t first = field.find_first_not_of('\'');
    return first != std::string_view::npos &&
           std::string_view("=+-@\t\r").find(field[first]) != std::string_view::npos;
}

}  // namespace

void append_csv_field(std::string& out, std::string_view field, FormulaGuard guard) {
    // A field that starts with apostrophes and then a formula gets one more, so that taking one
    // away gives back every field.
    const bool is_guarded =
        guard == FormulaGuard::on && is_like_formula(field) && !is_plain_number(field);
    // Tab and semicolon too: they would be taken for the separator in a file of one column.
    if (field.find_first_of(",\"\n\r\t;") == std::string_view::npos &&
        !field.starts_with(byte_order_mark)) {
        out += is_guarded ? "'" : "";
        out += field;
        return;
    }
    out += is_guarded ? "\"'" : "\"";
    for (const char c : field) {
        out.append(c == '"' ? 2 : 1, c);
    }
    out += '"';
}

std::string_view remove_formula_guard(std::string_view field) {
    if (field.starts_with('\'') && is_like_formula(field)) {
        field.remove_prefix(1);
    }
    return field;
}

}  // namespace agate
