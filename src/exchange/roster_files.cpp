// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>
#include <set>

#include "base/text.h"
#include "exchange/header.h"
#include "exchange/roster.h"
#include "exchange/row_problems.h"
#include "exchange/values.h"

// Rosters kept in several files: OneRoster, School Data Sync v1, v2 and v2.1.
namespace agate::exchange {
namespace {

using Record = std::map<std::string, std::string, std::less<>>;

/// One file with its columns by header_key.
struct RecordFile {
    std::string name;
    std::vector<std::pair<std::int64_t, Record>> records;
};

std::string get(const Record& record, std::string_view column) {
    const auto found = record.find(column);
    return found == record.end() ? std::string{} : found->second;
}

std::string base_name(std::string_view file) {
    const auto slash = file.find_last_of("/\\");
    auto name = fold_key(slash == std::string_view::npos ? file : file.substr(slash + 1));
    const auto point = name.rfind('.');
    return point == std::string::npos ? name : name.substr(0, point);
}

RecordFile load(const NamedFile& file, const RosterOptions& options, Problems& problems) {
    RecordFile loaded{file.name, {}};
    std::vector<std::string> columns;
    const auto report =
        read_table(file.bytes, {.file = file.name, .limits = options.limits}, [&](const Row& row) {
            if (columns.empty()) {
                for (const auto& cell : row.cells) {
                    columns.push_back(header_key(cell.text));
                }
                return Flow::go_on;
            }
            Record record;
            for (std::size_t i = 0; i < std::min(columns.size(), row.cells.size()); ++i) {
                record.emplace(columns[i], plain_text(row.cells[i].text));
            }
            loaded.records.emplace_back(row.number, std::move(record));
            return Flow::go_on;
        });
    problems.insert(problems.end(), report.problems.begin(), report.problems.end());
    return loaded;
}

/// Every file of the set by its name without folder and ending.
class FileSet {
public:
    FileSet(const std::vector<NamedFile>& files, const RosterOptions& options, Problems& problems) {
        for (const auto& file : files) {
            files_.emplace(base_name(file.name), load(file, options, problems));
        }
    }

    [[nodiscard]] const RecordFile* find(std::string_view name) const {
        const auto found = files_.find(name);
        return found == files_.end() ? nullptr : &found->second;
    }

    /// key column -> value column of one file.
    [[nodiscard]] std::map<std::string, std::string> lookup(std::string_view name,
                                                            std::string_view key,
                                                            std::string_view value) const {
        std::map<std::string, std::string> made;
        if (const auto* file = find(name)) {
            for (const auto& [line, record] : file->records) {
                made.emplace(get(record, key), get(record, value));
            }
        }
        return made;
    }

private:
    std::map<std::string, RecordFile, std::less<>> files_;
};

/// What the other files say of one user.
struct UserFacts {
    std::string role, grade, org, sex, birth;
    std::vector<std::string> classes;
    std::vector<std::pair<std::string, std::string>> guardians;  // user, relation
};

/// The column names of one kind of set.
struct Columns {
    std::string_view users, user_key, number, given, family, org, role, grade, birth;
};

constexpr Columns one_roster = {"users",
                                "sourcedid",
                                "identifier",
                                "givenname",
                                "familyname",
                                "orgsourcedids",
                                "role",
                                "grade",
                                "birthdate"};
constexpr Columns sds_v1 = {"student",
                            "sisid",
                            "studentnumber",
                            "firstname",
                            "lastname",
                            "schoolsisid",
                            "",
                            "grade",
                            "birthdate"};

class RosterJoin {
public:
    RosterJoin(const std::vector<NamedFile>& files, const RosterOptions& options)
        : options_(options), files_(files, options, read_.table.problems) {
        read_.table.file = options.file;
        read_.table.format = TableFormat::text;
    }

    RosterRead run() {
        const bool is_v1 = files_.find("student") != nullptr;
        const auto& names = is_v1 ? sds_v1 : one_roster;
        const auto* users = files_.find(names.users);
        if (users == nullptr) {
            read_.table.problems.push_back(problem("", 0, "roster_users_missing"));
        }
        if (!read_.table.is_readable()) {
            return std::move(read_);
        }
        if (is_v1) {
            collect("studentenrollment", "sectionsisid", "sisid");
            class_names_ = files_.lookup("section", "sisid", "sectionname");
            org_names_ = files_.lookup("school", "sisid", "name");
        } else {
            collect("enrollments", "classsourcedid", "usersourcedid");
            class_names_ = files_.lookup("classes", "sourcedid", "title");
            org_names_ = files_.lookup("orgs", "sourcedid", "name");
            collect_roles();
            collect_people();
            for (const auto& [line, record] : users->records) {
                users_.emplace(get(record, "sourcedid"), &record);
            }
        }
        read_.table.file = users->name;
        for (const auto& [line, record] : users->records) {
            take(names, line, record);
        }
        finish(users->name);
        return std::move(read_);
    }

private:
    Problem problem(const std::string& file, std::int64_t row, std::string code) const {
        Problem made;
        made.where = {.file = file.empty() ? options_.file : file, .sheet = {}, .row = row};
        made.code = std::move(code);
        return made;
    }

    void collect(std::string_view file, std::string_view class_column, std::string_view user) {
        if (const auto* found = files_.find(file)) {
            for (const auto& [line, record] : found->records) {
                auto& facts = facts_[get(record, user)];
                facts.classes.push_back(get(record, class_column));
                if (facts.role.empty()) {
                    facts.role = fold_key(get(record, "role"));
                }
            }
        }
    }

    void collect_roles() {
        if (const auto* found = files_.find("roles")) {
            for (const auto& [line, record] : found->records) {
                auto& facts = facts_[get(record, "usersourcedid")];
                const bool is_primary = fold_key(get(record, "isprimary")) == "true";
                if (is_primary || facts.org.empty()) {
                    facts.role = fold_key(get(record, "role"));
                    facts.grade = get(record, "grade");
                    facts.org = get(record, "orgsourcedid");
                }
            }
        }
    }

    void collect_people() {
        if (const auto* found = files_.find("demographics")) {
            for (const auto& [line, record] : found->records) {
                const auto key = get(record, "usersourcedid");
                auto& facts = facts_[key.empty() ? get(record, "sourcedid") : key];
                facts.sex = get(record, "sex");
                facts.birth = get(record, "birthdate");
            }
        }
        if (const auto* found = files_.find("relationships")) {
            for (const auto& [line, record] : found->records) {
                facts_[get(record, "usersourcedid")].guardians.emplace_back(
                    get(record, "relationshipusersourcedid"), get(record, "relationshiprole"));
            }
        }
    }

    void note(RosterRow& made, std::string code, MessageArgs args, Severity severity) {
        auto found = problem(read_.table.file, made.row, std::move(code));
        found.args = std::move(args);
        found.severity = severity;
        made.is_ready = made.is_ready && severity != Severity::error;
        read_.problems.push_back(std::move(found));
    }

    void take(const Columns& names, std::int64_t line, const Record& record) {
        const auto key = get(record, names.user_key);
        const auto& facts = facts_[key];
        auto role = names.role.empty() ? "student" : fold_key(get(record, names.role));
        role = role.empty() ? facts.role : role;
        if (role != "student" && role != "learner") {
            ++others_;
            return;
        }
        ++read_.table.row_count;
        RosterRow made;
        made.row = line;
        made.student_number = get(record, names.number).empty() ? key : get(record, names.number);
        made.name = std::string{trim(get(record, names.given) + " " + get(record, names.family))};
        if (made.name.empty()) {
            note(made, "name_missing", {{"column", "name"}}, Severity::error);
        }
        take_place(made, names, record, facts);
        take_person(made, names, record, facts);
        read_.rows.push_back(std::move(made));
    }

    void take_place(RosterRow& made,
                    const Columns& names,
                    const Record& record,
                    const UserFacts& facts) {
        auto org = get(record, names.org);
        org = org.empty() ? facts.org : org.substr(0, org.find(','));
        const auto school = org_names_.find(org);
        made.school = school == org_names_.end() ? org : school->second;
        const auto grade = facts.grade.empty() ? get(record, names.grade) : facts.grade;
        if (!grade.empty()) {
            made.grade = parse_us_grade(grade);
            if (!made.grade) {
                note(made,
                     "grade_unreadable",
                     {{"value", grade}, {"column", "grade"}},
                     Severity::error);
            }
        }
        std::vector<std::string> classes;
        for (const auto& id : facts.classes) {
            const auto found = class_names_.find(id);
            if (found == class_names_.end()) {
                note(
                    made, "class_unknown", {{"value", id}, {"column", "class"}}, Severity::warning);
            } else {
                classes.push_back(found->second);
            }
        }
        made.class_name = classes.empty() ? options_.class_name : classes.front();
        if (made.class_name.empty()) {
            note(made, "class_missing", {{"column", "class"}, {"value", ""}}, Severity::error);
        } else if (classes.size() > 1) {
            note(made,
                 "class_chosen_from_several",
                 {{"value", made.class_name}, {"count", std::to_string(classes.size())}},
                 Severity::warning);
        }
    }

    // Grades are counted through here: 11 is grade 11, never a national code.
    static std::optional<int> parse_us_grade(const std::string& text) {
        for (int grade = 1; grade <= 12; ++grade) {
            const auto plain = std::to_string(grade);
            if (text == plain || text == "0" + plain) {
                return grade;
            }
        }
        return std::nullopt;
    }

    void take_person(RosterRow& made,
                     const Columns& names,
                     const Record& record,
                     const UserFacts& facts) {
        const auto birth = facts.birth.empty() ? get(record, names.birth) : facts.birth;
        if (!birth.empty()) {
            made.birth_day = parse_written_day({.text = birth, .day = {}, .kind = CellKind::text},
                                               DateOrder::month_first)
                                 .day;
            if (!made.birth_day) {
                note(made,
                     "date_unreadable",
                     {{"value", birth}, {"column", "birthDate"}},
                     Severity::error);
            }
        }
        const auto sex = facts.sex.empty() ? get(record, "sex") : facts.sex;
        made.sex = sex.empty() ? std::nullopt : parse_sex(sex);
        for (const auto& [user, relation] : facts.guardians) {
            const auto found = users_.find(user);
            if (found == users_.end()) {
                note(made, "guardian_unknown", {{"value", user}}, Severity::warning);
                continue;
            }
            const auto& person = *found->second;
            made.guardians.push_back(
                {.name =
                     std::string{trim(get(person, "givenname") + " " + get(person, "familyname"))},
                 .relation = relation,
                 .phone =
                     get(person, "phone").empty() ? get(person, "sms") : get(person, "phone")});
        }
    }

    void finish(const std::string& file) {
        if (others_ > 0) {
            auto found = problem(file, 0, "users_not_students");
            found.args = {{"count", std::to_string(others_)}};
            found.severity = Severity::warning;
            read_.table.problems.push_back(std::move(found));
        }
        std::map<std::string, std::int64_t> seen;
        for (auto& row : read_.rows) {
            const auto [before, is_new] = seen.emplace(row.student_number, row.row);
            if (!is_new) {
                note(row,
                     "student_number_twice",
                     {{"value", row.student_number}, {"other", std::to_string(before->second)}},
                     Severity::error);
            }
        }
    }

    const RosterOptions& options_;
    RosterRead read_;
    FileSet files_;
    std::map<std::string, UserFacts> facts_;
    std::map<std::string, std::string> class_names_, org_names_;
    std::map<std::string, const Record*> users_;
    std::int64_t others_ = 0;
};

}  // namespace

RosterRead read_roster_files(const std::vector<NamedFile>& files, const RosterOptions& options) {
    return RosterJoin{files, options}.run();
}

}  // namespace agate::exchange
