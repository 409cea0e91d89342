// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "app/demo_people.h"
#include "base/day.h"
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

[[nodiscard]] std::string roster_csv(const std::vector<DemoStudent>& students,
                                     const Names& names,
                                     Dice& dice);

struct DemoTerm {
    DayRange days;          ///< records fall on its working days, up to the last
    Day first_school_year;  ///< for grades
    int records_a_student = 75;
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
