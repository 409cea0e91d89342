// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <span>
#include <variant>
#include <vector>

#include "core/org.h"
#include "core/records.h"
#include "evaluate/rounding.h"
#include "framework/plan.h"

// A plan made ready to run: dense leaves, whole numbers, and for each figure the knowledge whether
// 64 bits hold it. Nothing here decides a rule; docs/evaluation.md does.
namespace agate::evaluate {

/// Points in one kind of number: thousandths in 64 bits where the rule has nothing finer, else
/// nanos in 128.
template <class Number>
struct PointsNumbers {
    struct Cap {
        framework::Window window = framework::Window::week;
        Number ceiling{};
        Number floor{};  ///< far below everything where the rule states none
    };

    std::optional<Cap> giver;
    std::array<Cap, 3> caps{};  ///< day, week or month, period: those that the rule has
    int cap_count = 0;
    Number base{}, low{}, high{};
};

/// One piece of a curve in reduced whole numbers: at x thousandths the score is
/// (at * width + (x - from) * rise) / width units of `unit`^-1 of the node's last place.
struct CurvePiece {
    std::int64_t from = 0, width = 1, at = 0, rise = 0, unit = 1;
};

struct PointsRule {
    const framework::PointsMeasure* measure = nullptr;
    std::optional<PointsNumbers<std::int64_t>> milli;  ///< with pieces, unless something is finer
    std::vector<CurvePiece> pieces;                    ///< as many as the curve has steps
    PointsNumbers<Int128> nano;
};

struct RatingRule {
    struct Kind {
        std::int64_t weight = 0;  ///< reduced by the common divisor of all kinds' weights
        int minimum = 1;
        std::int64_t trim_ppm = 0;
        bool is_asked = false;
    };

    const framework::RatingMeasure* measure = nullptr;
    std::array<Kind, rater_kind_count> kinds{};
    std::vector<std::int64_t> step_scores;  ///< nanos
    std::int64_t all_weights = 0;
    /// The product of the kinds' counts up to which 64 bits hold the weighted score.
    std::int64_t most_counts = 0;
};

struct CompletionRule {
    const framework::CompletionMeasure* measure = nullptr;
    bool is_small = false;  ///< thousandths of the target hold in 64 bits
};

struct AwardRule {
    const framework::AwardMeasure* measure = nullptr;
};

struct MarkRule {
    const framework::MarkMeasure* measure = nullptr;
};

struct MeasurementRule {
    const framework::MeasurementMeasure* measure = nullptr;
};

struct BonusRule {
    const framework::BonusMeasure* measure = nullptr;
};

using LeafRule = std::variant<std::monostate,
                              PointsRule,
                              RatingRule,
                              CompletionRule,
                              AwardRule,
                              MarkRule,
                              MeasurementRule,
                              BonusRule>;

/// Immutable; safe to use from many threads. The plan must outlive it.
class Program {
public:
    explicit Program(const framework::Plan& plan);
    explicit Program(framework::Plan&&) = delete;

    struct Leaf {
        NodeIndex node = 0;
        Rounding rounding;
        LeafRule rule;
    };

    struct Parent {
        NodeIndex node = 0;
        Rounding rounding;
    };

    [[nodiscard]] const framework::Plan& plan() const { return *plan_; }

    /// In the order of the plan's nodes. A leaf's place here is its slot.
    [[nodiscard]] std::span<const Leaf> leaves() const { return leaves_; }

    [[nodiscard]] std::span<const Parent> parents() const { return parents_; }

    /// -1 for a node with children.
    [[nodiscard]] std::int32_t slot_of(NodeIndex node) const {
        return slots_[static_cast<std::size_t>(node)];
    }

    /// The weight of every node among its siblings in millionths, for a subject of this sex and
    /// grade; 0: does not apply.
    [[nodiscard]] std::span<const std::int64_t> weights(Sex sex, int grade) const;

private:
    void add_leaf(NodeIndex node);
    void add_weights();

    const framework::Plan* plan_;
    std::vector<Leaf> leaves_;
    std::vector<Parent> parents_;
    std::vector<std::int32_t> slots_;
    std::vector<std::vector<std::int64_t>> weights_;  ///< one, or one for each sex and grade
};

/// What the words of a set of records mean to a program.
class Binding {
public:
    Binding(const Program& program, const RecordWords& words);

    static constexpr std::int32_t unknown = -1;
    static constexpr std::int32_t several = -2;

    struct Use {
        std::uint32_t many = 0;  ///< place in `many`, for several
        const framework::Reason* reason = nullptr;
        std::optional<Decimal> default_value;
        std::int64_t default_milli = 0;  ///< of it, where it is a number of thousandths
    };

    /// A reason with several leaves, and by how much its records are counted too often above them.
    struct Many {
        std::vector<std::int32_t> slots;
        std::vector<std::pair<NodeIndex, std::int32_t>> counted_again;
    };

    /// The leaf of the record's reason; unknown or several.
    [[nodiscard]] std::int32_t slot(const Record& record) const { return slots_[record.reason]; }

    [[nodiscard]] const Use& use(const Record& record) const { return uses_[record.reason]; }

    [[nodiscard]] const Many& many(const Record& record) const { return many_[use(record).many]; }

    /// Equal numbers are equal activities; 0: none.
    [[nodiscard]] std::uint32_t activity(const Record& record) const {
        return activities_[record.tag];
    }

    [[nodiscard]] const std::string& label(const Record& record) const {
        return words_->tags[record.tag].label;
    }

    /// The value given, else the reason's default.
    [[nodiscard]] std::optional<Decimal> value(const Record& record) const {
        return record.has_value() ? words_->value_of(record) : use(record).default_value;
    }

    /// True when every value, given or default, is a number of thousandths.
    [[nodiscard]] bool is_milli() const { return is_milli_; }

    [[nodiscard]] const RecordWords& words() const { return *words_; }

private:
    void add_reason(const Program& program, std::string_view code);
    void add_several(const Program& program, const framework::Reason& reason);

    const RecordWords* words_;
    std::vector<std::int32_t> slots_;
    std::vector<Use> uses_;
    std::vector<Many> many_;
    std::vector<std::uint32_t> activities_;
    bool is_milli_ = true;
};

}  // namespace agate::evaluate
