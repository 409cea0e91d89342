// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/crypto.h"
#include "base/decimal.h"
#include "core/evidence.h"
#include "core/org.h"
#include "core/result.h"

// The compiled form of a framework: checked, immutable, indexed. The checker (framework/compile.h)
// is the only maker; the engine reads nothing else.
namespace agate::framework {

/// A piecewise-linear table: x strictly rising, constant beyond its ends. One point or more.
struct Curve {
    struct Point {
        Decimal x, y;
    };

    std::vector<Point> points;
};

enum class Window : std::uint8_t { day, week, month, period };

/// A ceiling on what a window's net sum may count; `floor` only when the pack states one.
struct Cap {
    Window window = Window::week;
    Decimal ceiling;
    std::optional<Decimal> floor;
};

enum class WhenEmpty : std::uint8_t { missing, base };

/// Signed points, DESIGN.md 5a. Order: given value; per-giver cap; day cap; week or month cap;
/// period cap; plus base; clip to [low, high]; curve.
struct PointsMeasure {
    std::optional<Cap> giver_cap;  ///< per giver and window
    std::optional<Cap> day_cap;
    std::optional<Cap> week_or_month_cap;
    std::optional<Cap> period_cap;
    Decimal base;
    Decimal low, high;
    Curve curve;  ///< empty: identity
    WhenEmpty when_empty = WhenEmpty::missing;
};

/// Latest rating of each rater on a k-step scale, mean per kind, kinds weighted.
struct RatingMeasure {
    std::vector<Decimal> step_scores;                       ///< step 1 is [0]
    std::vector<std::string> step_names_zh, step_names_en;  ///< as many as steps, or none

    struct Kind {
        std::int64_t weight_ppm = 0;
        int minimum = 1;            ///< fewer raters: the kind does not qualify
        std::int64_t trim_ppm = 0;  ///< peers only
    };

    std::array<std::optional<Kind>, rater_kind_count> kinds;
};

/// Which attempt counts.
enum class Attempt : std::uint8_t { best, latest, mean };

/// Times, hours or distinct things done against a target: 100 * done / target, clipped.
struct CompletionMeasure {
    enum class Count : std::uint8_t { times, value, distinct } count = Count::times;
    Decimal target;
    std::string unit_zh, unit_en;  ///< what is counted: "次", "小时"
};

/// Scores of award levels, best n per category, summed and clipped.
struct AwardMeasure {
    std::map<std::string, Decimal, std::less<>> level_scores;  ///< by the record's label
    int best_per_category = 1;                                 ///< category = reason code
    Decimal high;
};

/// An academic result as band or scaled score. Latest, best or mean of the period.
struct MarkMeasure {
    Attempt attempt = Attempt::latest;
    std::map<std::string, Decimal, std::less<>> label_scores;  ///< band given as a label
    Decimal low, high;                                         ///< allowed scaled scores
};

/// A raw measured value through a table by sex and grade (framework/scoring_tables.h).
struct MeasurementMeasure {
    Attempt attempt = Attempt::best;
    int item = 0;  ///< index into Plan::items
    /// A computed item (body mass index) pairs the records of these two reasons that share a day;
    /// empty: the records of the leaf give the item's own value.
    std::string height_reason, weight_reason;
};

/// The bonus of the named measurement leaves, from the same attempts.
struct BonusMeasure {
    std::vector<NodeIndex> leaves;
    Decimal high;  ///< ceiling of the whole bonus
};

using Measure = std::variant<PointsMeasure,
                             RatingMeasure,
                             CompletionMeasure,
                             AwardMeasure,
                             MarkMeasure,
                             MeasurementMeasure,
                             BonusMeasure>;

enum class MissingPolicy : std::uint8_t { renormalise, zero, block };
/// What an exempt child does to its parent: leaves weights and coverage, or takes the result away
/// (fitness: a partial exemption gives no total).
enum class ExemptPolicy : std::uint8_t { leave_out, block };
enum class RollUp : std::uint8_t { weighted_mean, sum };

/// A ceiling on a node's band: when `premise`'s band (or lack of evidence) is as said, the node's
/// band is at most `ceiling`. A veto is a ceiling at the lowest band.
struct BandRule {
    NodeIndex node = 0;
    NodeIndex premise = 0;
    BandIndex premise_at_most = 0;  ///< fires when the premise's band is this or lower
    BandIndex ceiling = 0;
    std::string reason_zh, reason_en;
};

struct Band {
    std::string code;  ///< "excellent"
    std::string name_zh, name_en;
    Decimal from;  ///< inclusive lower threshold
    std::int32_t minimum_coverage_ppm = 0;
};

/// Bands with their words, lowest first. A plan has one set of its own and one for each mounted
/// pack.
struct BandSet {
    std::string code;  ///< the pack it comes from
    std::vector<Band> bands;
};

enum class Layer : std::uint8_t { national, district, school, campus };

struct Node {
    std::string code;                 ///< unique in the plan
    std::string name_zh, name_en;     ///< display names, overlays applied
    std::string official_name_zh;     ///< as the national pack has it
    std::string text_zh;              ///< description; empty when there is none
    bool is_verified_wording = true;  ///< false: "原文待学校核对", never shown as official
    int level = 0;                    ///< 0 root, 1 content, 2 key indicator, 3 point, 4 added leaf
    std::optional<NodeIndex> parent;
    std::vector<NodeIndex> children;
    Layer layer = Layer::national;
    std::optional<NodeIndex> maps_to;  ///< the national point an added leaf belongs to
    int decimals = 1;
    Decimal low, high;            ///< the node's range
    std::int64_t weight_ppm = 0;  ///< among its siblings; sums to 1,000,000 over them unless
                                  ///< weights_by_group is used
    RollUp roll_up = RollUp::weighted_mean;
    MissingPolicy missing = MissingPolicy::renormalise;
    ExemptPolicy exempt = ExemptPolicy::leave_out;
    std::optional<Measure> measure;  ///< leaves only
    bool is_comparable = false;      ///< a common instrument: the district may see its results
    std::optional<int> band_set;     ///< index into Plan::band_sets; nothing: no bands here
};

/// Weights that depend on sex and grade (fitness): [sex][grade 1..12][position in children], in
/// ppm; 0 means the child does not apply to that group.
struct GroupWeights {
    NodeIndex parent = 0;
    std::array<std::array<std::vector<std::int64_t>, 13>, 2> weight_ppm;
};

/// One measured item with its tables, integers throughout. Raw values and thresholds are whole
/// numbers of 10^-decimals of the item's unit.
struct ScoringItem {
    std::string code;  ///< "run_50m"
    std::string name_zh, name_en, unit, unit_zh;
    enum class Direction : std::uint8_t {
        higher_is_better,
        lower_is_better,
        banded,
        none  ///< measured, never scored alone (height, weight)
    } direction = Direction::higher_is_better;
    enum class Rounding : std::uint8_t { exact, half_up, slower } rounding = Rounding::exact;
    enum class Entry : std::uint8_t {
        integer,
        decimal,
        minutes_seconds,
        computed
    } entry = Entry::integer;
    int decimals = 0;
    std::int64_t import_min = 0, import_max = 0;  ///< in 10^-decimals

    struct Row {
        std::int64_t threshold = 0;
        std::int32_t score = 0;
    };

    /// Best first: the first row reached gives the score. [sex][grade].
    std::array<std::array<std::vector<Row>, 13>, 2> rows;
    std::array<std::array<std::vector<Row>, 13>, 2> bonus;

    /// Banded items (BMI): classes by rising lower end.
    struct Class {
        std::int64_t from = 0;
        std::int32_t score = 0;
        std::string code, name_zh;
    };

    std::array<std::array<std::vector<Class>, 13>, 2> classes;
};

/// The kind of measure a reason's records are for.
enum class MeasureKind : std::uint8_t {
    points,
    rating,
    completion,
    award,
    mark,
    measurement,
    bonus
};

/// The kind of the measure: its place in the variant.
[[nodiscard]] inline MeasureKind kind_of(const Measure& measure) {
    constexpr std::array kinds{MeasureKind::points,
                               MeasureKind::rating,
                               MeasureKind::completion,
                               MeasureKind::award,
                               MeasureKind::mark,
                               MeasureKind::measurement,
                               MeasureKind::bonus};
    return kinds[measure.index()];
}

[[nodiscard]] std::string_view to_text(MeasureKind kind);
[[nodiscard]] std::optional<MeasureKind> parse_measure_kind(std::string_view text);

/// What a giver may record under a reason code.
struct Reason {
    std::string code;
    std::string name_zh, name_en;
    std::string deed_zh, deed_en;  ///< for sentences: "做家务", "doing housework"
    std::string unit_zh, unit_en;  ///< of the value, where it has one: "小时"
    MeasureKind kind = MeasureKind::points;
    Layer layer = Layer::national;
    int position = 0;  ///< in the order of the packs' files, from 0: the order to show them in
    std::vector<RaterKind> givers;    ///< who may record it; empty: the teacher alone
    std::vector<std::string> labels;  ///< award levels or mark bands that the leaves know, or none
    std::vector<NodeIndex>
        leaves;  ///< of the school evaluation; one, or more where the pack says so
    std::optional<Decimal> default_value;
    std::optional<Decimal> value_low,
        value_high;           ///< what a giver may choose; equal to default: fixed
    bool is_trusted = false;  ///< counts without review when from a trusted source
};

/// A set that a school speaks of by name (五色行动, 五双): data, never code.
struct List {
    std::string code;
    std::string name_zh, name_en, note_zh, note_en;

    struct Item {
        std::string code;
        std::string name_zh, name_en, text_zh, text_en;
    };

    std::vector<Item> items;
};

/// The wording of a certificate. `body` has places in braces: {name}, {dream}, {school}, {day}.
struct CertificateText {
    std::string code;
    std::string title_zh, title_en, body_zh, body_en, motto_zh, motto_en;
};

/// The words for a label that records carry: an award's level, a mark's band.
struct LabelName {
    std::string name_zh, name_en;
};

/// A framework after checking and merging. Nodes are ordered so that children come before parents;
/// the root is last.
struct Plan {
    std::string pack_id;  ///< of the top layer
    std::string version;
    std::vector<std::string> layers;  ///< "cn-compulsory-2021 1.0.0", then each overlay
    Digest digest{};                  ///< of all files of all layers
    std::string name_zh, name_en;
    std::string subject_kind;  ///< "student"
    enum class Total : std::uint8_t { none, internal, shown } total = Total::none;
    std::int32_t thin_coverage_ppm = 600'000;  ///< under this a result counts as thinly evidenced
    std::vector<Node> nodes;
    std::vector<BandSet> band_sets;    ///< [0] is the framework's own
    std::vector<BandRule> band_rules;  ///< in an order in which premises are final first
    std::vector<GroupWeights> group_weights;
    std::vector<ScoringItem> items;
    std::map<std::string, Reason, std::less<>> reasons;
    std::map<std::string, LabelName, std::less<>> label_names;
    std::vector<List> lists;
    std::vector<CertificateText> certificates;

    [[nodiscard]] NodeIndex root() const { return static_cast<NodeIndex>(nodes.size()) - 1; }

    [[nodiscard]] std::optional<NodeIndex> find(std::string_view code) const;

    [[nodiscard]] const Node& node(NodeIndex index) const {
        return nodes[static_cast<std::size_t>(index)];
    }
};

}  // namespace agate::framework
