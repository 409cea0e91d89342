// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/decimal.h"
#include "core/ids.h"

namespace agate {

enum class RaterKind : std::uint8_t { self, peer, teacher, guardian, community };
inline constexpr int rater_kind_count = 5;
[[nodiscard]] std::string_view to_text(RaterKind kind);
[[nodiscard]] std::optional<RaterKind> parse_rater_kind(std::string_view text);

/// States of rights/states.csv, machine evidence.
enum class EvidenceState : std::uint8_t {
    draft,
    submitted,
    returned,
    verified,
    lapsed,
    voided,
    sealed
};
[[nodiscard]] std::string_view to_text(EvidenceState state);
[[nodiscard]] std::optional<EvidenceState> parse_evidence_state(std::string_view text);

/// A dated fact about a student, as the engine sees it: no name, no note, no author. The value is
/// the given points, the rating step, the raw measurement, the hours, the scaled score; what it
/// means is the reason's leaf to say.
struct Evidence {
    EvidenceId evidence_id{};
    std::string_view reason{};  ///< reason code of the framework; lives as long as its source
    Day day{};
    Instant recorded_at{};
    std::optional<Decimal> value{};
    std::string_view label{};     ///< a mark's band or an award's level; may be empty
    std::string_view activity{};  ///< what "distinct" counts by; may be empty
    RaterKind rater_kind = RaterKind::teacher;
    RaterTag rater{};
};

/// "Latest" of DESIGN.md 5a: greatest (day, time recorded, id).
[[nodiscard]] inline bool is_later(const Evidence& a, const Evidence& b) {
    if (a.day != b.day) {
        return a.day > b.day;
    }
    if (a.recorded_at != b.recorded_at) {
        return a.recorded_at > b.recorded_at;
    }
    return a.evidence_id > b.evidence_id;
}

}  // namespace agate
