// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/problem.h"
#include "base/words.h"
#include "framework/pack_files.h"

namespace agate::framework {

/// A fault as a compiler shows it: place and sentence, the line with a mark under the value, and
/// what to do about it. `source` is the whole text of the file the problem names; empty leaves the
/// excerpt out. Ends with a line break.
///
///     packs/x/indicators.csv:12:5: 错误: C25 的权重 30% 不在允许的 10% 到 25% 之间
///       12 | C25,B11,30
///          |         ^~
///       改法: 把 C25 的权重改到 10% 到 25% 之间
[[nodiscard]] std::string render_problem(const Problem& problem,
                                         std::string_view source,
                                         Language language);

/// All of them; the texts are found in `packs` by the file each problem names.
[[nodiscard]] std::string render_problems(const Problems& problems,
                                          std::span<const PackFiles> packs,
                                          Language language);

}  // namespace agate::framework
