// SPDX-License-Identifier: Apache-2.0
#include "base/error.h"

#include <fmt/format.h>

#include <utility>

namespace agate {

namespace {

std::string log_text(const std::string& code, const MessageArgs& args, const std::string& detail) {
    std::string text = code;
    for (const auto& arg : args) {
        text += fmt::format(" {}={}", arg.name, arg.value);
    }
    return detail.empty() ? text : text + ": " + detail;
}

}  // namespace

Error::Error(ErrorKind error_kind,
             std::string error_code,
             MessageArgs message_args,
             std::string log_detail)
    : std::runtime_error(log_text(error_code, message_args, log_detail)),
      kind(error_kind),
      code(std::move(error_code)),
      args(std::move(message_args)),
      detail(std::move(log_detail)) {}

void ensure(bool condition, std::string_view what, std::source_location place) {
    if (!condition) {
        throw Bug(fmt::format("{}:{}: {}", place.file_name(), place.line(), what));
    }
}

}  // namespace agate
