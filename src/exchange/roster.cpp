// SPDX-License-Identifier: Apache-2.0
#include "exchange/roster.h"

#include <algorithm>

#include "exchange/roster_check.h"

namespace agate::exchange {
namespace {

std::vector<Field> fields_for(const RosterOptions& options) {
    auto fields = roster_fields();
    if (!options.class_name.empty()) {
        for (auto& field : fields) {
            if (field.group == "class") {
                field.group.clear();
            }
        }
    }
    return fields;
}

}  // namespace

RosterRead read_roster(std::string_view bytes, const RosterOptions& options) {
    RosterRead read;
    RosterChecks checks{options, DateOrder::year_first};
    read.table = read_import(
        bytes, fields_for(options), options, [&](const ImportTable& table, const DataRow& data) {
            read.rows.push_back(checks.read(table, data));
            return std::optional<SkipReason>{};
        });
    checks.check_repeats(read.table, read.rows);
    read.problems = checks.take();
    std::stable_sort(read.problems.begin(), read.problems.end(), [](const auto& a, const auto& b) {
        return a.where.row < b.where.row;
    });
    return read;
}

}  // namespace agate::exchange
