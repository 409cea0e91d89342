// SPDX-License-Identifier: Apache-2.0
#include "framework/scoring_tables.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/words.h"

namespace agate::framework {
namespace {

/// The shipped pack with one change in one file.
struct Change {
    const char* name;
    const char* file;
    const char* from;  ///< replaced once; must be there
    const char* to;
    const char* code;  ///< the fault it must give
    int line;
};

std::ostream& operator<<(std::ostream& out, const Change& change) {
    return out << change.name;
}

PackFiles changed(const Change& change) {
    PackFiles pack = *shipped_pack("cn-fitness-2014");
    for (PackFile& file : pack.files) {
        if (file.name == change.file) {
            const std::size_t place = file.text.find(change.from);
            EXPECT_NE(place, std::string::npos) << change.from;
            file.text.replace(place, std::string_view{change.from}.size(), change.to);
        }
    }
    return pack;
}

std::string list(const Problems& problems) {
    std::string all;
    for (const Problem& problem : problems) {
        all += describe(problem.where) + " " + problem.code + ": " +
               words().sentence(Language::en, problem.code, problem.args) + "\n";
    }
    return all;
}

class Faulty : public ::testing::TestWithParam<Change> {};

TEST_P(Faulty, IsToldWithFileLineAndReason) {
    Faults faults;
    static_cast<void>(read_scoring_tables(changed(GetParam()), faults));
    const Problems problems = faults.take();
    const auto found = std::find_if(problems.begin(), problems.end(), [](const Problem& problem) {
        return problem.code == GetParam().code && problem.where.row == GetParam().line &&
               problem.where.file.ends_with(GetParam().file);
    });
    EXPECT_NE(found, problems.end()) << list(problems);
    for (const Problem& problem : problems) {
        const std::string mend = words().mend(Language::zh, problem.code, problem.args);
        EXPECT_FALSE(mend.empty()) << problem.code;
        EXPECT_EQ(words().sentence(Language::zh, problem.code, problem.args).find('{'),
                  std::string::npos);
    }
}

constexpr const char* thresholds = "item_thresholds.csv";
constexpr const char* bonuses = "bonus_thresholds.csv";
constexpr const char* classes = "bmi_classes.csv";
constexpr const char* weights = "item_weights.csv";

INSTANTIATE_TEST_SUITE_P(
    Packs,
    Faulty,
    ::testing::Values(
        Change{"not_monotone",
               thresholds,
               "vital_capacity,male,1,95,1600",
               "vital_capacity,male,1,95,1700",
               "scoring_not_monotone",
               3},
        Change{"score_missing",
               thresholds,
               "vital_capacity,male,1,95,",
               "vital_capacity,male,1,94,",
               "scoring_score_missing",
               2},
        Change{"score_repeated",
               thresholds,
               "vital_capacity,male,1,95,",
               "vital_capacity,male,1,100,",
               "scoring_score_repeated",
               3},
        Change{"unknown_item",
               thresholds,
               "vital_capacity,male,1,95,",
               "vital_capacty,male,1,95,",
               "scoring_item_unknown_like",
               3},
        Change{"unknown_sex",
               thresholds,
               "vital_capacity,male,1,95,",
               "vital_capacity,mole,1,95,",
               "scoring_choice_unknown",
               3},
        Change{"unknown_grade",
               thresholds,
               "vital_capacity,male,1,95,",
               "vital_capacity,male,13,95,",
               "scoring_grade_unknown",
               3},
        Change{"unreadable",
               thresholds,
               "vital_capacity,male,1,95,1600",
               "vital_capacity,male,1,95,16OO",
               "scoring_number_unreadable",
               3},
        Change{"too_fine",
               thresholds,
               "vital_capacity,male,1,95,1600",
               "vital_capacity,male,1,95,1600.5",
               "scoring_number_too_fine",
               3},
        Change{"awarded_blank",
               thresholds,
               "95,1600,ml,higher_is_better,yes",
               "95,,ml,higher_is_better,yes",
               "scoring_threshold_missing",
               3},
        Change{"unawarded_value",
               thresholds,
               "95,1600,ml,higher_is_better,yes",
               "95,1600,ml,higher_is_better,no",
               "scoring_threshold_unawarded",
               3},
        Change{"direction",
               thresholds,
               "95,1600,ml,higher_is_better,yes",
               "95,1600,ml,lower_is_better,yes",
               "scoring_direction_differs",
               3},
        Change{"bonus_order",
               bonuses,
               "rope_skipping_1min,male,1,2,4,113",
               "rope_skipping_1min,male,1,2,2,111",
               "scoring_bonus_not_monotone",
               3},
        Change{"bonus_mark",
               bonuses,
               "rope_skipping_1min,male,1,2,4,113",
               "rope_skipping_1min,male,1,2,4,114",
               "scoring_bonus_mark_differs",
               3},
        Change{"class_gap",
               classes,
               "overweight,超重,80,18.2",
               "overweight,超重,80,18.3",
               "scoring_class_gap",
               4},
        Change{"class_overlap",
               classes,
               "overweight,超重,80,18.2",
               "overweight,超重,80,18.1",
               "scoring_class_overlap",
               4},
        Change{"class_end",
               classes,
               "obese,肥胖,60,20.4,",
               "obese,肥胖,60,20.4,40",
               "scoring_class_ends",
               2},
        Change{"weights_sum",
               weights,
               "primary,1,male,bmi,15,0",
               "primary,1,male,bmi,16,0",
               "scoring_weights_not_100",
               2},
        Change{"weight_twice",
               weights,
               "primary,1,male,vital_capacity,15,0",
               "primary,1,male,bmi,15,0",
               "scoring_weight_repeated",
               3},
        Change{"weight_of_none",
               weights,
               "primary,1,male,vital_capacity,15,0",
               "primary,1,male,height,15,0",
               "scoring_item_unscored",
               3},
        Change{"no_table",
               weights,
               "primary,1,male,vital_capacity,15,0",
               "primary,1,male,pull_up,15,0",
               "scoring_table_missing",
               3},
        Change{"bonus_cap",
               weights,
               "primary,1,male,rope_skipping_1min,20,20",
               "primary,1,male,rope_skipping_1min,20,19",
               "scoring_bonus_cap_differs",
               6},
        Change{"level_gap",
               "levels.csv",
               "good,良好,80.0,89.9",
               "good,良好,80.0,89.8",
               "scoring_level_gap",
               2},
        Change{"item_twice", "items.csv", "weight,体重", "height,体重", "scoring_item_repeated", 3},
        Change{"rounding",
               "items.csv",
               "decimal,slower",
               "decimal,faster",
               "scoring_choice_unknown",
               6},
        Change{"range", "items.csv", "0,500,9999", "0,500,50", "scoring_range_reversed", 5}),
    [](const auto& one) { return std::string{one.param.name}; });

TEST(ScoringTables, TellsAMissingFile) {
    PackFiles pack = *shipped_pack("cn-fitness-2014");
    std::erase_if(pack.files, [](const PackFile& file) { return file.name == weights; });
    Faults faults;
    static_cast<void>(read_scoring_tables(pack, faults));
    const Problems problems = faults.take();
    ASSERT_FALSE(problems.empty());
    EXPECT_EQ(problems.front().code, "scoring_file_missing");
}

TEST(ScoringTables, ReadsTheShippedPackWithoutAFault) {
    Faults faults;
    const ScoringTables tables = read_scoring_tables(*shipped_pack("cn-fitness-2014"), faults);
    EXPECT_EQ(list(faults.take()), "");
    EXPECT_EQ(tables.items.size(), 13U);
    ASSERT_EQ(tables.levels.size(), 4U);
    EXPECT_EQ(tables.levels.front().code, "fail");
    int groups = 0;
    for (std::size_t sex = 0; sex < 2; ++sex) {
        for (std::size_t grade = 1; grade <= highest_grade; ++grade) {
            int sum = 0;
            for (const auto percent : tables.weight_percent[sex][grade]) {
                sum += percent;
            }
            groups += sum == 100 ? 1 : 0;
        }
    }
    EXPECT_EQ(groups, 24);
}

}  // namespace
}  // namespace agate::framework
