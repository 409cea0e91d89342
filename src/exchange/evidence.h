// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/day.h"
#include "base/decimal.h"
#include "core/evidence.h"
#include "exchange/mapping.h"

namespace agate::exchange {

/// A reason as the caller's framework knows it.
struct ReasonSpec {
    std::string code{};
    std::string name_zh{}, name_en{};
    std::optional<Decimal> default_value{};
    std::optional<Decimal> value_low{}, value_high{};
};

/// One dated record. Who the student is, the caller decides: by number, else by class and name.
struct EvidenceRow {
    std::int64_t row = 0;
    std::string student_number{};
    std::string class_name{};
    std::string student_name{};
    std::string reason{};       ///< code; empty when no known reason matched
    std::string reason_text{};  ///< as written
    std::optional<Day> day{};
    std::optional<Decimal> value{};
    std::string label{};
    std::string activity{};
    std::string note{};
    std::string source_number{};  ///< the source's own record number, for "imported twice"
    std::string giver{};          ///< name or login, as written
    std::optional<RaterKind> rater_kind{};
    bool is_ready = true;

    friend bool operator==(const EvidenceRow&, const EvidenceRow&) = default;
};

struct EvidenceOptions : ReadOptions {
    std::vector<ReasonSpec> reasons{};  ///< empty: reasons stay as written
    std::optional<DayRange> days{};     ///< dates outside are refused
    std::optional<Decimal> unusual_value = Decimal::from_int(100);  ///< larger: a warning
};

struct EvidenceRead {
    ImportTable table;
    std::vector<EvidenceRow> rows;
    Problems problems;
};

[[nodiscard]] EvidenceRead read_evidence(std::string_view bytes, const EvidenceOptions& options);
[[nodiscard]] std::vector<Field> evidence_fields();

}  // namespace agate::exchange
