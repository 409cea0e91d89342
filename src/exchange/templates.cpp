// SPDX-License-Identifier: Apache-2.0
#include "exchange/templates.h"

#include <algorithm>
#include <array>

#include "base/day.h"
#include "base/error.h"
#include "exchange/roster.h"
#include "exchange/time_entry.h"

namespace agate::exchange {
namespace {

/// One column of a national layout: the system's own header, its field here, an example.
struct LayoutColumn {
    std::string_view header, field, example;
    bool is_required = false;
};

constexpr std::array front = {
    LayoutColumn{"年级编号", "grade", "", true},
    LayoutColumn{"班级编号", "class_code", "", true},
    LayoutColumn{"班级名称", "class_name", "", true},
    LayoutColumn{"学籍号", "national_number", "G110101201609010021", true},
    LayoutColumn{"民族代码", "ethnic_code", "1", true},
    LayoutColumn{"姓名", "name", "张小明", true},
    LayoutColumn{"性别", "sex", "1", true},
    LayoutColumn{"出生日期", "birth_day", "2016-09-01", true},
    LayoutColumn{"家庭住址", "address", "", false},
};

constexpr std::array primary_items = {
    LayoutColumn{"身高", "height", "138.5"},
    LayoutColumn{"体重", "weight", "31.2"},
    LayoutColumn{"肺活量", "vital_capacity", "1890"},
    LayoutColumn{"50米跑", "run_50m", "9.6"},
    LayoutColumn{"坐位体前屈", "sit_and_reach", "8.5"},
    LayoutColumn{"一分钟跳绳", "rope_skipping_1min", "112"},
    LayoutColumn{"一分钟仰卧起坐", "sit_up_1min", "32"},
    LayoutColumn{"50米×8往返跑", "shuttle_run_50m_x8", "1'52"},
};

constexpr std::array senior_items = {
    LayoutColumn{"身高", "height", "165.5"},
    LayoutColumn{"体重", "weight", "52.4"},
    LayoutColumn{"肺活量", "vital_capacity", "3200"},
    LayoutColumn{"50米跑", "run_50m", "7.8"},
    LayoutColumn{"立定跳远", "standing_long_jump", "215"},
    LayoutColumn{"坐位体前屈", "sit_and_reach", "10.5"},
    LayoutColumn{"800米跑", "run_800m", ""},
    LayoutColumn{"1000米跑", "run_1000m", "3'45"},
    LayoutColumn{"一分钟仰卧起坐", "sit_up_1min", ""},
    LayoutColumn{"引体向上", "pull_up", "8"},
};

std::vector<LayoutColumn> columns_of(FitnessLayout layout) {
    std::vector<LayoutColumn> columns(front.begin(), front.end());
    if (layout == FitnessLayout::primary) {
        columns.insert(columns.end(), primary_items.begin(), primary_items.end());
        columns[0].example = "15";
        columns[1].example = "15012";
        columns[2].example = "五年级2班";
    } else {
        columns.insert(columns.end(), senior_items.begin(), senior_items.end());
        columns[0].example = "22";
        columns[1].example = "22012";
        columns[2].example = "八年级2班";
    }
    return columns;
}

const ItemSpec* item_of(std::span<const ItemSpec> items, std::string_view code) {
    const auto found = std::find_if(
        items.begin(), items.end(), [&](const ItemSpec& item) { return item.code == code; });
    return found == items.end() ? nullptr : &*found;
}

std::string item_note(Language language, const ItemSpec& item) {
    const bool is_zh = language == Language::zh;
    const auto code = item.entry == ItemSpec::Entry::minutes_seconds ? "template_note_time"
                      : item.decimals > 0                            ? "template_note_decimal"
                                                                     : "template_note_whole";
    return words().sentence(language,
                            code,
                            {{"unit", is_zh ? item.unit_zh : item.unit},
                             {"min", show_item(item, item.import_min)},
                             {"max", show_item(item, item.import_max)}});
}

// Columns of a template from fields, the ones that a school usually has.
WriteSheet sheet_of_fields(Language language,
                           std::string name,
                           const std::vector<Field>& fields,
                           std::span<const std::string_view> wanted) {
    WriteSheet sheet{.name = std::move(name)};
    for (const auto field_name : wanted) {
        const auto found = std::find_if(fields.begin(), fields.end(), [&](const Field& field) {
            return field.field == field_name;
        });
        ensure(found != fields.end(), "a template shows known fields");
        WriteColumn column{.header = language == Language::zh ? found->name_zh : found->name_en,
                           .width = 14};
        const auto code = "template_note_" + found->field;
        if (words().has(code)) {
            column.note = words().sentence(language, code);
        }
        column.is_required = found->is_required;
        sheet.columns.push_back(std::move(column));
    }
    return sheet;
}

std::string example_mark(Language language) {
    return words().sentence(language, "template_example_mark");
}

std::string cell_of(const LayoutColumn& column,
                    std::span<const ItemSpec> items,
                    const FitnessRow& row) {
    if (column.field == "grade") {
        return row.grade ? std::to_string(national_grade_code(*row.grade)) : "";
    }
    if (column.field == "sex") {
        return row.sex ? (*row.sex == Sex::male ? "1" : "2") : "";
    }
    if (column.field == "birth_day") {
        return row.birth_day ? to_string(*row.birth_day) : "";
    }

    struct Text {
        std::string_view field;
        std::string FitnessRow::*member;
    };

    static constexpr std::array texts = {Text{"class_code", &FitnessRow::class_code},
                                         Text{"class_name", &FitnessRow::class_name},
                                         Text{"national_number", &FitnessRow::national_number},
                                         Text{"ethnic_code", &FitnessRow::ethnic_code},
                                         Text{"name", &FitnessRow::name},
                                         Text{"address", &FitnessRow::address}};
    for (const auto& text : texts) {
        if (text.field == column.field) {
            return row.*text.member;
        }
    }
    for (std::size_t i = 0; i < items.size() && i < row.items.size(); ++i) {
        if (items[i].code == column.field && row.items[i].state == ItemState::value) {
            return show_item(items[i], row.items[i].value);
        }
    }
    return {};
}

// The system wants cells empty that do not belong to the pupil's grade and sex.
bool belongs(std::string_view code, const FitnessRow& row) {
    const int grade = row.grade.value_or(0);
    const bool is_girl = row.sex == Sex::female;
    if (code == "sit_up_1min") {
        return grade <= 6 ? grade >= 3 : is_girl;
    }
    if (code == "shuttle_run_50m_x8") {
        return grade >= 5;
    }
    if (code == "run_800m") {
        return is_girl;
    }
    if (code == "run_1000m" || code == "pull_up") {
        return !is_girl;
    }
    return true;
}

}  // namespace

FitnessLayout layout_of_grade(int grade) {
    return grade <= 6 ? FitnessLayout::primary : FitnessLayout::junior_senior;
}

std::string roster_template(Language language) {
    static constexpr std::array<std::string_view, 13> wanted = {"student_number",
                                                                "national_number",
                                                                "name",
                                                                "sex",
                                                                "grade",
                                                                "class_name",
                                                                "birth_day",
                                                                "id_number",
                                                                "seat_number",
                                                                "guardian_name",
                                                                "guardian_relation",
                                                                "guardian_phone",
                                                                "note"};
    auto sheet = sheet_of_fields(
        language, words().sentence(language, "template_roster"), roster_fields(), wanted);
    sheet.lines_above = {words().sentence(language, "template_how_to_roster")};
    const bool is_zh = language == Language::zh;
    const std::vector<std::vector<std::string>> example = {{"20260101",
                                                            "G110101201609010021",
                                                            is_zh ? "张小明" : "Zhang Xiaoming",
                                                            is_zh ? "男" : "male",
                                                            is_zh ? "四年级" : "Grade 4",
                                                            is_zh ? "四年级2班" : "Grade 4 Class 2",
                                                            "2016-09-01",
                                                            "",
                                                            "12",
                                                            is_zh ? "张伟" : "Zhang Wei",
                                                            is_zh ? "父亲" : "father",
                                                            "13800000000",
                                                            example_mark(language)}};
    return write_table(WriteFormat::xlsx, std::move(sheet), example);
}

std::string evidence_template(Language language, std::span<const ReasonSpec> reasons) {
    static constexpr std::array<std::string_view, 9> wanted = {"student_number",
                                                               "student_name",
                                                               "class_name",
                                                               "reason",
                                                               "day",
                                                               "value",
                                                               "giver",
                                                               "source_number",
                                                               "note"};
    auto sheet = sheet_of_fields(
        language, words().sentence(language, "template_evidence"), evidence_fields(), wanted);
    sheet.lines_above = {words().sentence(language, "template_how_to_evidence")};
    const bool is_zh = language == Language::zh;
    std::string names;
    for (const auto& reason : reasons.first(std::min<std::size_t>(reasons.size(), 60))) {
        names += (names.empty() ? "" : "\n") + (is_zh ? reason.name_zh : reason.name_en);
    }
    sheet.columns[3].note = names;
    const auto reason = reasons.empty() ? std::string{is_zh ? "帮助同学" : "Helped a classmate"}
                                        : (is_zh ? reasons[0].name_zh : reasons[0].name_en);
    const std::vector<std::vector<std::string>> example = {{"20260101",
                                                            is_zh ? "张小明" : "Zhang Xiaoming",
                                                            is_zh ? "四年级2班" : "Grade 4 Class 2",
                                                            reason,
                                                            "2026-09-01",
                                                            "2",
                                                            is_zh ? "王老师" : "Ms Wang",
                                                            "A-0001",
                                                            example_mark(language)}};
    return write_table(WriteFormat::xlsx, std::move(sheet), example);
}

std::string fitness_template(Language language,
                             FitnessLayout layout,
                             std::span<const ItemSpec> items) {
    WriteSheet sheet{.name = words().sentence(language, "template_fitness")};
    sheet.lines_above = {words().sentence(language, "template_how_to_fitness")};
    std::vector<std::string> example;
    const auto fields = fitness_fields(items);
    for (const auto& column : columns_of(layout)) {
        WriteColumn made{
            .header = std::string{column.header}, .width = 12, .is_required = column.is_required};
        if (const auto* item = item_of(items, column.field)) {
            made.note = item_note(language, *item);
        } else if (const auto code = "template_note_fitness_" + std::string{column.field};
                   words().has(code)) {
            made.note = words().sentence(language, code);
        }
        if (language == Language::en) {
            for (const auto& field : fields) {
                made.header = field.field == column.field ? field.name_en : made.header;
            }
            if (column.field == "grade") {
                made.header = "Grade code";
            }
        }
        sheet.columns.push_back(std::move(made));
        example.emplace_back(column.example);
    }
    sheet.columns.push_back({.header = language == Language::zh ? "备注" : "Note", .width = 20});
    example.push_back(example_mark(language));
    const std::vector<std::vector<std::string>> rows = {std::move(example)};
    return write_table(WriteFormat::xlsx, std::move(sheet), rows);
}

std::string national_upload_sheet(FitnessLayout layout,
                                  std::span<const ItemSpec> items,
                                  std::span<const FitnessRow> rows) {
    const auto columns = columns_of(layout);
    WriteSheet sheet{.name = "Sheet1"};
    for (const auto& column : columns) {
        sheet.columns.push_back({.header = std::string{column.header}, .width = 12});
    }
    std::vector<std::vector<std::string>> lines;
    for (const auto& row : rows) {
        if (!row.grade || !row.sex || layout_of_grade(*row.grade) != layout) {
            throw Error(ErrorKind::invalid,
                        "layout_has_other_grades",
                        {{"row", std::to_string(row.row)}, {"name", row.name}});
        }
        auto& line = lines.emplace_back();
        for (const auto& column : columns) {
            line.push_back(belongs(column.field, row) ? cell_of(column, items, row)
                                                      : std::string{});
        }
    }
    return write_table(WriteFormat::xlsx, std::move(sheet), lines);
}

}  // namespace agate::exchange
