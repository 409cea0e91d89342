// SPDX-License-Identifier: Apache-2.0
#include "app/demo_files.h"

#include <fmt/format.h>

#include <algorithm>

#include "app/portrait.h"
#include "base/error.h"

namespace agate::app {
namespace {

constexpr std::array<const char*, 12> grade_names{"一年级",
                                                  "二年级",
                                                  "三年级",
                                                  "四年级",
                                                  "五年级",
                                                  "六年级",
                                                  "七年级",
                                                  "八年级",
                                                  "九年级",
                                                  "高一",
                                                  "高二",
                                                  "高三"};

/// Working days of the term, the last tenth counted more often for a teacher who records in a rush.
std::vector<Day> working_days(const Calendar& calendar, const DayRange& days) {
    std::vector<Day> list;
    for (Day day = days.from; day <= days.to; day = day + 1) {
        if (calendar.is_working_day(day)) {
            list.push_back(day);
        }
    }
    ensure(!list.empty(), "a term has working days");
    return list;
}

/// What may be recorded, by content, with how often it happens.
struct Choice {
    const framework::Reason* reason = nullptr;
    std::size_t content = 0;
    int weight = 1;
};

int weight_of(framework::MeasureKind kind) {
    switch (kind) {
        case framework::MeasureKind::points:
            return 12;
        case framework::MeasureKind::completion:
            return 7;
        case framework::MeasureKind::rating:
            return 14;
        case framework::MeasureKind::mark:
            return 3;
        case framework::MeasureKind::award:
            return 1;
        default:
            return 0;
    }
}

std::vector<Choice> choices_of(const framework::Plan& plan) {
    const auto contents = contents_of(plan);
    std::vector<Choice> choices;
    for (const auto& [code, reason] : plan.reasons) {
        const int weight = weight_of(reason.kind);
        const auto content =
            reason.leaves.empty() ? std::nullopt : content_above(plan, reason.leaves.front());
        const auto place = std::find(contents.begin(), contents.end(), content.value_or(-1));
        if (weight > 0 && place != contents.end()) {
            choices.push_back(
                {&reason, static_cast<std::size_t>(place - contents.begin()), weight});
        }
    }
    return choices;
}

class EvidenceWriter {
public:
    EvidenceWriter(const framework::Plan& plan,
                   const DemoTerm& term,
                   const Calendar& calendar,
                   Dice& dice)
        : plan_(plan),
          term_(term),
          dice_(dice),
          choices_(choices_of(plan)),
          days_(working_days(calendar, term.days)) {
        out_ = "学号,事由,日期,分值,等级,活动,备注,记录人,评价主体\n";
    }

    void write(const DemoStudent& student);

    [[nodiscard]] std::string take() { return std::move(out_); }

private:
    [[nodiscard]] const Choice& choose(const DemoStudent& student);
    [[nodiscard]] RaterKind rater_of(const framework::Reason& reason);
    [[nodiscard]] std::string value_of(const Choice& choice, const DemoStudent& student);
    [[nodiscard]] std::string label_of(const Choice& choice, const DemoStudent& student);
    [[nodiscard]] Day day_of(const DemoStudent& student);

    const framework::Plan& plan_;
    const DemoTerm& term_;
    Dice& dice_;
    std::vector<Choice> choices_;
    std::vector<Day> days_;
    std::string out_;
    int activity_ = 0;
};

const Choice& EvidenceWriter::choose(const DemoStudent& student) {
    std::vector<int> weights;
    for (const auto& choice : choices_) {
        const bool is_strong = choice.content == static_cast<std::size_t>(student.strength);
        weights.push_back(choice.weight * (is_strong ? 3 : 2));
    }
    return choices_[dice_.weighted(weights)];
}

RaterKind EvidenceWriter::rater_of(const framework::Reason& reason) {
    if (reason.givers.empty()) {
        return RaterKind::teacher;
    }
    return reason
        .givers[static_cast<std::size_t>(dice_.below(static_cast<int>(reason.givers.size())))];
}

std::string EvidenceWriter::value_of(const Choice& choice, const DemoStudent& student) {
    const auto& reason = *choice.reason;
    if (reason.kind == framework::MeasureKind::rating) {
        const auto& measure = plan_.node(reason.leaves.front()).measure;
        const auto* rating = measure ? std::get_if<framework::RatingMeasure>(&*measure) : nullptr;
        const int steps = rating == nullptr ? 4 : static_cast<int>(rating->step_scores.size());
        const int lift = dice_.below(100) < student.zeal + term_.lift ? 1 : 0;
        return std::to_string(std::clamp(steps - 1 - dice_.below(2) + lift, 1, steps));
    }
    if (reason.value_low && reason.value_high) {
        const auto low = reason.value_low->nano() / Decimal::one;
        const auto high = reason.value_high->nano() / Decimal::one;
        const auto span = static_cast<int>(std::max<std::int64_t>(high - low, 0)) + 1;
        return std::to_string(low + dice_.below(span));
    }
    return {};
}

std::string EvidenceWriter::label_of(const Choice& choice, const DemoStudent& student) {
    const auto& labels = choice.reason->labels;
    if (labels.empty()) {
        return {};
    }
    const int better = dice_.below(100) < student.zeal + term_.lift ? 0 : 1;
    const int last = static_cast<int>(labels.size()) - 1;
    return labels[static_cast<std::size_t>(std::clamp(better + dice_.below(2), 0, last))];
}

Day EvidenceWriter::day_of(const DemoStudent& student) {
    const int count = static_cast<int>(days_.size());
    // One child in thirty has half of the term's records in its last days.
    const bool is_late = student.seat % 30 == 7 && dice_.chance(50);
    return days_[static_cast<std::size_t>(is_late ? count - 1 - dice_.below(std::max(count / 10, 1))
                                                  : dice_.below(count))];
}

void EvidenceWriter::write(const DemoStudent& student) {
    // Some children come with little: the page must say so and not guess.
    const int share = student.seat % 17 == 3 ? 15 : 70 + student.zeal * 6 / 10;
    const int count = std::max(term_.records_a_student * share / 100, 2);
    for (int i = 0; i < count; ++i) {
        const auto& choice = choose(student);
        const auto rater = rater_of(*choice.reason);
        std::string giver;
        if (rater == RaterKind::teacher || rater == RaterKind::community) {
            giver = student.teacher;
        } else if (rater == RaterKind::peer) {
            giver = student.classmates[static_cast<std::size_t>(
                dice_.below(static_cast<int>(student.classmates.size())))];
        }
        out_ += fmt::format("{},{},{},{},{},{},,{},{}\n",
                            student.number,
                            choice.reason->code,
                            to_string(day_of(student)),
                            value_of(choice, student),
                            label_of(choice, student),
                            choice.reason->kind == framework::MeasureKind::completion
                                ? fmt::format("活动{}", ++activity_ % 400)
                                : "",
                            giver,
                            to_text(rater));
    }
}

/// A plausible raw value: somewhere between the pass mark and the best of the item's table.
std::int64_t plausible(const framework::ScoringItem& item,
                       const DemoStudent& student,
                       int lift,
                       Dice& dice) {
    const auto& rows =
        item.rows[static_cast<std::size_t>(student.sex)][static_cast<std::size_t>(student.grade)];
    if (rows.empty()) {
        return 0;
    }
    const int last = static_cast<int>(rows.size()) - 1;
    const int skill =
        std::clamp((100 - student.zeal - lift) * last / 130 + dice.below(5) - 2, 0, last);
    return rows[static_cast<std::size_t>(skill)].threshold;
}

std::string show(const framework::ScoringItem& item, std::int64_t value) {
    if (item.entry == framework::ScoringItem::Entry::minutes_seconds) {
        return fmt::format("{}'{:02}", value / 60, value % 60);
    }
    std::int64_t unit = 1;
    for (int i = 0; i < item.decimals; ++i) {
        unit *= 10;
    }
    return Decimal::from_nano(value * (Decimal::one / unit)).to_string(item.decimals);
}

}  // namespace

std::vector<DemoStudent> make_students(const DemoSchoolShape& shape,
                                       int count,
                                       std::string_view number_prefix,
                                       const Names& names,
                                       Dice& dice) {
    const int grades = shape.last_grade - shape.first_grade + 1;
    const int classes = shape.classes_a_campus * static_cast<int>(shape.campuses.size());
    std::vector<DemoStudent> students;
    for (int i = 0; i < classes; ++i) {
        const int campus = i / shape.classes_a_campus;
        const int in_campus = i % shape.classes_a_campus;
        const int grade = shape.first_grade + in_campus % grades;
        const int in_class = count / classes + (i < count % classes ? 1 : 0);
        const auto first = students.size();
        for (int seat = 1; seat <= in_class; ++seat) {
            DemoStudent student;
            student.sex = dice.chance(52) ? Sex::male : Sex::female;
            student.number = fmt::format("{}{:04}", number_prefix, students.size() + 1);
            student.name = names.surname(dice) + names.given(dice, student.sex);
            student.grade = grade;
            student.campus = shape.campuses[static_cast<std::size_t>(campus)];
            student.class_name = fmt::format("{}{}班",
                                             grade_names[static_cast<std::size_t>(grade - 1)],
                                             campus * 10 + in_campus / grades + 1);
            student.seat = seat;
            student.zeal = 25 + dice.below(40) + dice.below(35);
            student.strength = dice.below(5);
            students.push_back(std::move(student));
        }
        std::vector<std::string> numbers;
        for (auto at = first; at < students.size(); ++at) {
            numbers.push_back(students[at].number);
        }
        for (auto at = first; at < students.size(); ++at) {
            students[at].classmates = numbers;
            std::erase(students[at].classmates, students[at].number);
        }
    }
    return students;
}

std::string roster_csv(const std::vector<DemoStudent>& students, const Names& names, Dice& dice) {
    std::string out = "学号,姓名,性别,年级,班级,校区,座号,监护人姓名\n";
    for (const auto& student : students) {
        out += fmt::format(
            "{},{},{},{},{},{},{},{}\n",
            student.number,
            student.name,
            student.sex == Sex::male ? "男" : "女",
            student.grade,
            student.class_name,
            student.campus,
            student.seat,
            names.surname(dice) + names.given(dice, dice.chance(60) ? Sex::female : Sex::male));
    }
    return out;
}

std::string evidence_csv(const std::vector<DemoStudent>& students,
                         const framework::Plan& plan,
                         const DemoTerm& term,
                         const Calendar& calendar,
                         Dice& dice) {
    EvidenceWriter writer(plan, term, calendar, dice);
    for (const auto& student : students) {
        writer.write(student);
    }
    return writer.take();
}

std::string fitness_csv(const std::vector<DemoStudent>& students,
                        const framework::Plan& plan,
                        const DemoTerm& term,
                        Dice& dice) {
    std::string out = "学号,姓名,性别,年级编号,班级名称";
    std::vector<const framework::ScoringItem*> items;
    for (const auto& item : plan.items) {
        if (item.entry != framework::ScoringItem::Entry::computed) {
            items.push_back(&item);
            out += "," + item.name_zh;
        }
    }
    out += "\n";
    for (const auto& student : students) {
        if (student.seat % 11 == 5) {
            continue;  // away on the day
        }
        out += fmt::format("{},{},{},{},{}",
                           student.number,
                           student.name,
                           student.sex == Sex::male ? 1 : 2,
                           national_grade_code(student.grade),
                           student.class_name);
        for (const auto* item : items) {
            std::string cell;
            if (item->code == "height") {
                cell = fmt::format("{:.1f}",
                                   116.0 + 5.6 * (student.grade - 1) + dice.below(120) / 10.0);
            } else if (item->code == "weight") {
                cell = fmt::format("{:.1f}",
                                   20.0 + 3.6 * (student.grade - 1) + dice.below(110) / 10.0);
            } else if (const auto value = plausible(*item, student, term.lift, dice); value != 0) {
                cell = show(*item, value);
            }
            out += "," + cell;
        }
        out += "\n";
    }
    return out;
}

}  // namespace agate::app
