// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "base/day.h"

namespace agate::cli {

/// What `serve` and `demo` ask of the server, which this folder does not know.
struct ServeRequest {
    std::string folder;
    std::string address = "127.0.0.1";
    std::uint16_t port = 8080;
    int io_threads = 1;
    bool is_demo = false;
    std::function<void(std::uint16_t)> listening;
    std::function<bool()> is_over;
};

using Serve = std::function<void(const ServeRequest&)>;

/// Runs one command. Exit codes: 0 done; 1 our fault; 2 the data or the words are wrong; 3 not
/// allowed; 4 not there; 5 the state does not allow it; 6 busy, full or taken.
[[nodiscard]] int run(int argc, const char* const* argv, const Serve& serve);

}  // namespace agate::cli
