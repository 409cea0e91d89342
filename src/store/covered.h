// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/crypto.h"
#include "store/db.h"
#include "store/keys.h"

// The tables whose rows the hash chain covers. One description serves the insert, the digest and
// the verification, so that no column can be forgotten in one of them.
namespace agate::store {

/// A covered table has the columns school_id, seq, ordinal, row_mark, then `columns`, then, when
/// `owner` is named, commitment and sealed. Rows are only ever added.
struct CoveredTable {
    std::string_view name;
    std::vector<std::string_view> columns;  ///< all in the digest, in this order
    std::string_view id;     ///< the uuid column that names a row; bound into its sealed cell
    std::string_view owner;  ///< the uuid column of whose key seals the row; empty: nothing sealed
    std::string insert;      ///< the statement that adds a row
    std::string_view taken = "store_conflict";  ///< error when the row is there already

    [[nodiscard]] std::size_t index_of(std::string_view column) const;
};

[[nodiscard]] std::span<const CoveredTable> covered_tables();
/// A name that is not there is a Bug.
[[nodiscard]] const CoveredTable& covered_table(std::string_view name);

/// Content that only the owner's key opens, and the commitment to it that outlives the key.
struct SealedContent {
    Digest commitment{};
    std::string sealed;
};

/// commitment = SHA-256(table, salt, content); sealed = cell of salt and content.
[[nodiscard]] SealedContent seal_content(Keys& keys,
                                         const CellPlace& place,
                                         std::string_view content);

enum class ContentState { readable, erased, damaged };

struct OpenedContent {
    ContentState state = ContentState::readable;
    std::string content;
};

/// Opens and compares with the commitment.
[[nodiscard]] OpenedContent open_content(Keys& keys,
                                         const CellPlace& place,
                                         std::string_view sealed,
                                         const Digest& commitment);

/// The digest of a row: every value with its type, then the commitment when there is one.
[[nodiscard]] Digest row_digest(const CoveredTable& table,
                                std::span<const Value> values,
                                const Digest* commitment);
/// The first 8 bytes of a digest; kept in the row, so that a changed row can be named.
[[nodiscard]] std::int64_t row_mark(const Digest& digest);

/// Length-prefixed fields, for canonical content.
class Packer {
public:
    Packer& add(std::string_view text);
    Packer& add(std::int64_t number);

    [[nodiscard]] std::string take() { return std::move(out_); }

private:
    std::string out_;
};

/// Reads what a Packer wrote; throws Error(internal, "cell_unreadable") at its end.
class Unpacker {
public:
    explicit Unpacker(std::string_view bytes) : rest_(bytes) {}

    [[nodiscard]] std::string text();
    [[nodiscard]] std::int64_t number();

    [[nodiscard]] bool is_done() const { return rest_.empty(); }

private:
    std::string_view rest_;
};

}  // namespace agate::store
