// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/problem.h"

namespace agate {

/// One record of a CSV text. The fields point into the reader's buffers and are valid until the
/// next record.
struct CsvRecord {
    std::int64_t line = 0;  ///< line of the record's first character, from 1
    std::vector<std::string_view> fields;
};

struct CsvLimits {
    std::size_t max_fields = 1000;
    std::size_t max_field_bytes = 1 << 20;
};

/// RFC 4180 with what spreadsheets really write: LF or CRLF, quoted fields with line breaks and
/// doubled quotes, a UTF-8 byte order mark. One pass, no copy for unquoted fields. The separator is
/// a comma, or a tab or semicolon when the first line has that and no comma.
class CsvReader {
public:
    explicit CsvReader(std::string_view text, CsvLimits limits = {});

    /// False at the end or after a fault; `problem()` tells which. Blank lines are skipped.
    [[nodiscard]] bool next(CsvRecord& record);

    /// Empty, or the one fault that ended reading: csv_open_quote, csv_quote_in_field,
    /// csv_too_many_fields, csv_field_too_long, csv_nul_byte.
    [[nodiscard]] const Problems& problems() const { return problems_; }

private:
    /// What the end of a field ends.
    enum class FieldEnd { field, record, fault };

    /// A field with doubled quotes: its bytes are in unquoted_, which may still move.
    struct Unquoted {
        std::size_t field = 0;
        std::size_t from = 0;
        std::size_t size = 0;
    };

    [[nodiscard]] std::uint64_t scan(std::size_t block) const;
    [[nodiscard]] std::size_t next_special();
    [[nodiscard]] bool skip_blank_lines();
    FieldEnd read_plain(CsvRecord& record);
    FieldEnd read_quoted(CsvRecord& record);
    FieldEnd end_quoted(CsvRecord& record, std::string_view field, std::size_t behind);
    FieldEnd fail_plain(const CsvRecord& record, char end, std::size_t size);
    FieldEnd fail(std::string_view code, std::int64_t line, std::size_t column);

    std::string_view text_;
    CsvLimits limits_;
    char separator_ = ',';
    std::size_t position_ = 0;
    std::int64_t line_ = 1;
    std::size_t block_ = 0;   ///< where the 64 bytes begin that mask_ speaks of
    std::uint64_t mask_ = 0;  ///< separators, quotes, line ends and NULs not yet visited
    std::string unquoted_;    ///< bytes of quoted fields of the current record
    std::vector<Unquoted> moved_;
    Problems problems_;
};

/// Quotes a field when it must be. With `guard_formulas`, a leading = + - @ tab or CR that is not a
/// plain number is written behind an apostrophe, so that a spreadsheet will not run it.
enum class FormulaGuard { off, on };
void append_csv_field(std::string& out, std::string_view field, FormulaGuard guard);
/// Takes the guard's apostrophe away again; fields without one come back as they are. Exact for
/// every field that append_csv_field wrote with FormulaGuard::on.
[[nodiscard]] std::string_view remove_formula_guard(std::string_view field);

}  // namespace agate
