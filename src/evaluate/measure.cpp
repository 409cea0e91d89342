// SPDX-License-Identifier: Apache-2.0
#include "evaluate/measure.h"

#include <algorithm>

namespace agate::evaluate {

int grade_on(const Subject& subject, Day day) {
    const Subject::GradeFrom* found = nullptr;
    for (const Subject::GradeFrom& change : subject.grades) {
        if (change.from <= day && (found == nullptr || found->from < change.from)) {
            found = &change;
        }
    }
    return found == nullptr ? subject.grade : found->grade;
}

Windows::Windows(DayRange period) {
    const auto days = static_cast<std::size_t>(std::max(period.to - period.from, -1) + 1);
    for (auto& list : numbers) {
        list.resize(days);
    }
    for (std::size_t i = 0; i < days; ++i) {
        const Day day = period.from + static_cast<std::int32_t>(i);
        numbers[static_cast<std::size_t>(framework::Window::day)][i] =
            static_cast<std::uint16_t>(i);
        numbers[static_cast<std::size_t>(framework::Window::week)][i] =
            static_cast<std::uint16_t>((day - week_start(period.from)) / 7);
        numbers[static_cast<std::size_t>(framework::Window::month)][i] =
            static_cast<std::uint16_t>(month_number(day) - month_number(period.from));
    }
}

void LeafCall::note(std::string code,
                    MessageArgs args,
                    std::span<const std::uint32_t> about) const {
    trace->note(leaf().node, std::move(code), std::move(args), trace->ids(about));
}

void LeafCall::input(std::string label,
                     std::span<const std::uint32_t> about,
                     std::optional<Decimal> given,
                     std::optional<Decimal> credited,
                     std::optional<Decimal> weight) const {
    trace->input(leaf().node,
                 {.label = std::move(label),
                  .evidence = trace->ids(about),
                  .given = given,
                  .credited = credited,
                  .weight = weight});
}

}  // namespace agate::evaluate
