// SPDX-License-Identifier: Apache-2.0
#include "exchange/roster_check.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "exchange/header.h"

namespace agate::exchange {
namespace {

bool is_digits(std::string_view text) {
    return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

int number_in(std::string_view digits) {
    int value = 0;
    for (const char c : digits) {
        value = value * 10 + (c - '0');
    }
    return value;
}

Day birth_of_id(std::string_view id) {
    return make_day({number_in(id.substr(6, 4)),
                     number_in(id.substr(10, 2)),
                     number_in(id.substr(12, 2))})
        .value_or(Day{});
}

Sex sex_of_id(std::string_view id) {
    return (id[16] - '0') % 2 == 1 ? Sex::male : Sex::female;
}

constexpr Finding warning(std::string_view code) {
    return {.code = code, .severity = Severity::warning};
}

}  // namespace

std::string RosterChecks::text(std::string_view field) const {
    return cells_->text(*row_, field);
}

void RosterChecks::note(RosterRow& made, std::string_view field, Finding finding) {
    made.is_ready = made.is_ready && finding.severity != Severity::error;
    problems_.add(*table_, *row_, field, std::move(finding));
}

RosterRow RosterChecks::read(const ImportTable& table, const DataRow& data) {
    if (!cells_) {
        cells_.emplace(table);
        table_ = &table;
    }
    row_ = &data.row;
    RosterRow made;
    made.row = data.row.number;
    if (data.is_too_wide) {
        note(made, "", {.code = "row_wider_than_header"});
    }
    for (const auto& column : table.columns) {
        if (column.field && data.row.at(column.number).kind == CellKind::error) {
            note(made, *column.field, {.code = "cell_has_error"});
        }
    }
    read_name(made);
    read_numbers(made);
    read_id_number(made);
    read_sex(made);
    read_status(made);
    read_class(made);
    read_birth(made);
    read_guardians(made);
    made.campus = text("campus");
    made.school = text("school");
    made.seat_number = text("seat_number");
    made.ethnicity = text("ethnicity");
    made.address = text("address");
    made.note = text("note");
    return made;
}

void RosterChecks::read_name(RosterRow& made) {
    made.name = plain_name(cells_->get(*row_, "name").text);
    if (made.name.empty()) {
        const auto given = plain_name(cells_->get(*row_, "given_name").text);
        const auto family = plain_name(cells_->get(*row_, "family_name").text);
        const bool is_latin = !given.empty() && given[0] > 0;
        made.name = is_latin ? std::string{trim(given + " " + family)} : family + given;
    }
    if (made.name.empty()) {
        note(made, "name", {.code = "name_missing"});
    } else if (is_digits(plain_number(made.name))) {
        note(made, "name", {.code = "name_is_number"});
    } else if (count_characters(made.name) > 60) {
        note(made, "name", {.code = "name_too_long"});
    }
}

void RosterChecks::read_numbers(RosterRow& made) {
    const auto read = [&](std::string_view field) {
        const auto cell = cells_->get(*row_, field);
        auto number = plain_number(cell.text);
        if (has_lost_digits(cell)) {
            note(made, field, {.code = "number_lost_digits"});
        } else if (number.ends_with(".0") && is_digits(number.substr(0, number.size() - 2))) {
            note(
                made,
                field,
                {.code = "number_has_fraction", .suggestion = number.substr(0, number.size() - 2)});
        } else if (number.find_first_of("/\\|,;") != std::string::npos || number.size() > 64) {
            note(made, field, {.code = "number_unreadable"});
        }
        return number;
    };
    made.student_number = read("student_number");
    made.national_number = read("national_number");
    std::transform(made.national_number.begin(),
                   made.national_number.end(),
                   made.national_number.begin(),
                   [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
    if (made.student_number.empty() && made.national_number.empty() && text("id_number").empty()) {
        note(made, "student_number", {.code = "student_number_missing"});
    }
}

void RosterChecks::read_id_number(RosterRow& made) {
    const auto cell = cells_->get(*row_, "id_number");
    made.id_number = plain_number(cell.text);
    if (made.id_number.empty()) {
        return;
    }
    if (made.id_number.back() == 'x') {
        made.id_number.back() = 'X';
    }
    const auto type = text("id_type");
    if (!type.empty() && type.find("身份证") == std::string::npos && type != "1") {
        return;  // a passport or a permit has no check character
    }
    if (has_lost_digits(cell)) {
        note(made, "id_number", {.code = "number_lost_digits"});
    } else if (made.id_number.size() == 15 && is_digits(made.id_number)) {
        note(made, "id_number", {.code = "id_number_old"});
    } else if (!is_id_number(made.id_number)) {
        auto meant = digits_for_letters(made.id_number.substr(0, made.id_number.size() - 1)) +
                     made.id_number.back();
        note(made,
             "id_number",
             {.code = "id_number_wrong", .suggestion = is_id_number(meant) ? meant : ""});
    }
}

void RosterChecks::read_sex(RosterRow& made) {
    const bool has_id = is_id_number(made.id_number);
    const auto written = text("sex");
    if (written.empty()) {
        if (has_id) {
            made.sex = sex_of_id(made.id_number);
        } else if (cells_->has("sex")) {
            note(made, "sex", warning("roster_sex_missing"));
        }
        return;
    }
    made.sex = parse_sex(written);
    if (!made.sex) {
        note(made, "sex", {.code = "sex_unreadable"});
    } else if (has_id && *made.sex != sex_of_id(made.id_number)) {
        note(made, "sex", warning("sex_differs_from_id"));
    }
}

void RosterChecks::read_class(RosterRow& made) {
    made.class_name = text("class_name");
    made.class_code = text("class_code");
    if (made.class_name.empty() && made.class_code.empty()) {
        made.class_name = options_.class_name;
    }
    if (made.class_name.empty() && made.class_code.empty() && !made.has_left) {
        note(made, "class_name", {.code = "class_missing"});
    }
    const auto from_class = grade_of_class(made.class_name);
    const auto written = plain_number(cells_->get(*row_, "grade").text);
    if (written.empty()) {
        made.grade = from_class ? from_class : options_.grade;
        return;
    }
    // 11 and 12 are the national codes of grades 1 and 2 only where the column says codes.
    const auto* column = table_->column_of("grade");
    const auto key = column == nullptr ? "" : header_key(column->header);
    const bool is_code = key.find("编号") != std::string::npos ||
                         key.find("代码") != std::string::npos ||
                         key.find("code") != std::string::npos;
    if ((written == "11" || written == "12") && !is_code) {
        made.grade = from_class ? from_class : number_in(written);
    } else {
        made.grade = parse_grade(written);
    }
    if (!made.grade) {
        const bool is_university = written.size() == 2 && written >= "41" && written <= "46";
        note(made, "grade", {.code = is_university ? "grade_university" : "grade_unreadable"});
    } else if (from_class && *from_class != *made.grade) {
        note(made, "grade", warning("grade_differs_from_class"));
    }
}

void RosterChecks::read_status(RosterRow& made) {
    static constexpr std::array here = {
        "在校", "在读", "在籍", "正常", "就读", "active", "enrolled", "present"};
    static constexpr std::array gone = {"离校",
                                        "毕业",
                                        "转出",
                                        "转学",
                                        "退学",
                                        "已毕业",
                                        "已转出",
                                        "left",
                                        "graduated",
                                        "transferred",
                                        "withdrawn",
                                        "inactive",
                                        "tobedeleted"};
    const auto written = fold_key(text("status"));
    made.has_left = std::find(gone.begin(), gone.end(), written) != gone.end();
    if (!made.has_left && !written.empty() &&
        std::find(here.begin(), here.end(), written) == here.end()) {
        note(made, "status", {.code = "status_unreadable"});
    }
    const auto cell = cells_->get(*row_, "left_on");
    if (cell.kind == CellKind::empty || plain_text(cell.text).empty()) {
        return;
    }
    made.left_on = parse_written_day(cell, order_).day;
    if (!made.left_on) {
        note(made, "left_on", {.code = "date_unreadable"});
    } else if (!made.has_left) {
        note(made, "left_on", {.code = "left_on_but_here"});
    }
}

void RosterChecks::read_birth(RosterRow& made) {
    const auto cell = cells_->get(*row_, "birth_day");
    const bool has_id = is_id_number(made.id_number);
    if (cell.kind == CellKind::empty || plain_text(cell.text).empty()) {
        if (has_id) {
            made.birth_day = birth_of_id(made.id_number);
        }
        return;
    }
    const auto parsed = parse_written_day(cell, order_);
    made.birth_day = parsed.day;
    if (!parsed.day) {
        note(made, "birth_day", {.code = "date_unreadable"});
        return;
    }
    if (parsed.is_serial) {
        auto finding = warning("date_read_as_serial");
        finding.args = {{"shown", to_string(*parsed.day)}};
        note(made, "birth_day", std::move(finding));
    }
    if (options_.today && *parsed.day > *options_.today) {
        note(made, "birth_day", {.code = "birth_in_future"});
    } else if (options_.today && (*options_.today - *parsed.day < 4 * 365 ||
                                  *options_.today - *parsed.day > 25 * 366)) {
        note(made, "birth_day", warning("birth_unusual"));
    }
    if (has_id && *parsed.day != birth_of_id(made.id_number)) {
        note(made, "birth_day", warning("birth_differs_from_id"));
    }
}

void RosterChecks::read_guardians(RosterRow& made) {
    struct Source {
        std::string_view name, relation, phone, means;
    };

    static constexpr std::array sources = {
        Source{"guardian_name", "guardian_relation", "guardian_phone", ""},
        Source{"guardian2_name", "guardian2_relation", "guardian2_phone", ""},
        Source{"father_name", "", "father_phone", "父亲"},
        Source{"mother_name", "", "mother_phone", "母亲"}};
    for (const auto& source : sources) {
        GuardianContact contact{.name = plain_name(cells_->get(*row_, source.name).text),
                                .relation = source.relation.empty() ? "" : text(source.relation),
                                .phone = plain_number(cells_->get(*row_, source.phone).text)};
        if (contact.name.empty() && contact.phone.empty()) {
            continue;
        }
        if (contact.relation.empty()) {
            contact.relation = source.means;
        }
        const auto digits = std::count_if(contact.phone.begin(), contact.phone.end(), [](char c) {
            return c >= '0' && c <= '9';
        });
        const bool has_letters =
            contact.phone.find_first_not_of("0123456789+-()") != std::string::npos;
        if (!contact.phone.empty() && (has_letters || digits < 7 || digits > 15)) {
            note(made, source.phone, warning("phone_unusual"));
        }
        made.guardians.push_back(std::move(contact));
    }
}

void RosterChecks::check_repeats(const ImportTable& table, std::vector<RosterRow>& rows) {
    struct Kind {
        std::string RosterRow::*number;
        std::string_view field;
    };

    static constexpr std::array kinds = {Kind{&RosterRow::student_number, "student_number"},
                                         Kind{&RosterRow::national_number, "national_number"},
                                         Kind{&RosterRow::id_number, "id_number"}};
    for (const auto& kind : kinds) {
        std::map<std::string, std::vector<std::size_t>> by_number;
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const auto& number = rows[i].*kind.number;
            if (number.empty()) {
                continue;
            }
            // A short number runs within its class; the class is part of it then.
            const bool is_short = kind.field == "student_number" && number.size() <= 4;
            by_number[is_short ? rows[i].class_name + '\n' + number : number].push_back(i);
        }
        for (const auto& [key, places] : by_number) {
            if (places.size() < 2) {
                continue;
            }
            for (std::size_t i = 0; i < places.size(); ++i) {
                auto& row = rows[places[i]];
                row.is_ready = false;
                const auto& other = rows[places[i == 0 ? 1 : 0]];
                const Row bare{.number = row.row, .cells = {}};
                problems_.add(
                    table,
                    bare,
                    kind.field,
                    {.code = "student_number_twice",
                     .args = {{"other", std::to_string(other.row)}, {"value", row.*kind.number}}});
            }
        }
    }
}

}  // namespace agate::exchange
