// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/embedded.h"

// The tables of rights/ in memory. Small numbers stand for the words, so that a decision compares
// integers.
namespace agate::app {

using RoleIndex = std::uint8_t;

/// Relations of rights/relations.csv, in its order: the table is checked against this list.
enum class Relation : std::uint8_t {
    self,
    own_child,
    my_class,
    taught,
    covered,
    classmate,
    my_grade,
    my_campus,
    my_school,
    my_group,
    my_district,
    author,
    assigned,
    my_centre,
    partnered,
    my_post,
    my_branch,
    recipient,
    responsible,
    any,
};
[[nodiscard]] std::string_view to_text(Relation relation);

/// What is written when the right is used.
enum class LogKind : std::uint8_t { none, chain, read, open, exported };

enum class SecondFactor : std::uint8_t { none, optional, step_up, required };

struct Role {
    std::string code;
    std::string name_zh, name_en;
    std::string scope;  ///< person, class, grade, school, campus, group, district, self, child
    SecondFactor second_factor = SecondFactor::none;
    bool is_pseudo = false;
};

/// One allowed combination.
struct RightsRow {
    std::string resource, action;
    RoleIndex role = 0;
    Relation relation = Relation::any;
    std::vector<std::string> states;  ///< "recording", or "period=recording" for another machine
    std::vector<std::string> conditions;
    LogKind log = LogKind::none;
    int line = 0;  ///< of rights.csv
};

/// All tables, checked against each other when read. Immutable.
class Rights {
public:
    /// Throws Bug when a file is missing, a word unknown or a row repeated: the files are ours.
    explicit Rights(std::span<const EmbeddedFile> files);

    [[nodiscard]] std::optional<RoleIndex> find_role(std::string_view code) const;

    [[nodiscard]] const Role& role(RoleIndex index) const { return roles_[index]; }

    [[nodiscard]] std::span<const Role> roles() const { return roles_; }

    [[nodiscard]] std::span<const RightsRow> rows() const { return rows_; }

    /// The rows of one resource and action; empty when there are none.
    [[nodiscard]] std::span<const RightsRow> rows(std::string_view resource,
                                                  std::string_view action) const;

    /// True when the resource has this action in resources.csv.
    [[nodiscard]] bool has_action(std::string_view resource, std::string_view action) const;

private:
    void read_roles(std::string_view text);
    void read_resources(std::string_view text);
    void read_rows(std::string_view text, std::span<const std::string> conditions);

    std::vector<Role> roles_;
    std::vector<RightsRow> rows_;  ///< sorted by resource and action
    std::map<std::string, std::vector<std::string>, std::less<>> actions_;
};

/// The tables that this program carries.
[[nodiscard]] const Rights& rights();

}  // namespace agate::app

namespace agate::embedded {
std::span<const EmbeddedFile> rights();
}
