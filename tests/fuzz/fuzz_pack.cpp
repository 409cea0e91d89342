// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/error.h"
#include "framework/compile.h"
#include "framework/pack_files.h"

// A pack in one text: "=== name" begins a file. It compiles, or there is at least one error.

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string_view rest{reinterpret_cast<const char*>(data), size};
    agate::framework::PackFiles pack{.place = "fuzz", .files = {}};
    while (!rest.empty() && pack.files.size() < 16) {
        const auto line = rest.substr(0, rest.find('\n'));
        rest.remove_prefix(std::min(rest.size(), line.size() + 1));
        if (line.starts_with("=== ")) {
            pack.files.push_back({.name = std::string{line.substr(4)}, .text = {}});
        } else if (!pack.files.empty()) {
            pack.files.back().text.append(line).append("\n");
        }
    }
    std::ranges::sort(pack.files, {}, &agate::framework::PackFile::name);
    const auto outcome = agate::framework::compile_pack(pack);
    agate::ensure(outcome.plans.has_value() != agate::has_errors(outcome.problems),
                  "a pack compiles, or says why not");
    return 0;
}
