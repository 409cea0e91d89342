// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <vector>

#include "exchange/roster.h"
#include "exchange/row_problems.h"
#include "exchange/values.h"

namespace agate::exchange {

/// The checks of one roster row and of all rows together.
class RosterChecks {
public:
    RosterChecks(const RosterOptions& options, DateOrder order)
        : options_(options), order_(order), problems_(options.file) {}

    [[nodiscard]] RosterRow read(const ImportTable& table, const DataRow& data);

    /// The same number twice is a fault of every row that has it.
    void check_repeats(const ImportTable& table, std::vector<RosterRow>& rows);

    [[nodiscard]] Problems take() { return problems_.take(); }

private:
    void note(RosterRow& made, std::string_view field, Finding finding);
    void read_name(RosterRow& made);
    void read_numbers(RosterRow& made);
    void read_id_number(RosterRow& made);
    void read_sex(RosterRow& made);
    void read_class(RosterRow& made);
    void read_status(RosterRow& made);
    void read_birth(RosterRow& made);
    void read_guardians(RosterRow& made);
    [[nodiscard]] std::string text(std::string_view field) const;

    const RosterOptions& options_;
    DateOrder order_;
    RowProblems problems_;
    std::optional<FieldCells> cells_;
    const ImportTable* table_ = nullptr;
    const Row* row_ = nullptr;
};

}  // namespace agate::exchange
