// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/ids.h"

namespace agate {

enum class OrgKind { district, group, school, campus, grade, class_, committee, branch };
[[nodiscard]] std::string_view to_text(OrgKind kind);  ///< "class" for class_
[[nodiscard]] std::optional<OrgKind> parse_org_kind(std::string_view text);

/// One organisation. A class has a grade (1 to 12) as its parent or its own `grade`; every org
/// below a school names that school.
struct Org {
    OrgId org_id{};
    OrgKind kind = OrgKind::school;
    std::optional<OrgId> parent_id{};
    std::optional<SchoolId> school_id{};
    std::string code{};  ///< the office's own code, unique under its parent
    std::string name_zh{};
    std::string name_en{};
    int grade = 0;  ///< 1 to 12 for grade and class, else 0
};

enum class Sex { male, female };
[[nodiscard]] std::string_view to_text(Sex sex);  ///< "male", "female"
/// 1, 2, 男, 女, male, female, M, F, boy, girl.
[[nodiscard]] std::optional<Sex> parse_sex(std::string_view text);

/// 1 to 12 from "3", "13" (national code), "三年级", "小学三年级", "七年级", "初一", "高二", "Grade
/// 7", "G7". A bare 11 or 12 is the national code of grades 1 and 2; "G11", "11 年级" and "高二"
/// are grade 11.
[[nodiscard]] std::optional<int> parse_grade(std::string_view text);
/// The national code alone: 11-16, 21-23, 31-33.
[[nodiscard]] std::optional<int> parse_grade_code(std::string_view text);
/// The national code: 11-16, 21-23, 31-33.
[[nodiscard]] int national_grade_code(int grade);
/// 12 is "高三" in Chinese; "Grade 12" in English.
[[nodiscard]] std::string grade_name_zh(int grade);

}  // namespace agate
