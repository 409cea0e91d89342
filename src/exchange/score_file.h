// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/decimal.h"
#include "exchange/fitness.h"

namespace agate::exchange {

/// The figures of one row, as the rules gave them; what they gave nothing for stays empty.
struct ScoreRow {
    std::int64_t index = 0;  ///< data row from 1
    std::optional<Decimal> bmi{};
    std::string_view bmi_class{};                      ///< code of the table
    std::span<const std::optional<Decimal>> scores{};  ///< in the order of the header's items
    std::span<const std::optional<Decimal>>
        bonuses{};  ///< in the order of the header's bonus items
    std::optional<Decimal> standard_score{}, bonus{}, total{};
    std::string_view level{};
    std::span<const CellNote> notes{};  ///< problems as code@field; warnings are left out
};

/// The output of `fitness score` as CSV: row,bmi,bmi_class,<item>_score…,<item>_bonus…,
/// standard_score,bonus,total,level,problems. Collects bytes; the caller takes them in pieces.
class ScoreFileWriter {
public:
    ScoreFileWriter(std::span<const std::string> score_items,
                    std::span<const std::string> bonus_items);

    void add(const ScoreRow& row);

    [[nodiscard]] const std::string& text() const { return text_; }

    [[nodiscard]] std::string take();

private:
    std::string text_;
};

}  // namespace agate::exchange
