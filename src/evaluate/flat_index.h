// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

namespace agate::evaluate {

/// Numbers keys from 0 in the order in which they first come: a few by looking at each, many by an
/// open hash table. Its memory is kept from one use to the next.
class FlatIndex {
public:
    /// Forgets all keys and makes ready for at most `most` of them.
    void reset(std::size_t most) {
        keys_.clear();
        has_table_ = most > few;
        if (has_table_) {
            std::size_t size = 4 * few;
            while (size < 2 * most) {
                size *= 2;
            }
            table_.assign(size, empty);
        }
    }

    struct Found {
        std::uint32_t number = 0;
        bool is_new = false;
    };

    Found find_or_add(std::uint64_t key) {
        if (!has_table_) {
            for (std::size_t i = 0; i < keys_.size(); ++i) {
                if (keys_[i] == key) {
                    return {static_cast<std::uint32_t>(i), false};
                }
            }
            return add(key);
        }
        const std::size_t mask = table_.size() - 1;
        for (std::size_t place = spread(key) & mask;; place = (place + 1) & mask) {
            if (table_[place] == empty) {
                const Found found = add(key);
                table_[place] = found.number;
                return found;
            }
            if (keys_[table_[place]] == key) {
                return {table_[place], false};
            }
        }
    }

private:
    static constexpr std::size_t few = 16;
    static constexpr std::uint32_t empty = 0xFFFF'FFFF;

    static std::size_t spread(std::uint64_t key) {
        key *= 0x9E37'79B9'7F4A'7C15ULL;
        return static_cast<std::size_t>(key ^ (key >> 32U));
    }

    Found add(std::uint64_t key) {
        keys_.push_back(key);
        return {static_cast<std::uint32_t>(keys_.size() - 1), true};
    }

    bool has_table_ = false;
    std::vector<std::uint64_t> keys_;
    std::vector<std::uint32_t> table_;
};

}  // namespace agate::evaluate
