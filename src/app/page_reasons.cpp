// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <set>

#include "app/child_view.h"
#include "app/page_json.h"
#include "app/pages.h"
#include "app/rule_words.h"
#include "base/crypto.h"
#include "base/error.h"
#include "base/json_writer.h"

namespace agate::app {
namespace {

constexpr int levels_shown = 2;
constexpr std::size_t most_records = 200;

struct Page {
    Services& services;
    const Call& call;
    const ChildView& view;
    SubjectResult reasons;
    std::vector<store::EvidenceRecord> records;

    [[nodiscard]] const framework::Plan& plan() const { return view.plan(); }

    [[nodiscard]] const NodeResult& result(NodeIndex node) const {
        return reasons.nodes[static_cast<std::size_t>(node)];
    }
};

Page make_page(Services& services, const Call& call, const ChildView& view) {
    return {.services = services,
            .call = call,
            .view = view,
            .reasons = reasons_of(view.loaded, view.period.days),
            .records =
                list_records(services, view.plan(), view.found.student->person_id, view.records)};
}

std::string score_text(const framework::Node& node, Decimal score) {
    return score.to_string(node.decimals);
}

std::string band_text(const Page& page,
                      const framework::Node& node,
                      std::optional<BandIndex> band) {
    if (!band || !node.band_set) {
        return {};
    }
    const auto& bands = page.plan().band_sets[static_cast<std::size_t>(*node.band_set)].bands;
    return name_of(bands[static_cast<std::size_t>(*band)], page.call.language);
}

/// One sentence with score, band and coverage; or what is missing.
std::string sentence_of(const Page& page, NodeIndex index) {
    const auto& node = page.plan().node(index);
    const auto& result = page.result(index);
    MessageArgs args{{"name", name_of(node, page.call.language)},
                     {"coverage", std::to_string(result.coverage_ppm / 10'000)},
                     {"records", std::to_string(result.record_count)}};
    if (result.is_exempt) {
        return words().sentence(page.call.language, "why_exempt", args);
    }
    if (!result.score) {
        return words().sentence(page.call.language, "why_no_result", args);
    }
    args.push_back({"score", score_text(node, *result.score)});
    const auto band = band_text(page, node, result.band);
    args.push_back({"band", band});
    return words().sentence(page.call.language, band.empty() ? "why_score" : "why_band", args);
}

void write_ids(JsonWriter& json, const std::vector<EvidenceId>& ids) {
    json.key("evidence_ids").begin_array();
    for (const auto& id : ids) {
        json.value(id.to_string());
    }
    json.end_array();
}

/// What the input is, in words: a rater kind, the indicator or item below, an award's level or a
/// mark's band; else what its records were given for.
std::string input_label(const Page& page, const ReasonInput& input) {
    const auto language = page.call.language;
    if (const auto rater = "rater_" + input.label; words().has(rater)) {
        return words().sentence(language, rater);
    }
    if (const auto below = page.plan().find(input.label)) {
        return name_of(page.plan().node(*below), language);
    }
    for (const auto& item : page.plan().items) {
        if (item.code == input.label) {
            return language == Language::zh ? item.name_zh : item.name_en;
        }
    }
    if (!input.label.empty()) {
        return label_name(page.plan(), input.label, language);
    }
    for (const auto& record : page.records) {
        if (!input.evidence.empty() && record.evidence_id == input.evidence.front()) {
            return reason_name(page.plan(), record.reason, language);
        }
    }
    return {};
}

void write_inputs(JsonWriter& json, const Page& page, const NodeResult& result) {
    json.key("inputs").begin_array();
    for (const auto& input : result.inputs) {
        json.begin_object();
        json.member("label", input_label(page, input));
        json.member("given", input.given);
        json.member("credited", input.credited);
        json.member("weight", input.weight);
        write_ids(json, input.evidence);
        json.end_object();
    }
    json.end_array();
}

void write_notes(JsonWriter& json, const NodeResult& result, Language language) {
    json.key("notes").begin_array();
    for (const auto& note : result.notes) {
        json.begin_object();
        json.member("code", note.code);
        json.member("text", words().sentence(language, note.code, note.args));
        write_ids(json, note.evidence);
        json.end_object();
    }
    json.end_array();
}

void write_thresholds(JsonWriter& json, const Page& page, const framework::Node& node) {
    json.key("thresholds").begin_array();
    if (node.band_set) {
        for (const auto& band :
             page.plan().band_sets[static_cast<std::size_t>(*node.band_set)].bands) {
            json.begin_object();
            json.member("band", name_of(band, page.call.language));
            json.member("from", band.from);
            json.end_object();
        }
    }
    json.end_array();
}

void write_indicator(JsonWriter& json, const Page& page, const framework::Node& node) {
    constexpr std::array<std::string_view, 4> layers{"national", "district", "school", "campus"};
    json.key("indicator").begin_object();
    json.member("code", node.code);
    json.member("name", name_of(node, page.call.language));
    json.member("official_name", node.official_name_zh);
    json.member("text", node.text_zh);
    json.member("is_verified_wording", node.is_verified_wording);
    json.member("layer", layers[static_cast<std::size_t>(node.layer)]);
    json.key("maps_to");
    if (node.maps_to) {
        json.value(page.plan().node(*node.maps_to).code);
    } else {
        json.null();
    }
    json.end_object();
}

/// The credited value of each record, where a leaf's inputs name single records.
std::map<EvidenceId, Decimal> credits_of(const NodeResult& result) {
    std::map<EvidenceId, Decimal> credits;
    for (const auto& input : result.inputs) {
        if (input.evidence.size() == 1 && input.credited) {
            credits.emplace(input.evidence.front(), *input.credited);
        }
    }
    return credits;
}

void write_records(JsonWriter& json, const Page& page, NodeIndex index) {
    json.key("records").begin_array();
    const auto& node = page.plan().node(index);
    if (node.children.empty()) {
        std::vector<store::EvidenceRecord> mine;
        for (const auto& record : page.records) {
            if (mine.size() < most_records && is_under(page.plan(), record.reason, index)) {
                mine.push_back(record);
            }
        }
        const auto credits = credits_of(page.result(index));
        for (const auto& opened : open_records(page.services,
                                               *page.view.found.directory,
                                               page.view.records.school,
                                               std::move(mine))) {
            const auto credit = credits.find(opened.record.evidence_id);
            write_record(
                json,
                page.plan(),
                page.view.period.days,
                {opened.record,
                 opened.content,
                 opened.author_name,
                 credit == credits.end() ? std::nullopt : std::optional<Decimal>(credit->second),
                 opened.voided_reason,
                 opened.voided_day},
                page.call.language);
        }
    }
    json.end_array();
}

void write_score(JsonWriter& json, const Page& page, NodeIndex index) {
    const auto& node = page.plan().node(index);
    const auto& result = page.result(index);
    json.member("score", result.score);
    json.member("score_decimals", node.decimals);
    json.key("band");
    write_band(json, page.plan(), node, result.band, page.call.language);
    json.key("computed_band");
    write_band(json, page.plan(), node, result.computed_band, page.call.language);
    write_share(json, "coverage", result.coverage_ppm);
    json.member("is_thin", result.coverage_ppm < page.plan().thin_coverage_ppm);
    json.member("weight", Decimal::from_nano(node.weight_ppm * 100'000));
    json.member("record_count", result.record_count);
    json.key("range");
    if (result.score && node.low == Decimal{} && node.high == Decimal::from_int(100)) {
        const auto range = possible_range(*result.score, result.coverage_ppm, node.decimals);
        json.begin_object().member("low", range.low).member("high", range.high).end_object();
    } else {
        json.null();
    }
}

void write_node(JsonWriter& json, const Page& page, NodeIndex index, int levels_left) {
    const auto& node = page.plan().node(index);
    json.begin_object();
    write_indicator(json, page, node);
    json.member("sentence", sentence_of(page, index));
    write_score(json, page, index);
    json.member("rule", rule_in_words(page.plan(), node, page.call.language));
    write_thresholds(json, page, node);
    write_notes(json, page.result(index), page.call.language);
    write_inputs(json, page, page.result(index));
    json.key("children").begin_array();
    for (const auto child : node.children) {
        if (!page.view.shows(child)) {
            continue;
        }
        if (levels_left > 0) {
            write_node(json, page, child, levels_left - 1);
        } else {
            json.begin_object();
            json.member("code", page.plan().node(child).code);
            json.member("name", name_of(page.plan().node(child), page.call.language));
            json.member("has_more", true);
            json.end_object();
        }
    }
    json.end_array();
    write_records(json, page, index);
    json.key("versions").begin_object();
    json.member("framework", page.plan().pack_id + " " + page.plan().version);
    json.member("digest", to_hex(page.plan().digest));
    json.key("run_id");
    if (page.view.loaded.run_id) {
        json.value(page.view.loaded.run_id->to_string());
    } else {
        json.null();
    }
    json.member("as_of_sequence", page.view.loaded.as_of_seq);
    json.end_object().end_object();
}

NodeIndex shown_indicator(const ChildView& view, std::string_view indicator) {
    const auto node = view.plan().find(indicator);
    if (!node || !view.shows(*node) || *node == view.plan().root()) {
        throw Error(ErrorKind::not_found, "not_yours_to_open");
    }
    return *node;
}

void tell_node(std::string& out, const Page& page, NodeIndex index, int depth) {
    const std::string indent(static_cast<std::size_t>(2 * depth), ' ');
    const auto& result = page.result(index);
    out += indent + sentence_of(page, index) + "\n";
    out += indent + "  " + rule_in_words(page.plan(), page.plan().node(index), page.call.language) +
           "\n";
    for (const auto& note : result.notes) {
        out += indent + "  - " + words().sentence(page.call.language, note.code, note.args) + "\n";
    }
    if (page.plan().node(index).children.empty()) {
        for (const auto& record : page.records) {
            if (is_under(page.plan(), record.reason, index)) {
                out += indent + "    " + to_string(record.day) + "  " +
                       reason_name(page.plan(), record.reason, page.call.language) +
                       (record.value ? "  " + record.value->to_string() : std::string{}) +
                       (record.label.empty() ? std::string{} : "  " + record.label) + "  [" +
                       words().sentence(page.call.language,
                                        "evidence_" + std::string(to_text(record.state))) +
                       "]\n";
            }
        }
    }
    for (const auto child : page.plan().node(index).children) {
        if (page.view.shows(child)) {
            tell_node(out, page, child, depth + 1);
        }
    }
}

}  // namespace

std::string reasons_json(Services& services,
                         const Call& call,
                         PersonId student,
                         std::string_view indicator,
                         std::optional<PeriodId> period) {
    const auto view = view_child(services, call, student, period, "portrait", "read");
    const auto node = shown_indicator(view, indicator);
    const Page page = make_page(services, call, view);
    JsonWriter json;
    write_node(json, page, node, levels_shown);
    return json.take();
}

std::string reasons_text(Services& services,
                         const Call& call,
                         PersonId student,
                         std::string_view indicator,
                         std::optional<PeriodId> period) {
    const auto view = view_child(services, call, student, period, "portrait", "read");
    const Page page = make_page(services, call, view);
    std::string out = view.found.student->name + " · " + view.period.name_zh + "\n";
    if (indicator.empty()) {
        for (const auto content : contents_of(view.plan())) {
            if (view.shows(content)) {
                tell_node(out, page, content, 0);
            }
        }
    } else {
        tell_node(out, page, shown_indicator(view, indicator), 0);
    }
    return out;
}

std::string records_json(Services& services,
                         const Call& call,
                         PersonId student,
                         const RecordsQuery& query) {
    const auto view = view_child(services, call, student, query.period, "evidence", "read");
    auto records = list_records(services, view.plan(), student, view.records);
    const auto& code = query.indicator.empty() ? query.content : query.indicator;
    if (!code.empty()) {
        const auto node = shown_indicator(view, code);
        std::erase_if(records, [&](const store::EvidenceRecord& record) {
            return !is_under(view.plan(), record.reason, node);
        });
    }
    const auto total = records.size();
    // The cursor is the last record of the page before.
    auto first = records.begin();
    if (const auto before = EvidenceId::parse(query.before)) {
        const auto found = std::find_if(records.begin(), records.end(), [&](const auto& record) {
            return record.evidence_id == *before;
        });
        first = found == records.end() ? records.begin() : found + 1;
    }
    const auto limit = static_cast<std::ptrdiff_t>(std::clamp(query.limit, 1, 200));
    const auto last = records.end() - first > limit ? first + limit : records.end();
    const bool has_more = last != records.end();
    JsonWriter json;
    json.begin_object().key("records").begin_array();
    const auto opened = open_records(
        services, *view.found.directory, view.records.school, std::vector(first, last));
    for (const auto& one : opened) {
        write_record(json,
                     view.plan(),
                     view.period.days,
                     {one.record,
                      one.content,
                      one.author_name,
                      std::nullopt,
                      one.voided_reason,
                      one.voided_day},
                     call.language);
    }
    json.end_array().key("next");
    if (has_more) {
        json.value(opened.back().record.evidence_id.to_string());
    } else {
        json.null();
    }
    json.member("total", total);
    json.end_object();
    return json.take();
}

}  // namespace agate::app
