// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <cstdint>
#include <string>
#include <thread>
#include <vector>

#include "app/demo.h"
#include "cli/command.h"

namespace agate::cli {

/// Asks a running demonstration for its main pages, as a browser would, on a thread of its own.
class DemoCheck {
public:
    explicit DemoCheck(const app::DemoDistrict& district) : district_(district) {}

    void start(const std::string& address, std::uint16_t port);

    [[nodiscard]] bool is_over() const { return is_over_; }

    /// Prints what was asked; throws Error(internal, "demo_check_failed") when an answer was wrong.
    void finish(const Common& common);

private:
    void ask_all(const std::string& address, std::uint16_t port);

    const app::DemoDistrict& district_;
    std::jthread thread_;
    std::atomic<bool> is_over_{false};
    std::vector<std::pair<std::string, bool>> answers_;
};

/// {"url","accounts":[{"role","login","password","factor_secret"}]}.
[[nodiscard]] std::string accounts_json(const app::DemoDistrict& district, std::uint16_t port);

/// The bytes of a base32 text without padding.
[[nodiscard]] std::string from_base32(std::string_view text);

}  // namespace agate::cli
