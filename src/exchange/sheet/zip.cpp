// SPDX-License-Identifier: Apache-2.0
#include "exchange/sheet/zip.h"

#include <minizip/unzip.h>

#include <algorithm>
#include <array>
#include <cstring>

namespace agate::exchange {
namespace {

constexpr std::int64_t ratio_floor = 16 << 20;      // small members may pack as well as they like
constexpr std::size_t whole_part_limit = 64 << 20;  // relations, workbook, styles

// The archive's bytes as the file that minizip reads.
struct MemoryFile {
    std::string_view bytes;
    std::size_t position = 0;
};

MemoryFile& file_of(voidpf stream) {
    return *static_cast<MemoryFile*>(stream);
}

voidpf open_memory(voidpf opaque, const void*, int) {
    file_of(opaque).position = 0;
    return opaque;
}

uLong read_memory(voidpf, voidpf stream, void* buffer, uLong size) {
    auto& file = file_of(stream);
    const auto count = std::min<std::size_t>(size, file.bytes.size() - file.position);
    std::memcpy(buffer, file.bytes.data() + file.position, count);
    file.position += count;
    return static_cast<uLong>(count);
}

uLong refuse_write(voidpf, voidpf, const void*, uLong) {
    return 0;
}

ZPOS64_T tell_memory(voidpf, voidpf stream) {
    return file_of(stream).position;
}

long seek_memory(voidpf, voidpf stream, ZPOS64_T offset, int origin) {
    auto& file = file_of(stream);
    ZPOS64_T base = 0;
    if (origin == ZLIB_FILEFUNC_SEEK_CUR) {
        base = file.position;
    } else if (origin == ZLIB_FILEFUNC_SEEK_END) {
        base = file.bytes.size();
    }
    const ZPOS64_T target = base + offset;
    if (target > file.bytes.size()) {
        return -1;
    }
    file.position = static_cast<std::size_t>(target);
    return 0;
}

int close_memory(voidpf, voidpf) {
    return 0;
}

int no_error(voidpf, voidpf) {
    return 0;
}

// Closes the member that is open for reading, on every way out.
struct OpenMember {
    unzFile archive;

    explicit OpenMember(unzFile file) : archive(file) {}

    ~OpenMember() { unzCloseCurrentFile(archive); }

    OpenMember(const OpenMember&) = delete;
    OpenMember& operator=(const OpenMember&) = delete;
};

}  // namespace

struct ZipArchive::Handle {
    MemoryFile file;
    unzFile archive = nullptr;

    Handle() = default;

    ~Handle() {
        if (archive != nullptr) {
            unzClose(archive);
        }
    }

    Handle(const Handle&) = delete;
    Handle& operator=(const Handle&) = delete;
};

ZipArchive::ZipArchive() = default;
ZipArchive::~ZipArchive() = default;
ZipArchive::ZipArchive(ZipArchive&&) noexcept = default;

std::optional<ZipArchive> ZipArchive::open(std::string_view bytes, const TableLimits& limits) {
    ZipArchive zip;
    zip.limits_ = limits;
    zip.handle_ = std::make_unique<Handle>();
    zip.handle_->file.bytes = bytes;
    zlib_filefunc64_def functions{open_memory,
                                  read_memory,
                                  refuse_write,
                                  tell_memory,
                                  seek_memory,
                                  close_memory,
                                  no_error,
                                  &zip.handle_->file};
    zip.handle_->archive = unzOpen2_64("", &functions);
    if (zip.handle_->archive == nullptr || !zip.list_members()) {
        return std::nullopt;
    }
    return zip;
}

bool ZipArchive::list_members() {
    unzFile archive = handle_->archive;
    unz_global_info64 global{};
    if (unzGetGlobalInfo64(archive, &global) != UNZ_OK) {
        return false;
    }
    if (global.number_entry > static_cast<ZPOS64_T>(limits_.entries)) {
        is_too_many_entries_ = true;
        return true;
    }
    if (global.number_entry == 0) {
        return true;
    }
    int status = unzGoToFirstFile(archive);
    for (ZPOS64_T i = 0; i < global.number_entry; ++i) {
        if (status != UNZ_OK) {
            return false;
        }
        unz_file_info64 info{};
        std::array<char, 1024> name{};
        unz64_file_pos place{};
        if (unzGetCurrentFileInfo64(
                archive, &info, name.data(), name.size() - 1, nullptr, 0, nullptr, 0) != UNZ_OK ||
            unzGetFilePos64(archive, &place) != UNZ_OK) {
            return false;
        }
        const bool is_encrypted = (info.flag & 1U) != 0;
        is_encrypted_ = is_encrypted_ || is_encrypted;
        members_.push_back({.name = name.data(),
                            .offset = place.pos_in_zip_directory,
                            .number = place.num_of_file,
                            .packed = static_cast<std::int64_t>(info.compressed_size),
                            .inflated = static_cast<std::int64_t>(info.uncompressed_size),
                            .is_encrypted = is_encrypted});
        status = unzGoToNextFile(archive);
    }
    return true;
}

const ZipArchive::Member* ZipArchive::find(const std::string& name) const {
    const auto found = std::find_if(
        members_.begin(), members_.end(), [&](const Member& m) { return m.name == name; });
    return found == members_.end() ? nullptr : &*found;
}

bool ZipArchive::has(const std::string& name) const {
    return find(name) != nullptr;
}

std::int64_t ZipArchive::size_of(const std::string& name) const {
    const auto* member = find(name);
    return member == nullptr ? 0 : member->inflated;
}

std::string_view ZipArchive::inflate(const std::string& name, const Taker& taker) const {
    const auto* member = find(name);
    if (member == nullptr) {
        return "xlsx_part_missing";
    }
    if (member->is_encrypted) {
        return "xlsx_encrypted";
    }
    const unz64_file_pos place{member->offset, member->number};
    if (unzGoToFilePos64(handle_->archive, &place) != UNZ_OK ||
        unzOpenCurrentFile(handle_->archive) != UNZ_OK) {
        return "xlsx_damaged";
    }
    return pump(*member, taker);
}

// Declared sizes may lie, so the limits look at what really came out.
std::string_view ZipArchive::pump(const Member& member, const Taker& taker) const {
    const OpenMember guard{handle_->archive};
    std::vector<char> buffer(1 << 17);
    std::int64_t total = 0;
    for (;;) {
        const int count = unzReadCurrentFile(
            handle_->archive, buffer.data(), static_cast<unsigned>(buffer.size()));
        if (count < 0) {
            return "xlsx_damaged";
        }
        total += count;
        const auto packed = std::max<std::int64_t>(member.packed, 1);
        if (total > limits_.inflated_bytes ||
            (total > ratio_floor && total / packed > limits_.ratio)) {
            return "xlsx_bomb";
        }
        if (count == 0) {
            // Reads the check sum; a short member is a damaged one.
            if (total != member.inflated || unzCloseCurrentFile(handle_->archive) != UNZ_OK) {
                return "xlsx_damaged";
            }
            static_cast<void>(taker({}, true));
            return {};
        }
        if (taker({buffer.data(), static_cast<std::size_t>(count)}, false) == Flow::stop) {
            return {};
        }
    }
}

ZipArchive::Part ZipArchive::whole(const std::string& name) const {
    Part part;
    bool is_too_large = false;
    part.fault = inflate(name, [&](std::string_view piece, bool) {
        part.bytes += piece;
        is_too_large = part.bytes.size() > whole_part_limit;
        return is_too_large ? Flow::stop : Flow::go_on;
    });
    if (is_too_large) {
        part.fault = "xlsx_bomb";
    }
    return part;
}

}  // namespace agate::exchange
