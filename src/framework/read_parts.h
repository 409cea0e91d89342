// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <vector>

#include "framework/pack.h"
#include "framework/read_values.h"

// The readers of a pack's single files; read_pack puts them together.
namespace agate::framework {

void read_pack_toml(std::string_view text, std::int32_t source, Pack& pack, Faults& faults);
[[nodiscard]] std::vector<PackIndicator> read_indicators(std::string_view text,
                                                         std::int32_t source,
                                                         Faults& faults);
[[nodiscard]] std::vector<PackMeasure> read_measures(std::string_view text,
                                                     std::int32_t source,
                                                     Faults& faults);
[[nodiscard]] std::vector<PackReason> read_reasons(std::string_view text,
                                                   std::int32_t source,
                                                   Faults& faults);
[[nodiscard]] std::vector<List> read_lists(std::string_view text,
                                           std::int32_t source,
                                           Faults& faults);

/// The words of the closed lists, as the files write them.
namespace words_of {
extern const WordList<RollUp> roll_up;
extern const WordList<MissingPolicy> missing;
extern const WordList<ExemptPolicy> exempt;
extern const WordList<RaterKind> rater_kind;
extern const WordList<Attempt> attempt;
}  // namespace words_of

}  // namespace agate::framework
