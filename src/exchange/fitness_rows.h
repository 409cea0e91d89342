// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "exchange/fitness.h"
#include "exchange/row_problems.h"

namespace agate::exchange {

/// Numbers seen so far, by hash: finds the second row with the same one in constant work.
class SeenNumbers {
public:
    SeenNumbers();
    /// The row that had it before, or nothing.
    [[nodiscard]] std::optional<std::int64_t> add(std::string_view number, std::int64_t row);

private:
    struct Slot {
        std::uint64_t hash = 0;
        std::int64_t row = 0;
    };

    void grow();

    std::vector<Slot> slots_;
    std::size_t count_ = 0;
};

/// Builds one FitnessRow after the other from data rows of one table.
class FitnessRows {
public:
    FitnessRows(std::span<const ItemSpec> items, const FitnessOptions& options);

    /// False when the row is a prepared one with nobody in it.
    [[nodiscard]] bool read(const ImportTable& table, const DataRow& data);

    [[nodiscard]] const FitnessRow& row() const { return row_; }

    [[nodiscard]] const Problems& problems() const { return problems_.list(); }

    [[nodiscard]] bool has_sex_column() const { return sex_ != 0; }

    /// Empty cells of items that the pupil's group takes, so far.
    [[nodiscard]] std::int64_t blank_cells() const { return blank_cells_; }

private:
    struct Slot {
        std::int64_t column = 0;
        std::size_t item = 0;
        std::optional<std::size_t> other;  ///< the item that boys and girls do not share
        bool is_chosen_by_user = false;
    };

    void prepare(const ImportTable& table);
    void prepare_item(const Column& column);
    void read_person(const Row& row);
    void read_grade(const Row& row);
    void read_sex(const Row& row);
    void read_items(const Row& row);
    void read_item(const Row& row, const Slot& slot);
    void check_numbers();
    void check_items();
    [[nodiscard]] std::optional<int> settle_grade(int number) const;
    [[nodiscard]] bool is_taken(std::size_t item, Sex sex, int grade) const;
    [[nodiscard]] bool is_stated(std::size_t item) const;
    [[nodiscard]] bool is_for(std::size_t item, Sex sex) const;
    [[nodiscard]] bool has_anything(const Row& row) const;
    void note(std::string_view field, Finding finding);
    void refuse(std::string_view field, std::string_view code);

    std::span<const ItemSpec> items_;
    const FitnessOptions& options_;
    RowProblems problems_;
    FitnessRow row_;
    SeenNumbers seen_;
    const ImportTable* table_ = nullptr;
    const Row* given_ = nullptr;
    std::vector<Slot> slots_;
    std::vector<char> is_stated_;
    /// Bit by item: taken by [sex][grade]; and stated for anybody at all.
    std::array<std::array<std::uint64_t, 13>, 2> due_{};
    std::uint64_t stated_ = 0;
    std::int64_t grade_ = 0, class_code_ = 0, class_name_ = 0, national_number_ = 0;
    std::int64_t student_number_ = 0, ethnic_code_ = 0, name_ = 0, sex_ = 0, birth_day_ = 0;
    std::int64_t address_ = 0;
    std::int64_t blank_cells_ = 0;
    bool has_grade_codes_ = false;  ///< the grade column's name says so
};

}  // namespace agate::exchange
