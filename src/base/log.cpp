// SPDX-License-Identifier: Apache-2.0
#include "base/log.h"

#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <chrono>
#include <string>

#include "base/day.h"

namespace agate {

namespace {

constexpr std::array<std::string_view, 4> level_names = {"debug", "info", "warning", "error"};
std::atomic<LogLevel> lowest_level{LogLevel::info};

Instant now() {
    const auto since = std::chrono::system_clock::now().time_since_epoch();
    return {std::chrono::duration_cast<std::chrono::microseconds>(since).count()};
}

}  // namespace

void set_log_level(LogLevel lowest) {
    lowest_level = lowest;
}

void log(LogLevel level, std::string_view text) {
    if (level < lowest_level.load(std::memory_order_relaxed)) {
        return;
    }
    const std::string line = fmt::format(
        "{} {:<7} {}\n", to_string(now()), level_names[static_cast<std::size_t>(level)], text);
    // One write, so that lines of several threads do not mix; a log that cannot be written has
    // nobody to tell.
    [[maybe_unused]] const auto written = ::write(STDERR_FILENO, line.data(), line.size());
}

}  // namespace agate
