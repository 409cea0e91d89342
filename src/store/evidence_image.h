// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <unordered_map>
#include <vector>

#include "base/file.h"
#include "core/records.h"
#include "store/evidence.h"

namespace agate::store {

/// The records that count in one period of one school, clustered by student in time order, sixteen
/// bytes each: what the engine reads. Derived from the tables, which are the truth. It may lie in a
/// file, mapped as it is; a file that is damaged, of another form or not of this store's past is
/// not used. Late records are left out. Reading it from many threads is safe, catching up is not.
class EvidenceImage {
public:
    struct Of {
        SchoolId school;
        DayRange days;
    };

    /// Reads everything from the tables, as of a sequence number.
    [[nodiscard]] static EvidenceImage read(Db& db, Of of, std::int64_t as_of_seq);

    /// Nothing when there is no file that fits. `db` tells whether the chain had then the hash that
    /// the file remembers.
    [[nodiscard]] static std::optional<EvidenceImage> open(const std::filesystem::path& file,
                                                           Db& db,
                                                           Of of);
    /// All or nothing. Not synced: what is lost can be read again.
    void save(const std::filesystem::path& file) const;

    /// Takes in what came since: students whose records changed are read again, no others.
    void catch_up(Db& db, std::int64_t as_of_seq);

    [[nodiscard]] std::int64_t as_of_seq() const { return as_of_seq_; }

    [[nodiscard]] const RecordWords& words() const { return words_; }

    /// Empty for a student without records.
    [[nodiscard]] std::span<const Record> of(PersonId student) const;

    [[nodiscard]] std::size_t record_count() const { return record_count_; }

    /// Students read again since the image was last whole; many of them make a new one worth while.
    [[nodiscard]] std::size_t changed_students() const { return changed_.size(); }

private:
    friend class ImageBuilder;

    EvidenceImage(Of of, std::int64_t as_of_seq) : of_(of), as_of_seq_(as_of_seq) {}

    /// The clustered records as they were when the image was last whole.
    struct Base {
        std::vector<PersonId> students;  ///< sorted
        std::vector<std::uint32_t> first;
        std::vector<Record> own;  ///< records, unless they are mapped
        std::optional<MappedFile> map;
        std::span<const Record> records;
    };

    Of of_;
    std::int64_t as_of_seq_ = 0;
    Digest chain_hash_{};  ///< of the entry as_of_seq_
    RecordWords words_;
    std::unique_ptr<Base> base_;
    std::unordered_map<PersonId, std::vector<Record>> changed_;
    std::size_t record_count_ = 0;
};

}  // namespace agate::store
