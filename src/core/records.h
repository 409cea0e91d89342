// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/day.h"
#include "core/evidence.h"

// Records as the engine reads them: sixteen bytes each, words and raters as numbers. What a number
// stands for is in the RecordWords that the records were packed with.
namespace agate {

/// A record that counts. Its place among its subject's records, which are in time order (day, time
/// recorded, id), takes the place of the times: nothing else asks for them.
struct Record {
    std::int32_t value = 0;    ///< thousandths; of a wide one, its place in RecordWords::wide
    std::uint32_t rater = 0;   ///< place in RecordWords::raters
    std::uint32_t tag = 0;     ///< place in RecordWords::tags; 0: neither label nor activity
    std::uint16_t reason = 0;  ///< place in RecordWords::reasons
    std::uint16_t bits = 0;    ///< day in the period, rater kind, has_value, is_wide

    static constexpr std::int32_t most_days = 2048;

    [[nodiscard]] std::uint32_t day() const { return bits & 0x7FFU; }

    [[nodiscard]] RaterKind kind() const { return static_cast<RaterKind>((bits >> 11U) & 7U); }

    [[nodiscard]] bool has_value() const { return (bits & 0x4000U) != 0; }

    /// A value finer than thousandths or too large for them.
    [[nodiscard]] bool is_wide() const { return (bits & 0x8000U) != 0; }

    friend bool operator==(const Record&, const Record&) = default;
};

static_assert(sizeof(Record) == 16);

/// What a record says beside its value: an award's level or a mark's band, and what "distinct"
/// counts by. Either may be empty.
struct RecordTag {
    std::string label{}, activity{};

    friend auto operator<=>(const RecordTag&, const RecordTag&) = default;
};

struct RecordWords {
    std::vector<std::string> reasons{};
    std::vector<RecordTag> tags{RecordTag{}};
    std::vector<RaterTag> raters{};
    std::vector<Decimal> wide{};

    /// The value given; nothing where none was.
    [[nodiscard]] std::optional<Decimal> value_of(const Record& record) const {
        if (!record.has_value()) {
            return std::nullopt;
        }
        return record.is_wide() ? wide[static_cast<std::size_t>(record.value)]
                                : Decimal::from_milli(record.value);
    }
};

/// Packs records of one period and gathers their words. Words are numbered in the order in which
/// they first come.
class RecordPacker {
public:
    /// Throws Error(invalid, "period_too_long") beyond Record::most_days.
    explicit RecordPacker(DayRange period);
    /// Goes on with words that are there already.
    RecordPacker(DayRange period, RecordWords words);

    /// The record's day lies in the period. Throws Error(too_large, "too_many_words") beyond 65,536
    /// reasons.
    [[nodiscard]] Record pack(const Evidence& evidence);

    [[nodiscard]] const RecordWords& words() const { return words_; }

    [[nodiscard]] RecordWords take() { return std::move(words_); }

private:
    [[nodiscard]] std::uint16_t number_of_reason(std::string_view reason);
    [[nodiscard]] std::uint32_t number_of_tag(std::string_view label, std::string_view activity);
    [[nodiscard]] std::uint32_t number_of_rater(RaterTag rater);
    void put_value(Record& record, Decimal value);

    struct TextHash {
        using is_transparent = void;

        std::size_t operator()(std::string_view text) const {
            return std::hash<std::string_view>{}(text);
        }
    };

    DayRange period_;
    RecordWords words_;
    std::unordered_map<std::string, std::uint16_t, TextHash, std::equal_to<>> reasons_;
    std::unordered_map<std::string, std::uint32_t, TextHash, std::equal_to<>> tags_;
    std::unordered_map<std::uint64_t, std::uint32_t> raters_;
    std::string key_;
};

}  // namespace agate
