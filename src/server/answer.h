// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "base/error.h"
#include "server/message.h"

namespace agate::server {

[[nodiscard]] int http_status(ErrorKind kind);

[[nodiscard]] Response json_response(std::string json, int status = 200);
[[nodiscard]] Response no_content();

/// A file to keep: never opened in the page.
[[nodiscard]] Response file_response(std::string bytes,
                                     std::string_view content_type,
                                     std::string_view file_name);

/// The sentence, the mend and a reference in the person's language. A hidden thing's answer has no
/// reference of its own, so that it is the same bytes as an unused id's.
[[nodiscard]] Response error_response(const Error& error, Language language);

/// Our fault: the log has the place, the answer a reference.
[[nodiscard]] Response bug_response(std::string_view what, Language language);

}  // namespace agate::server
