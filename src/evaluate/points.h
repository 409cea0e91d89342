// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>

#include "evaluate/measure.h"

// What computing points and telling of them share.
namespace agate::evaluate {

inline constexpr std::int64_t nanos_in_a_milli = 1'000'000;

[[nodiscard]] inline Int128 to_nano(std::int64_t milli) {
    return Int128{milli} * nanos_in_a_milli;
}

[[nodiscard]] inline Int128 to_nano(Int128 nano) {
    return nano;
}

[[nodiscard]] inline bool has_points(const Binding& binding, const Record& record) {
    return record.has_value() || binding.use(record).default_value;
}

/// The value given, else the reason's default; has_points holds.
template <class Number>
[[nodiscard]] Number points_of(const Binding& binding, const Record& record) {
    if constexpr (sizeof(Number) == sizeof(std::int64_t)) {
        return record.has_value() ? record.value : binding.use(record).default_milli;
    } else {
        return binding.value(record)->nano();
    }
}

/// One cap over windows that follow each other. Each record is credited with what it adds to its
/// window's clipped net sum, so that the credits of a window make exactly that sum, and later,
/// narrower windows know what came from which day.
template <class Number>
struct CapStage {
    std::uint32_t window = 0xFFFF'FFFF;
    Number net{};      ///< of the window so far
    Number counted{};  ///< credited in it so far

    Number credit(const typename PointsNumbers<Number>::Cap& cap, std::uint32_t now, Number given) {
        if (now != window) {
            window = now;
            net = counted = {};
        }
        net += given;
        const Number kept = std::max(std::min(net, cap.ceiling), cap.floor);
        const Number left = kept - counted;
        counted = kept;
        return left;
    }
};

/// The reasons of a points leaf: inputs with what was credited, caps that took something away, the
/// total and its range. There is a trace.
void tell_points(const PointsRule& rule,
                 const PointsNumbers<std::int64_t>& numbers,
                 const LeafCall& call);
void tell_points(const PointsRule& rule,
                 const PointsNumbers<Int128>& numbers,
                 const LeafCall& call);

}  // namespace agate::evaluate
