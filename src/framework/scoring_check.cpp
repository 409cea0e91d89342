// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "framework/scoring_rows.h"

namespace agate::framework {
namespace {

/// One table: an item for one sex and grade.
using TableKey = std::tuple<int, Sex, int>;

class Checker {
public:
    Checker(const ScoringRows& rows, Faults& faults) : rows_(rows), faults_(faults) {}

    void check() {
        sort_tables();
        check_thresholds();
        check_bonuses();
        check_classes();
        check_weights();
        check_levels();
    }

private:
    void add(At at, std::string_view code, MessageArgs args = {}) {
        faults_.error(at, code, std::move(args));
    }

    [[nodiscard]] const ScoringItem& item(int index) const {
        return rows_.items[static_cast<std::size_t>(index)];
    }

    [[nodiscard]] MessageArgs args_of(const TableKey& key) const {
        return {{"item", item(std::get<0>(key)).code},
                {"sex", std::string{to_text(std::get<1>(key))}},
                {"grade", std::to_string(std::get<2>(key))}};
    }

    [[nodiscard]] MessageArgs args_of(const TableKey& key, MessageArgs more) const {
        MessageArgs args = args_of(key);
        args.insert(args.end(), more.begin(), more.end());
        return args;
    }

    [[nodiscard]] std::string text_of(int index, std::int64_t raw) const {
        std::int64_t nano = raw;
        for (int i = item(index).decimals; i < Decimal::max_decimals; ++i) {
            nano *= 10;
        }
        return Decimal::from_nano(nano).to_string();
    }

    /// Is `a` a better measure than `b`?
    [[nodiscard]] bool is_better(int index, std::int64_t a, std::int64_t b) const {
        return item(index).direction == ScoringItem::Direction::lower_is_better ? a < b : a > b;
    }

    void sort_tables() {
        for (const ThresholdRow& row : rows_.thresholds) {
            tables_[{row.item, row.sex, row.grade}].push_back(&row);
        }
        for (auto& [key, table] : tables_) {
            std::stable_sort(table.begin(), table.end(), [](const auto* a, const auto* b) {
                return a->score > b->score;
            });
        }
        for (const BonusRow& row : rows_.bonuses) {
            bonuses_[{row.item, row.sex, row.grade}].push_back(&row);
        }
        for (auto& [key, table] : bonuses_) {
            std::stable_sort(table.begin(), table.end(), [](const auto* a, const auto* b) {
                return a->bonus < b->bonus;
            });
        }
    }

    void check_thresholds() {
        std::map<int, std::set<std::int32_t>> scores;
        for (const ThresholdRow& row : rows_.thresholds) {
            scores[row.item].insert(row.score);
        }
        for (const auto& [key, table] : tables_) {
            std::set<std::int32_t> wanted = scores[std::get<0>(key)];
            const ThresholdRow* better = nullptr;
            const ThresholdRow* previous = nullptr;
            for (const ThresholdRow* row : table) {
                wanted.erase(row->score);
                if (previous != nullptr && previous->score == row->score) {
                    add(row->at,
                        "scoring_score_repeated",
                        args_of(key, {{"score", std::to_string(row->score)}}));
                }
                previous = row;
                if (!row->threshold) {
                    continue;
                }
                if (better != nullptr &&
                    !is_better(row->item, *better->threshold, *row->threshold)) {
                    add(row->at,
                        "scoring_not_monotone",
                        args_of(key,
                                {{"score", std::to_string(row->score)},
                                 {"threshold", text_of(row->item, *row->threshold)},
                                 {"better_score", std::to_string(better->score)},
                                 {"better_threshold", text_of(row->item, *better->threshold)}}));
                }
                better = row;
            }
            for (const std::int32_t score : wanted) {
                add(table.front()->at,
                    "scoring_score_missing",
                    args_of(key, {{"score", std::to_string(score)}}));
            }
        }
    }

    void check_bonuses() {
        for (const auto& [key, table] : bonuses_) {
            const auto found = tables_.find(key);
            if (found == tables_.end() || !found->second.front()->threshold) {
                add(table.front()->at, "scoring_bonus_without_mark", args_of(key));
                continue;
            }
            const std::int64_t mark = *found->second.front()->threshold;
            std::int64_t last = mark;
            std::int32_t last_bonus = 0;
            for (const BonusRow* row : table) {
                if (row->bonus <= last_bonus || !is_better(row->item, row->threshold, last)) {
                    add(row->at,
                        "scoring_bonus_not_monotone",
                        args_of(key, {{"bonus", std::to_string(row->bonus)}}));
                }
                const std::int64_t gap =
                    row->threshold < mark ? mark - row->threshold : row->threshold - mark;
                if (gap != row->beyond) {
                    add(row->at,
                        "scoring_bonus_mark_differs",
                        args_of(key,
                                {{"mark", text_of(row->item, mark)},
                                 {"beyond", text_of(row->item, row->beyond)},
                                 {"threshold", text_of(row->item, row->threshold)}}));
                }
                last = row->threshold;
                last_bonus = row->bonus;
            }
        }
    }

    void check_classes() {
        std::map<std::pair<Sex, int>, std::vector<const ClassRow*>> groups;
        for (const ClassRow& row : rows_.classes) {
            groups[{row.sex, row.grade}].push_back(&row);
        }
        for (auto& [group, classes] : groups) {
            std::stable_sort(classes.begin(), classes.end(), [](const auto* a, const auto* b) {
                return a->from.value_or(INT64_MIN) < b->from.value_or(INT64_MIN);
            });
            const TableKey key{*rows_.banded_item, group.first, group.second};
            if (classes.front()->from || classes.back()->to) {
                add(classes.front()->at, "scoring_class_ends", args_of(key));
            }
            for (std::size_t i = 1; i < classes.size(); ++i) {
                const auto& below = classes[i - 1]->to;
                const auto& from = classes[i]->from;
                if (!below || !from || *from <= *below) {
                    add(classes[i]->at,
                        "scoring_class_overlap",
                        args_of(key, {{"class", classes[i]->code}}));
                } else if (*from != *below + 1) {
                    add(classes[i]->at,
                        "scoring_class_gap",
                        args_of(key,
                                {{"class", classes[i]->code},
                                 {"below", text_of(*rows_.banded_item, *below)},
                                 {"from", text_of(*rows_.banded_item, *from)}}));
                }
            }
            class_tables_.insert(key);
        }
    }

    void check_weights() {
        std::map<std::pair<int, Sex>, std::vector<const WeightRow*>> groups;
        std::set<TableKey> seen;
        for (const WeightRow& row : rows_.weights) {
            groups[{row.grade, row.sex}].push_back(&row);
            const TableKey key{row.item, row.sex, row.grade};
            if (!seen.insert(key).second) {
                add(row.at, "scoring_weight_repeated", args_of(key));
            }
            check_weight(row, key);
        }
        for (const auto& [group, rows] : groups) {
            std::int32_t sum = 0;
            for (const WeightRow* row : rows) {
                sum += row->percent;
            }
            const MessageArgs args{{"grade", std::to_string(group.first)},
                                   {"sex", std::string{to_text(group.second)}},
                                   {"sum", std::to_string(sum)}};
            if (sum != 100) {
                add(rows.front()->at, "scoring_weights_not_100", args);
            }
            const Sex other = group.second == Sex::male ? Sex::female : Sex::male;
            if (!groups.contains({group.first, other})) {
                add(rows.front()->at, "scoring_sex_missing", args);
            }
        }
        for (const auto& [key, table] : tables_) {
            if (!seen.contains(key)) {
                add(table.front()->at, "scoring_table_unused", args_of(key));
            }
        }
    }

    void check_weight(const WeightRow& row, const TableKey& key) {
        const bool is_banded = row.item == rows_.banded_item;
        if (is_banded ? !class_tables_.contains(key) : !tables_.contains(key)) {
            add(row.at, "scoring_table_missing", args_of(key));
        }
        const auto bonus = bonuses_.find(key);
        const std::int32_t highest = bonus == bonuses_.end() ? 0 : bonus->second.back()->bonus;
        if (highest != row.bonus_cap) {
            add(row.at,
                "scoring_bonus_cap_differs",
                args_of(key,
                        {{"cap", std::to_string(row.bonus_cap)},
                         {"highest", std::to_string(highest)}}));
        }
    }

    void check_levels() {
        std::vector<const LevelRow*> levels;
        for (const LevelRow& row : rows_.levels) {
            levels.push_back(&row);
        }
        std::stable_sort(levels.begin(), levels.end(), [](const auto* a, const auto* b) {
            return a->level.from < b->level.from;
        });
        // Levels are read from a total of one decimal.
        const Decimal step = Decimal::from_milli(100);
        for (std::size_t i = 1; i < levels.size(); ++i) {
            if (levels[i]->level.from != levels[i - 1]->level.to + step) {
                add(levels[i]->at,
                    "scoring_level_gap",
                    {{"level", levels[i]->level.code},
                     {"from", levels[i]->level.from.to_string()},
                     {"below", levels[i - 1]->level.to.to_string()}});
            }
        }
        if (levels.empty()) {
            add({rows_.levels_source, 1, 1}, "scoring_levels_missing");
        }
    }

    const ScoringRows& rows_;
    std::map<TableKey, std::vector<const ThresholdRow*>> tables_;
    std::map<TableKey, std::vector<const BonusRow*>> bonuses_;
    std::set<TableKey> class_tables_;
    Faults& faults_;
};

}  // namespace

void check_scoring_rows(const ScoringRows& rows, Faults& faults) {
    Checker{rows, faults}.check();
}

}  // namespace agate::framework
