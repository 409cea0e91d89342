// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "server/message.h"

namespace agate::server {

/// What the HTTP side asks of the rest.
struct HttpHandler {
    /// How large a body may be, before it is read.
    std::function<std::size_t(Method, std::string_view path)> body_limit;
    /// On the connection's own thread: an answer out of memory, or nothing.
    std::function<std::optional<Response>(Request&)> answer_at_once;
    /// On the pool, so that a write or an evaluation never holds other connections up.
    std::function<Response(Request&)> answer;
};

struct HttpOptions {
    std::string address = "127.0.0.1";
    std::uint16_t port = 8080;  ///< 0: any free one
    int io_threads = 1;
    int pool_threads = 64;
};

/// Serves until `stop()`; HTTP/1.1, keep-alive, strict parsing, limits on everything. The one user
/// of the HTTP library. Throws Error(unavailable, "address_in_use") when it cannot listen.
class HttpServer {
public:
    HttpServer(HttpOptions options, HttpHandler handler);
    ~HttpServer();
    HttpServer(const HttpServer&) = delete;
    HttpServer& operator=(const HttpServer&) = delete;

    [[nodiscard]] std::uint16_t port() const { return port_; }

    /// Returns when stopped. Requests in work are answered first, for five seconds at most.
    void run();

    /// Safe from any thread and from a signal's own thread.
    void stop();

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
    std::uint16_t port_ = 0;
};

}  // namespace agate::server
