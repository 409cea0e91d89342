// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/day.h"
#include "core/ids.h"

namespace agate {

/// A named stretch of days on which a school day falls out, or a working day made up at a weekend.
struct CalendarDays {
    DayRange days{};
    std::string name_zh{};
    std::string name_en{};
    enum class Kind { holiday, working } kind = Kind::holiday;
};

/// The school calendar as data: holidays, and weekend days worked instead.
class Calendar {
public:
    Calendar() = default;
    explicit Calendar(std::vector<CalendarDays> entries);

    [[nodiscard]] bool is_working_day(Day day) const;
    /// Working days in the range, both ends included.
    [[nodiscard]] int count_working_days(DayRange range) const;
    /// The last day of a window of `working_days` full working days that starts after `day`.
    [[nodiscard]] Day add_working_days(Day day, int working_days) const;

    [[nodiscard]] const std::vector<CalendarDays>& entries() const { return entries_; }

private:
    std::vector<CalendarDays> entries_;
};

enum class PeriodState {
    planned,
    recording,
    reviewing,
    evaluating,
    class_approved,
    grade_approved,
    school_approved,
    on_notice,
    deciding,
    decided,
    signed_,
    sealed,
};
[[nodiscard]] std::string_view to_text(PeriodState state);  ///< "signed" for signed_
[[nodiscard]] std::optional<PeriodState> parse_period_state(std::string_view text);

/// A term or school year of one school.
struct Period {
    PeriodId period_id{};
    SchoolId school_id{};
    std::string name_zh{};  ///< "2026—2027 学年上学期"
    std::string name_en{};
    DayRange days{};
    PeriodState state = PeriodState::planned;
};

/// 1 for the week (Monday to Sunday) that holds the first day.
[[nodiscard]] int week_of(const DayRange& period, Day day);
[[nodiscard]] int count_weeks(const DayRange& period);

}  // namespace agate
