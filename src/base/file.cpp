// SPDX-License-Identifier: Apache-2.0
#include "base/file.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <system_error>
#include <utility>

#include "base/error.h"

namespace agate {

namespace fs = std::filesystem;

namespace {

[[noreturn]] void throw_file(ErrorKind kind, std::string code, const fs::path& path, int fault) {
    throw Error(kind,
                std::move(code),
                {{"file", path.filename().string()}},
                path.string() + ": " + std::generic_category().message(fault));
}

[[noreturn]] void throw_unwritable(const fs::path& path, int fault) {
    const bool is_full = fault == ENOSPC || fault == EDQUOT || fault == EFBIG;
    throw_file(ErrorKind::unavailable, is_full ? "disk_full" : "file_unwritable", path, fault);
}

/// Closes on every way out.
class Descriptor {
public:
    explicit Descriptor(int number) : number_(number) {}

    ~Descriptor() { close(); }

    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;

    [[nodiscard]] int get() const { return number_; }

    int close() {
        const int closed = number_ < 0 ? 0 : ::close(number_);
        number_ = -1;
        return closed;
    }

private:
    int number_;
};

/// False with errno set.
bool write_all(int descriptor, std::string_view content) {
    while (!content.empty()) {
        const ssize_t written = ::write(descriptor, content.data(), content.size());
        if (written < 0 && errno != EINTR) {
            return false;
        }
        content.remove_prefix(written < 0 ? 0 : static_cast<std::size_t>(written));
    }
    return true;
}

void sync_folder(const fs::path& file) {
    const fs::path parent = file.parent_path();
    const fs::path folder = parent.empty() ? fs::path{"."} : parent;
    const Descriptor opened(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (opened.get() < 0 || ::fsync(opened.get()) != 0) {
        throw_unwritable(file, errno);
    }
}

/// Removes the half-made file unless it has been renamed to its place.
class HalfMade {
public:
    explicit HalfMade(std::string path) : path_(std::move(path)) {}

    ~HalfMade() {
        if (!path_.empty()) {
            ::unlink(path_.c_str());
        }
    }

    HalfMade(const HalfMade&) = delete;
    HalfMade& operator=(const HalfMade&) = delete;

    void keep() { path_.clear(); }

private:
    std::string path_;
};

}  // namespace

std::string read_file(const fs::path& path, std::size_t max_bytes) {
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (file.get() < 0) {
        const int fault = errno;
        if (fault == ENOENT || fault == ENOTDIR) {
            throw_file(ErrorKind::not_found, "file_not_found", path, fault);
        }
        throw_file(ErrorKind::unavailable, "file_unreadable", path, fault);
    }

    struct stat status {};

    std::string content;
    if (::fstat(file.get(), &status) == 0 && S_ISREG(status.st_mode)) {
        content.reserve(std::min(static_cast<std::size_t>(status.st_size), max_bytes) + 1);
    }
    std::size_t size = 0;
    while (true) {
        content.resize(std::max(content.capacity(), size + 65'536));
        const ssize_t count = ::read(file.get(), content.data() + size, content.size() - size);
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count < 0) {
            throw_file(ErrorKind::unavailable, "file_unreadable", path, errno);
        }
        size += static_cast<std::size_t>(count);
        if (size > max_bytes) {
            throw_file(ErrorKind::too_large, "file_too_large", path, EFBIG);
        }
        if (count == 0) {
            content.resize(size);
            return content;
        }
    }
}

struct FileWriter::Open {
    explicit Open(const fs::path& path)
        : beside(path.string() + ".XXXXXX"),
          file(::mkostemp(beside.data(), O_CLOEXEC)),
          half_made(beside) {}

    std::string beside;
    Descriptor file;
    HalfMade half_made;
};

FileWriter::FileWriter(const fs::path& path) : open_(std::make_unique<Open>(path)), path_(path) {
    if (open_->file.get() < 0) {
        throw_unwritable(path, errno);
    }
}

FileWriter::~FileWriter() = default;

void FileWriter::write(std::string_view piece) {
    constexpr std::size_t enough = 1 << 20;
    waiting_ += piece;
    if (waiting_.size() < enough) {
        return;
    }
    if (!write_all(open_->file.get(), waiting_)) {
        throw_unwritable(path_, errno);
    }
    waiting_.clear();
}

void FileWriter::finish() {
    auto& file = open_->file;
    if (!write_all(file.get(), waiting_) || ::fchmod(file.get(), 0644) != 0 ||
        ::fsync(file.get()) != 0 || file.close() != 0 ||
        ::rename(open_->beside.c_str(), path_.c_str()) != 0) {
        throw_unwritable(path_, errno);
    }
    open_->half_made.keep();
    sync_folder(path_);
}

void write_file(const fs::path& path, std::string_view content, FileMode mode) {
    std::string beside = path.string() + ".XXXXXX";
    Descriptor file(::mkostemp(beside.data(), O_CLOEXEC));
    if (file.get() < 0) {
        throw_unwritable(path, errno);
    }
    HalfMade half_made(beside);
    const mode_t permissions = mode == FileMode::secret ? 0400 : 0644;
    if (!write_all(file.get(), content) || ::fchmod(file.get(), permissions) != 0 ||
        ::fsync(file.get()) != 0 || file.close() != 0 ||
        ::rename(beside.c_str(), path.c_str()) != 0) {
        throw_unwritable(path, errno);
    }
    half_made.keep();
    sync_folder(path);
}

void append_file(const fs::path& path, std::string_view content) {
    const bool is_new = !fs::exists(path);
    const Descriptor file(::open(path.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0644));

    struct stat before {};

    if (file.get() < 0 || ::fstat(file.get(), &before) != 0) {
        throw_unwritable(path, errno);
    }
    if (!write_all(file.get(), content) || ::fsync(file.get()) != 0) {
        const int fault = errno;
        // No half line stays behind; where even this fails there is nothing more to do.
        [[maybe_unused]] const int cut = ::ftruncate(file.get(), before.st_size);
        throw_unwritable(path, fault);
    }
    if (is_new) {
        sync_folder(path);
    }
}

std::optional<MappedFile> MappedFile::open(const fs::path& path) {
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));

    struct stat status {};

    if (file.get() < 0 || ::fstat(file.get(), &status) != 0 || status.st_size <= 0) {
        return std::nullopt;
    }
    const auto size = static_cast<std::size_t>(status.st_size);
    void* at = ::mmap(nullptr, size, PROT_READ, MAP_SHARED, file.get(), 0);
    return at == MAP_FAILED ? std::nullopt
                            : std::optional{MappedFile({static_cast<const char*>(at), size})};
}

MappedFile::MappedFile(MappedFile&& other) noexcept : bytes_(std::exchange(other.bytes_, {})) {}

MappedFile& MappedFile::operator=(MappedFile&& other) noexcept {
    std::swap(bytes_, other.bytes_);
    return *this;
}

MappedFile::~MappedFile() {
    if (!bytes_.empty()) {
        ::munmap(const_cast<char*>(bytes_.data()), bytes_.size());
    }
}

TemporaryFolder::TemporaryFolder() {
    std::string made = (fs::temp_directory_path() / "agate-XXXXXX").string();
    if (::mkdtemp(made.data()) == nullptr) {
        throw_unwritable(made, errno);
    }
    path_ = made;
}

TemporaryFolder::~TemporaryFolder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
}

}  // namespace agate
