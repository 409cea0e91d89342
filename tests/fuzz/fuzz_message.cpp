// SPDX-License-Identifier: Apache-2.0
#include <cstdint>
#include <string_view>

#include "base/error.h"
#include "server/body.h"
#include "server/message.h"

// What a browser sends: a query, an escaped path, a JSON body. Taken, or refused as invalid.

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text{reinterpret_cast<const char*>(data), size};
    for (const auto& [name, value] : agate::server::parse_query(text)) {
        agate::ensure(name.size() + value.size() <= size, "decoding never makes text longer");
    }
    (void)agate::server::percent_decode(text, false);
    agate::server::Request request;
    request.cookie = text;
    (void)request.cookie_named("agate_session");
    try {
        auto body = agate::server::Body::parse(text);
        (void)body.optional_text("client_id");
        (void)body.optional_decimal("value");
        (void)body.optional_number("period_id");
        for (auto& record : body.objects("records")) {
            (void)record.day("day");
        }
        (void)body.texts_by_name("columns");
        (void)body.flags_by_name("options");
        body.finish();
    } catch (const agate::Error& error) {
        agate::ensure(error.kind == agate::ErrorKind::invalid, "a body is refused as invalid");
    }
    return 0;
}
