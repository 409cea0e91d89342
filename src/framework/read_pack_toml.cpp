// SPDX-License-Identifier: Apache-2.0
#include <array>

#include "framework/read_parts.h"

namespace agate::framework {

namespace {

const WordList<PackKind> kind_words{{"framework", PackKind::framework},
                                    {"overlay", PackKind::overlay},
                                    {"scoring", PackKind::scoring}};
const WordList<Layer> layer_words{
    {"district", Layer::district}, {"school", Layer::school}, {"campus", Layer::campus}};
const WordList<Plan::Total> total_words{{"none", Plan::Total::none},
                                        {"internal", Plan::Total::internal},
                                        {"shown", Plan::Total::shown}};
const WordList<int> subject_words{
    {"student", 0}, {"teacher", 0}, {"class", 0}, {"branch", 0}, {"campus", 0}, {"school", 0}};

// What an overlay may not say about the framework it extends.
constexpr std::array<std::string_view, 12> framework_keys{"subject",
                                                          "total",
                                                          "decimals",
                                                          "range",
                                                          "thin_coverage",
                                                          "overlay_share_max",
                                                          "missing",
                                                          "exempt",
                                                          "banded_levels",
                                                          "root",
                                                          "bands",
                                                          "band_rules"};

NodeRules read_rules(TomlTable& table, NodeRules rules, Faults& faults) {
    if (const auto decimals = table.integer("decimals", {0, Decimal::max_decimals})) {
        rules.decimals = decimals->value;
    }
    if (const auto* range = table.any("range")) {
        const auto ends = table.numbers("range");
        if (ends.size() == 2 && ends[0].value < ends[1].value) {
            rules.low = ends[0].value;
            rules.high = ends[1].value;
        } else {
            faults.error(range->at, "pack_range_form");
        }
    }
    if (const auto roll_up = table.word("roll_up", words_of::roll_up)) {
        rules.roll_up = roll_up->value;
    }
    if (const auto missing = table.word("missing", words_of::missing)) {
        rules.missing = missing->value;
    }
    if (const auto exempt = table.word("exempt", words_of::exempt)) {
        rules.exempt = exempt->value;
    }
    return rules;
}

void read_bands(TomlTable& top, Pack& pack, Faults& faults) {
    pack.bands_at = top.at();
    for (auto& table : top.tables("bands")) {
        if (pack.bands.empty()) {
            pack.bands_at = table.at();
        }
        PackBand band{.code = table.required_text("code"),
                      .name_zh = table.required_text("name_zh"),
                      .name_en = table.text("name_en"),
                      .from = table.required_number("from")};
        if (const auto coverage = table.percent("minimum_coverage")) {
            band.minimum_coverage_ppm = static_cast<std::int32_t>(coverage->value);
        }
        check_code(band.code, faults);
        table.report_unknown();
        pack.bands.push_back(std::move(band));
    }
    constexpr std::size_t most_rules = 200;
    for (auto& table : top.tables("band_rules")) {
        if (pack.band_rules.size() == most_rules) {
            report_too_many(table.at(), most_rules, faults);
            break;
        }
        pack.band_rules.push_back({.node = table.required_text("node"),
                                   .premise = table.required_text("premise"),
                                   .premise_at_most = table.required_text("premise_at_most"),
                                   .ceiling = table.required_text("ceiling"),
                                   .reason_zh = table.required_text("reason_zh"),
                                   .reason_en = table.text("reason_en")});
        table.report_unknown();
    }
}

void read_words(TomlTable& top, Pack& pack, Faults& faults) {
    constexpr std::size_t most_words = 1000;
    for (auto& table : top.tables("labels")) {
        if (pack.labels.size() == most_words) {
            report_too_many(table.at(), most_words, faults);
            break;
        }
        PackLabel label{.code = table.required_text("code"),
                        .name_zh = table.required_text("name_zh"),
                        .name_en = table.text("name_en")};
        check_code(label.code, faults);
        table.report_unknown();
        pack.labels.push_back(std::move(label));
    }
    for (auto& table : top.tables("certificates")) {
        if (pack.certificates.size() == most_words) {
            report_too_many(table.at(), most_words, faults);
            break;
        }
        const auto code = table.required_text("code");
        check_code(code, faults);
        pack.certificates.push_back({.code = code.value,
                                     .title_zh = table.required_text("title_zh").value,
                                     .title_en = table.text("title_en").value,
                                     .body_zh = table.required_text("body_zh").value,
                                     .body_en = table.text("body_en").value,
                                     .motto_zh = table.text("motto_zh").value,
                                     .motto_en = table.text("motto_en").value});
        table.report_unknown();
    }
    for (const auto& word : top.texts("belief_words")) {
        if (pack.belief_words.size() == most_words) {
            report_too_many(word.at, most_words, faults);
            break;
        }
        if (!word.value.empty()) {
            pack.belief_words.push_back(word.value);
        }
    }
}

void read_head(TomlTable& top, Pack& pack, Faults& faults) {
    pack.id = top.required_text("id");
    check_code(pack.id, faults);
    pack.version = top.required_text("version");
    check_code(pack.version, faults);
    if (const auto kind = top.required_word("kind", kind_words)) {
        pack.kind = kind->value;
    }
    pack.name_zh = top.required_text("name_zh");
    pack.name_en = top.text("name_en");
    pack.source_zh = top.text("source_zh");
    pack.source_en = top.text("source_en");
    pack.licence = top.text("licence");
    pack.subject = top.text("subject");
    pack.layer = top.word("layer", layer_words);
    if (auto extends = top.table("extends")) {
        pack.extends_id = extends->required_text("id");
        pack.extends_version = extends->required_text("version");
        extends->report_unknown();
    }
}

void check_head(TomlTable& top, const Pack& pack, Faults& faults) {
    if (pack.kind != PackKind::overlay) {
        if (pack.subject.value.empty()) {
            faults.error(top.at(), "pack_key_missing", {{"key", "subject"}});
        } else if (!top.word("subject", subject_words)) {
            return;
        }
        for (const auto* key : {"extends", "layer"}) {
            if (const auto* value = top.any(key)) {
                faults.error(value->at, "pack_overlay_key", {{"key", key}});
            }
        }
        return;
    }
    if (!pack.layer && top.any("layer") == nullptr) {
        faults.error(top.at(), "pack_key_missing", {{"key", "layer"}});
    }
    if (top.any("extends") == nullptr) {
        faults.error(top.at(), "pack_key_missing", {{"key", "extends"}});
    }
    for (const auto key : framework_keys) {
        if (const auto* value = top.any(key)) {
            faults.error(value->at, "overlay_key_locked", {{"key", std::string{key}}});
        }
    }
}

}  // namespace

void read_pack_toml(std::string_view text, std::int32_t source, Pack& pack, Faults& faults) {
    const auto value = read_toml(text, source, faults);
    if (value.members.empty()) {
        return;
    }
    TomlTable top{value, faults};
    read_head(top, pack, faults);
    check_head(top, pack, faults);
    if (const auto total = top.word("total", total_words)) {
        pack.total = total->value;
    }
    pack.rules = read_rules(top, {}, faults);
    pack.root = {.code = {"root", top.at()},
                 .name_zh = pack.name_zh,
                 .name_en = pack.name_en,
                 .rules = pack.rules};
    if (auto root = top.table("root")) {
        pack.root.code = root->required_text("code");
        check_code(pack.root.code, faults);
        pack.root.name_zh = root->required_text("name_zh");
        pack.root.name_en = root->text("name_en");
        pack.root.rules = read_rules(*root, pack.rules, faults);
        root->report_unknown();
    }
    if (const auto coverage = top.percent("thin_coverage")) {
        pack.thin_coverage_ppm = static_cast<std::int32_t>(coverage->value);
    }
    if (const auto share = top.percent("overlay_share_max")) {
        pack.overlay_share_max_ppm = share->value;
    }
    if (top.any("banded_levels") != nullptr) {
        pack.banded_levels.emplace();
        for (const auto& level : top.numbers("banded_levels")) {
            pack.banded_levels->push_back(static_cast<int>(level.value.nano() / Decimal::one));
        }
    }
    read_bands(top, pack, faults);
    read_words(top, pack, faults);
    top.report_unknown();
}

}  // namespace agate::framework
