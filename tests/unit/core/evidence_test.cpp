// SPDX-License-Identifier: Apache-2.0
#include "core/evidence.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

namespace agate {
namespace {

TEST(Evidence, WordsGoRoundTrip) {
    for (int i = 0; i < rater_kind_count; ++i) {
        const auto kind = static_cast<RaterKind>(i);
        EXPECT_EQ(parse_rater_kind(to_text(kind)), kind);
    }
    for (int i = 0; i <= static_cast<int>(EvidenceState::sealed); ++i) {
        const auto state = static_cast<EvidenceState>(i);
        EXPECT_EQ(parse_evidence_state(to_text(state)), state);
    }
    EXPECT_EQ(parse_rater_kind("parent"), std::nullopt);
    EXPECT_EQ(parse_evidence_state(""), std::nullopt);
    EXPECT_EQ(to_text(RaterKind::guardian), "guardian");
    EXPECT_EQ(to_text(EvidenceState::voided), "voided");
}

TEST(Evidence, LatestIsByDayThenTimeThenId) {
    const auto record = [](std::int32_t day, std::int64_t micros, std::uint8_t id) {
        Evidence evidence{.day = {day}, .recorded_at = {micros}};
        evidence.evidence_id.bytes[15] = id;
        return evidence;
    };
    std::vector<Evidence> ordered = {
        record(1, 9, 9), record(2, 1, 9), record(2, 3, 1), record(2, 3, 2), record(3, 0, 0)};
    for (std::size_t later = 0; later < ordered.size(); ++later) {
        for (std::size_t i = 0; i < ordered.size(); ++i) {
            EXPECT_EQ(is_later(ordered[later], ordered[i]), later > i);
        }
    }
}

}  // namespace
}  // namespace agate
