// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/decimal.h"
#include "framework/faults.h"
#include "framework/pack_files.h"
#include "framework/plan.h"

// One pack as its files say it, each value with its place. What only one file can tell has been
// checked (numbers, words of a closed list, the inside of a measure); how the parts fit together
// is the compiler's to check.
namespace agate::framework {

enum class PackKind : std::uint8_t { framework, overlay, scoring };

struct PackBand {
    Text code, name_zh, name_en;
    std::optional<Located<Decimal>> from;
    std::int32_t minimum_coverage_ppm = 0;
};

struct PackBandRule {
    Text node, premise, premise_at_most, ceiling, reason_zh, reason_en;
};

struct PackLabel {
    Text code, name_zh, name_en;
};

/// What a node takes from its pack unless its own row says otherwise.
struct NodeRules {
    int decimals = 1;
    Decimal low, high = Decimal::from_int(100);
    RollUp roll_up = RollUp::weighted_mean;
    MissingPolicy missing = MissingPolicy::renormalise;
    ExemptPolicy exempt = ExemptPolicy::leave_out;
};

struct PackIndicator {
    Text code, parent, maps_to;
    Text name_zh, name_en, display_zh, display_en, text_zh, text_en;
    Text status, source;
    std::optional<Located<int>> level{};
    Text weight_text;  ///< as written; "group" means by sex and grade
    std::optional<Located<std::int64_t>> weight_ppm{}, weight_min_ppm{}, weight_max_ppm{};
    std::optional<Located<int>> decimals{};
    std::optional<Located<Decimal>> low{}, high{};
    std::optional<Located<RollUp>> roll_up{};
    std::optional<Located<MissingPolicy>> missing{};
    std::optional<Located<ExemptPolicy>> exempt{};

    [[nodiscard]] bool is_weighed_by_group() const { return weight_text.value == "group"; }
};

struct PackMount {
    Text pack, version, prefix;
};

struct PackMeasure {
    At at;
    std::vector<Text> leaves;
    std::optional<Measure> measure;  ///< nothing for a mount
    std::optional<PackMount> mount;
    Text item;                   ///< measurement: code in items.csv, not yet looked up
    std::vector<Text> bonus_of;  ///< bonus: the leaves, not yet looked up
    std::vector<Text> labels;    ///< award levels or mark bands named, in the file's order
    bool is_core = false;
    bool is_comparable = false;
};

struct PackReason {
    Text code, name_zh, name_en, deed_zh, deed_en, unit_zh, unit_en;
    std::vector<Text> leaves, labels;
    std::vector<RaterKind> givers{};
    Located<MeasureKind> kind;
    std::optional<Located<Decimal>> value, value_min, value_max;
    bool is_trusted = false;
    bool may_count_twice_in_content = false;
};

struct PackRoot {
    Text code, name_zh, name_en;
    NodeRules rules;
};

struct Pack {
    PackKind kind = PackKind::framework;
    Text id, version, subject, name_zh, name_en, source_zh, source_en, licence;
    std::optional<Located<Layer>> layer;  ///< overlays
    Text extends_id, extends_version;     ///< overlays
    Plan::Total total = Plan::Total::none;
    NodeRules rules;
    PackRoot root;
    std::int32_t thin_coverage_ppm = 600'000;
    std::int64_t overlay_share_max_ppm = 150'000;
    std::optional<std::vector<int>> banded_levels;
    std::vector<std::string> belief_words;
    std::vector<PackBand> bands;  ///< best first, as written
    At bands_at;
    std::vector<PackBandRule> band_rules;
    std::vector<PackLabel> labels;
    std::vector<CertificateText> certificates;
    std::vector<PackIndicator> indicators;
    std::vector<PackMeasure> measures;
    std::vector<PackReason> reasons;
    std::vector<List> lists;
    std::vector<Text> locked_keys;  ///< keys of pack.toml that only a framework may have
};

/// Reads all files of the pack. Faults go to `faults`; what is unreadable is left empty.
[[nodiscard]] Pack read_pack(const PackFiles& files, Faults& faults);

/// A file's text as UTF-8: GB18030 is converted for CSV. Nothing, with a fault, when it is neither.
[[nodiscard]] std::optional<std::string> decode_text(const PackFile& file,
                                                     std::int32_t source,
                                                     Faults& faults);

[[nodiscard]] std::string_view to_text(PackKind kind);
[[nodiscard]] std::string_view to_text(Layer layer);

}  // namespace agate::framework
