// SPDX-License-Identifier: Apache-2.0
#include "server/serve.h"

#include <csignal>
#include <ctime>
#include <thread>

#include "app/terms.h"
#include "base/log.h"
#include "server/api.h"

namespace agate::server {
namespace {

/// SIGINT and SIGTERM, taken by waiting for them rather than by a handler.
sigset_t stop_signals() {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    return signals;
}

}  // namespace

void serve(const ServeOptions& options) {
    // Blocked before any thread starts, so that only the wait below sees them.
    const auto signals = stop_signals();
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    app::Installation installation(options.installation);
    // Read before the first request, so that no one waits for it.
    static_cast<void>(installation.services().directory.get());
    Api api(installation.services());
    HttpServer server(options.http, api.handler());
    std::jthread watcher([&](const std::stop_token& stopped) {
        int seconds = 0;
        while (!stopped.stop_requested()) {
            const timespec second{1, 0};
            const bool is_asked = sigtimedwait(&signals, nullptr, &second) > 0;
            if (is_asked || (options.is_over && options.is_over())) {
                server.stop();
                return;
            }
            if (++seconds % 60 == 0) {
                app::sign_heads(installation.services());
            }
        }
    });
    if (options.listening) {
        options.listening(server.port());
    }
    server.run();
    app::sign_heads(installation.services());
}

}  // namespace agate::server
