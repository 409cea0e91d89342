// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <filesystem>
#include <iostream>
#include <map>

#include "base/csv.h"
#include "base/file.h"
#include "base/text.h"
#include "evaluate/evaluate.h"
#include "evaluate/fitness.h"
#include "fitness_plan.h"

// The official system's own scores for real children: every item that can be scored, and every
// total of grades 1 and 2, must agree. The data is not part of this repository.
namespace agate::evaluate::testing {
namespace {

constexpr std::string_view primary = "小学";
constexpr std::string_view junior = "初中";

/// The measured items of the table: item, column of the value, column of the score.
struct Column {
    const char* item;
    const char* value;
    const char* score;
};

constexpr Column columns[]{{"vital_capacity", "肺活量_ml", "肺活量分数"},
                           {"run_50m", "50米跑_秒", "50米跑分数"},
                           {"sit_and_reach", "坐位体前屈_cm", "坐位体前屈分数"},
                           {"rope_skipping_1min", "跳绳_个", "跳绳分数"}};

/// 小学2019级 is grade 1 and 初中2019级 grade 7 in autumn 2019; 0: vocational, grade not known.
int grade_of(std::string_view class_name) {
    const bool is_primary = class_name.starts_with(primary);
    if (!is_primary && !class_name.starts_with(junior)) {
        return 0;
    }
    const int year = std::stoi(std::string{class_name.substr(primary.size(), 4)});
    return (is_primary ? 1 : 7) + 2019 - year;
}

/// "12.6" as written, "80.0" as a whole number where it is one.
std::optional<Decimal> number(const std::string& cell) {
    return cell.empty() ? std::nullopt : Decimal::parse(cell);
}

std::string text(const std::optional<Decimal>& value) {
    return value ? value->to_string() : "";
}

std::string text(const std::optional<std::int32_t>& value) {
    return value ? std::to_string(*value) : "";
}

class Table {
public:
    explicit Table(const std::filesystem::path& file) : text_(read_file(file)), reader_(text_) {
        static_cast<void>(reader_.next(record_));
        for (const std::string_view field : record_.fields) {
            names_.emplace_back(field);
        }
    }

    bool next() { return reader_.next(record_); }

    std::string cell(std::string_view name) const {
        const auto found = std::find(names_.begin(), names_.end(), name);
        ensure(found != names_.end(), "a column of the table");
        return std::string{record_.fields[static_cast<std::size_t>(found - names_.begin())]};
    }

private:
    std::string text_;
    CsvReader reader_;
    CsvRecord record_;
    std::vector<std::string> names_;
};

struct Counts {
    int rows = 0, left_out = 0, item_scores = 0, bonuses = 0, bmi = 0, totals = 0, zeros = 0;
};

class FitnessData : public ::testing::Test {
protected:
    void SetUp() override {
        const char* folder = std::getenv("AGATE_TEST_DATA");
        if (folder == nullptr) {
            GTEST_SKIP() << "AGATE_TEST_DATA is not set: 2,512 real rows not checked";
        }
        file_ = std::filesystem::path{folder} / "fitness-ncs2019-a/fitness_2019_a.csv";
        if (!std::filesystem::exists(file_)) {
            GTEST_SKIP() << "no fitness-ncs2019-a in AGATE_TEST_DATA: 2,512 real rows not checked";
        }
    }

    std::filesystem::path file_;
};

FitnessRow row_of(const Table& table, int grade) {
    const auto& plan = fitness_plan();
    const auto at = [&](std::string_view item) {
        return static_cast<std::size_t>(item_called(plan, item));
    };
    FitnessRow row{.sex = *parse_sex(table.cell("性别")), .grade = grade, .raw = {}};
    row.raw[at("height")] = number(table.cell("身高_cm"));
    row.raw[at("weight")] = number(table.cell("体重_kg"));
    for (const Column& column : columns) {
        row.raw[at(column.item)] = number(table.cell(column.value));
    }
    // Zeros were lost upstream: no value beside a score was 0 cm.
    if (!row.raw[at("sit_and_reach")] && !table.cell("坐位体前屈分数").empty()) {
        row.raw[at("sit_and_reach")] = Decimal{};
    }
    return row;
}

void check_items(const Table& table,
                 const FitnessRow& row,
                 const FitnessScore& score,
                 Counts& counts) {
    const auto& plan = fitness_plan();
    for (const Column& column : columns) {
        const auto item = static_cast<std::size_t>(item_called(plan, column.item));
        if (!row.raw[item]) {
            EXPECT_EQ(table.cell(column.score), "");
            continue;
        }
        std::string expected = text(number(table.cell(column.score)));
        if (expected.empty()) {
            expected = "0";  // an empty score beside a value means 0 points
            ++counts.zeros;
        }
        EXPECT_EQ(text(score.item_score[item]), expected) << column.item;
        ++counts.item_scores;
    }
    const auto rope = static_cast<std::size_t>(item_called(plan, "rope_skipping_1min"));
    if (row.raw[rope]) {
        const std::string bonus = table.cell("跳绳附加分");
        EXPECT_EQ(text(score.item_bonus[rope]), bonus.empty() ? "0" : text(number(bonus)));
        ++counts.bonuses;
    }
}

void check_row(const Table& table, int grade, Counts& counts) {
    static const FitnessScorer scorer(fitness_plan());
    static const std::map<std::string, std::string> class_names{
        {"正常", "normal"}, {"低体重", "low_weight"}, {"超重", "overweight"}, {"肥胖", "obese"}};
    static const std::map<std::string, std::string> level_names{
        {"优秀", "excellent"}, {"良好", "good"}, {"及格", "pass"}, {"不及格", "fail"}};
    const FitnessRow row = row_of(table, grade);
    const FitnessScore score = scorer.score(row);
    check_items(table, row, score, counts);
    EXPECT_EQ(text(score.bmi), text(number(table.cell("BMI分数"))));
    const auto bmi = static_cast<std::size_t>(item_called(fitness_plan(), "bmi"));
    EXPECT_EQ(text(score.item_score[bmi]), text(number(table.cell("体重分数"))));
    EXPECT_EQ(score.bmi_class, class_names.at(table.cell("体重等级")));
    ++counts.bmi;
    if (grade > 2) {
        EXPECT_FALSE(score.total) << "items are missing from grade 3 on";
        return;
    }
    EXPECT_EQ(text(score.standard_score), text(number(table.cell("标准分数"))));
    EXPECT_EQ(text(score.bonus), text(number(table.cell("附加分"))));
    // The table adds up without rounding; our total is that sum to one decimal, half up.
    const Decimal published = *number(table.cell("总分数"));
    EXPECT_EQ(*score.standard_score + *score.bonus, published);
    EXPECT_EQ(text(score.total), text(published.rounded(1)));
    EXPECT_EQ(score.level, level_names.at(table.cell("总分等级")));
    ++counts.totals;
}

TEST_F(FitnessData, AgreesWithTheOfficialSystem) {
    Table table(file_);
    Counts counts;
    while (table.next()) {
        ++counts.rows;
        const int grade = grade_of(table.cell("班级名称"));
        if (grade == 0) {
            ++counts.left_out;
            continue;
        }
        SCOPED_TRACE("row " + table.cell("序号"));
        check_row(table, grade, counts);
    }
    std::cout << counts.rows << " rows, of which " << counts.left_out
              << " vocational (grade not known) were left out; compared: " << counts.item_scores
              << " item scores (" << counts.zeros << " zeros), " << counts.bmi
              << " BMI and classes, " << counts.bonuses << " bonuses, " << counts.totals
              << " totals and levels\n";
    EXPECT_EQ(counts.rows, 2512);
    EXPECT_GT(counts.totals, 1000);
}

}  // namespace
}  // namespace agate::evaluate::testing
