// SPDX-License-Identifier: Apache-2.0
#include "base/embedded.h"

#include <algorithm>

namespace agate {

std::optional<std::string_view> find_file(std::span<const EmbeddedFile> files,
                                          std::string_view path) {
    const auto found = std::ranges::find(files, path, &EmbeddedFile::path);
    return found == files.end() ? std::nullopt : std::optional{found->bytes};
}

}  // namespace agate
