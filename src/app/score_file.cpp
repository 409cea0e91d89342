// SPDX-License-Identifier: Apache-2.0
#include "exchange/score_file.h"

#include "app/import_run.h"
#include "app/plain_files.h"
#include "evaluate/fitness.h"
#include "framework/compile.h"

namespace agate::app {
namespace {

constexpr std::size_t piece_bytes = 1 << 20;

framework::Plan load_plan() {
    const auto pack = framework::shipped_pack("cn-fitness-2014");
    ensure(pack.has_value(), "the fitness pack is shipped");
    auto outcome = framework::compile_pack(*pack);
    ensure(outcome.plans.has_value(), "the fitness pack compiles");
    return std::move(outcome.plans->school);
}

/// Scores row after row; everything that a row needs is made once here.
class RowScorer {
public:
    explicit RowScorer(const framework::Plan& plan)
        : scorer_(plan),
          specs_(item_specs(plan)),
          writer_(score_items(plan), bonus_items(plan, scorer_)) {
        for (const auto& spec : specs_) {
            item_of_spec_.push_back(index_of(plan, spec.code));
            unit_of_spec_.push_back(unit(spec.decimals));
        }
        for (std::size_t i = 0; i < plan.items.size(); ++i) {
            const bool is_scored =
                plan.items[i].direction != framework::ScoringItem::Direction::none;
            if (is_scored) {
                scored_.push_back(i);
            }
            if (is_scored && scorer_.has_bonus(static_cast<int>(i))) {
                bonused_.push_back(i);
            }
        }
    }

    [[nodiscard]] const std::vector<exchange::ItemSpec>& specs() const { return specs_; }

    [[nodiscard]] exchange::ScoreFileWriter& writer() { return writer_; }

    void add(const exchange::FitnessRow& row, ScoreSummary& summary);

private:
    static std::size_t index_of(const framework::Plan& plan, std::string_view code) {
        for (std::size_t i = 0; i < plan.items.size(); ++i) {
            if (plan.items[i].code == code) {
                return i;
            }
        }
        throw Bug("every item spec comes from an item");
    }

    static std::int64_t unit(int decimals) {
        std::int64_t nano = Decimal::one;
        for (int i = 0; i < decimals; ++i) {
            nano /= 10;
        }
        return nano;
    }

    static std::vector<std::string> score_items(const framework::Plan& plan) {
        std::vector<std::string> codes;
        for (const auto& item : plan.items) {
            if (item.direction != framework::ScoringItem::Direction::none) {
                codes.push_back(item.code);
            }
        }
        return codes;
    }

    static std::vector<std::string> bonus_items(const framework::Plan& plan,
                                                const evaluate::FitnessScorer& scorer) {
        std::vector<std::string> codes;
        for (std::size_t i = 0; i < plan.items.size(); ++i) {
            if (scorer.has_bonus(static_cast<int>(i))) {
                codes.push_back(plan.items[i].code);
            }
        }
        return codes;
    }

    void note_faults(const evaluate::FitnessScore& score);

    evaluate::FitnessScorer scorer_;
    std::vector<exchange::ItemSpec> specs_;
    exchange::ScoreFileWriter writer_;
    std::vector<std::size_t> item_of_spec_;
    std::vector<std::int64_t> unit_of_spec_;
    std::vector<std::size_t> scored_, bonused_;
    std::vector<std::optional<Decimal>> scores_, bonuses_;
    std::vector<exchange::CellNote> notes_;
};

void RowScorer::note_faults(const evaluate::FitnessScore& score) {
    for (const auto& problem : score.problems()) {
        const std::string_view field =
            problem.fault == evaluate::FitnessFault::grade_not_scored
                ? std::string_view("grade")
                : std::string_view(
                      scorer_.plan().items[static_cast<std::size_t>(problem.item)].code);
        // What the reader has already said of the cell is not said twice.
        bool is_said = false;
        for (const auto& note : notes_) {
            is_said = is_said || note.field == field;
        }
        if (!is_said) {
            notes_.push_back({evaluate::to_text(problem.fault), field, Severity::error});
        }
    }
}

void RowScorer::add(const exchange::FitnessRow& row, ScoreSummary& summary) {
    notes_.assign(row.notes.begin(), row.notes.end());
    scores_.assign(scored_.size(), std::nullopt);
    bonuses_.assign(bonused_.size(), std::nullopt);
    exchange::ScoreRow out{.index = row.index};
    const auto to_decimal = [](std::optional<std::int32_t> value) {
        return value ? std::optional<Decimal>(Decimal::from_int(*value)) : std::nullopt;
    };
    evaluate::FitnessScore score;
    if (!row.is_refused && row.sex && row.grade) {
        evaluate::FitnessRow raw{.sex = *row.sex, .grade = *row.grade, .raw = {}};
        for (std::size_t i = 0; i < row.items.size(); ++i) {
            if (row.items[i].state == exchange::ItemState::value) {
                raw.raw[item_of_spec_[i]] =
                    Decimal::from_nano(row.items[i].value * unit_of_spec_[i]);
            }
        }
        score = scorer_.score(raw);
        for (std::size_t i = 0; i < scored_.size(); ++i) {
            scores_[i] = to_decimal(score.item_score[scored_[i]]);
        }
        for (std::size_t i = 0; i < bonused_.size(); ++i) {
            bonuses_[i] = to_decimal(score.item_bonus[bonused_[i]]);
        }
        note_faults(score);
        out.bmi = score.bmi;
        out.bmi_class = score.bmi_class;
        out.standard_score = score.standard_score;
        out.bonus = score.bonus;
        out.total = score.total;
        out.level = score.level;
    }
    out.scores = scores_;
    out.bonuses = bonuses_;
    out.notes = notes_;
    writer_.add(out);
    ++summary.rows;
    summary.with_total += score.total ? 1 : 0;
    bool has_problem = false;
    for (const auto& note : notes_) {
        if (note.severity == Severity::error) {
            has_problem = true;
            const auto found = summary.codes.find(std::string(note.code));
            if (found == summary.codes.end()) {
                summary.codes.emplace(note.code, 1);
            } else {
                ++found->second;
            }
        }
    }
    summary.with_problems += has_problem ? 1 : 0;
}

}  // namespace

ScoreSummary score_file(std::string_view bytes,
                        const ScoreOptions& options,
                        const std::function<void(std::string_view)>& out) {
    static const framework::Plan plan = load_plan();
    RowScorer scorer(plan);
    exchange::FitnessOptions reading;
    reading.file = options.file_name;
    reading.number_times = options.number_times;
    reading.sex_source =
        options.sex_from_items ? exchange::SexSource::filled_item : exchange::SexSource::column;
    reading.grade = options.grade;
    reading.school_year = options.school_year;
    reading.progress = options.progress;
    ScoreSummary summary;
    const auto table =
        exchange::read_fitness(bytes,
                               scorer.specs(),
                               reading,
                               [&](const exchange::FitnessRow& row, std::span<const Problem>) {
                                   scorer.add(row, summary);
                                   if (scorer.writer().text().size() > piece_bytes) {
                                       out(scorer.writer().take());
                                   }
                                   return exchange::Flow::go_on;
                               });
    out(scorer.writer().take());
    summary.problems = table.problems;
    return summary;
}

}  // namespace agate::app
