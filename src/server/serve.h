// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>

#include "app/installation.h"
#include "server/http.h"

namespace agate::server {

struct ServeOptions {
    app::Installation::Options installation;
    HttpOptions http;
    /// Called once it listens, with the port that it really has.
    std::function<void(std::uint16_t)> listening;
    /// Asked every second; true stops the server.
    std::function<bool()> is_over;
};

/// Serves until SIGINT or SIGTERM. Chain heads are signed every minute and at the end.
void serve(const ServeOptions& options);

}  // namespace agate::server
