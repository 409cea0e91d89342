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

    [[nodiscard]] static std::size_t body_limit(Method method, std::string_view path);

    /// The answer out of memory, or nothing.
    [[nodiscard]] std::optional<Response> handle_at_once(Request& request);
    [[nodiscard]] Response handle(Request& request);

    /// Both as the HTTP side wants them; the Api must outlive the server.
    [[nodiscard]] HttpHandler handler();

private:
    /// `use` is called with a route whose guards have all agreed.
    template <class Use>
    [[nodiscard]] auto with_call(Request& request, const Use& use);

    app::Services& services_;
    StaticFiles static_files_;
    app::RateLimit sign_in_limit_;
};

/// Name of the session cookie: "__Host-agate" over TLS, "agate_session" on plain loopback.
[[nodiscard]] std::string session_cookie_name(const Request& request);
[[nodiscard]] std::string session_cookie(const Request& request, std::string_view token);

}  // namespace agate::server
