// SPDX-License-Identifier: Apache-2.0
#include "evaluate/fitness.h"

#include <gtest/gtest.h>

#include <fstream>
#include <random>

#include "base/csv.h"
#include "base/file.h"
#include "evaluate/evaluate.h"
#include "fitness_plan.h"
#include "framework/scoring_tables.h"

namespace agate::evaluate::testing {
namespace {

const framework::Plan& plan() {
    return fitness_plan();
}

const FitnessScorer& scorer() {
    static const FitnessScorer scorer(plan());
    return scorer;
}

std::size_t at(std::string_view item) {
    return static_cast<std::size_t>(item_called(plan(), item));
}

/// A row of a whole, ordinary child; items that do not apply stay empty.
FitnessRow row_of(Sex sex,
                  int grade,
                  std::initializer_list<std::pair<const char*, const char*>> raw) {
    FitnessRow row{.sex = sex, .grade = grade, .raw = {}};
    for (const auto& [item, value] : raw) {
        row.raw[at(item)] = Decimal::parse(value);
    }
    return row;
}

std::string text(const std::optional<Decimal>& value) {
    return value ? value->to_string() : "";
}

std::string problems_of(const FitnessScore& score) {
    std::string all;
    for (const FitnessProblem& problem : score.problems()) {
        all += (all.empty() ? "" : ";") + std::string{to_text(problem.fault)} + "@" +
               plan().items[static_cast<std::size_t>(problem.item)].code;
    }
    return all;
}

// Expected by hand from the official tables; the arithmetic stands beside each.
TEST(Fitness, ScoresAFirstGrader) {
    // BMI 24 / 1.21^2 = 16.39 -> 16.4 normal 100; 1347 ml 80; 12.6 s 60; 6.0 cm 70; 37 skips 64:
    // 15 + 12 + 12 + 21 + 12.8 = 72.8
    const FitnessScore score = scorer().score(row_of(Sex::male,
                                                     1,
                                                     {{"height", "121"},
                                                      {"weight", "24"},
                                                      {"vital_capacity", "1347"},
                                                      {"run_50m", "12.6"},
                                                      {"sit_and_reach", "6"},
                                                      {"rope_skipping_1min", "37"}}));
    EXPECT_EQ(text(score.bmi), "16.4");
    EXPECT_EQ(score.bmi_class, "normal");
    EXPECT_EQ(text(score.standard_score), "72.8");
    EXPECT_EQ(text(score.bonus), "0");
    EXPECT_EQ(text(score.total), "72.8");
    EXPECT_EQ(score.level, "pass");
    EXPECT_EQ(problems_of(score), "");
}

FitnessRow seventh_grade_boy() {
    return row_of(Sex::male,
                  7,
                  {{"height", "160.0"},
                   {"weight", "50.0"},
                   {"vital_capacity", "4000"},
                   {"run_50m", "7.81"},
                   {"sit_and_reach", "20"},
                   {"standing_long_jump", "250"},
                   {"pull_up", "15"},
                   {"run_1000m", "220"}});
}

TEST(Fitness, AddsBonusBeyondTheFullMark) {
    // 50 m: 7.81 goes to 7.9, 95, since the full mark is 7.8. All others 100 (boys' grade 7: 3640
    // ml, 17.6 cm, 225 cm, 13 pull-ups, 3'55" = 235 s): 100 - 0.2 * 5 = 99. Bonus: two pull-ups
    // more, 2; 15 s faster, 3 (12 s reached, 16 not). Total 104.
    const FitnessScore score = scorer().score(seventh_grade_boy());
    EXPECT_EQ(score.item_score[at("run_50m")], 95);
    EXPECT_EQ(text(score.standard_score), "99");
    EXPECT_EQ(score.item_bonus[at("pull_up")], 2);
    EXPECT_EQ(score.item_bonus[at("run_1000m")], 3);
    EXPECT_EQ(text(score.bonus), "5");
    EXPECT_EQ(text(score.total), "104");
    EXPECT_EQ(score.level, "excellent");
}

TEST(Fitness, GivesNoTotalWhenAnItemIsMissing) {
    FitnessRow row = seventh_grade_boy();
    row.raw[at("run_1000m")].reset();
    const FitnessScore score = scorer().score(row);
    EXPECT_EQ(score.item_score[at("pull_up")], 100);
    EXPECT_FALSE(score.standard_score);
    EXPECT_FALSE(score.bonus);
    EXPECT_FALSE(score.total);
    EXPECT_EQ(score.level, "");
    EXPECT_EQ(problems_of(score), "missing_value@run_1000m");
}

TEST(Fitness, RefusesWhatCannotBeMeasured) {
    FitnessRow row = seventh_grade_boy();
    row.raw[at("height")] = Decimal::parse("1.6");
    row.raw[at("run_1000m")] = Decimal::parse("220.5");
    row.raw[at("run_800m")] = Decimal::parse("200");
    const FitnessScore score = scorer().score(row);
    EXPECT_FALSE(score.bmi);
    EXPECT_FALSE(score.total);
    EXPECT_EQ(problems_of(score), "out_of_range@height;not_exact@run_1000m;not_for_group@run_800m");
}

TEST(Fitness, BlankCellsAreNeverAwarded) {
    const auto& pull_up = plan().items[at("pull_up")];
    // Grade 7 as printed: 1 -> 30, 2 -> 40, 3 -> 50, 4 -> 60, 5 -> 64, 6 -> 68, 7 -> 72, 8 -> 76.
    const std::vector<int> expected{0, 30, 40, 50, 60, 64, 68, 72, 76, 80, 85, 90, 95, 100};
    for (std::size_t count = 0; count < expected.size(); ++count) {
        EXPECT_EQ(framework::score_for(pull_up, Sex::male, 7, static_cast<std::int64_t>(count)),
                  expected[count]);
    }
    EXPECT_FALSE(framework::score_for(pull_up, Sex::female, 7, 5));
    EXPECT_FALSE(framework::score_for(pull_up, Sex::male, 6, 5));
}

TEST(Fitness, GraduationIsHalfTheLastYear) {
    const auto total = [](const char* value) { return *Decimal::parse(value); };
    // (90 + (80 + 85.5) / 2) / 2 = (90 + 82.75) / 2 = 86.375 -> 86.4
    const std::vector<Decimal> years{total("80"), total("85.5"), total("90")};
    const auto result = scorer().graduation(years);
    ASSERT_TRUE(result);
    EXPECT_EQ(result->total, total("86.4"));
    EXPECT_EQ(result->level, "good");
    EXPECT_FALSE(result->is_completion);
    EXPECT_FALSE(scorer().graduation(std::span{years}.first(1)));
    const std::vector<Decimal> low{total("49.9"), total("49.9")};
    EXPECT_TRUE(scorer().graduation(low)->is_completion);
    // (59.9 + 60) / 2 = 59.95 -> 60.0: pass
    const std::vector<Decimal> half{total("60"), total("59.9")};
    EXPECT_EQ(scorer().graduation(half)->level, "pass");
}

/// Every printed cell of the pack's own files: the threshold itself reaches its score, one step
/// worse does not.
TEST(Fitness, EveryPrintedThresholdGivesItsScore) {
    const auto pack = framework::shipped_pack("cn-fitness-2014");
    CsvReader reader(pack->find("item_thresholds.csv")->text);
    CsvRecord record;
    ASSERT_TRUE(reader.next(record));
    int cells = 0;
    int blanks = 0;
    while (reader.next(record)) {
        const auto& item = plan().items[at(record.fields[0])];
        const Sex sex = *parse_sex(record.fields[1]);
        const int grade = std::stoi(std::string{record.fields[2]});
        const int score = std::stoi(std::string{record.fields[3]});
        if (record.fields[7] == "no") {
            ++blanks;
            continue;
        }
        ++cells;
        const auto raw = framework::round_raw(item, *Decimal::parse(record.fields[4]));
        ASSERT_FALSE(raw.fault);
        EXPECT_EQ(framework::score_for(item, sex, grade, raw.value), score);
        const bool is_lower = item.direction == framework::ScoringItem::Direction::lower_is_better;
        EXPECT_LT(*framework::score_for(item, sex, grade, raw.value + (is_lower ? 1 : -1)), score);
    }
    EXPECT_EQ(cells, 2607);
    EXPECT_EQ(blanks, 33);
}

TEST(Fitness, EveryBonusStepGivesItsBonus) {
    const auto pack = framework::shipped_pack("cn-fitness-2014");
    CsvReader reader(pack->find("bonus_thresholds.csv")->text);
    CsvRecord record;
    ASSERT_TRUE(reader.next(record));
    int cells = 0;
    while (reader.next(record)) {
        const auto& item = plan().items[at(record.fields[0])];
        const Sex sex = *parse_sex(record.fields[1]);
        const int grade = std::stoi(std::string{record.fields[2]});
        const int bonus = std::stoi(std::string{record.fields[3]});
        const auto raw = framework::round_raw(item, *Decimal::parse(record.fields[5])).value;
        EXPECT_EQ(framework::bonus_for(item, sex, grade, raw), bonus);
        const bool is_lower = item.direction == framework::ScoringItem::Direction::lower_is_better;
        EXPECT_EQ(framework::bonus_for(item, sex, grade, raw + (is_lower ? 1 : -1)), bonus - 1);
        EXPECT_EQ(framework::score_for(item, sex, grade, raw), 100);
        ++cells;
    }
    EXPECT_EQ(cells, 480);
}

TEST(Fitness, RoundsRawValuesAsTheItemSays) {
    const auto raw = [](const char* item, const char* value) {
        return framework::round_raw(plan().items[at(item)], *Decimal::parse(value));
    };
    EXPECT_EQ(raw("run_50m", "7.51").value, 76);
    EXPECT_EQ(raw("run_50m", "7.5").value, 75);
    EXPECT_EQ(raw("run_50m", "7.500000001").value, 76);
    EXPECT_EQ(raw("sit_and_reach", "-3.4").value, -34);
    EXPECT_EQ(raw("sit_and_reach", "-3.45").fault, framework::RawFault::not_exact);
    EXPECT_EQ(raw("vital_capacity", "499").fault, framework::RawFault::out_of_range);
    EXPECT_EQ(raw("run_50m", "20.01").fault, framework::RawFault::out_of_range);
}

TEST(Fitness, RoundsBodyMassIndexHalfUp) {
    const auto& bmi = plan().items[at("bmi")];
    const auto index = [&](const char* height, const char* weight) {
        return framework::body_mass_index(bmi, *Decimal::parse(height), *Decimal::parse(weight));
    };
    EXPECT_EQ(index("121", "24"), 164);      // 16.392
    EXPECT_EQ(index("100", "18.15"), 182);   // 18.15 -> 18.2
    EXPECT_EQ(index("100", "18.149"), 181);  // 18.149
    EXPECT_EQ(index("200", "72.6"), 182);    // 18.15 -> 18.2
    EXPECT_FALSE(index("0", "20"));
    EXPECT_FALSE(index("120", "0"));
}

/// The records of a row, all on one day.
std::vector<Evidence> records_of(const FitnessRow& row, Day day) {
    std::vector<Evidence> records;
    for (std::size_t i = 0; i < plan().items.size(); ++i) {
        if (!row.raw[i]) {
            continue;
        }
        Evidence record;
        record.evidence_id.bytes[0] = static_cast<std::uint8_t>(i + 1);
        record.reason = plan().items[i].code;
        record.day = day;
        record.value = row.raw[i];
        records.push_back(record);
    }
    return records;
}

/// Mostly good values near the tables, some missing, fine, foreign or out of range.
FitnessRow random_row(std::mt19937& random) {
    const auto pick = [&](std::int64_t low, std::int64_t high) {
        return std::uniform_int_distribution<std::int64_t>(low, high)(random);
    };
    FitnessRow row{.sex = pick(0, 1) == 0 ? Sex::male : Sex::female,
                   .grade = static_cast<int>(pick(1, 12)),
                   .raw = {}};
    const bool is_clean = pick(0, 3) > 0;
    for (std::size_t i = 0; i < plan().items.size(); ++i) {
        const auto& item = plan().items[i];
        const bool is_body = item.code == "height" || item.code == "weight";
        const bool applies = is_body || framework::has_table(item, row.sex, row.grade);
        if (item.code == "bmi" || (is_clean ? !applies : pick(0, 9) == 0)) {
            continue;
        }
        std::int64_t raw = pick(item.import_min, item.import_max);
        const auto& rows =
            item.rows[row.sex == Sex::male ? 0 : 1][static_cast<std::size_t>(row.grade)];
        if (!rows.empty() && pick(0, 4) > 0) {
            const auto& mark = rows[static_cast<std::size_t>(pick(0, std::ssize(rows) - 1))];
            raw = std::clamp(mark.threshold + pick(-3, 3), item.import_min, item.import_max);
        }
        std::int64_t nano = raw;
        for (int d = item.decimals; d < Decimal::max_decimals; ++d) {
            nano *= 10;
        }
        nano += !is_clean && pick(0, 9) == 0 ? pick(1, 99'999'999) : 0;
        nano = !is_clean && pick(0, 19) == 0 ? nano * 20 : nano;
        row.raw[i] = Decimal::from_nano(nano);
    }
    return row;
}

TEST(Fitness, EngineAndFastPathAgree) {
    std::mt19937 random(7);
    const DayRange period{*parse_day("2026-09-01"), *parse_day("2027-01-31")};
    const NodeIndex standard = *plan().find("standard_score");
    int totals = 0;
    for (int i = 0; i < 4000; ++i) {
        const FitnessRow row = random_row(random);
        const FitnessScore fast = scorer().score(row);
        const Subject subject{.person_id = {},
                              .sex = row.sex,
                              .grade = row.grade,
                              .exempt = {},
                              .belongs = {},
                              .grades = {}};
        const auto records = records_of(row, period.from);
        const SubjectResult result = evaluate(plan(), period, subject, records);
        const auto node = [&](NodeIndex index) -> const NodeResult& {
            return result.nodes[static_cast<std::size_t>(index)];
        };
        EXPECT_EQ(text(node(standard).score), text(fast.standard_score));
        const NodeResult& total = node(plan().root());
        EXPECT_EQ(text(total.score), text(fast.total));
        const std::string level =
            total.band ? plan().band_sets[0].bands[static_cast<std::size_t>(*total.band)].code : "";
        EXPECT_EQ(level, fast.level);
        for (std::size_t item = 0; item < plan().items.size(); ++item) {
            const auto leaf = plan().find(plan().items[item].code);
            if (!leaf) {
                continue;
            }
            const auto& score = fast.item_score[item];
            EXPECT_EQ(text(node(*leaf).score), score ? std::to_string(*score) : "")
                << plan().items[item].code;
        }
        totals += fast.total ? 1 : 0;
        if (HasFailure()) {
            break;
        }
    }
    EXPECT_GT(totals, 2000);
}

/// The standard mounted under a point of the compulsory framework gives the same total, and the
/// point's score is that total inside its own range.
TEST(Fitness, StandsTheSameInsideAnotherFramework) {
    const auto outcome = framework::compile_pack(*framework::shipped_pack("cn-compulsory-2021"));
    ASSERT_TRUE(outcome.plans);
    const framework::Plan& mounted = outcome.plans->school;
    const FitnessScorer inside(mounted);
    const auto total = mounted.find("fitness.total");
    ASSERT_TRUE(total);
    std::mt19937 random(11);
    const DayRange period{*parse_day("2026-09-01"), *parse_day("2027-01-31")};
    for (int i = 0; i < 300; ++i) {
        const FitnessRow row = random_row(random);
        const FitnessScore alone = scorer().score(row);
        EXPECT_EQ(text(inside.score(row).total), text(alone.total));
        const Subject subject{.person_id = {},
                              .sex = row.sex,
                              .grade = row.grade,
                              .exempt = {},
                              .belongs = {},
                              .grades = {}};
        const auto records = records_of(row, period.from);
        const SubjectResult result = evaluate(mounted, period, subject, records);
        const auto& node = result.nodes[static_cast<std::size_t>(*total)];
        EXPECT_EQ(text(node.score), text(alone.total));
        const NodeIndex point = *mounted.node(*total).parent;
        const framework::Node& rule = mounted.node(point);
        const auto& above = result.nodes[static_cast<std::size_t>(point)];
        const auto expected =
            alone.total ? std::optional{clamp(*alone.total, rule.low, rule.high)} : std::nullopt;
        EXPECT_EQ(text(above.score), text(expected));
        EXPECT_EQ(above.coverage_ppm, node.coverage_ppm);
    }
}

}  // namespace
}  // namespace agate::evaluate::testing
