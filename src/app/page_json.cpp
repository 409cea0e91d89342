// SPDX-License-Identifier: Apache-2.0
#include "app/page_json.h"

#include <algorithm>

#include "base/words.h"

namespace agate::app {
namespace {

std::string unit_of(const framework::Reason& reason, Language language) {
    const auto& unit = language == Language::zh ? reason.unit_zh : reason.unit_en;
    return unit.empty() && reason.kind == framework::MeasureKind::points
               ? words().sentence(language, "unit_points")
               : unit;
}

void write_place(JsonWriter& json,
                 const framework::Plan& plan,
                 std::string_view reason_code,
                 Language language) {
    const auto found = plan.reasons.find(reason_code);
    const bool is_mapped = found != plan.reasons.end() && !found->second.leaves.empty();
    if (!is_mapped) {
        json.key("content").null().key("content_mark").null();
        json.key("indicator").null().key("indicator_name").null().key("unit").null();
        return;
    }
    const auto leaf = found->second.leaves.front();
    const auto content = content_above(plan, leaf);
    const auto& node = plan.node(content.value_or(leaf));
    json.member("content", node.code);
    json.member("content_mark", content_mark(node, language));
    json.member("indicator", plan.node(leaf).code);
    json.member("indicator_name", name_of(plan.node(leaf), language));
    const auto unit = unit_of(found->second, language);
    json.key("unit");
    if (unit.empty()) {
        json.null();
    } else {
        json.value(unit);
    }
}

void write_text_or_null(JsonWriter& json, std::string_view name, std::string_view text) {
    json.key(name);
    if (text.empty()) {
        json.null();
    } else {
        json.value(text);
    }
}

}  // namespace

void write_share(JsonWriter& json, std::string_view name, std::int32_t ppm) {
    json.member(name, Decimal::from_nano(static_cast<std::int64_t>(ppm / 10'000) * 10'000'000));
}

void write_period(JsonWriter& json, const Period& period, Day today, Language language) {
    const Day last = std::clamp(today, period.days.from, period.days.to);
    json.begin_object();
    json.member("period_id", period.period_id.value);
    json.member(
        "name",
        language == Language::zh || period.name_en.empty() ? period.name_zh : period.name_en);
    json.member("from", to_string(period.days.from));
    json.member("to", to_string(period.days.to));
    json.member("state", to_text(period.state));
    json.member("state_name",
                words().sentence(language, "period_" + std::string(to_text(period.state))));
    json.member("is_current", period.days.contains(today));
    json.member("week", week_of(period.days, last));
    json.member("weeks", count_weeks(period.days));
    json.end_object();
}

void write_contents(JsonWriter& json, const framework::Plan& plan, Language language) {
    json.begin_array();
    for (const auto index : contents_of(plan)) {
        const auto& node = plan.node(index);
        json.begin_object();
        json.member("code", node.code);
        json.member("name", name_of(node, language));
        json.member("mark", content_mark(node, language));
        json.end_object();
    }
    json.end_array();
}

void write_bands(JsonWriter& json, const framework::Plan& plan, Language language) {
    json.begin_array();
    int index = 0;
    for (const auto& band : plan.band_sets.front().bands) {
        json.begin_object();
        json.member("index", index++);
        json.member("code", band.code);
        json.member("name", name_of(band, language));
        json.end_object();
    }
    json.end_array();
}

void write_band(JsonWriter& json,
                const framework::Plan& plan,
                const framework::Node& node,
                std::optional<BandIndex> band,
                Language language) {
    if (!band || !node.band_set) {
        json.null();
        return;
    }
    const auto& set = plan.band_sets[static_cast<std::size_t>(*node.band_set)];
    const auto& shown = set.bands[static_cast<std::size_t>(*band)];
    json.begin_object();
    json.member("index", static_cast<int>(*band));
    json.member("code", shown.code);
    json.member("name", name_of(shown, language));
    json.end_object();
}

std::string reason_name(const framework::Plan& plan, std::string_view reason, Language language) {
    const auto found = plan.reasons.find(reason);
    if (found == plan.reasons.end()) {
        return std::string(reason);
    }
    const bool in_chinese = language == Language::zh || found->second.name_en.empty();
    return in_chinese ? found->second.name_zh : found->second.name_en;
}

std::string label_name(const framework::Plan& plan, std::string_view label, Language language) {
    const auto found = plan.label_names.find(label);
    if (found == plan.label_names.end()) {
        return std::string(label);
    }
    const bool in_chinese = language == Language::zh || found->second.name_en.empty();
    return in_chinese ? found->second.name_zh : found->second.name_en;
}

void write_record(JsonWriter& json,
                  const framework::Plan& plan,
                  const DayRange& period,
                  const ShownRecord& shown,
                  Language language) {
    const auto& record = shown.record;
    json.begin_object();
    json.member("evidence_id", record.evidence_id.to_string());
    json.member("day", to_string(record.day));
    json.member("week", week_of(period, record.day));
    write_place(json, plan, record.reason, language);
    json.member("reason", record.reason);
    json.member("reason_name", reason_name(plan, record.reason, language));
    json.member("value", record.value);
    write_text_or_null(json, "label", label_name(plan, record.label, language));
    write_text_or_null(json, "note", shown.content.note);
    json.member("rater_kind", to_text(record.rater_kind));
    json.member("rater_kind_name",
                words().sentence(language, "rater_" + std::string(to_text(record.rater_kind))));
    write_text_or_null(json, "author_name", shown.author_name);
    json.member("state", to_text(record.state));
    json.member("state_name",
                words().sentence(language, "evidence_" + std::string(to_text(record.state))));
    json.member("recorded_at", to_string(record.recorded_at));
    json.member("is_late", record.is_late);
    json.key("voided");
    if (shown.voided_day) {
        json.begin_object();
        json.member("day", to_string(*shown.voided_day));
        json.member("reason", shown.voided_reason);
        json.end_object();
    } else {
        json.null();
    }
    json.member("credited", shown.credited);
    json.end_object();
}

}  // namespace agate::app
