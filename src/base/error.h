// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <source_location>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace agate {

/// One named value that a message shows: {"row", "14"}.
struct MessageArg {
    std::string name{};
    std::string value{};

    friend bool operator==(const MessageArg&, const MessageArg&) = default;
};

using MessageArgs = std::vector<MessageArg>;

/// Why a request cannot be done. One table maps each kind to an HTTP status and an exit code.
enum class ErrorKind {
    invalid,          ///< the request itself is wrong: 400, exit 2
    unauthenticated,  ///< nobody is signed in: 401, exit 3
    forbidden,        ///< signed in, may see the thing, may not do this: 403, exit 3
    not_found,        ///< not there, or not to be seen by this person: 404, exit 4
    conflict,         ///< the state does not allow it: 409, exit 5
    too_large,        ///< over a stated limit: 413, exit 2
    unavailable,      ///< busy, disk full, store locked: 503, exit 6
    internal,         ///< our fault: 500, exit 1
};

/// A request that cannot be done. `code` is a row of words/*.csv, which gives the sentence in
/// Chinese and English; `args` fill its places; `detail` is for the log alone.
class Error : public std::runtime_error {
public:
    Error(ErrorKind error_kind,
          std::string error_code,
          MessageArgs message_args = {},
          std::string log_detail = {});

    ErrorKind kind;
    std::string code;
    MessageArgs args;
    std::string detail;
};

/// The program is wrong. The answer says it is our fault; the log has the place.
class Bug : public std::logic_error {
    using std::logic_error::logic_error;
};

/// Throws Bug with the place when the condition does not hold.
void ensure(bool condition,
            std::string_view what,
            std::source_location place = std::source_location::current());

}  // namespace agate
