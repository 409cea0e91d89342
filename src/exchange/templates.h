// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/problem.h"
#include "base/words.h"
#include "exchange/evidence.h"
#include "exchange/fitness.h"
#include "exchange/writer.h"

// Sheets to hand out: templates with notes and an example row that the readers skip, the national
// upload sheet, and the rows that were left out.
namespace agate::exchange {

enum class FitnessLayout : std::uint8_t { primary, junior_senior };

[[nodiscard]] std::string roster_template(Language language);
[[nodiscard]] std::string evidence_template(Language language, std::span<const ReasonSpec> reasons);
[[nodiscard]] std::string fitness_template(Language language,
                                           FitnessLayout layout,
                                           std::span<const ItemSpec> items);

/// The national upload sheet (国家学生体质健康标准数据管理系统): every cell text, columns in the
/// system's order, grade and sex as codes, times as 3'45. Rows of the other stage are an
/// Error(invalid, "layout_has_other_grades"). Read back by read_fitness without loss.
[[nodiscard]] std::string national_upload_sheet(FitnessLayout layout,
                                                std::span<const ItemSpec> items,
                                                std::span<const FitnessRow> rows);

/// The layout that a grade is uploaded in.
[[nodiscard]] FitnessLayout layout_of_grade(int grade);

/// Rows that were not taken, in the file's own columns with 行, 位置, 原因, 怎么改 in front. Mended
/// there and with those four columns left as they are, the file can be imported again.
[[nodiscard]] std::string left_out_csv(std::string_view bytes,
                                       const ReadOptions& options,
                                       const ImportTable& table,
                                       std::span<const Problem> problems,
                                       Language language);

}  // namespace agate::exchange
