// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "exchange/mapping.h"

namespace agate::exchange {

/// What a problem says beside its place and code.
struct Finding {
    std::string_view code;
    MessageArgs args{};
    std::string suggestion{};  ///< shown as 改成 …?; becomes the argument "suggestion"
    Severity severity = Severity::error;
};

/// Collects the problems of a file's rows, each with its full place. The cell's text goes in as
/// "value", the field as "field", the header as "column".
class RowProblems {
public:
    explicit RowProblems(std::string file) : file_(std::move(file)) {}

    void add(const ImportTable& table, const Row& row, std::string_view field, Finding finding);
    void add_row(const ImportTable& table, std::int64_t row, Finding finding);

    [[nodiscard]] Problems take() { return std::move(problems_); }

    [[nodiscard]] const Problems& list() const { return problems_; }

    void clear() { problems_.clear(); }

private:
    std::string file_;
    Problems problems_;
};

/// Cells of a row by field.
class FieldCells {
public:
    explicit FieldCells(const ImportTable& table);

    [[nodiscard]] bool has(std::string_view field) const;
    [[nodiscard]] Cell get(const Row& row, std::string_view field) const;
    [[nodiscard]] std::string text(const Row& row, std::string_view field) const;

private:
    std::map<std::string, std::int64_t, std::less<>> columns_;
};

}  // namespace agate::exchange
