// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "app/demo_people.h"
#include "base/day.h"
#include "base/words.h"
#include "core/calendar.h"
#include "core/org.h"
#include "framework/plan.h"

// The files that the demonstration's offices hand in: a roster, a term's records, fitness results.
namespace agate::app {

struct DemoStudent {
    std::string number, name;
    Sex sex = Sex::male;
    int grade = 1;
    std::string campus, class_name;
    int number_of_class = 1;  ///< among those of its grade, over all campuses
    int seat = 1;
    int zeal = 50;                        ///< how much comes in about the child, 0 to 100
    int strength = 0;                     ///< index of the content that the child is strongest in
    std::string teacher;                  ///< the class teacher's name
    std::vector<std::string> classmates;  ///< numbers
};

/// Campuses, grades and classes of one school.
struct DemoSchoolShape {
    std::vector<std::string> campuses;
    int first_grade = 1, last_grade = 6;
    int classes_a_campus = 15;
};

[[nodiscard]] std::vector<DemoStudent> make_students(const DemoSchoolShape& shape,
                                                     int count,
                                                     std::string_view number_prefix,
                                                     const Names& names,
                                                     Dice& dice);

/// Those of the last grade, when a school year is over.
struct DemoLeavers {
    std::vector<DemoStudent> students;
    Day last_day;
};

[[nodiscard]] std::string roster_csv(const std::vector<DemoStudent>& students,
                                     const DemoLeavers& leavers,
                                     const Names& names,
                                     Dice& dice);

/// The same children one school year on: the last grade has left, the others moved up with their
/// class, and a new first grade came. `numbers_from` counts the children there have been.
[[nodiscard]] std::vector<DemoStudent> move_up(const DemoSchoolShape& shape,
                                               std::vector<DemoStudent> students,
                                               int count,
                                               std::string_view number_prefix,
                                               const Names& names,
                                               Dice& dice);

/// A term that is over and the one that runs today, as schools have them.
struct DemoTerms {
    DayRange sealed, running;

    /// True when a school year begins between the two.
    [[nodiscard]] bool moves_up() const;
};

/// From 1 September to 20 January and from 20 February to 5 July. In a holiday, and in the first
/// four weeks of a term, the terms are moved so that today is in the twelfth week of one.
[[nodiscard]] DemoTerms demo_terms(Day today);

/// "2026—2027 学年第一学期"; the first from July to December.
[[nodiscard]] std::string term_name(Day first_day, Language language);

struct DemoTerm {
    DayRange days;
    Day upto;      ///< records fall on working days up to this one
    int lift = 0;  ///< how much better than the term before, in percent
};

[[nodiscard]] std::string evidence_csv(const std::vector<DemoStudent>& students,
                                       const framework::Plan& plan,
                                       const DemoTerm& term,
                                       const Calendar& calendar,
                                       Dice& dice);

[[nodiscard]] std::string fitness_csv(const std::vector<DemoStudent>& students,
                                      const framework::Plan& plan,
                                      const DemoTerm& term,
                                      Dice& dice);

}  // namespace agate::app
