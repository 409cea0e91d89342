// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "base/day.h"
#include "base/progress.h"

// A demonstration district: invented people, made by the same use cases as a real one.
namespace agate::app {

struct DemoOptions {
    std::filesystem::path folder;  ///< of the installation; must not have one yet
    std::uint64_t seed = 2026;     ///< the same seed and day give the same district
    int students = 8000;
    Instant now;
    Progress progress;
};

/// One account to try. Passwords are made for this run.
struct DemoAccount {
    std::string role, role_zh;
    std::string login, password;
    std::string factor_secret;  ///< base32; empty: no second factor
    std::string person_name, note_zh;
};

struct DemoDistrict {
    std::vector<DemoAccount> accounts;
    std::int64_t students = 0, classes = 0, records = 0;
};

[[nodiscard]] DemoDistrict make_demo(const DemoOptions& options);

}  // namespace agate::app
