// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "base/text.h"
#include "framework/read_parts.h"

namespace agate::framework {

namespace words_of {
const WordList<RollUp> roll_up{{"weighted_mean", RollUp::weighted_mean}, {"sum", RollUp::sum}};
const WordList<MissingPolicy> missing{{"renormalise", MissingPolicy::renormalise},
                                      {"zero", MissingPolicy::zero},
                                      {"block", MissingPolicy::block}};
const WordList<ExemptPolicy> exempt{{"leave_out", ExemptPolicy::leave_out},
                                    {"block", ExemptPolicy::block}};
const WordList<RaterKind> rater_kind{{"self", RaterKind::self},
                                     {"peer", RaterKind::peer},
                                     {"teacher", RaterKind::teacher},
                                     {"guardian", RaterKind::guardian},
                                     {"community", RaterKind::community}};
const WordList<Attempt> attempt{
    {"best", Attempt::best}, {"latest", Attempt::latest}, {"mean", Attempt::mean}};
}  // namespace words_of

namespace {

// Files that a scoring pack has beside these are read by read_scoring_tables.
constexpr std::array<std::string_view, 6> scoring_files{"items.csv",
                                                        "item_thresholds.csv",
                                                        "item_weights.csv",
                                                        "bmi_classes.csv",
                                                        "bonus_thresholds.csv",
                                                        "levels.csv"};

void read_file_into(Pack& pack, const PackFile& file, std::int32_t source, Faults& faults) {
    const auto text = decode_text(file, source, faults);
    if (!text) {
        return;
    }
    if (file.name == "pack.toml") {
        read_pack_toml(*text, source, pack, faults);
    } else if (file.name == "indicators.csv") {
        pack.indicators = read_indicators(*text, source, faults);
    } else if (file.name == "measures.toml") {
        pack.measures = read_measures(*text, source, faults);
    } else if (file.name == "reasons.csv") {
        pack.reasons = read_reasons(*text, source, faults);
    } else if (file.name == "lists.csv") {
        pack.lists = read_lists(*text, source, faults);
    } else if (std::find(scoring_files.begin(), scoring_files.end(), file.name) ==
               scoring_files.end()) {
        faults.warn({source, 0, 0}, "pack_file_unused", {{"value", file.name}});
    }
}

}  // namespace

std::optional<std::string> decode_text(const PackFile& file, std::int32_t source, Faults& faults) {
    if (is_utf8(file.text)) {
        return file.text;
    }
    if (file.name.ends_with(".csv")) {
        if (auto converted = gb18030_to_utf8(file.text)) {
            return converted;
        }
    }
    faults.unreadable({source, 0, 0}, "pack_file_not_text");
    return std::nullopt;
}

Pack read_pack(const PackFiles& files, Faults& faults) {
    Pack pack;
    std::vector<const PackFile*> sorted;
    for (const auto& file : files.files) {
        sorted.push_back(&file);
    }
    std::sort(sorted.begin(), sorted.end(), [](const PackFile* a, const PackFile* b) {
        return a->name < b->name;
    });
    const auto path = [&](std::string_view name) {
        return files.place.empty() ? std::string{name} : files.place + "/" + std::string{name};
    };
    if (files.find("pack.toml") == nullptr) {
        faults.unreadable({faults.add_source(path("pack.toml")), 0, 0}, "pack_toml_missing");
    }
    for (const auto* file : sorted) {
        read_file_into(pack, *file, faults.add_source(path(file->name)), faults);
    }
    return pack;
}

std::string_view to_text(PackKind kind) {
    constexpr std::array<std::string_view, 3> names{"framework", "overlay", "scoring"};
    return names[static_cast<std::size_t>(kind)];
}

std::string_view to_text(Layer layer) {
    constexpr std::array<std::string_view, 4> names{"national", "district", "school", "campus"};
    return names[static_cast<std::size_t>(layer)];
}

}  // namespace agate::framework
