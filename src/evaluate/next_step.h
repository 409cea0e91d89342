// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/evidence.h"
#include "evaluate/program.h"
#include "evaluate/subject.h"

// The next reachable step, computed from the framework itself: the fewest further records that
// bring a content to its next band, found by running the rules over them.
namespace agate::evaluate {

struct NextStep {
    struct Deed {
        std::string reason;
        int times = 0;

        friend bool operator==(const Deed&, const Deed&) = default;
    };

    std::vector<Deed> deeds;  ///< one or two reasons, in the order of the packs
    BandIndex band = 0;       ///< that they reach

    friend bool operator==(const NextStep&, const NextStep&) = default;
};

enum class NoStep : std::uint8_t {
    at_the_top,  ///< there is no higher band
    none_in_reach,
};

struct StepAnswer {
    std::optional<NextStep> step;
    NoStep why = NoStep::none_in_reach;  ///< where there is no step
};

struct StepInput {
    const Program& program;
    DayRange period;
    const Subject& subject;
    std::span<const Evidence> evidence;  ///< that counts so far
    std::span<const Day> days;  ///< working days still to come in the period, earliest first
};

/// More than this many records are not called a step.
inline constexpr int most_step_records = 12;

/// For one content (or any node with bands). Tried are reasons of points and completion under it
/// that have a value of their own above zero, each at most once a day on the coming days, all from
/// one giver whom the child has no record of. Of equally many records, one reason comes before two,
/// then the order of the packs. Whatever is answered was run through the whole plan.
[[nodiscard]] StepAnswer find_next_step(const StepInput& input, NodeIndex node);

}  // namespace agate::evaluate
