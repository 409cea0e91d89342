// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/day.h"
#include "core/org.h"
#include "exchange/mapping.h"

namespace agate::exchange {

struct GuardianContact {
    std::string name{};
    std::string relation{};  ///< as written: 母亲, father
    std::string phone{};

    friend bool operator==(const GuardianContact&, const GuardianContact&) = default;
};

/// One pupil of a roster. A row with an error is not ready and must not be taken. Same names are
/// ordinary; the same number twice is a fault of both rows.
struct RosterRow {
    std::int64_t row = 0;
    std::string student_number{};   ///< the school's own number 学号
    std::string national_number{};  ///< 学籍号, without blanks
    std::string id_number{};        ///< 身份证号, checksum right
    std::string name{};
    std::optional<Sex> sex{};    ///< from its column, else from the ID number
    std::optional<int> grade{};  ///< 1 to 12, from its column, else from the class name
    std::string class_name{};
    std::string class_code{};
    std::string campus{};
    std::string school{};
    std::optional<Day> birth_day{};
    std::string seat_number{};
    std::string ethnicity{};  ///< as written, name or code
    std::string address{};
    std::string note{};
    std::vector<GuardianContact> guardians{};
    bool has_left = false;         ///< graduated or gone to another school: no class is asked for
    std::optional<Day> left_on{};  ///< the last day at the school, where it is written
    bool is_ready = true;

    friend bool operator==(const RosterRow&, const RosterRow&) = default;
};

struct RosterOptions : ReadOptions {
    std::string class_name{};    ///< for every row, where the file has no class column
    std::optional<int> grade{};  ///< for every row, where neither column nor class name gives one
    std::optional<Day> today{};  ///< birth dates after it are refused
};

struct RosterRead {
    ImportTable table;
    std::vector<RosterRow> rows;
    Problems problems;  ///< of rows and cells, in the order of the sheet
};

[[nodiscard]] RosterRead read_roster(std::string_view bytes, const RosterOptions& options);
[[nodiscard]] std::vector<Field> roster_fields();

/// One file of a roster kept in several (OneRoster, School Data Sync): its name and bytes.
struct NamedFile {
    std::string name{};
    std::string_view bytes{};
};

/// Joins the files by their keys: users with orgs, classes, enrollments, roles, demographics and
/// relationships (OneRoster and SDS v2, v2.1), or Student with Section and StudentEnrollment (SDS
/// v1). Only students become rows; every other user is counted, and what is not taken is listed.
[[nodiscard]] RosterRead read_roster_files(const std::vector<NamedFile>& files,
                                           const RosterOptions& options);

/// 18 characters, a real birth date and the right check character (GB 11643).
[[nodiscard]] bool is_id_number(std::string_view text);

/// Grade out of a class's name: "三年级2班", "初一(3)班", "高二5班"; and "小学2019级1班" when the
/// school year that runs (its first calendar year) is given.
[[nodiscard]] std::optional<int> grade_of_class(std::string_view class_name,
                                                std::optional<int> school_year = std::nullopt);

}  // namespace agate::exchange
