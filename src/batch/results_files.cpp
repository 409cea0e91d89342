// SPDX-License-Identifier: Apache-2.0
#include "batch/results_files.h"

#include <fmt/format.h>

#include <unordered_map>

#include "base/csv.h"
#include "base/json_writer.h"
#include "base/words.h"

namespace agate::batch {
namespace {

std::string_view band_code(const framework::Plan& plan,
                           const framework::Node& node,
                           std::optional<BandIndex> band) {
    if (!band || !node.band_set) {
        return {};
    }
    const auto& bands = plan.band_sets[static_cast<std::size_t>(*node.band_set)].bands;
    return bands[static_cast<std::size_t>(*band)].code;
}

std::string share(std::int32_t ppm) {
    return Decimal::from_nano(std::int64_t{ppm} * 1000).to_string();
}

/// Writes the tree of one subject.
class ReasonsJson {
public:
    explicit ReasonsJson(const ReasonLine& line) : line_(line) {
        for (std::size_t i = 0; i < line.ids.size(); ++i) {
            places_.emplace(line.ids[i], i);
        }
    }

    std::string write() {
        json_.begin_object().member("subject", line_.subject);
        json_.key("nodes").begin_array();
        for (const NodeResult& node : line_.result.nodes) {
            write_node(node);
        }
        json_.end_array().end_object();
        return json_.take();
    }

private:
    void write_node(const NodeResult& result) {
        const auto& node = line_.plan.node(result.node);
        json_.begin_object().member("indicator", node.code);
        json_.member("score", result.score);
        write_band("band", node, result.band);
        write_band("computed_band", node, result.computed_band);
        json_.key("coverage").raw(share(result.coverage_ppm));
        json_.member("is_exempt", result.is_exempt);
        json_.member("records", result.record_count);
        json_.key("inputs").begin_array();
        for (const ReasonInput& input : result.inputs) {
            json_.begin_object().member("label", input.label);
            json_.member("given", input.given).member("credited", input.credited);
            json_.member("weight", input.weight);
            write_records(input.evidence);
            json_.end_object();
        }
        json_.end_array().key("notes").begin_array();
        for (const ReasonNote& note : result.notes) {
            json_.begin_object().member("code", note.code);
            json_.member("zh", words().sentence(Language::zh, note.code, note.args));
            json_.member("en", words().sentence(Language::en, note.code, note.args));
            write_records(note.evidence);
            json_.end_object();
        }
        json_.end_array().end_object();
    }

    void write_band(std::string_view name,
                    const framework::Node& node,
                    std::optional<BandIndex> band) {
        json_.key(name);
        if (band) {
            json_.value(band_code(line_.plan, node, band));
        } else {
            json_.null();
        }
    }

    /// Each record by id with the value that it was given or has by default.
    void write_records(const std::vector<EvidenceId>& ids) {
        json_.key("evidence").begin_array();
        for (const EvidenceId& id : ids) {
            const Record& record = line_.records[places_.at(id)];
            const auto found = line_.plan.reasons.find(line_.words.reasons[record.reason]);
            auto value = line_.words.value_of(record);
            if (!value && found != line_.plan.reasons.end()) {
                value = found->second.default_value;
            }
            json_.begin_object().member("id", text_of(id)).member("value", value).end_object();
        }
        json_.end_array();
    }

    const ReasonLine& line_;
    std::unordered_map<EvidenceId, std::size_t> places_;
    JsonWriter json_;
};

}  // namespace

std::string results_header() {
    return "subject,indicator,score,band,coverage\n";
}

void append_results(std::string& out,
                    const framework::Plan& plan,
                    std::string_view subject,
                    std::span<const NodeValue> values) {
    for (std::size_t i = 0; i < values.size(); ++i) {
        const auto& node = plan.nodes[i];
        append_csv_field(out, subject, FormulaGuard::off);
        out += ',';
        append_csv_field(out, node.code, FormulaGuard::off);
        out += ',';
        if (const auto score = values[i].score_if_any()) {
            out += score->to_string(node.decimals);
        }
        out += ',';
        append_csv_field(out, band_code(plan, node, values[i].band_if_any()), FormulaGuard::off);
        out += ',';
        out += share(values[i].coverage_ppm);
        out += '\n';
    }
}

void append_reasons(std::string& out, const ReasonLine& line) {
    out += ReasonsJson(line).write();
    out += '\n';
}

}  // namespace agate::batch
