// SPDX-License-Identifier: Apache-2.0
#include "app/demo_files.h"

#include <fmt/format.h>

#include <algorithm>

#include "app/portrait.h"
#include "base/error.h"

namespace agate::app {
namespace {

/// The working days of a term so far, by week.
std::vector<std::vector<Day>> working_weeks(const Calendar& calendar, const DemoTerm& term) {
    std::vector<std::vector<Day>> weeks;
    for (Day day = term.days.from; day <= std::min(term.days.to, term.upto); day = day + 1) {
        if (!calendar.is_working_day(day)) {
            continue;
        }
        if (weeks.empty() || week_start(weeks.back().front()) != week_start(day)) {
            weeks.emplace_back();
        }
        weeks.back().push_back(day);
    }
    ensure(!weeks.empty(), "a term has working days");
    return weeks;
}

/// A reason that may be recorded, with the content it tells of.
struct Choice {
    const framework::Reason* reason = nullptr;
    std::size_t content = 0;
};

/// Writes one term's records: what children keep doing week after week, what happens now and then,
/// what others think of them once a term, and their marks near its end. A few classes are kept as
/// real ones sometimes are: in a rush at the end, or with everything counted.
class EvidenceWriter {
public:
    EvidenceWriter(const framework::Plan& plan,
                   const DemoTerm& term,
                   const Calendar& calendar,
                   Dice& dice)
        : plan_(plan), term_(term), dice_(dice), weeks_(working_weeks(calendar, term)) {
        out_ = "学号,事由,日期,分值,等级,活动,备注,记录人,评价主体\n";
        sort_choices();
    }

    void write(const DemoStudent& student);

    [[nodiscard]] std::string take() { return std::move(out_); }

private:
    void sort_choices();
    void write_habits(const DemoStudent& student, int percent);
    void write_now_and_then(const DemoStudent& student, int percent);
    void write_ratings(const DemoStudent& student, int percent);
    void write_marks(const DemoStudent& student, int percent);
    void write_one(const DemoStudent& student, const Choice& choice, RaterKind rater, Day day);
    [[nodiscard]] const Choice& choose(const DemoStudent& student);
    [[nodiscard]] RaterKind rater_of(const framework::Reason& reason);
    [[nodiscard]] std::string giver_of(const DemoStudent& student, RaterKind rater);
    [[nodiscard]] std::string value_of(const Choice& choice, const DemoStudent& student);
    [[nodiscard]] std::string label_of(const Choice& choice, const DemoStudent& student);
    [[nodiscard]] Day day_in(const DemoStudent& student, const std::vector<Day>& week);

    /// Half of what this class writes comes in the last days.
    [[nodiscard]] static bool is_rushed(const DemoStudent& student) {
        return student.grade == 3 && student.number_of_class == 1;
    }

    /// This class counts everything, and always the most.
    [[nodiscard]] static bool is_generous(const DemoStudent& student) {
        return student.grade == 5 && student.number_of_class == 2;
    }

    const framework::Plan& plan_;
    const DemoTerm& term_;
    Dice& dice_;
    std::vector<Choice> deeds_, ratings_, marks_, awards_;
    std::vector<std::vector<Day>> weeks_;
    std::string out_;
    int activity_ = 0;
};

void EvidenceWriter::sort_choices() {
    const auto contents = contents_of(plan_);
    for (const auto& [code, reason] : plan_.reasons) {
        const auto content =
            reason.leaves.empty() ? std::nullopt : content_above(plan_, reason.leaves.front());
        const auto place = std::find(contents.begin(), contents.end(), content.value_or(-1));
        if (place == contents.end()) {
            continue;
        }
        const Choice choice{&reason, static_cast<std::size_t>(place - contents.begin())};
        switch (reason.kind) {
            case framework::MeasureKind::points:
            case framework::MeasureKind::completion:
                deeds_.push_back(choice);
                break;
            case framework::MeasureKind::rating:
                ratings_.push_back(choice);
                break;
            case framework::MeasureKind::mark:
                marks_.push_back(choice);
                break;
            case framework::MeasureKind::award:
                awards_.push_back(choice);
                break;
            default:
                break;
        }
    }
}

const Choice& EvidenceWriter::choose(const DemoStudent& student) {
    const auto pick = [&]() -> const Choice& {
        return deeds_[static_cast<std::size_t>(dice_.below(static_cast<int>(deeds_.size())))];
    };
    const Choice& first = pick();
    const bool is_strong = first.content == static_cast<std::size_t>(student.strength);
    return is_strong || dice_.chance(65) ? first : pick();
}

RaterKind EvidenceWriter::rater_of(const framework::Reason& reason) {
    if (reason.givers.empty()) {
        return RaterKind::teacher;
    }
    return reason
        .givers[static_cast<std::size_t>(dice_.below(static_cast<int>(reason.givers.size())))];
}

std::string EvidenceWriter::giver_of(const DemoStudent& student, RaterKind rater) {
    if (rater == RaterKind::teacher || rater == RaterKind::community) {
        return student.teacher;
    }
    if (rater == RaterKind::peer) {
        return student.classmates[static_cast<std::size_t>(
            dice_.below(static_cast<int>(student.classmates.size())))];
    }
    return {};
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
        return std::to_string(is_generous(student) ? high : low + dice_.below(span));
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

Day EvidenceWriter::day_in(const DemoStudent& student, const std::vector<Day>& week) {
    const auto& where = is_rushed(student) && dice_.chance(60) ? weeks_.back() : week;
    return where[static_cast<std::size_t>(dice_.below(static_cast<int>(where.size())))];
}

void EvidenceWriter::write_one(const DemoStudent& student,
                               const Choice& choice,
                               RaterKind rater,
                               Day day) {
    const bool is_completion = choice.reason->kind == framework::MeasureKind::completion;
    out_ += fmt::format("{},{},{},{},{},{},{},{},{}\n",
                        student.number,
                        choice.reason->code,
                        to_string(day),
                        value_of(choice, student),
                        label_of(choice, student),
                        is_completion ? fmt::format("活动{}", ++activity_ % 400) : "",
                        is_generous(student) ? "表现很好" : "",
                        giver_of(student, rater),
                        to_text(rater));
}

/// What the child keeps doing: the steadier, the more zeal.
void EvidenceWriter::write_habits(const DemoStudent& student, int percent) {
    std::vector<Choice> habits;
    for (int i = 0; i < 2 + student.zeal / 60; ++i) {
        habits.push_back(choose(student));
    }
    for (const auto& week : weeks_) {
        for (const auto& habit : habits) {
            if (dice_.chance((30 + (student.zeal + term_.lift) / 2) * percent / 100)) {
                write_one(student, habit, rater_of(*habit.reason), day_in(student, week));
            }
        }
    }
}

void EvidenceWriter::write_now_and_then(const DemoStudent& student, int percent) {
    const int repeats = is_generous(student) ? 4 : 1;
    for (const auto& week : weeks_) {
        for (int deeds = 0; deeds < 3; ++deeds) {
            if (!dice_.chance((50 + student.zeal / 3) * percent / 100)) {
                continue;
            }
            const Choice choice = choose(student);
            for (int i = 0; i < repeats; ++i) {
                write_one(student, choice, rater_of(*choice.reason), day_in(student, week));
            }
        }
    }
    if (dice_.chance(8 + student.zeal / 5) && !awards_.empty()) {
        const auto& award =
            awards_[static_cast<std::size_t>(dice_.below(static_cast<int>(awards_.size())))];
        const auto& week =
            weeks_[static_cast<std::size_t>(dice_.below(static_cast<int>(weeks_.size())))];
        write_one(student, award, rater_of(*award.reason), week.front());
    }
}

/// Once a term, in its eighth week: the child itself, the teacher, the family; a few classmates.
void EvidenceWriter::write_ratings(const DemoStudent& student, int percent) {
    const auto& week = weeks_[std::min<std::size_t>(7, weeks_.size() - 1)];
    for (const auto& choice : ratings_) {
        for (const auto kind : choice.reason->givers) {
            for (int i = 0; i < (kind == RaterKind::peer ? 4 : 1); ++i) {
                if (dice_.chance(80 * percent / 100)) {
                    write_one(student, choice, kind, day_in(student, week));
                }
            }
        }
    }
}

/// Marks come in the last two weeks of the term.
void EvidenceWriter::write_marks(const DemoStudent& student, int percent) {
    if (weeks_.back().back() < term_.days.to - 10) {
        return;
    }
    for (const auto& choice : marks_) {
        if (dice_.chance(95 * percent / 100)) {
            write_one(student, choice, RaterKind::teacher, weeks_.back().back());
        }
    }
}

void EvidenceWriter::write(const DemoStudent& student) {
    // Some children come with little: the page must say so and not guess.
    const int percent = student.seat % 17 == 3 ? 15 : 100;
    write_habits(student, percent);
    write_now_and_then(student, percent);
    write_ratings(student, percent);
    write_marks(student, percent);
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

std::string roster_csv(const std::vector<DemoStudent>& students,
                       const DemoLeavers& leavers,
                       const Names& names,
                       Dice& dice) {
    std::string out = "学号,姓名,性别,年级,班级,校区,座号,监护人姓名,状态,离校日期\n";
    for (const auto& student : students) {
        out += fmt::format(
            "{},{},{},{},{},{},{},{},在校,\n",
            student.number,
            student.name,
            student.sex == Sex::male ? "男" : "女",
            student.grade,
            student.class_name,
            student.campus,
            student.seat,
            names.surname(dice) + names.given(dice, dice.chance(60) ? Sex::female : Sex::male));
    }
    for (const auto& student : leavers.students) {
        out += fmt::format("{},{},{},,,,,,毕业,{}\n",
                           student.number,
                           student.name,
                           student.sex == Sex::male ? "男" : "女",
                           to_string(leavers.last_day));
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
