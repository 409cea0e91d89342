// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/progress.h"
#include "store/heads.h"
#include "store/store.h"

namespace agate::store {

/// One thing that is not as it was written. `code` is a row of words/store.csv.
struct Finding {
    std::string code = {};
    SchoolId school = {};
    std::string table = {};
    std::int64_t seq = 0;
    std::optional<std::int64_t> ordinal = {};  ///< which row of the entry, from 0

    friend bool operator==(const Finding&, const Finding&) = default;
};

/// What the signed heads allow to be said of one chain.
struct ChainSpan {
    SchoolId school = {};
    std::int64_t entries = 0;
    std::int64_t rows = 0;
    std::int64_t erased = 0;  ///< contents whose key was destroyed
    std::optional<Head> first_head =
        {};  ///< nothing: never signed, so only inner agreement was checked
    std::optional<Head> last_head = {};  ///< up to here nothing can have been cut off
};

struct Verification {
    std::vector<Finding> findings = {};
    std::vector<ChainSpan> chains = {};

    [[nodiscard]] bool is_intact() const { return findings.empty(); }
};

struct VerifyOptions {
    Progress progress = {};    ///< may be empty
    bool with_content = true;  ///< open every sealed cell and compare with its commitment
    bool with_files = false;   ///< also the database's own check of its files
    std::size_t most_findings = 1000;
};

/// Walks every chain in one snapshot, beside readers and the writer: every entry, every covered
/// row, every result, against the heads file named by the store's options.
[[nodiscard]] Verification verify(Store& store, const VerifyOptions& options = {});

}  // namespace agate::store
