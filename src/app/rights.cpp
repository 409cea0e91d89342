// SPDX-License-Identifier: Apache-2.0
#include "app/rights.h"

#include <algorithm>
#include <array>
#include <set>

#include "base/csv.h"
#include "base/error.h"
#include "base/text.h"

namespace agate::app {
namespace {

constexpr std::array<std::string_view, 20> relation_names{
    "self",      "own_child", "my_class",  "taught",      "covered",     "classmate", "my_grade",
    "my_campus", "my_school", "my_group",  "my_district", "author",      "assigned",  "my_centre",
    "partnered", "my_post",   "my_branch", "recipient",   "responsible", "any"};

/// A table of ours as rows of named fields.
class Table {
public:
    explicit Table(std::string_view text) : reader_(text) {
        ensure(reader_.next(record_), "a table of rights/ has a header");
        for (const auto field : record_.fields) {
            header_.emplace_back(field);
        }
    }

    [[nodiscard]] bool next() { return reader_.next(record_); }

    [[nodiscard]] std::string_view operator[](std::string_view column) const {
        const auto at = std::find(header_.begin(), header_.end(), column);
        ensure(at != header_.end(), "a table of rights/ has every column asked for");
        return record_.fields.at(static_cast<std::size_t>(at - header_.begin()));
    }

    [[nodiscard]] int line() const { return static_cast<int>(record_.line); }

private:
    CsvReader reader_;
    CsvRecord record_;
    std::vector<std::string> header_;
};

std::vector<std::string> words_of(std::string_view cell) {
    std::vector<std::string> words;
    for (const auto word : split(cell, ' ')) {
        if (!word.empty()) {
            words.emplace_back(word);
        }
    }
    return words;
}

Relation parse_relation(std::string_view text) {
    const auto at = std::find(relation_names.begin(), relation_names.end(), text);
    ensure(at != relation_names.end(), "rights.csv names known relations");
    return static_cast<Relation>(at - relation_names.begin());
}

LogKind parse_log(std::string_view text) {
    constexpr std::array<std::string_view, 5> names{"-", "chain", "read", "open", "export"};
    const auto at = std::find(names.begin(), names.end(), text);
    ensure(at != names.end(), "rights.csv names known log kinds");
    return static_cast<LogKind>(at - names.begin());
}

SecondFactor parse_second_factor(std::string_view text) {
    constexpr std::array<std::string_view, 4> names{"none", "optional", "step_up", "required"};
    const auto at = std::find(names.begin(), names.end(), text);
    ensure(at != names.end(), "roles.csv names known second factors");
    return static_cast<SecondFactor>(at - names.begin());
}

std::string_view file_text(std::span<const EmbeddedFile> files, std::string_view path) {
    const auto text = find_file(files, path);
    ensure(text.has_value(), "every table of rights/ is in the program");
    return *text;
}

}  // namespace

std::string_view to_text(Relation relation) {
    return relation_names[static_cast<std::size_t>(relation)];
}

Rights::Rights(std::span<const EmbeddedFile> files) {
    read_roles(file_text(files, "roles.csv"));
    read_resources(file_text(files, "resources.csv"));
    std::vector<std::string> conditions;
    for (Table table(file_text(files, "conditions.csv")); table.next();) {
        conditions.emplace_back(table["condition"]);
    }
    read_rows(file_text(files, "rights.csv"), conditions);
}

void Rights::read_roles(std::string_view text) {
    for (Table table(text); table.next();) {
        roles_.push_back({.code = std::string(table["role"]),
                          .name_zh = std::string(table["name_zh"]),
                          .name_en = std::string(table["name_en"]),
                          .scope = std::string(table["scope"]),
                          .second_factor = parse_second_factor(table["second_factor"]),
                          .is_pseudo = table["kind"] == "pseudo"});
    }
}

void Rights::read_resources(std::string_view text) {
    for (Table table(text); table.next();) {
        actions_[std::string(table["resource"])] = words_of(table["actions"]);
    }
}

void Rights::read_rows(std::string_view text, std::span<const std::string> conditions) {
    std::set<std::string> seen;
    for (Table table(text); table.next();) {
        RightsRow row{.resource = std::string(table["resource"]),
                      .action = std::string(table["action"]),
                      .role = 0,
                      .relation = parse_relation(table["relation"]),
                      .states = words_of(table["state"]),
                      .conditions = words_of(table["conditions"]),
                      .log = parse_log(table["log"]),
                      .line = table.line()};
        const auto role = find_role(table["role"]);
        ensure(role.has_value(), "rights.csv names known roles");
        row.role = *role;
        ensure(has_action(row.resource, row.action), "rights.csv names known actions");
        for (const auto& condition : row.conditions) {
            ensure(std::find(conditions.begin(), conditions.end(), condition) != conditions.end(),
                   "rights.csv names known conditions");
        }
        rows_.push_back(std::move(row));
    }
    std::stable_sort(rows_.begin(), rows_.end(), [](const RightsRow& a, const RightsRow& b) {
        return std::tie(a.resource, a.action) < std::tie(b.resource, b.action);
    });
}

std::optional<RoleIndex> Rights::find_role(std::string_view code) const {
    for (std::size_t i = 0; i < roles_.size(); ++i) {
        if (roles_[i].code == code) {
            return static_cast<RoleIndex>(i);
        }
    }
    return std::nullopt;
}

bool Rights::has_action(std::string_view resource, std::string_view action) const {
    const auto found = actions_.find(resource);
    return found != actions_.end() &&
           std::find(found->second.begin(), found->second.end(), action) != found->second.end();
}

std::span<const RightsRow> Rights::rows(std::string_view resource, std::string_view action) const {
    const auto before = [](const RightsRow& row, const auto& key) {
        return std::tie(row.resource, row.action) < key;
    };
    const auto after = [](const auto& key, const RightsRow& row) {
        return key < std::tie(row.resource, row.action);
    };
    const auto key = std::make_pair(std::string(resource), std::string(action));
    const auto wanted = std::tie(key.first, key.second);
    const auto first = std::lower_bound(rows_.begin(), rows_.end(), wanted, before);
    const auto last = std::upper_bound(first, rows_.end(), wanted, after);
    return {first, last};
}

const Rights& rights() {
    static const Rights table(embedded::rights());
    return table;
}

}  // namespace agate::app
