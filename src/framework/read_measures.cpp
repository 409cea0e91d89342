// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "framework/read_parts.h"

namespace agate::framework {

namespace {

constexpr std::int64_t whole_ppm = 1'000'000;
constexpr std::size_t most_measures = 10'000;

const WordList<Window> window_words{{"day", Window::day},
                                    {"week", Window::week},
                                    {"month", Window::month},
                                    {"period", Window::period}};

std::optional<Cap> read_cap(TomlTable& measure,
                            std::string_view key,
                            std::optional<Window> window,
                            Faults& faults) {
    auto table = measure.table(key);
    if (!table) {
        return std::nullopt;
    }
    const auto most = table->required_number("most");
    const auto least = table->number("least");
    Window over = window.value_or(Window::week);
    if (!window) {
        const auto word = table->required_word("window", window_words);
        over = word ? word->value : Window::week;
    }
    table->report_unknown();
    if (!most) {
        return std::nullopt;
    }
    if (least && least->value > most->value) {
        faults.error(least->at,
                     "pack_low_above_high",
                     {{"low", least->value.to_string()}, {"high", most->value.to_string()}});
        return std::nullopt;
    }
    return Cap{.window = over,
               .ceiling = most->value,
               .floor = least ? std::optional<Decimal>{least->value} : std::nullopt};
}

Curve read_curve(TomlTable& table, Faults& faults) {
    Curve curve;
    const auto* list = table.any("curve");
    if (list == nullptr) {
        return curve;
    }
    if (list->kind != TomlValue::Kind::list || list->items.empty()) {
        faults.error(list->at, "pack_curve_form");
        return curve;
    }
    for (const auto& pair : list->items) {
        std::vector<Located<Decimal>> ends;
        for (const auto& item : pair.items) {
            if (const auto number = number_of(item, faults)) {
                ends.push_back(*number);
            }
        }
        if (pair.kind != TomlValue::Kind::list || ends.size() != 2) {
            faults.error(pair.at, "pack_curve_form");
        } else if (!curve.points.empty() && ends[0].value <= curve.points.back().x) {
            faults.error(ends[0].at,
                         "pack_curve_order",
                         {{"value", ends[0].value.to_string()},
                          {"before", curve.points.back().x.to_string()}});
        } else {
            curve.points.push_back({ends[0].value, ends[1].value});
        }
    }
    return curve;
}

void check_order(std::optional<Located<Decimal>> low,
                 std::optional<Located<Decimal>> high,
                 Faults& faults) {
    if (low && high && low->value >= high->value) {
        faults.error(high->at,
                     "pack_low_above_high",
                     {{"low", low->value.to_string()}, {"high", high->value.to_string()}});
    }
}

Measure read_points(TomlTable& table, Faults& faults) {
    PointsMeasure out;
    out.giver_cap = read_cap(table, "cap_per_giver", std::nullopt, faults);
    out.day_cap = read_cap(table, "cap_per_day", Window::day, faults);
    out.week_or_month_cap = read_cap(table, "cap_per_week", Window::week, faults);
    if (auto month = read_cap(table, "cap_per_month", Window::month, faults)) {
        out.week_or_month_cap = month;
    }
    if (table.any("cap_per_week") != nullptr && table.any("cap_per_month") != nullptr) {
        faults.error(table.any("cap_per_month")->at, "measure_week_and_month");
    }
    out.period_cap = read_cap(table, "cap_per_period", Window::period, faults);
    const auto base = table.number("base");
    const auto low = table.required_number("low");
    const auto high = table.required_number("high");
    check_order(low, high, faults);
    out.base = base ? base->value : Decimal{};
    out.low = low ? low->value : Decimal{};
    out.high = high ? high->value : Decimal::from_int(100);
    if (base && low && high && (base->value < low->value || base->value > high->value)) {
        faults.error(base->at,
                     "measure_base_outside",
                     {{"value", base->value.to_string()},
                      {"low", low->value.to_string()},
                      {"high", high->value.to_string()}});
    }
    static const WordList<WhenEmpty> empty_words{{"missing", WhenEmpty::missing},
                                                 {"base", WhenEmpty::base}};
    if (const auto when = table.word("when_empty", empty_words)) {
        out.when_empty = when->value;
        if (when->value == WhenEmpty::base && !base) {
            faults.error(when->at, "measure_no_base");
        }
    }
    out.curve = read_curve(table, faults);
    return out;
}

void read_rater(const TomlMember& member, RatingMeasure& out, Faults& faults) {
    const auto kind = parse_word(member.key, words_of::rater_kind, faults);
    if (member.value.kind != TomlValue::Kind::table) {
        faults.error(member.value.at, "pack_need_table");
        return;
    }
    TomlTable table{member.value, faults};
    RatingMeasure::Kind rater;
    if (table.any("weight") == nullptr) {
        faults.error(table.at(), "pack_key_missing", {{"key", "weight"}});
    } else if (const auto weight = table.percent("weight")) {
        rater.weight_ppm = weight->value;
    }
    if (const auto minimum = table.integer("minimum", {1, 1000})) {
        rater.minimum = minimum->value;
    }
    if (const auto trim = table.percent("trim")) {
        rater.trim_ppm = trim->value;
        if (kind && kind->value != RaterKind::peer && trim->value > 0) {
            faults.error(trim->at, "measure_trim_not_peer", {{"value", member.key.value}});
        }
        if (trim->value >= whole_ppm / 2) {
            faults.error(trim->at, "measure_trim_all");
        }
    }
    table.report_unknown();
    if (kind) {
        out.kinds[static_cast<std::size_t>(kind->value)] = rater;
    }
}

Measure read_rating(TomlTable& table, Faults& faults) {
    RatingMeasure out;
    const auto steps = table.numbers("steps");
    for (const auto& step : steps) {
        if (!out.step_scores.empty() && step.value <= out.step_scores.back()) {
            faults.error(step.at,
                         "measure_steps_order",
                         {{"value", step.value.to_string()},
                          {"before", out.step_scores.back().to_string()}});
        }
        out.step_scores.push_back(step.value);
    }
    if (steps.size() < 2 || steps.size() > 101) {
        faults.error(table.at(), "measure_steps_count");
    }
    for (const auto& name : table.texts("step_names_zh")) {
        out.step_names_zh.push_back(name.value);
    }
    for (const auto& name : table.texts("step_names_en")) {
        out.step_names_en.push_back(name.value);
    }
    for (const auto* names : {&out.step_names_zh, &out.step_names_en}) {
        if (!names->empty() && names->size() != steps.size()) {
            faults.error(table.at(), "measure_step_names");
        }
    }
    auto raters = table.table("raters");
    if (!raters || raters->members().empty()) {
        faults.error(table.at(), "pack_key_missing", {{"key", "raters"}});
        return out;
    }
    const auto errors_before = faults.error_count();
    for (const auto& member : raters->members()) {
        read_rater(member, out, faults);
    }
    std::int64_t sum = 0;
    for (const auto& kind : out.kinds) {
        sum += kind ? kind->weight_ppm : 0;
    }
    if (sum != whole_ppm && faults.error_count() == errors_before) {
        faults.error(raters->at(),
                     "measure_rater_weights",
                     {{"sum", Decimal::from_nano(sum * 100'000).to_string()}});
    }
    return out;
}

Measure read_completion(TomlTable& table, Faults& faults) {
    using Count = CompletionMeasure::Count;
    static const WordList<Count> count_words{
        {"times", Count::times}, {"value", Count::value}, {"distinct", Count::distinct}};
    CompletionMeasure out;
    if (const auto count = table.required_word("count", count_words)) {
        out.count = count->value;
    }
    if (const auto target = table.required_number("target")) {
        out.target = target->value;
        if (target->value <= Decimal{}) {
            faults.error(
                target->at, "measure_not_positive", {{"value", target->value.to_string()}});
        }
    }
    out.unit_zh = table.text("unit_zh").value;
    out.unit_en = table.text("unit_en").value;
    return out;
}

// Labels with their scores: { A = 95, B = 85 }.
std::map<std::string, Decimal, std::less<>> read_label_scores(TomlTable& table,
                                                              std::string_view key,
                                                              PackMeasure& measure,
                                                              Faults& faults) {
    std::map<std::string, Decimal, std::less<>> scores;
    if (auto labels = table.table(key)) {
        for (const auto& member : labels->members()) {
            if (const auto score = number_of(member.value, faults)) {
                scores.emplace(member.key.value, score->value);
                measure.labels.push_back(member.key);
            }
        }
    }
    return scores;
}

Measure read_award(TomlTable& table, PackMeasure& measure, Faults& faults) {
    AwardMeasure out;
    out.level_scores = read_label_scores(table, "levels", measure, faults);
    if (out.level_scores.empty()) {
        faults.error(table.at(), "pack_key_missing", {{"key", "levels"}});
    }
    if (const auto best = table.integer("best_per_category", {1, 1000})) {
        out.best_per_category = best->value;
    }
    const auto high = table.required_number("high");
    out.high = high ? high->value : Decimal::from_int(100);
    if (high && high->value <= Decimal{}) {
        faults.error(high->at, "measure_not_positive", {{"value", high->value.to_string()}});
    }
    return out;
}

Measure read_mark(TomlTable& table, PackMeasure& measure, Faults& faults) {
    MarkMeasure out;
    if (const auto attempt = table.word("attempt", words_of::attempt)) {
        out.attempt = attempt->value;
    }
    out.label_scores = read_label_scores(table, "labels", measure, faults);
    const auto low = table.required_number("low");
    const auto high = table.required_number("high");
    check_order(low, high, faults);
    out.low = low ? low->value : Decimal{};
    out.high = high ? high->value : Decimal::from_int(100);
    return out;
}

Measure read_measurement(TomlTable& table, PackMeasure& measure) {
    MeasurementMeasure out;
    measure.item = table.required_text("item");
    if (const auto attempt = table.word("attempt", words_of::attempt)) {
        out.attempt = attempt->value;
    }
    out.height_reason = table.text("height_reason").value;
    out.weight_reason = table.text("weight_reason").value;
    return out;
}

Measure read_bonus(TomlTable& table, PackMeasure& measure, Faults& faults) {
    BonusMeasure out;
    measure.bonus_of = table.texts("leaves_of");
    if (measure.bonus_of.empty()) {
        faults.error(table.at(), "pack_key_missing", {{"key", "leaves_of"}});
    }
    const auto high = table.required_number("high");
    out.high = high ? high->value : Decimal{};
    return out;
}

enum class WrittenKind { points, rating, completion, award, mark, measurement, bonus, mount };

const WordList<WrittenKind> kind_words{{"points", WrittenKind::points},
                                       {"rating", WrittenKind::rating},
                                       {"completion", WrittenKind::completion},
                                       {"award", WrittenKind::award},
                                       {"mark", WrittenKind::mark},
                                       {"measurement", WrittenKind::measurement},
                                       {"bonus", WrittenKind::bonus},
                                       {"mount", WrittenKind::mount}};

std::optional<Measure> read_kind(WrittenKind kind,
                                 TomlTable& table,
                                 PackMeasure& measure,
                                 Faults& faults) {
    switch (kind) {
        case WrittenKind::points:
            return read_points(table, faults);
        case WrittenKind::rating:
            return read_rating(table, faults);
        case WrittenKind::completion:
            return read_completion(table, faults);
        case WrittenKind::award:
            return read_award(table, measure, faults);
        case WrittenKind::mark:
            return read_mark(table, measure, faults);
        case WrittenKind::measurement:
            return read_measurement(table, measure);
        case WrittenKind::bonus:
            return read_bonus(table, measure, faults);
        case WrittenKind::mount:
            break;
    }
    measure.mount = PackMount{.pack = table.required_text("pack"),
                              .version = table.required_text("version"),
                              .prefix = table.required_text("prefix")};
    check_code(measure.mount->prefix, faults);
    return std::nullopt;
}

PackMeasure read_measure(TomlTable& table, Faults& faults) {
    PackMeasure measure;
    measure.at = table.at();
    measure.leaves = table.texts("leaves");
    if (auto leaf = table.text("leaf"); !leaf.value.empty()) {
        measure.leaves.insert(measure.leaves.begin(), std::move(leaf));
    }
    if (measure.leaves.empty()) {
        faults.error(table.at(), "pack_key_missing", {{"key", "leaf"}});
    }
    measure.is_core = table.flag("core");
    measure.is_comparable = table.flag("comparable");
    static_cast<void>(table.text("note_zh"));
    static_cast<void>(table.text("note_en"));
    if (const auto kind = table.required_word("kind", kind_words)) {
        measure.measure = read_kind(kind->value, table, measure, faults);
        table.report_unknown();
    }
    return measure;
}

}  // namespace

std::vector<PackMeasure> read_measures(std::string_view text, std::int32_t source, Faults& faults) {
    const auto value = read_toml(text, source, faults);
    TomlTable top{value, faults};
    std::vector<PackMeasure> measures;
    for (auto& table : top.tables("measure")) {
        if (measures.size() == most_measures) {
            report_too_many(table.at(), most_measures, faults);
            break;
        }
        measures.push_back(read_measure(table, faults));
    }
    top.report_unknown();
    return measures;
}

}  // namespace agate::framework
