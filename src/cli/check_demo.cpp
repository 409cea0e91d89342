// SPDX-License-Identifier: Apache-2.0
#include "cli/check_demo.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/crypto.h"
#include "base/error.h"
#include "base/json_writer.h"

namespace agate::cli {
namespace {

struct Answer {
    int status = 0;
    std::string head, body;
};

/// One request on a connection of its own, read to its end.
Answer ask(const std::string& address, std::uint16_t port, const std::string& request) {
    Answer answer;
    const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(port);
    inet_pton(AF_INET, address.c_str(), &to.sin_addr);
    std::string text;
    if (connect(socket, reinterpret_cast<const sockaddr*>(&to), sizeof to) == 0 &&
        send(socket, request.data(), request.size(), MSG_NOSIGNAL) ==
            static_cast<ssize_t>(request.size())) {
        std::array<char, 16384> buffer{};
        for (ssize_t got = 0; (got = recv(socket, buffer.data(), buffer.size(), 0)) > 0;) {
            text.append(buffer.data(), static_cast<std::size_t>(got));
        }
    }
    close(socket);
    const auto end = text.find("\r\n\r\n");
    if (end != std::string::npos && text.size() > 12) {
        answer.status = std::atoi(text.substr(9, 3).c_str());
        answer.head = text.substr(0, end);
        answer.body = text.substr(end + 4);
    }
    return answer;
}

/// The text between the quotes after "name":".
std::string find_text(const std::string& json, std::string_view name) {
    const auto key = fmt::format("\"{}\":\"", name);
    const auto at = json.find(key);
    const auto from = at + key.size();
    return at == std::string::npos ? std::string{} : json.substr(from, json.find('"', from) - from);
}

class Browser {
public:
    Browser(std::string address, std::uint16_t port) : address_(std::move(address)), port_(port) {}

    Answer get(const std::string& path) { return send("GET", path, ""); }

    Answer post(const std::string& path, const std::string& body) {
        return send("POST", path, body);
    }

    bool sign_in(const app::DemoAccount& account) {
        auto answer = post(
            "/api/v1/session",
            fmt::format(R"({{"login":"{}","password":"{}"}})", account.login, account.password));
        const auto at = answer.head.find("agate_session=");
        if (answer.status != 200 || at == std::string::npos) {
            return false;
        }
        cookie_ = answer.head.substr(at, answer.head.find(';', at) - at);
        csrf_ = find_text(answer.body, "csrf");
        if (answer.body.find("\"second_factor\":\"totp\"") != std::string::npos) {
            const auto seed = from_base32(account.factor_secret);
            const auto code =
                totp_code(as_bytes(std::string_view(seed)), app::system_now().micros / 30'000'000);
            answer = post("/api/v1/session/totp", fmt::format(R"({{"code":"{}"}})", code));
        }
        person_ = find_text(answer.body, "person_id");
        last_ = answer.body;
        return answer.status == 200 && !person_.empty();
    }

    [[nodiscard]] const std::string& person() const { return person_; }

    [[nodiscard]] std::string child() const {
        return find_text(last_.substr(last_.find("\"children\"")), "person_id");
    }

private:
    Answer send(const char* method, const std::string& path, const std::string& body) {
        return ask(
            address_,
            port_,
            fmt::format("{} {} HTTP/1.1\r\nHost: {}:{}\r\nConnection: close\r\nCookie: {}\r\n"
                        "X-Agate-CSRF: {}\r\nContent-Type: application/json\r\nContent-Length: "
                        "{}\r\n\r\n{}",
                        method,
                        path,
                        address_,
                        port_,
                        cookie_,
                        csrf_,
                        body.size(),
                        body));
    }

    std::string address_;
    std::uint16_t port_;
    std::string cookie_, csrf_, person_, last_;
};

}  // namespace

std::string from_base32(std::string_view text) {
    std::string out;
    std::uint32_t bits = 0;
    int count = 0;
    for (const char c : text) {
        const int value = c >= 'A' && c <= 'Z' ? c - 'A' : c >= '2' && c <= '7' ? c - '2' + 26 : -1;
        if (value < 0) {
            continue;
        }
        bits = (bits << 5U) | static_cast<std::uint32_t>(value);
        count += 5;
        if (count >= 8) {
            count -= 8;
            out += static_cast<char>((bits >> static_cast<unsigned>(count)) & 0xFFU);
        }
    }
    return out;
}

std::string accounts_json(const app::DemoDistrict& district, std::uint16_t port) {
    JsonWriter json;
    json.begin_object().member("url", fmt::format("http://127.0.0.1:{}", port));
    json.key("accounts").begin_array();
    for (const auto& account : district.accounts) {
        json.begin_object();
        json.member("role", account.role).member("login", account.login);
        json.member("password", account.password).member("factor_secret", account.factor_secret);
        json.member("person_name", account.person_name).end_object();
    }
    json.end_array().end_object();
    return json.take();
}

void DemoCheck::start(const std::string& address, std::uint16_t port) {
    thread_ = std::jthread([this, address, port] {
        ask_all(address, port);
        is_over_ = true;
    });
}

void DemoCheck::ask_all(const std::string& address, std::uint16_t port) {
    const auto note = [this](std::string what, bool is_right) {
        answers_.emplace_back(std::move(what), is_right);
    };
    Browser nobody(address, port);
    note("GET /api/v1/health", nobody.get("/api/v1/health").status == 200);
    note("GET /api/v1/openapi.json", nobody.get("/api/v1/openapi.json").status == 200);
    note("GET /", nobody.get("/").body.find("<html") != std::string::npos);
    note("GET /api/v1/classes (nobody signed in: 401)",
         nobody.get("/api/v1/classes").status == 401);
    for (const auto& account : district_.accounts) {
        Browser browser(address, port);
        note("sign in as " + account.role, browser.sign_in(account));
        const bool is_family = account.role == "student" || account.role == "guardian";
        if (is_family) {
            const auto child = account.role == "student" ? browser.person() : browser.child();
            const auto page = browser.get("/api/v1/students/" + child + "/portrait");
            note("portrait as " + account.role,
                 page.status == 200 && page.body.find("\"contents\"") != std::string::npos);
        } else if (account.role == "class_teacher" || account.role == "academic_office") {
            const auto classes = browser.get("/api/v1/classes");
            note("classes as " + account.role,
                 classes.status == 200 && classes.body.find("\"class_id\"") != std::string::npos);
            note("periods as " + account.role, browser.get("/api/v1/periods").status == 200);
        }
    }
}

void DemoCheck::finish(const Common& common) {
    thread_.join();
    bool is_right = !answers_.empty();
    for (const auto& [what, right] : answers_) {
        print((right ? "ok    " : "WRONG ") + what + "\n");
        is_right = is_right && right;
    }
    if (!is_right) {
        throw Error(ErrorKind::internal, "demo_check_failed");
    }
    say(common, "demo_checked", {{"count", std::to_string(answers_.size())}});
}

}  // namespace agate::cli
