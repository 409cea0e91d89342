// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace agate {

enum class LogLevel { debug, info, warning, error };

/// One line on standard error: time, level, text. Never content of a record, a name or a secret.
void log(LogLevel level, std::string_view text);
void set_log_level(LogLevel lowest);

}  // namespace agate
