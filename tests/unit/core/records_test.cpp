// SPDX-License-Identifier: Apache-2.0
#include "core/records.h"

#include <gtest/gtest.h>

#include "base/error.h"

namespace agate {
namespace {

const DayRange term{*parse_day("2026-09-01"), *parse_day("2027-01-20")};

Evidence evidence(std::string_view reason, const char* day, std::optional<Decimal> value) {
    return {.evidence_id = {},
            .reason = reason,
            .day = *parse_day(day),
            .recorded_at = {},
            .value = value,
            .label = {},
            .activity = {},
            .rater_kind = RaterKind::guardian,
            .rater = {77}};
}

TEST(RecordPacker, KeepsWhatTheEngineAsksFor) {
    RecordPacker packer(term);
    auto first = evidence("helped", "2026-09-03", Decimal::from_milli(2500));
    first.label = "city";
    first.activity = "choir";
    auto second = evidence("read", "2027-01-20", std::nullopt);
    second.rater_kind = RaterKind::community;
    second.rater = {std::uint64_t{1} << 63U};
    const Record a = packer.pack(first);
    const Record b = packer.pack(second);
    const Record again = packer.pack(first);
    EXPECT_EQ(a, again);
    const auto words = packer.take();
    EXPECT_EQ(words.reasons, (std::vector<std::string>{"helped", "read"}));
    EXPECT_EQ(words.reasons[a.reason], "helped");
    EXPECT_EQ(a.day(), 2U);
    EXPECT_EQ(b.day(), 141U);
    EXPECT_EQ(a.kind(), RaterKind::guardian);
    EXPECT_EQ(b.kind(), RaterKind::community);
    EXPECT_EQ(words.value_of(a), Decimal::from_milli(2500));
    EXPECT_EQ(words.value_of(b), std::nullopt);
    EXPECT_EQ(words.tags[a.tag], (RecordTag{"city", "choir"}));
    EXPECT_EQ(b.tag, 0U);
    EXPECT_EQ(words.raters[b.rater].value, std::uint64_t{1} << 63U);
}

TEST(RecordPacker, KeepsValuesOfEverySize) {
    RecordPacker packer(term);
    for (const char* text : {"0",
                             "-3",
                             "2147483.647",
                             "-2147483.647",
                             "2147483.648",
                             "0.0001",
                             "9000000000",
                             "-9000000000",
                             "1.123456789"}) {
        const auto value = Decimal::parse(text);
        const Record record = packer.pack(evidence("x", "2026-09-01", value));
        EXPECT_EQ(packer.words().value_of(record), value) << text;
    }
}

TEST(RecordPacker, GoesOnWithWordsThatAreThere) {
    RecordPacker first(term);
    const Record before = first.pack(evidence("a", "2026-09-01", std::nullopt));
    RecordPacker second(term, first.take());
    EXPECT_EQ(second.pack(evidence("a", "2026-09-01", std::nullopt)), before);
    EXPECT_EQ(second.pack(evidence("b", "2026-09-01", std::nullopt)).reason, 1);
}

TEST(RecordPacker, RefusesAPeriodOfManyYears) {
    EXPECT_NO_THROW(RecordPacker({term.from, term.from + Record::most_days - 1}));
    EXPECT_THROW(RecordPacker({term.from, term.from + Record::most_days}), Error);
}

}  // namespace
}  // namespace agate
