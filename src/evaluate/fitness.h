// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "base/decimal.h"
#include "core/org.h"
#include "framework/plan.h"

// The national fitness standard for one row at a time, straight from the compiled tables: the same
// figures as the engine gives on the same plan, without records and reasons. Integers only, no
// allocation per row.
namespace agate::evaluate {

/// More items than any fitness pack has.
inline constexpr int max_fitness_items = 16;

/// One child's measured values, by index into Plan::items, in the item's unit (cm, kg, ml, s);
/// times in seconds.
struct FitnessRow {
    Sex sex = Sex::male;
    int grade = 1;
    std::array<std::optional<Decimal>, max_fitness_items> raw;
};

enum class FitnessFault : std::uint8_t {
    missing_value,     ///< an item of this group has no value: no total
    not_exact,         ///< finer than the item is measured: no score
    out_of_range,      ///< outside the official upload range: no score
    not_for_group,     ///< a value of an item that this sex and grade does not take: left out
    grade_not_scored,  ///< no tables for this grade
};
[[nodiscard]] std::string_view to_text(FitnessFault fault);  ///< a code of words/evaluate.csv

struct FitnessProblem {
    FitnessFault fault = FitnessFault::missing_value;
    int item = 0;  ///< index into Plan::items; meaningless for grade_not_scored
};

struct FitnessScore {
    std::optional<Decimal> bmi;
    std::string_view bmi_class;  ///< code of the table ("normal"); empty: none
    std::array<std::optional<std::int32_t>, max_fitness_items> item_score;
    std::array<std::optional<std::int32_t>, max_fitness_items> item_bonus;
    std::optional<Decimal> standard_score;  ///< two decimals
    std::optional<Decimal> bonus;           ///< together, with its ceiling; whole
    std::optional<Decimal> total;           ///< one decimal
    std::string_view level;                 ///< band code of the total; empty: none
    std::array<FitnessProblem, max_fitness_items> problem_list{};
    int problem_count = 0;

    [[nodiscard]] std::span<const FitnessProblem> problems() const {
        return {problem_list.data(), static_cast<std::size_t>(problem_count)};
    }
};

/// What a graduating child's years give together.
struct GraduationResult {
    Decimal total;               ///< one decimal, half up
    std::string_view level;      ///< band code
    bool is_completion = false;  ///< below 50: completion, not graduation (senior stage)
};

/// Made once from a fitness plan; cheap to keep; `plan` must outlive it. Safe to use from many
/// threads.
class FitnessScorer {
public:
    /// Throws Error(invalid, "plan_is_not_fitness") when the plan has no BMI leaf, no group
    /// weights or no bonus leaf, or more than max_fitness_items items.
    explicit FitnessScorer(const framework::Plan& plan);
    explicit FitnessScorer(framework::Plan&&) = delete;

    [[nodiscard]] FitnessScore score(const FitnessRow& row) const;

    /// The level of a year total that is already rounded.
    [[nodiscard]] std::string_view level_of(Decimal total) const;

    /// Half the last year's total and half the mean of the years before it, oldest first. Nothing
    /// with fewer than two years: the standard is silent there.
    [[nodiscard]] std::optional<GraduationResult> graduation(std::span<const Decimal> totals) const;

    [[nodiscard]] const framework::Plan& plan() const { return *plan_; }

    /// True when the item can carry a bonus in some group.
    [[nodiscard]] bool has_bonus(int item) const;

private:
    struct Leaf {
        int item = 0;
        std::int64_t weight_ppm = 0;
        bool has_bonus = false;
    };

    struct Group {
        std::array<Leaf, max_fitness_items> leaves{};
        int leaf_count = 0;
        std::array<bool, max_fitness_items> applies{};
    };

    void add_leaf(NodeIndex leaf,
                  const framework::GroupWeights& weights,
                  const framework::BonusMeasure& bonus);
    [[nodiscard]] std::optional<std::int64_t> raw_of(const FitnessRow& row,
                                                     int item,
                                                     FitnessScore& score) const;
    [[nodiscard]] std::optional<std::int64_t> bmi_of(const FitnessRow& row,
                                                     FitnessScore& score) const;

    const framework::Plan* plan_;
    std::array<std::array<Group, 13>, 2> groups_{};
    std::array<bool, max_fitness_items> has_bonus_{};
    NodeIndex standard_ = 0, total_ = 0;
    int height_ = -1, weight_ = -1, bmi_ = -1;
    Decimal bonus_high_;
};

}  // namespace agate::evaluate
