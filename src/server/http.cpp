// SPDX-License-Identifier: Apache-2.0
#include "server/http.h"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>
#include <thread>

#include "base/error.h"
#include "base/log.h"

namespace agate::server {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using tcp = asio::ip::tcp;
using RequestParser = http::request_parser<http::string_body>;

constexpr auto header_time = std::chrono::seconds(15);
constexpr auto body_time = std::chrono::seconds(120);
constexpr auto idle_time = std::chrono::seconds(60);
constexpr std::uint32_t header_limit = 16 * 1024;

std::string text_of(const RequestParser& parser, http::field field) {
    return std::string(parser.get()[field]);
}

Method method_of(http::verb verb) {
    switch (verb) {
        case http::verb::get:
        case http::verb::head:
            return Method::get;
        case http::verb::post:
            return Method::post;
        case http::verb::delete_:
            return Method::delete_;
        default:
            return Method::other;
    }
}

/// What Beast lets through and we do not: no Host, more than one, an unknown transfer coding, both
/// ways of saying the length.
bool is_acceptable(const RequestParser& parser) {
    const auto& fields = parser.get();
    if (fields.count(http::field::host) != 1 || fields[http::field::host].empty()) {
        return false;
    }
    const auto coding = fields[http::field::transfer_encoding];
    if (!coding.empty() && !beast::iequals(coding, "chunked")) {
        return false;
    }
    return coding.empty() || fields[http::field::content_length].empty();
}

std::optional<Request> to_request(RequestParser& parser, const std::string& peer) {
    const std::string_view target(parser.get().target().data(), parser.get().target().size());
    const auto mark = target.find('?');
    auto path = percent_decode(target.substr(0, mark), false);
    if (!path || path->empty() || path->front() != '/') {
        return std::nullopt;
    }
    Request request;
    request.method = method_of(parser.get().method());
    request.path = std::move(*path);
    if (mark != std::string_view::npos) {
        request.query = parse_query(target.substr(mark + 1));
    }
    request.content_type = text_of(parser, http::field::content_type);
    request.accept_language = text_of(parser, http::field::accept_language);
    request.accept_encoding = text_of(parser, http::field::accept_encoding);
    request.if_none_match = text_of(parser, http::field::if_none_match);
    request.cookie = text_of(parser, http::field::cookie);
    request.origin = text_of(parser, http::field::origin);
    request.host = text_of(parser, http::field::host);
    request.csrf = std::string(parser.get()["X-Agate-CSRF"]);
    request.is_secure = beast::iequals(parser.get()["X-Forwarded-Proto"], "https");
    request.body = std::move(parser.get().body());
    request.peer = peer;
    return request;
}

http::response<http::string_body> to_message(Response&& response, bool keep_alive, bool is_head) {
    http::response<http::string_body> message{static_cast<http::status>(response.status), 11};
    message.set(http::field::content_type, response.content_type);
    for (const auto& [name, value] : response.headers) {
        message.insert(name, value);
    }
    message.keep_alive(keep_alive);
    message.content_length(response.body.size());
    if (!is_head) {
        message.body() = std::move(response.body);
    }
    return message;
}

Response plain(int status) {
    return {.status = status,
            .content_type = "text/plain; charset=utf-8",
            .body = std::to_string(status) + "\n",
            .headers = {}};
}

int status_of(const beast::error_code& error) {
    if (error == http::error::body_limit) {
        return 413;
    }
    if (error == http::error::header_limit) {
        return 431;
    }
    return 400;
}

bool is_peer_gone(const beast::error_code& error) {
    return error == http::error::end_of_stream || error == beast::error::timeout ||
           error.category() == asio::error::get_system_category() || error == asio::error::eof ||
           error == http::error::partial_message;
}

}  // namespace

struct HttpServer::Parts {
    HttpOptions options;
    HttpHandler handler;
    std::vector<std::unique_ptr<asio::io_context>> contexts;
    std::vector<std::unique_ptr<tcp::acceptor>> acceptors;
    asio::thread_pool pool;
    std::atomic<bool> is_stopping{false};
    std::atomic<int> in_work{0};

    Parts(HttpOptions o, HttpHandler h)
        : options(std::move(o)),
          handler(std::move(h)),
          pool(static_cast<std::size_t>(options.pool_threads)) {}

    asio::awaitable<void> accept(tcp::acceptor& acceptor);
    asio::awaitable<void> serve(tcp::socket socket);
    asio::awaitable<bool> exchange(beast::tcp_stream& stream,
                                   beast::flat_buffer& buffer,
                                   const std::string& peer);
    asio::awaitable<void> answer(beast::tcp_stream& stream,
                                 Response response,
                                 bool keep_alive,
                                 bool is_head);
    asio::awaitable<Response> work(Request& request);
};

asio::awaitable<void> HttpServer::Parts::answer(beast::tcp_stream& stream,
                                                Response response,
                                                bool keep_alive,
                                                bool is_head) {
    auto message = to_message(std::move(response), keep_alive, is_head);
    stream.expires_after(body_time);
    beast::error_code error;
    if (is_head) {
        http::response_serializer<http::string_body> serializer(message);
        co_await http::async_write_header(
            stream, serializer, asio::redirect_error(asio::use_awaitable, error));
    } else {
        co_await http::async_write(
            stream, message, asio::redirect_error(asio::use_awaitable, error));
    }
}

asio::awaitable<Response> HttpServer::Parts::work(Request& request) {
    if (auto response = handler.answer_at_once(request)) {
        co_return std::move(*response);
    }
    const auto home = co_await asio::this_coro::executor;
    co_await asio::post(pool, asio::use_awaitable);
    Response response = handler.answer(request);
    co_await asio::post(home, asio::use_awaitable);
    co_return response;
}

/// One request and its answer; false when the connection is done.
asio::awaitable<bool> HttpServer::Parts::exchange(beast::tcp_stream& stream,
                                                  beast::flat_buffer& buffer,
                                                  const std::string& peer) {
    RequestParser parser;
    parser.header_limit(header_limit);
    parser.body_limit(std::uint64_t{1} << 32);
    beast::error_code error;
    stream.expires_after(buffer.size() == 0 ? idle_time : header_time);
    co_await http::async_read_header(
        stream, buffer, parser, asio::redirect_error(asio::use_awaitable, error));
    if (error) {
        if (!is_peer_gone(error)) {
            co_await answer(stream, plain(status_of(error)), false, false);
        }
        co_return false;
    }
    if (!is_acceptable(parser)) {
        co_await answer(stream, plain(400), false, false);
        co_return false;
    }
    const std::string_view target(parser.get().target().data(), parser.get().target().size());
    const auto body_limit =
        handler.body_limit(method_of(parser.get().method()), target.substr(0, target.find('?')));
    parser.body_limit(body_limit);
    if (parser.content_length() && *parser.content_length() > body_limit) {
        co_await answer(stream, plain(413), false, false);
        co_return false;
    }
    stream.expires_after(body_time);
    co_await http::async_read(
        stream, buffer, parser, asio::redirect_error(asio::use_awaitable, error));
    if (error) {
        if (!is_peer_gone(error)) {
            co_await answer(stream, plain(status_of(error)), false, false);
        }
        co_return false;
    }
    const bool keep_alive = parser.get().keep_alive() && !is_stopping;
    const bool is_head = parser.get().method() == http::verb::head;
    auto request = to_request(parser, peer);
    if (!request) {
        co_await answer(stream, plain(400), false, false);
        co_return false;
    }
    stream.expires_never();
    ++in_work;
    auto response = co_await work(*request);
    --in_work;
    co_await answer(stream, std::move(response), keep_alive, is_head);
    co_return keep_alive;
}

asio::awaitable<void> HttpServer::Parts::serve(tcp::socket socket) {
    beast::error_code error;
    socket.set_option(tcp::no_delay(true), error);
    const auto end = socket.remote_endpoint(error);
    const auto peer = error ? std::string("unknown") : end.address().to_string();
    beast::tcp_stream stream(std::move(socket));
    beast::flat_buffer buffer;
    while (!is_stopping && co_await exchange(stream, buffer, peer)) {
    }
    stream.socket().shutdown(tcp::socket::shutdown_send, error);
}

asio::awaitable<void> HttpServer::Parts::accept(tcp::acceptor& acceptor) {
    while (!is_stopping) {
        beast::error_code error;
        auto socket =
            co_await acceptor.async_accept(asio::redirect_error(asio::use_awaitable, error));
        if (!error) {
            asio::co_spawn(acceptor.get_executor(), serve(std::move(socket)), asio::detached);
        } else if (error == asio::error::operation_aborted) {
            co_return;
        } else {
            log(LogLevel::warning, "accept: " + error.message());
            asio::steady_timer pause(acceptor.get_executor(), std::chrono::milliseconds(50));
            co_await pause.async_wait(asio::redirect_error(asio::use_awaitable, error));
        }
    }
}

HttpServer::HttpServer(HttpOptions options, HttpHandler handler)
    : parts_(std::make_unique<Parts>(std::move(options), std::move(handler))) {
    beast::error_code error;
    const auto address = asio::ip::make_address(parts_->options.address, error);
    std::uint16_t port = parts_->options.port;
    for (int i = 0; !error && i < parts_->options.io_threads; ++i) {
        auto& context = parts_->contexts.emplace_back(std::make_unique<asio::io_context>(1));
        auto& acceptor = parts_->acceptors.emplace_back(std::make_unique<tcp::acceptor>(*context));
        const tcp::endpoint end(address, port);
        acceptor->open(end.protocol(), error);
        acceptor->set_option(tcp::acceptor::reuse_address(true), error);
        if (parts_->options.io_threads > 1) {
            // Each thread accepts by itself; the kernel spreads the connections.
            using ReusePort = asio::detail::socket_option::boolean<SOL_SOCKET, SO_REUSEPORT>;
            acceptor->set_option(ReusePort(true), error);
        }
        if (!error) {
            acceptor->bind(end, error);
        }
        if (!error) {
            acceptor->listen(tcp::acceptor::max_listen_connections, error);
        }
        if (!error) {
            port = acceptor->local_endpoint(error).port();
        }
    }
    if (error) {
        throw Error(ErrorKind::unavailable,
                    "address_in_use",
                    {{"address", parts_->options.address}, {"port", std::to_string(port)}},
                    error.message());
    }
    port_ = port;
}

HttpServer::~HttpServer() = default;

void HttpServer::run() {
    std::vector<std::jthread> threads;
    for (std::size_t i = 0; i < parts_->contexts.size(); ++i) {
        auto& context = *parts_->contexts[i];
        asio::co_spawn(context, parts_->accept(*parts_->acceptors[i]), asio::detached);
        threads.emplace_back([&context] { context.run(); });
    }
    threads.clear();
    parts_->pool.join();
}

void HttpServer::stop() {
    if (parts_->is_stopping.exchange(true)) {
        return;
    }
    for (std::size_t i = 0; i < parts_->contexts.size(); ++i) {
        asio::post(*parts_->contexts[i], [this, i] {
            beast::error_code error;
            parts_->acceptors[i]->close(error);
        });
    }
    for (int waited = 0; waited < 500 && parts_->in_work > 0; ++waited) {
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(20));  // the last answers leave
    for (auto& context : parts_->contexts) {
        context->stop();
    }
}

}  // namespace agate::server
