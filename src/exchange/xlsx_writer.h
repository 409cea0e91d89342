// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "exchange/writer.h"

namespace agate::exchange {

/// One sheet through libxlsxwriter in constant memory; this file alone knows it.
class XlsxFile {
public:
    XlsxFile(const std::filesystem::path& path, const WriteSheet& sheet);
    ~XlsxFile();
    XlsxFile(const XlsxFile&) = delete;
    XlsxFile& operator=(const XlsxFile&) = delete;

    void add(std::span<const std::string_view> cells);
    void close();

private:
    struct Handle;
    std::unique_ptr<Handle> handle_;
};

/// Characters that XML cannot hold, and text that looks like their escape, as Excel writes them.
[[nodiscard]] std::string escape_for_xlsx(std::string_view text);

}  // namespace agate::exchange
