// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/rate_limit.h"
#include "app/services.h"
#include "server/http.h"
#include "server/message.h"
#include "server/static_files.h"

namespace agate::server {

/// The whole HTTP face without a socket: a request in, a response out. Any thread.
class Api {
public:
    explicit Api(app::Services& services);

    /// Pace and body limit before the body is read.
    [[nodiscard]] static Reception receive(Method method, std::string_view path);

    [[nodiscard]] Response handle(Request& request);

private:
    [[nodiscard]] Response handle_api(Request& request);

    app::Services& services_;
    StaticFiles static_files_;
    app::RateLimit sign_in_limit_;
};

/// Name of the session cookie: "__Host-agate" over TLS, "agate_session" on plain loopback.
[[nodiscard]] std::string session_cookie_name(const Request& request);
[[nodiscard]] std::string session_cookie(const Request& request, std::string_view token);

}  // namespace agate::server
