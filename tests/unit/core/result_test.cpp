// SPDX-License-Identifier: Apache-2.0
#include "core/result.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <random>

#include "base/error.h"

namespace agate {
namespace {

/// Draws results of every shape: extreme numbers, repeated ids and words, empty lists.
class Drawing {
public:
    explicit Drawing(std::uint64_t seed) : random_(seed) {
        for (auto& id : ids_) {
            id = draw_id<EvidenceId>();
        }
    }

    SubjectResult result() {
        SubjectResult drawn{.subject = draw_id<PersonId>()};
        drawn.nodes.resize(below(40));
        NodeIndex index = 0;
        for (auto& node : drawn.nodes) {
            node = this->node();
            node.node = one_in(10) ? static_cast<NodeIndex>(random_()) : index;
            ++index;
        }
        return drawn;
    }

private:
    std::size_t below(std::size_t limit) { return random_() % limit; }

    bool one_in(std::size_t n) { return below(n) == 0; }

    template <class Id>
    Id draw_id() {
        Id id;
        std::ranges::generate(id.bytes, [&] { return static_cast<std::uint8_t>(random_()); });
        return id;
    }

    Decimal decimal() {
        if (one_in(10)) {
            return Decimal::from_nano(static_cast<std::int64_t>(random_()));
        }
        return Decimal::from_milli(static_cast<std::int64_t>(below(200'000)) - 20'000);
    }

    std::optional<Decimal> maybe_decimal() {
        return one_in(3) ? std::nullopt : std::optional{decimal()};
    }

    std::optional<BandIndex> maybe_band() {
        return one_in(3) ? std::nullopt : std::optional{static_cast<BandIndex>(random_())};
    }

    std::string word() {
        static const std::vector<std::string> words = {"",
                                                       "self",
                                                       "peer",
                                                       "cap_week",
                                                       "第 3 周",
                                                       std::string("\0x", 2),
                                                       std::string(300, 'w')};
        return words[below(words.size())];
    }

    std::vector<EvidenceId> ids() {
        std::vector<EvidenceId> drawn(below(6));
        for (auto& id : drawn) {
            id = one_in(2) ? ids_[below(ids_.size())] : draw_id<EvidenceId>();
        }
        return drawn;
    }

    ReasonInput input() {
        ReasonInput drawn{.label = word(), .evidence = ids(), .given = maybe_decimal()};
        drawn.credited = one_in(2) ? drawn.given : maybe_decimal();
        drawn.weight = maybe_decimal();
        return drawn;
    }

    ReasonNote note() {
        ReasonNote drawn{.code = word(), .evidence = ids()};
        drawn.args.resize(below(3));
        for (auto& arg : drawn.args) {
            arg = {word(), word()};
        }
        return drawn;
    }

    NodeResult node() {
        NodeResult drawn{.score = maybe_decimal(),
                         .band = maybe_band(),
                         .computed_band = maybe_band(),
                         .is_exempt = one_in(5)};
        const std::int32_t coverages[] = {
            0, 1'000'000, 410'000, -1, std::numeric_limits<std::int32_t>::min()};
        drawn.coverage_ppm = coverages[below(5)];
        drawn.record_count = one_in(2) ? 0 : static_cast<std::int32_t>(random_());
        drawn.inputs.resize(below(4));
        std::ranges::generate(drawn.inputs, [&] { return input(); });
        drawn.notes.resize(below(3));
        std::ranges::generate(drawn.notes, [&] { return note(); });
        return drawn;
    }

    std::mt19937_64 random_;
    std::array<EvidenceId, 8> ids_;
};

std::vector<SubjectResult> drawn_results(std::size_t count) {
    Drawing drawing(20'260'901);
    std::vector<SubjectResult> results(count);
    std::ranges::generate(results, [&] { return drawing.result(); });
    return results;
}

/// True when the bytes are read or refused with result_unreadable; anything else escapes.
bool reads_or_refuses(std::string_view bytes) {
    const auto refuses = [&](auto&& read) {
        try {
            read(bytes);
            return true;
        } catch (const Error& error) {
            return error.kind == ErrorKind::internal && error.code == "result_unreadable";
        }
    };
    return refuses([](std::string_view b) { (void)unpack_result(b); }) &&
           refuses([](std::string_view b) { (void)unpack_summary(b); });
}

TEST(PackedResult, GoesRoundTripInTheSameBytes) {
    for (const auto& result : drawn_results(500)) {
        const std::string bytes = pack_result(result);
        EXPECT_EQ(unpack_result(bytes), result);
        EXPECT_EQ(pack_result(unpack_result(bytes)), bytes);
        EXPECT_EQ(pack_result(SubjectResult(result)), bytes);
    }
}

TEST(PackedResult, SummaryIsThatOfTheNodes) {
    for (const auto& result : drawn_results(100)) {
        const auto summaries = unpack_summary(pack_result(result));
        ASSERT_EQ(summaries.size(), result.nodes.size());
        for (std::size_t i = 0; i < summaries.size(); ++i) {
            EXPECT_EQ(summaries[i].score, result.nodes[i].score);
            EXPECT_EQ(summaries[i].band, result.nodes[i].band);
            EXPECT_EQ(summaries[i].coverage_ppm, result.nodes[i].coverage_ppm);
            EXPECT_EQ(summaries[i].record_count, result.nodes[i].record_count);
        }
    }
}

TEST(PackedResult, KeepsExtremeScores) {
    SubjectResult result;
    for (const std::int64_t nano : {std::numeric_limits<std::int64_t>::min(),
                                    std::numeric_limits<std::int64_t>::min() + 1,
                                    std::numeric_limits<std::int64_t>::max(),
                                    std::numeric_limits<std::int64_t>::max() / 11,
                                    std::int64_t{-1},
                                    std::int64_t{0}}) {
        result.nodes.push_back({.node = static_cast<NodeIndex>(result.nodes.size()),
                                .score = Decimal::from_nano(nano)});
    }
    EXPECT_EQ(unpack_result(pack_result(result)), result);
}

TEST(PackedResult, IsSmall) {
    SubjectResult result;
    for (NodeIndex i = 0; i < 50; ++i) {
        result.nodes.push_back({.node = i,
                                .score = Decimal::from_milli(87'500),
                                .band = BandIndex{2},
                                .coverage_ppm = 1'000'000,
                                .record_count = 24});
    }
    // 18 bytes of head; 5 of summary and 1 of empty reasons a node.
    EXPECT_LE(pack_result(result).size(), 18U + 50U * 6U);
    EvidenceId id;
    id.bytes[0] = 1;
    const std::size_t without = pack_result(result).size();
    for (auto& node : result.nodes) {
        node.inputs.push_back({.label = "teacher", .evidence = {id}});
    }
    EXPECT_LE(pack_result(result).size(), without + 16U + 8U + 50U * 4U);
}

TEST(PackedResult, RefusesEveryTruncation) {
    for (const auto& result : drawn_results(8)) {
        const std::string bytes = pack_result(result);
        for (std::size_t size = 0; size < bytes.size(); ++size) {
            EXPECT_THROW((void)unpack_result(std::string_view(bytes).substr(0, size)), Error);
            EXPECT_TRUE(reads_or_refuses(std::string_view(bytes).substr(0, size)));
        }
        EXPECT_THROW((void)unpack_result(bytes + '\0'), Error);
    }
}

TEST(PackedResult, SurvivesMutation) {
    std::mt19937_64 random(5);
    for (const auto& result : drawn_results(300)) {
        std::string bytes = pack_result(result);
        for (auto changes = random() % 4 + 1; changes > 0; --changes) {
            bytes[random() % bytes.size()] = static_cast<char>(random());
        }
        EXPECT_TRUE(reads_or_refuses(bytes));
    }
    for (int i = 0; i < 20'000; ++i) {
        std::string bytes(random() % 100, '\0');
        std::ranges::generate(bytes, [&] { return static_cast<char>(random() >> random() % 8); });
        bytes.insert(0, 1, '\1');
        EXPECT_TRUE(reads_or_refuses(bytes));
    }
}

TEST(PackedResult, WhatIsReadIsWhatWasWritten) {
    std::mt19937_64 random(6);
    int read = 0;
    for (const auto& result : drawn_results(2'000)) {
        std::string bytes = pack_result(result);
        bytes[random() % bytes.size()] ^= static_cast<char>(1 << random() % 8);
        try {
            EXPECT_EQ(pack_result(unpack_result(bytes)), bytes);
            ++read;
        } catch (const Error&) {
            continue;
        }
    }
    EXPECT_GT(read, 0);
}

TEST(PossibleRange, RunsFromWorstToBest) {
    struct Case {
        std::string_view score;
        std::int32_t coverage_ppm;
        int decimals;
        std::string_view low, high;
    };

    const Case cases[] = {
        {"87.5", 1'000'000, 1, "87.5", "87.5"},
        {"87.5", 0, 1, "0", "100"},
        {"80", 500'000, 1, "40", "90"},
        {"87.5", 410'000, 1, "35.9", "94.9"},
        {"33.3", 333'333, 1, "11.1", "77.8"},
    };
    for (const auto& c : cases) {
        const auto range =
            possible_range(Decimal::parse(c.score).value(), c.coverage_ppm, c.decimals);
        EXPECT_EQ(range.low.to_string(), c.low);
        EXPECT_EQ(range.high.to_string(), c.high);
    }
}

}  // namespace
}  // namespace agate
