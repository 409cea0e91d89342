// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>

#include "base/embedded.h"
#include "server/message.h"

namespace agate::server {

/// The web front out of the program: compressed once at start, immutable where the name carries a
/// hash, index.html for every page address of the front.
class StaticFiles {
public:
    explicit StaticFiles(std::span<const EmbeddedFile> files);

    [[nodiscard]] Response get(const Request& request) const;

private:
    struct File {
        std::string content_type, etag, plain, gzip;
        bool is_immutable = false;
    };

    std::map<std::string, File, std::less<>> files_;
};

}  // namespace agate::server

namespace agate::embedded {
std::span<const EmbeddedFile> web();
}
