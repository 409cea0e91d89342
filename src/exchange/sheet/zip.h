// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "exchange/sheet/table.h"

namespace agate::exchange {

/// A zip archive in memory, read member by member with its limits. Only this file knows minizip.
class ZipArchive {
public:
    ~ZipArchive();
    ZipArchive(ZipArchive&&) noexcept;
    ZipArchive& operator=(ZipArchive&&) = delete;

    /// Nothing when the bytes are no whole zip.
    [[nodiscard]] static std::optional<ZipArchive> open(std::string_view bytes,
                                                        const TableLimits& limits);

    [[nodiscard]] bool has(const std::string& name) const;

    [[nodiscard]] bool is_too_many_entries() const { return is_too_many_entries_; }

    [[nodiscard]] bool is_encrypted() const { return is_encrypted_; }

    /// Declared size, for progress; 0 when there is no such member.
    [[nodiscard]] std::int64_t size_of(const std::string& name) const;

    /// Inflates a member in pieces; the taker returns Flow::stop when it has enough. The fault is
    /// empty or a problem code: xlsx_part_missing, xlsx_encrypted, xlsx_damaged, xlsx_bomb.
    using Taker = std::function<Flow(std::string_view piece, bool is_last)>;
    [[nodiscard]] std::string_view inflate(const std::string& name, const Taker& taker) const;

    /// A whole small member (relations, workbook, styles).
    struct Part {
        std::string bytes;
        std::string_view fault;
    };

    [[nodiscard]] Part whole(const std::string& name) const;

private:
    struct Handle;

    struct Member {
        std::string name;
        std::uint64_t offset = 0, number = 0;  ///< place in the central directory
        std::int64_t packed = 0, inflated = 0;
        bool is_encrypted = false;
    };

    ZipArchive();
    [[nodiscard]] const Member* find(const std::string& name) const;
    [[nodiscard]] bool list_members();
    [[nodiscard]] std::string_view pump(const Member& member, const Taker& taker) const;

    std::unique_ptr<Handle> handle_;
    std::vector<Member> members_;
    TableLimits limits_;
    bool is_too_many_entries_ = false;
    bool is_encrypted_ = false;
};

}  // namespace agate::exchange
