// SPDX-License-Identifier: Apache-2.0
#include "framework/pack_files.h"

#include <algorithm>
#include <set>
#include <span>

#include "base/embedded.h"
#include "base/error.h"
#include "base/file.h"

namespace agate::embedded {
std::span<const EmbeddedFile> packs();
}  // namespace agate::embedded

namespace agate::framework {

namespace {

constexpr std::size_t most_files = 64;
constexpr std::size_t most_bytes = std::size_t{8} << 20;

}  // namespace

const PackFile* PackFiles::find(std::string_view name) const {
    const auto found = std::find_if(
        files.begin(), files.end(), [&](const PackFile& file) { return file.name == name; });
    return found == files.end() ? nullptr : &*found;
}

PackFiles read_pack_folder(const std::filesystem::path& folder) {
    std::error_code failure;
    if (!std::filesystem::is_directory(folder, failure)) {
        throw Error(ErrorKind::not_found, "pack_folder_not_found", {{"path", folder.string()}});
    }
    PackFiles pack{.place = folder.string(), .files = {}};
    while (pack.place.size() > 1 && pack.place.ends_with('/')) {
        pack.place.pop_back();
    }
    for (std::filesystem::directory_iterator at{folder, failure}, end; !failure && at != end;
         at.increment(failure)) {
        const auto extension = at->path().extension();
        if (!at->is_regular_file(failure) || (extension != ".toml" && extension != ".csv")) {
            continue;
        }
        if (pack.files.size() == most_files) {
            throw Error(ErrorKind::too_large, "pack_too_large", {{"path", folder.string()}});
        }
        pack.files.push_back(
            {at->path().filename().string(), agate::read_file(at->path(), most_bytes)});
    }
    if (failure) {
        throw Error(ErrorKind::unavailable,
                    "pack_folder_unreadable",
                    {{"path", folder.string()}},
                    failure.message());
    }
    std::sort(pack.files.begin(), pack.files.end(), [](const PackFile& a, const PackFile& b) {
        return a.name < b.name;
    });
    return pack;
}

std::vector<std::string> shipped_packs() {
    std::set<std::string> ids;
    for (const auto& file : embedded::packs()) {
        if (file.path.ends_with("/pack.toml")) {
            ids.emplace(file.path.substr(0, file.path.find('/')));
        }
    }
    return {ids.begin(), ids.end()};
}

std::optional<PackFiles> shipped_pack(std::string_view id) {
    PackFiles pack{.place = "packs/" + std::string{id}, .files = {}};
    for (const auto& file : embedded::packs()) {
        const auto slash = file.path.find('/');
        if (file.path.substr(0, slash) == id && slash != std::string_view::npos) {
            pack.files.push_back(
                {std::string{file.path.substr(slash + 1)}, std::string{file.bytes}});
        }
    }
    if (pack.find("pack.toml") == nullptr) {
        return std::nullopt;
    }
    std::sort(pack.files.begin(), pack.files.end(), [](const PackFile& a, const PackFile& b) {
        return a.name < b.name;
    });
    return pack;
}

}  // namespace agate::framework
