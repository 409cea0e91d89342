// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace agate {

/// A file that was put into the program at build time (cmake/embed.cmake). The bytes live as long
/// as the program.
struct EmbeddedFile {
    std::string_view path;
    std::string_view bytes;
};

/// The file with this exact path, or nothing.
[[nodiscard]] std::optional<std::string_view> find_file(std::span<const EmbeddedFile> files,
                                                        std::string_view path);

}  // namespace agate
