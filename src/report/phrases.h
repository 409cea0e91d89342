// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "base/day.h"
#include "base/words.h"

// The printed page's own words, out of words/report.csv.
namespace agate::report {

/// "report_" + code, with its arguments.
[[nodiscard]] std::string phrase(Language language,
                                 std::string_view code,
                                 const MessageArgs& args = {});

/// 2027年1月12日; 12 Jan 2027.
[[nodiscard]] std::string printed_day(Language language, Day day);
/// 2027年1月12日至18日: the year and month are said once where they are the same.
[[nodiscard]] std::string printed_days(Language language, DayRange days);
/// 2027年1月20日 10:32, in Shanghai.
[[nodiscard]] std::string printed_time(Language language, Instant at);
/// 81%, rounded half up.
[[nodiscard]] std::string printed_percent(std::int32_t ppm);

}  // namespace agate::report
