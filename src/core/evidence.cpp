// SPDX-License-Identifier: Apache-2.0
#include "core/evidence.h"

#include "core/names.h"

namespace agate {

namespace {

constexpr NameTable<RaterKind, rater_kind_count> rater_kinds = {{
    {RaterKind::self, "self"},
    {RaterKind::peer, "peer"},
    {RaterKind::teacher, "teacher"},
    {RaterKind::guardian, "guardian"},
    {RaterKind::community, "community"},
}};

constexpr NameTable<EvidenceState, 7> evidence_states = {{
    {EvidenceState::draft, "draft"},
    {EvidenceState::submitted, "submitted"},
    {EvidenceState::returned, "returned"},
    {EvidenceState::verified, "verified"},
    {EvidenceState::lapsed, "lapsed"},
    {EvidenceState::voided, "voided"},
    {EvidenceState::sealed, "sealed"},
}};

}  // namespace

std::string_view to_text(RaterKind kind) {
    return name_of(rater_kinds, kind);
}

std::optional<RaterKind> parse_rater_kind(std::string_view text) {
    return value_of(rater_kinds, text);
}

std::string_view to_text(EvidenceState state) {
    return name_of(evidence_states, state);
}

std::optional<EvidenceState> parse_evidence_state(std::string_view text) {
    return value_of(evidence_states, text);
}

}  // namespace agate
