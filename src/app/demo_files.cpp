// SPDX-License-Identifier: Apache-2.0
#include "app/demo_files.h"

#include <fmt/format.h>

#include <algorithm>

#include "app/portrait.h"
#include "base/error.h"

namespace agate::app {
namespace {

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

std::string class_name(int grade, int number) {
    return fmt::format("{}{}班", grade_name_zh(grade), number);
}

struct StudentMaker {
    const DemoSchoolShape& shape;
    const Names& names;
    Dice& dice;
    std::string number_prefix;
    std::vector<DemoStudent> students{};
    int numbers = 0;  ///< given out so far

    /// Of the i-th class of the school, campus after campus.
    [[nodiscard]] int grade_of(int i) const {
        const int grades = shape.last_grade - shape.first_grade + 1;
        return shape.first_grade + i % shape.classes_a_campus % grades;
    }

    void add_class(int i, int count) {
        const int grades = shape.last_grade - shape.first_grade + 1;
        const int campus = i / shape.classes_a_campus;
        const auto first = students.size();
        std::vector<std::string> classmates;
        for (int seat = 1; seat <= count; ++seat) {
            DemoStudent student;
            student.sex = dice.chance(52) ? Sex::male : Sex::female;
            student.number = fmt::format("{}{:04}", number_prefix, ++numbers);
            student.name = names.surname(dice) + names.given(dice, student.sex);
            student.grade = grade_of(i);
            student.campus = shape.campuses[static_cast<std::size_t>(campus)];
            student.number_of_class = campus * 10 + i % shape.classes_a_campus / grades + 1;
            student.class_name = class_name(student.grade, student.number_of_class);
            student.seat = seat;
            student.zeal = 25 + dice.below(40) + dice.below(35);
            student.strength = dice.below(5);
            classmates.push_back(student.number);
            students.push_back(std::move(student));
        }
        for (auto at = first; at < students.size(); ++at) {
            students[at].classmates = classmates;
            std::erase(students[at].classmates, students[at].number);
        }
    }
};

}  // namespace

std::vector<DemoStudent> make_students(const DemoSchoolShape& shape,
                                       int count,
                                       std::string_view number_prefix,
                                       const Names& names,
                                       Dice& dice) {
    StudentMaker maker{shape, names, dice, std::string(number_prefix)};
    const int classes = shape.classes_a_campus * static_cast<int>(shape.campuses.size());
    for (int i = 0; i < classes; ++i) {
        maker.add_class(i, count / classes + (i < count % classes ? 1 : 0));
    }
    return std::move(maker.students);
}

std::vector<DemoStudent> move_up(const DemoSchoolShape& shape,
                                 std::vector<DemoStudent> students,
                                 int count,
                                 std::string_view number_prefix,
                                 const Names& names,
                                 Dice& dice) {
    StudentMaker maker{shape, names, dice, std::string(number_prefix)};
    maker.numbers = static_cast<int>(students.size());
    std::erase_if(students, [&](const DemoStudent& s) { return s.grade == shape.last_grade; });
    for (auto& student : students) {
        student.class_name = class_name(++student.grade, student.number_of_class);
    }
    maker.students = std::move(students);
    const int classes = shape.classes_a_campus * static_cast<int>(shape.campuses.size());
    const int missing = std::max(count - static_cast<int>(maker.students.size()), 0);
    const auto is_first_grade = [&](int i) { return maker.grade_of(i) == shape.first_grade; };
    int first_grades = 0;
    for (int i = 0; i < classes; ++i) {
        first_grades += is_first_grade(i) ? 1 : 0;
    }
    for (int i = 0, k = 0; i < classes; ++i) {
        if (is_first_grade(i)) {
            maker.add_class(i, missing / first_grades + (k++ < missing % first_grades ? 1 : 0));
        }
    }
    return std::move(maker.students);
}

bool DemoTerms::moves_up() const {
    const auto school_year = [](Day day) {
        const auto date = split(day);
        return date.month >= 7 ? date.year : date.year - 1;
    };
    return school_year(sealed.from) != school_year(running.from);
}

DemoTerms demo_terms(Day today) {
    const auto autumn = [](int year) {
        return DayRange{*make_day({year, 9, 1}), *make_day({year + 1, 1, 20})};
    };
    const auto spring = [](int year) {
        return DayRange{*make_day({year, 2, 20}), *make_day({year, 7, 5})};
    };
    const int year = split(today).year;
    const DemoTerms candidates[] = {{autumn(year - 1), spring(year)},
                                    {spring(year), autumn(year)},
                                    {spring(year - 1), autumn(year - 1)}};
    for (const auto& terms : candidates) {
        if (terms.running.contains(today) && today - terms.running.from >= 28) {
            return terms;
        }
    }
    const DayRange running{week_start(today) - 77, week_start(today) + 62};
    return {{running.from - 182, running.from - 29}, running};
}

std::string term_name(Day first_day, Language language) {
    const auto first = split(first_day);
    const bool is_first = first.month >= 7;
    const int year = is_first ? first.year : first.year - 1;
    return language == Language::zh
               ? fmt::format("{}—{} 学年{}学期", year, year + 1, is_first ? "第一" : "第二")
               : fmt::format("{}–{} {} term", year, year + 1, is_first ? "first" : "second");
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
