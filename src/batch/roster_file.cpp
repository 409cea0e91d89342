// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "base/text.h"
#include "batch/case_files.h"
#include "batch/table_reader.h"

namespace agate::batch {
namespace {

enum Column : std::size_t { subject, kind, sex, grade, from, to, exempt };

constexpr ColumnRule columns[] = {
    {"subject", true}, {"kind"}, {"sex"}, {"grade"}, {"from"}, {"to"}, {"exempt"}};

class Reader {
public:
    Reader(TableReader& table, const framework::Plan& plan, const DayRange& period)
        : table_(table), plan_(plan), period_(period) {}

    void read_row(Roster& roster) {
        const std::string name(table_.cell(subject));
        if (name.empty()) {
            table_.fault(subject, "table_cell_missing");
            return;
        }
        const auto [found, is_new] =
            roster.numbers.try_emplace(name, static_cast<std::uint32_t>(roster.subjects.size()));
        if (is_new) {
            roster.names.push_back(name);
            roster.subjects.emplace_back();
            starts_.emplace_back();
        }
        read_facts(roster.subjects[found->second], starts_[found->second], is_new);
    }

private:
    void read_facts(evaluate::Subject& facts, std::vector<Day>& starts, bool is_new) {
        const auto what = table_.cell(kind);
        if (!what.empty() && what != plan_.subject_kind) {
            table_.fault(kind, "roster_kind_differs", {{"kind", plan_.subject_kind}});
        }
        if (const auto text = table_.cell(sex); !text.empty()) {
            const auto parsed = parse_sex(text);
            if (!parsed) {
                table_.fault(sex, "roster_sex_unreadable");
            } else if (!is_new && *parsed != facts.sex) {
                table_.fault(sex, "roster_sex_differs");
            }
            facts.sex = parsed.value_or(facts.sex);
        }
        read_exempt(facts);
        read_stay(facts, starts);
    }

    void read_exempt(evaluate::Subject& facts) {
        for (const auto code : split(table_.cell(exempt), '|')) {
            if (trim(code).empty()) {
                continue;
            }
            if (const auto node = plan_.find(trim(code))) {
                facts.exempt.push_back(*node);
            } else {
                table_.fault(exempt, "roster_exempt_unknown", {{"code", std::string(trim(code))}});
            }
        }
        std::sort(facts.exempt.begin(), facts.exempt.end());
        facts.exempt.erase(std::unique(facts.exempt.begin(), facts.exempt.end()),
                           facts.exempt.end());
    }

    std::optional<Day> day_in(Column column, Day otherwise) {
        const auto text = table_.cell(column);
        if (text.empty()) {
            return otherwise;
        }
        const auto day = parse_day(text);
        if (!day) {
            table_.fault(column, "table_day_unreadable");
        }
        return day;
    }

    /// A row without days is the whole period. The grade of the latest stay is the subject's.
    void read_stay(evaluate::Subject& facts, std::vector<Day>& starts) {
        const auto first = day_in(from, period_.from);
        const auto last = day_in(to, period_.to);
        int level = 1;
        if (const auto text = table_.cell(grade); !text.empty()) {
            const auto parsed = parse_grade(text);
            if (!parsed) {
                table_.fault(grade, "roster_grade_unreadable");
            }
            level = parsed.value_or(1);
        }
        if (!first || !last) {
            return;
        }
        if (*last < *first) {
            table_.fault(to, "roster_stay_ends_before");
            return;
        }
        const bool is_latest =
            std::all_of(starts.begin(), starts.end(), [&](Day day) { return day < *first; });
        starts.push_back(*first);
        facts.belongs.push_back({*first, *last});
        facts.grades.push_back({*first, level});
        facts.grade = is_latest ? level : facts.grade;
    }

    TableReader& table_;
    const framework::Plan& plan_;
    const DayRange& period_;
    std::vector<std::vector<Day>> starts_;
};

}  // namespace

Roster read_roster(const std::string& where,
                   std::string_view text,
                   const framework::Plan& plan,
                   const DayRange& period,
                   Problems& problems) {
    TableReader table(where, text, columns, problems);
    Reader reader(table, plan, period);
    Roster roster;
    while (table.next()) {
        reader.read_row(roster);
    }
    return roster;
}

}  // namespace agate::batch
