// SPDX-License-Identifier: Apache-2.0
#include "exchange/evidence.h"

#include <algorithm>
#include <unordered_map>

#include "base/text.h"
#include "exchange/row_problems.h"
#include "exchange/values.h"

namespace agate::exchange {
namespace {

// Every reason under its code and its names.
class Reasons {
public:
    explicit Reasons(const std::vector<ReasonSpec>& specs) {
        for (const auto& spec : specs) {
            for (const auto& name : {spec.code, spec.name_zh, spec.name_en}) {
                if (const auto key = fold_key(name); !key.empty()) {
                    by_name_.emplace(key, &spec);
                }
            }
        }
    }

    [[nodiscard]] bool is_empty() const { return by_name_.empty(); }

    [[nodiscard]] const ReasonSpec* find(std::string_view text) const {
        const auto found = by_name_.find(fold_key(text));
        return found == by_name_.end() ? nullptr : found->second;
    }

private:
    std::unordered_map<std::string, const ReasonSpec*> by_name_;
};

class EvidenceRows {
public:
    explicit EvidenceRows(const EvidenceOptions& options)
        : options_(options), reasons_(options.reasons), problems_(options.file) {}

    EvidenceRow read(const ImportTable& table, const DataRow& data) {
        if (!cells_) {
            cells_.emplace(table);
            table_ = &table;
        }
        row_ = &data.row;
        EvidenceRow made;
        made.row = data.row.number;
        if (data.is_too_wide) {
            note(made, "", {.code = "row_wider_than_header"});
        }
        read_student(made);
        read_reason(made);
        read_day(made);
        read_value(made);
        made.label = text("label");
        made.activity = text("activity");
        made.note = text("note");
        made.source_number = plain_number(cells_->get(*row_, "source_number").text);
        made.giver = plain_name(cells_->get(*row_, "giver").text);
        read_rater_kind(made);
        return made;
    }

    [[nodiscard]] Problems take() { return problems_.take(); }

private:
    std::string text(std::string_view field) const { return cells_->text(*row_, field); }

    void note(EvidenceRow& made, std::string_view field, Finding finding) {
        made.is_ready = made.is_ready && finding.severity != Severity::error;
        problems_.add(*table_, *row_, field, std::move(finding));
    }

    void read_student(EvidenceRow& made) {
        made.student_number = plain_number(cells_->get(*row_, "student_number").text);
        made.class_name = text("class_name");
        made.student_name = plain_name(cells_->get(*row_, "student_name").text);
        if (has_lost_digits(cells_->get(*row_, "student_number"))) {
            note(made, "student_number", {.code = "number_lost_digits"});
        }
        if (made.student_number.empty() && (made.class_name.empty() || made.student_name.empty())) {
            note(made, "student_number", {.code = "student_unknown"});
        }
    }

    void read_reason(EvidenceRow& made) {
        made.reason_text = text("reason");
        if (made.reason_text.empty()) {
            note(made, "reason", {.code = "reason_missing"});
        } else if (const auto* spec = reasons_.find(made.reason_text)) {
            made.reason = spec->code;
            spec_ = spec;
            return;
        } else if (!reasons_.is_empty()) {
            note(made, "reason", {.code = "reason_not_known"});
        }
        spec_ = nullptr;
    }

    void read_day(EvidenceRow& made) {
        const auto cell = cells_->get(*row_, "day");
        if (cell.kind == CellKind::empty || plain_text(cell.text).empty()) {
            note(made, "day", {.code = "date_missing"});
            return;
        }
        const auto parsed = parse_written_day(cell);
        made.day = parsed.day;
        if (!parsed.day) {
            note(made, "day", {.code = "date_unreadable"});
            return;
        }
        if (parsed.is_serial) {
            note(made,
                 "day",
                 {.code = "date_read_as_serial",
                  .args = {{"shown", to_string(*parsed.day)}},
                  .severity = Severity::warning});
        }
        if (options_.days && !options_.days->contains(*parsed.day)) {
            note(made,
                 "day",
                 {.code = "date_outside_period",
                  .args = {{"from", to_string(options_.days->from)},
                           {"to", to_string(options_.days->to)}}});
        }
    }

    void read_value(EvidenceRow& made) {
        const auto cell = cells_->get(*row_, "value");
        const auto written = plain_text(cell.text);
        if (cell.kind == CellKind::error) {
            note(made, "value", {.code = "cell_has_error"});
        } else if (written.empty()) {
            made.value = spec_ == nullptr ? std::nullopt : spec_->default_value;
        } else if (made.value = parse_written_value(written); !made.value) {
            note(made,
                 "value",
                 {.code = "value_not_number", .suggestion = digits_for_letters(written)});
        } else {
            check_value(made);
        }
    }

    void check_value(EvidenceRow& made) {
        const auto value = *made.value;
        const bool is_low = spec_ != nullptr && spec_->value_low && value < *spec_->value_low;
        const bool is_high = spec_ != nullptr && spec_->value_high && *spec_->value_high < value;
        if (is_low || is_high) {
            const auto shown = [](const std::optional<Decimal>& bound) {
                return bound ? bound->to_string() : std::string{};
            };
            note(made,
                 "value",
                 {.code = "value_not_allowed",
                  .args = {{"min", shown(spec_->value_low)}, {"max", shown(spec_->value_high)}}});
            return;
        }
        if (options_.unusual_value &&
            (*options_.unusual_value < value || value < -*options_.unusual_value)) {
            note(made, "value", {.code = "value_unusual", .severity = Severity::warning});
        }
    }

    void read_rater_kind(EvidenceRow& made) {
        const auto written = fold_key(text("rater_kind"));
        if (written.empty()) {
            return;
        }
        static const std::unordered_map<std::string, RaterKind> words = {
            {"自评", RaterKind::self},
            {"本人", RaterKind::self},
            {"互评", RaterKind::peer},
            {"同学", RaterKind::peer},
            {"师评", RaterKind::teacher},
            {"教师", RaterKind::teacher},
            {"老师", RaterKind::teacher},
            {"家长", RaterKind::guardian},
            {"家长评", RaterKind::guardian},
            {"社会", RaterKind::community},
            {"社会评", RaterKind::community}};
        const auto found = words.find(written);
        made.rater_kind =
            found == words.end() ? parse_rater_kind(written) : std::optional{found->second};
        if (!made.rater_kind) {
            note(made, "rater_kind", {.code = "rater_kind_unknown"});
        }
    }

    const EvidenceOptions& options_;
    Reasons reasons_;
    RowProblems problems_;
    std::optional<FieldCells> cells_;
    const ImportTable* table_ = nullptr;
    const Row* row_ = nullptr;
    const ReasonSpec* spec_ = nullptr;
};

}  // namespace

std::vector<Field> evidence_fields() {
    return {
        {.field = "student_number",
         .name_zh = "学号",
         .name_en = "Student number",
         .headers = {"学生学号", "学籍号", "全国学籍号", "student", "student id"},
         .group = "student"},
        {.field = "student_name",
         .name_zh = "姓名",
         .name_en = "Name",
         .headers = {"学生姓名", "学生", "student name"},
         .group = "student"},
        {.field = "class_name",
         .name_zh = "班级",
         .name_en = "Class",
         .headers = {"班级名称", "行政班", "class name"}},
        {.field = "reason",
         .name_zh = "事由",
         .name_en = "Reason",
         .headers =
             {"原因", "理由", "项目", "规则", "事由代码", "记录项", "rule_name", "reason_code"},
         .is_required = true},
        {.field = "day",
         .name_zh = "日期",
         .name_en = "Date",
         .headers = {"时间", "发生日期", "记录日期", "day"},
         .is_required = true},
        {.field = "value",
         .name_zh = "分值",
         .name_en = "Value",
         .headers = {"得分", "分数", "加减分", "变动", "数值", "change", "points", "score"}},
        {.field = "label",
         .name_zh = "等级",
         .name_en = "Level",
         .headers = {"级别", "等第", "奖项", "label"}},
        {.field = "activity", .name_zh = "活动", .name_en = "Activity", .headers = {"活动名称"}},
        {.field = "note",
         .name_zh = "备注",
         .name_en = "Note",
         .headers = {"说明", "内容", "情况说明", "remark"}},
        {.field = "source_number",
         .name_zh = "记录号",
         .name_en = "Record number",
         .headers = {"编号", "记录编号", "流水号", "证书编号", "record id", "id"}},
        {.field = "giver",
         .name_zh = "记录人",
         .name_en = "Giver",
         .headers = {"教师", "老师", "评价人", "登记人", "teacher", "author"}},
        {.field = "rater_kind",
         .name_zh = "评价主体",
         .name_en = "Rater kind",
         .headers = {"评价者", "主体"}},
    };
}

EvidenceRead read_evidence(std::string_view bytes, const EvidenceOptions& options) {
    EvidenceRead read;
    EvidenceRows rows{options};
    read.table = read_import(
        bytes, evidence_fields(), options, [&](const ImportTable& table, const DataRow& data) {
            read.rows.push_back(rows.read(table, data));
            return std::optional<SkipReason>{};
        });
    read.problems = rows.take();
    return read;
}

}  // namespace agate::exchange
