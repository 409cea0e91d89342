// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite_faults.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <map>
#include <mutex>
#include <random>
#include <vector>

namespace agate::store {

namespace {

/// One write since the file's last sync, with what stood there before.
struct UnsyncedWrite {
    sqlite3_int64 offset = 0;
    std::string before;      ///< as far as the file reached
    sqlite3_int64 size = 0;  ///< of the file before
    std::string after;
};

/// The state of the disk, shared by every file of the layer.
struct Disk {
    std::mutex mutex;
    FaultPlan plan;
    std::int64_t operations = 0;
    bool is_cut = false;
    std::map<std::string, std::vector<UnsyncedWrite>> unsynced;
};

Disk& disk() {
    static Disk shared;
    return shared;
}

sqlite3_vfs* real_vfs() {
    static sqlite3_vfs* const real = sqlite3_vfs_find("unix");
    return real;
}

struct File {
    sqlite3_file base;
    const char* path;  ///< SQLite keeps it as long as the file is open

    sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
};

File* self(sqlite3_file* file) {
    return reinterpret_cast<File*>(file);
}

sqlite3_file* real(sqlite3_file* file) {
    return self(file)->real();
}

/// Counts one write or sync and says how it goes.
int next_operation(Disk& shared, int failure) {
    if (shared.is_cut) {
        return SQLITE_IOERR;
    }
    ++shared.operations;
    if (shared.plan.cut_after > 0 && shared.operations > shared.plan.cut_after) {
        shared.is_cut = true;
        return SQLITE_IOERR;
    }
    return shared.operations == shared.plan.fail_at ? failure : SQLITE_OK;
}

int close_file(sqlite3_file* file) {
    return real(file)->pMethods->xClose(real(file));
}

int read_file(sqlite3_file* file, void* out, int size, sqlite3_int64 offset) {
    return real(file)->pMethods->xRead(real(file), out, size, offset);
}

int write_file(sqlite3_file* file, const void* data, int size, sqlite3_int64 offset) {
    Disk& shared = disk();
    const std::scoped_lock lock(shared.mutex);
    if (const int result = next_operation(shared, SQLITE_IOERR_WRITE); result != SQLITE_OK) {
        return result;
    }
    sqlite3_int64 length = 0;
    real(file)->pMethods->xFileSize(real(file), &length);
    const auto growth = std::max<sqlite3_int64>(offset + size - length, 0);
    if (shared.plan.free_bytes >= 0 && growth > shared.plan.free_bytes) {
        return SQLITE_FULL;
    }
    if (shared.plan.free_bytes >= 0) {
        shared.plan.free_bytes -= growth;
    }
    UnsyncedWrite write{.offset = offset, .before = {}, .size = length, .after = {}};
    const auto there = std::clamp<sqlite3_int64>(length - offset, 0, size);
    write.before.resize(static_cast<std::size_t>(there));
    real(file)->pMethods->xRead(real(file), write.before.data(), static_cast<int>(there), offset);
    write.after.assign(static_cast<const char*>(data), static_cast<std::size_t>(size));
    const int result = real(file)->pMethods->xWrite(real(file), data, size, offset);
    if (result == SQLITE_OK && self(file)->path != nullptr) {
        shared.unsynced[self(file)->path].push_back(std::move(write));
    }
    return result;
}

/// A shortening counts as a sync of the file: a milder disk than could be, but SQLite never relies
/// on one that was not synced.
int truncate_file(sqlite3_file* file, sqlite3_int64 size) {
    Disk& shared = disk();
    const std::scoped_lock lock(shared.mutex);
    if (const int result = next_operation(shared, SQLITE_IOERR_TRUNCATE); result != SQLITE_OK) {
        return result;
    }
    if (self(file)->path != nullptr) {
        shared.unsynced.erase(self(file)->path);
    }
    return real(file)->pMethods->xTruncate(real(file), size);
}

int sync_file(sqlite3_file* file, int) {
    Disk& shared = disk();
    const std::scoped_lock lock(shared.mutex);
    if (const int result = next_operation(shared, SQLITE_IOERR_FSYNC); result != SQLITE_OK) {
        return result;
    }
    // The cut is played on the files themselves: nothing needs to reach the real disk.
    if (self(file)->path != nullptr) {
        shared.unsynced.erase(self(file)->path);
    }
    return SQLITE_OK;
}

int file_size(sqlite3_file* file, sqlite3_int64* size) {
    return real(file)->pMethods->xFileSize(real(file), size);
}

int lock_file(sqlite3_file* file, int level) {
    return real(file)->pMethods->xLock(real(file), level);
}

int unlock_file(sqlite3_file* file, int level) {
    return real(file)->pMethods->xUnlock(real(file), level);
}

int check_reserved(sqlite3_file* file, int* result) {
    return real(file)->pMethods->xCheckReservedLock(real(file), result);
}

int control_file(sqlite3_file* file, int operation, void* argument) {
    return real(file)->pMethods->xFileControl(real(file), operation, argument);
}

int sector_size(sqlite3_file*) {
    return 512;
}

int characteristics(sqlite3_file*) {
    return SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}

int shm_map(sqlite3_file* file, int page, int size, int extend, void volatile** out) {
    return real(file)->pMethods->xShmMap(real(file), page, size, extend, out);
}

int shm_lock(sqlite3_file* file, int offset, int count, int flags) {
    return real(file)->pMethods->xShmLock(real(file), offset, count, flags);
}

void shm_barrier(sqlite3_file* file) {
    real(file)->pMethods->xShmBarrier(real(file));
}

int shm_unmap(sqlite3_file* file, int remove) {
    return real(file)->pMethods->xShmUnmap(real(file), remove);
}

const sqlite3_io_methods methods = {2,
                                    close_file,
                                    read_file,
                                    write_file,
                                    truncate_file,
                                    sync_file,
                                    file_size,
                                    lock_file,
                                    unlock_file,
                                    check_reserved,
                                    control_file,
                                    sector_size,
                                    characteristics,
                                    shm_map,
                                    shm_lock,
                                    shm_barrier,
                                    shm_unmap,
                                    nullptr,
                                    nullptr};

int open_file(sqlite3_vfs*, sqlite3_filename path, sqlite3_file* file, int flags, int* out_flags) {
    file->pMethods = nullptr;
    self(file)->path = path;
    const int result = real_vfs()->xOpen(real_vfs(), path, real(file), flags, out_flags);
    if (result == SQLITE_OK) {
        file->pMethods = &methods;
    }
    return result;
}

/// Makes a file what the disk held: everything undone, then a random part done again.
void lose_writes(const std::string& path,
                 const std::vector<UnsyncedWrite>& writes,
                 std::mt19937_64& random) {
    const int file = ::open(path.c_str(), O_RDWR | O_CLOEXEC);
    if (file < 0) {
        return;
    }
    const auto put = [&](std::string_view bytes, sqlite3_int64 offset) {
        if (::pwrite(file, bytes.data(), bytes.size(), offset) < 0) {
            std::abort();
        }
    };
    for (auto write = writes.rbegin(); write != writes.rend(); ++write) {
        put(write->before, write->offset);
        if (::ftruncate(file, write->size) != 0) {
            std::abort();
        }
    }
    const auto chance = random() % 5;  // of a write reaching the platter, in quarters
    for (const auto& write : writes) {
        if (random() % 4 < chance) {
            const bool is_torn = random() % 8 == 0;
            const auto kept =
                is_torn ? random() % (write.after.size() / 512 + 1) * 512 : write.after.size();
            put(std::string_view(write.after).substr(0, kept), write.offset);
        }
    }
    ::close(file);
}

}  // namespace

std::string fault_vfs() {
    static const std::string name = [] {
        sqlite3_initialize();
        static sqlite3_vfs layer = *real_vfs();
        layer.pNext = nullptr;
        layer.zName = "agate_faults";
        layer.szOsFile = static_cast<int>(sizeof(File)) + real_vfs()->szOsFile;
        layer.xOpen = open_file;
        sqlite3_vfs_register(&layer, 0);
        return std::string(layer.zName);
    }();
    return name;
}

void plan_faults(const FaultPlan& plan) {
    Disk& shared = disk();
    const std::scoped_lock lock(shared.mutex);
    shared.plan = plan;
    shared.operations = 0;
    shared.is_cut = false;
}

bool is_power_cut() {
    Disk& shared = disk();
    const std::scoped_lock lock(shared.mutex);
    return shared.is_cut;
}

std::int64_t fault_operations() {
    Disk& shared = disk();
    const std::scoped_lock lock(shared.mutex);
    return shared.operations;
}

void lose_unsynced_writes() {
    Disk& shared = disk();
    const std::scoped_lock lock(shared.mutex);
    std::mt19937_64 random(shared.plan.seed);
    for (const auto& [path, writes] : shared.unsynced) {
        lose_writes(path, writes, random);
    }
    shared.unsynced.clear();
    shared.is_cut = false;
}

}  // namespace agate::store
