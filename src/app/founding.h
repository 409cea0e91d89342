// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/problem.h"
#include "core/calendar.h"
#include "core/org.h"

// A school's first hour: from an empty folder to people who can sign in and a term that is open.
namespace agate::app {

/// One row of the list of posts.
struct FoundingPost {
    std::string role;  ///< code of rights/roles.csv
    std::string name, number, login;
    std::string class_name;  ///< "三年级2班"; empty for posts of the whole school
};

struct PostList {
    std::vector<FoundingPost> posts;
    Problems problems;
};

/// CSV with the columns role, name, number, login, class (岗位, 姓名, 工号, 登录名, 班级) in any
/// order. Wanted are at least a principal, an academic office and a system administrator; no login
/// twice.
[[nodiscard]] PostList read_posts(std::string_view text, std::string_view file);

struct Founding {
    std::filesystem::path folder;
    std::string district, school;
    std::vector<std::string> campuses;  ///< may be empty
    int first_grade = 1, last_grade = 6;
    std::string term;
    DayRange days;
    std::vector<std::filesystem::path> overlays;  ///< on the national framework, low to high
    std::vector<FoundingPost> posts;
};

struct FoundedAccount {
    std::string role_zh, role_en, name, login;
    std::string password;       ///< made now, shown once
    std::string factor_secret;  ///< base32; empty where the role needs no second factor
};

/// Makes the installation, the school, its posts and accounts, and opens the term. Throws
/// Error(conflict, "store_exists") or (invalid, "pack_has_faults").
[[nodiscard]] std::vector<FoundedAccount> found_school(const Founding& founding);

}  // namespace agate::app
