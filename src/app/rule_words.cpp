// SPDX-License-Identifier: Apache-2.0
#include "app/rule_words.h"

#include "base/decimal.h"

namespace agate::app {
namespace {

using namespace framework;

std::string percent(std::int64_t ppm) {
    return Decimal::from_nano(ppm * 100'000).to_string();
}

std::string window_word(Language language, Window window) {
    constexpr std::array<const char*, 4> codes{
        "window_day", "window_week", "window_month", "window_period"};
    return words().sentence(language, codes[static_cast<std::size_t>(window)]);
}

/// Joins sentences as the language does: no blank in Chinese, one in English.
std::string join(Language language, const std::vector<std::string>& parts) {
    std::string all;
    for (const auto& part : parts) {
        all += (all.empty() || language == Language::zh ? "" : " ") + part;
    }
    return all;
}

class Teller {
public:
    Teller(const Plan& plan, Language language) : plan_(plan), language_(language) {}

    std::string operator()(const PointsMeasure& points) const {
        std::vector<std::string> parts{say("rule_points", {{"base", points.base.to_string()}})};
        if (points.giver_cap) {
            parts.push_back(say("rule_giver_cap",
                                {{"window", window_word(language_, points.giver_cap->window)},
                                 {"ceiling", points.giver_cap->ceiling.to_string()}}));
        }
        for (const auto* cap : {&points.day_cap, &points.week_or_month_cap, &points.period_cap}) {
            if (*cap) {
                parts.push_back(say("rule_cap",
                                    {{"window", window_word(language_, (*cap)->window)},
                                     {"ceiling", (*cap)->ceiling.to_string()}}));
            }
        }
        if (points.curve.points.size() > 1) {
            parts.push_back(say("rule_curve",
                                {{"x", points.curve.points.back().x.to_string()},
                                 {"y", points.curve.points.back().y.to_string()}}));
        }
        return join(language_, parts);
    }

    std::string operator()(const RatingMeasure& rating) const {
        std::vector<std::string> parts{
            say("rule_rating", {{"steps", std::to_string(rating.step_scores.size())}})};
        for (int kind = 0; kind < rater_kind_count; ++kind) {
            const auto& rule = rating.kinds[static_cast<std::size_t>(kind)];
            if (rule) {
                const auto name = std::string(to_text(static_cast<RaterKind>(kind)));
                parts.push_back(say("rule_rater",
                                    {{"kind", words().sentence(language_, "rater_" + name)},
                                     {"percent", percent(rule->weight_ppm)},
                                     {"minimum", std::to_string(rule->minimum)}}));
            }
        }
        return join(language_, parts);
    }

    std::string operator()(const CompletionMeasure& completion) const {
        constexpr std::array<const char*, 3> codes{
            "rule_completion_times", "rule_completion_value", "rule_completion_distinct"};
        return say(codes[static_cast<std::size_t>(completion.count)],
                   {{"target", completion.target.to_string()}});
    }

    std::string operator()(const AwardMeasure& award) const {
        return say("rule_award", {{"best", std::to_string(award.best_per_category)}});
    }

    std::string operator()(const MarkMeasure& mark) const {
        return say("rule_mark", {{"attempt", attempt_word(mark.attempt)}});
    }

    std::string operator()(const MeasurementMeasure& measured) const {
        const auto& item = plan_.items[static_cast<std::size_t>(measured.item)];
        return say("rule_measurement",
                   {{"item", language_ == Language::zh ? item.name_zh : item.name_en},
                    {"attempt", attempt_word(measured.attempt)}});
    }

    std::string operator()(const BonusMeasure& bonus) const {
        return say("rule_bonus", {{"ceiling", bonus.high.to_string()}});
    }

    [[nodiscard]] std::string parent(const Node& node) const {
        if (node.roll_up == RollUp::sum) {
            return say("rule_sum");
        }
        std::string shares;
        for (const auto child : node.children) {
            const auto& part = plan_.node(child);
            if (part.weight_ppm > 0) {
                const auto& name =
                    language_ == Language::zh || part.name_en.empty() ? part.name_zh : part.name_en;
                shares += (shares.empty()              ? ""
                           : language_ == Language::zh ? "、"
                                                       : ", ") +
                          name + " " + percent(part.weight_ppm) + "%";
            }
        }
        constexpr std::array<const char*, 3> codes{
            "rule_missing_renormalise", "rule_missing_zero", "rule_missing_block"};
        const auto missing = say(codes[static_cast<std::size_t>(node.missing)]);
        return shares.empty() ? join(language_, {say("rule_by_group"), missing})
                              : join(language_, {say("rule_mean", {{"shares", shares}}), missing});
    }

private:
    [[nodiscard]] std::string say(std::string_view code, const MessageArgs& args = {}) const {
        return words().sentence(language_, code, args);
    }

    [[nodiscard]] std::string attempt_word(Attempt attempt) const {
        constexpr std::array<const char*, 3> codes{
            "rule_attempt_best", "rule_attempt_latest", "rule_attempt_mean"};
        return say(codes[static_cast<std::size_t>(attempt)]);
    }

    const Plan& plan_;
    Language language_;
};

}  // namespace

std::string rule_in_words(const Plan& plan, const Node& node, Language language) {
    const Teller teller(plan, language);
    return node.measure ? std::visit(teller, *node.measure) : teller.parent(node);
}

}  // namespace agate::app
