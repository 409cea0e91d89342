// SPDX-License-Identifier: Apache-2.0
#include "case_file.h"

#include <algorithm>
#include <fstream>
#include <set>
#include <sstream>
#include <stdexcept>

#include "base/file.h"
#include "base/text.h"
#include "framework/compile.h"

namespace agate::evaluate::testing {
namespace {

using framework::Node;
using framework::Plan;

using Options = std::map<std::string, std::string>;

/// One line: words, and options written key=value.
struct Line {
    std::string verb;
    std::vector<std::string> words;
    Options options;
    std::string rest;  ///< everything after the verb
};

std::vector<std::string> parts(const std::string& text, char separator) {
    std::vector<std::string> out;
    for (const std::string_view part : agate::split(text, separator)) {
        out.emplace_back(trim(part));
    }
    return out;
}

class Reader {
public:
    explicit Reader(const std::filesystem::path& file) : file_(file.filename().string()) {
        std::istringstream lines(read_file(file));
        for (std::string text; std::getline(lines, text); text.clear()) {
            ++number_;
            text = text.substr(0, text.find('#'));
            if (!trim(text).empty()) {
                read(split_line(text));
            }
        }
        finish();
    }

    std::deque<Case> take() { return std::move(cases_); }

private:
    [[noreturn]] void fail(const std::string& why) const {
        throw std::runtime_error(file_ + ":" + std::to_string(number_) + ": " + why);
    }

    static Line split_line(const std::string& text) {
        Line line;
        std::istringstream stream(text);
        stream >> line.verb;
        line.rest = std::string{
            trim(std::string_view{text}.substr(text.find(line.verb) + line.verb.size()))};
        for (std::string word; stream >> word;) {
            const std::size_t equal = word.find('=');
            if (equal == std::string::npos || equal == 0) {
                line.words.push_back(word);
            } else {
                line.options[word.substr(0, equal)] = word.substr(equal + 1);
            }
        }
        return line;
    }

    void read(const Line& line) {
        using Handler = void (Reader::*)(const Line&);
        static const std::map<std::string, Handler> handlers{
            {"case", &Reader::read_case},           {"period", &Reader::read_period},
            {"framework", &Reader::read_framework}, {"attempt", &Reader::read_attempt},
            {"student", &Reader::read_student},     {"band", &Reader::read_band},
            {"rule", &Reader::read_rule},           {"points", &Reader::read_points},
            {"rating", &Reader::read_rating},       {"completion", &Reader::read_completion},
            {"award", &Reader::read_award},         {"mark", &Reader::read_mark},
            {"mean", &Reader::read_parent},         {"sum", &Reader::read_parent},
            {"reason", &Reader::read_reason},       {"record", &Reader::read_record},
            {"expect", &Reader::read_expect},       {"input", &Reader::read_input},
            {"note", &Reader::read_note},           {"quiet", &Reader::read_quiet}};
        const auto handler = handlers.find(line.verb);
        if (handler == handlers.end()) {
            fail("unknown line: " + line.verb);
        }
        if (cases_.empty() && line.verb != "case") {
            fail("a file begins with: case TITLE");
        }
        (this->*handler->second)(line);
    }

    // --- small values ---

    Decimal number(const std::string& text) const {
        const auto value = Decimal::parse(text);
        if (!value) {
            fail("not a number: " + text);
        }
        return *value;
    }

    /// "70%" or "70" in millionths.
    std::int64_t ppm(std::string text) const {
        if (!text.empty() && text.back() == '%') {
            text.pop_back();
        }
        return number(text).nano() / 100'000;
    }

    int whole(const std::string& text) const {
        return static_cast<int>(number(text).nano() / Decimal::one);
    }

    Day day(const std::string& text) const {
        const auto value = parse_day(text);
        if (!value) {
            fail("not a day: " + text);
        }
        return *value;
    }

    /// "A..B"
    std::pair<std::string, std::string> ends(const std::string& text) const {
        const std::size_t dots = text.find("..");
        if (dots == std::string::npos) {
            fail("wanted A..B: " + text);
        }
        return {text.substr(0, dots), text.substr(dots + 2)};
    }

    Case& current() { return cases_.back(); }

    const std::string& word(const Line& line, std::size_t index) const {
        if (index >= line.words.size()) {
            fail("too few words");
        }
        return line.words[index];
    }

    NodeIndex node_called(const std::string& code) const {
        const auto& nodes = cases_.back().plan.nodes;
        for (std::size_t i = 0; i < nodes.size(); ++i) {
            if (nodes[i].code == code) {
                return static_cast<NodeIndex>(i);
            }
        }
        fail("no such node: " + code);
    }

    BandIndex band_called(const std::string& code) const {
        const auto& bands = cases_.back().plan.band_sets.at(0).bands;
        for (std::size_t i = 0; i < bands.size(); ++i) {
            if (bands[i].code == code) {
                return static_cast<BandIndex>(i);
            }
        }
        fail("no such band: " + code);
    }

    // --- the framework ---

    void read_case(const Line& line) {
        finish();
        cases_.emplace_back();
        current().file = file_;
        current().title = line.rest;
        current().line = number_;
        current().period = {day("2026-09-01"), day("2027-01-31")};
    }

    void read_period(const Line& line) {
        current().period = {day(word(line, 0)), day(word(line, 1))};
    }

    void read_student(const Line& line) {
        Subject& subject = current().subject;
        subject.sex = parse_sex(word(line, 0)).value_or(Sex::male);
        for (const auto& [key, value] : line.options) {
            if (key == "grade") {
                subject.grade = whole(value);
            } else if (key == "grade_from") {  // grade_from=2026-09-01:7,2026-10-01:8
                for (const std::string& change : parts(value, ',')) {
                    const auto pair = parts(change, ':');
                    subject.grades.push_back({day(pair.at(0)), whole(pair.at(1))});
                }
            } else if (key == "exempt") {
                exempt_ = parts(value, ',');
            } else if (key == "belongs") {
                for (const std::string& range : parts(value, ',')) {
                    subject.belongs.push_back({day(ends(range).first), day(ends(range).second)});
                }
            } else {
                fail("unknown option: " + key);
            }
        }
    }

    /// framework PACK: a shipped pack in place of lines for its indicators.
    void read_framework(const Line& line) {
        const auto pack = framework::shipped_pack(word(line, 0));
        if (!pack) {
            fail("no such pack: " + word(line, 0));
        }
        auto outcome = framework::compile_pack(*pack);
        if (!outcome.plans) {
            fail("the pack has faults: " + word(line, 0));
        }
        current().plan = std::move(outcome.plans->school);
        is_shipped_ = true;
    }

    /// attempt LEAF best|latest|mean: another choice of attempt than the pack's.
    void read_attempt(const Line& line) {
        auto& nodes = current().plan.nodes;
        Node& leaf = nodes[static_cast<std::size_t>(node_called(word(line, 0)))];
        std::get<framework::MeasurementMeasure>(*leaf.measure).attempt = attempt(word(line, 1));
    }

    static framework::Attempt attempt(const std::string& text) {
        return text == "best"   ? framework::Attempt::best
               : text == "mean" ? framework::Attempt::mean
                                : framework::Attempt::latest;
    }

    void read_band(const Line& line) {
        auto& sets = current().plan.band_sets;
        if (sets.empty()) {
            sets.push_back({.code = "case", .bands = {}});
        }
        framework::Band band{.code = word(line, 0),
                             .name_zh = word(line, 0),
                             .name_en = word(line, 0),
                             .from = number(word(line, 1))};
        if (line.options.contains("coverage")) {
            band.minimum_coverage_ppm = static_cast<std::int32_t>(ppm(line.options.at("coverage")));
        }
        sets.back().bands.push_back(std::move(band));
    }

    /// rule NODE ceiling=BAND when=NODE is=BAND
    void read_rule(const Line& line) {
        framework::BandRule rule;
        rule.node = node_called(word(line, 0));
        rule.ceiling = band_called(line.options.at("ceiling"));
        rule.premise = node_called(line.options.at("when"));
        rule.premise_at_most = band_called(line.options.at("is"));
        rule.reason_zh = rule.reason_en = line.options.at("when");
        current().plan.band_rules.push_back(std::move(rule));
    }

    Node& add_node(const Line& line, const std::set<std::string>& known) {
        Plan& plan = current().plan;
        plan.nodes.emplace_back();
        Node& node = plan.nodes.back();
        node.code = node.name_zh = node.name_en = word(line, 0);
        node.high = Decimal::from_int(100);
        for (const auto& [key, value] : line.options) {
            if (key == "decimals") {
                node.decimals = whole(value);
            } else if (key == "node_range") {
                node.low = number(ends(value).first);
                node.high = number(ends(value).second);
            } else if (!known.contains(key) && !known.contains("*")) {
                fail("unknown option: " + key);
            }
        }
        return node;
    }

    void add_leaf(Node& node, framework::Measure measure) {
        node.measure = std::move(measure);
        node.level = 3;
        framework::Reason reason;
        reason.code = reason.name_zh = node.code;
        reason.leaves = {static_cast<NodeIndex>(current().plan.nodes.size()) - 1};
        current().plan.reasons[reason.code] = reason;
    }

    /// "4", or "-4..4" with a floor.
    framework::Cap cap(framework::Window window, const std::string& text) const {
        if (text.find("..") == std::string::npos) {
            return {.window = window, .ceiling = number(text), .floor = std::nullopt};
        }
        return {.window = window,
                .ceiling = number(ends(text).second),
                .floor = number(ends(text).first)};
    }

    framework::Window window(const std::string& text) const {
        static const std::map<std::string, framework::Window> names{
            {"day", framework::Window::day},
            {"week", framework::Window::week},
            {"month", framework::Window::month},
            {"period", framework::Window::period}};
        const auto found = names.find(text);
        if (found == names.end()) {
            fail("not a window: " + text);
        }
        return found->second;
    }

    void read_points(const Line& line) {
        Node& node = add_node(
            line, {"giver", "day", "week", "month", "period", "base", "range", "curve", "empty"});
        framework::PointsMeasure rule;
        rule.low = number("-1000000");
        rule.high = number("1000000");
        for (const auto& [key, value] : line.options) {
            if (key == "giver") {  // giver=week:3
                const auto pair = parts(value, ':');
                rule.giver_cap = cap(window(pair.at(0)), pair.at(1));
            } else if (key == "day") {
                rule.day_cap = cap(window(key), value);
            } else if (key == "week" || key == "month") {
                rule.week_or_month_cap = cap(window(key), value);
            } else if (key == "period") {
                rule.period_cap = cap(window(key), value);
            } else if (key == "base") {
                rule.base = number(value);
            } else if (key == "range") {
                rule.low = number(ends(value).first);
                rule.high = number(ends(value).second);
            } else if (key == "empty") {
                rule.when_empty =
                    value == "base" ? framework::WhenEmpty::base : framework::WhenEmpty::missing;
            } else if (key == "curve") {  // curve=0:60,20:85
                for (const std::string& point : parts(value, ',')) {
                    const auto pair = parts(point, ':');
                    rule.curve.points.push_back({number(pair.at(0)), number(pair.at(1))});
                }
            }
        }
        add_leaf(node, std::move(rule));
    }

    /// rating CODE steps=40,60,80,100 self=20 peer=30:min3:trim10 teacher=50
    void read_rating(const Line& line) {
        Node& node = add_node(line, {"*"});
        framework::RatingMeasure rule;
        for (const auto& [key, value] : line.options) {
            if (key == "steps") {
                for (const std::string& step : parts(value, ',')) {
                    rule.step_scores.push_back(number(step));
                }
            } else if (const auto kind = parse_rater_kind(key)) {
                framework::RatingMeasure::Kind parsed;
                const auto fields = parts(value, ':');
                parsed.weight_ppm = ppm(fields.at(0));
                for (const std::string& field : fields) {
                    if (field.starts_with("min")) {
                        parsed.minimum = whole(field.substr(3));
                    } else if (field.starts_with("trim")) {
                        parsed.trim_ppm = ppm(field.substr(4));
                    }
                }
                rule.kinds[static_cast<std::size_t>(*kind)] = parsed;
            }
        }
        add_leaf(node, std::move(rule));
    }

    void read_completion(const Line& line) {
        Node& node = add_node(line, {"count", "target"});
        framework::CompletionMeasure rule;
        using Count = framework::CompletionMeasure::Count;
        const std::string count = line.options.at("count");
        rule.count = count == "times"   ? Count::times
                     : count == "value" ? Count::value
                                        : Count::distinct;
        rule.target = number(line.options.at("target"));
        add_leaf(node, std::move(rule));
    }

    void read_award(const Line& line) {
        Node& node = add_node(line, {"*"});
        framework::AwardMeasure rule;
        for (const auto& [key, value] : line.options) {
            if (key == "best") {
                rule.best_per_category = whole(value);
            } else if (key == "high") {
                rule.high = number(value);
            } else if (key != "decimals" && key != "node_range") {
                rule.level_scores[key] = number(value);
            }
        }
        add_leaf(node, std::move(rule));
    }

    void read_mark(const Line& line) {
        Node& node = add_node(line, {"*"});
        framework::MarkMeasure rule;
        rule.high = Decimal::from_int(100);
        for (const auto& [key, value] : line.options) {
            if (key == "attempt") {
                rule.attempt = attempt(value);
            } else if (key == "range") {
                rule.low = number(ends(value).first);
                rule.high = number(ends(value).second);
            } else if (key != "decimals" && key != "node_range") {
                rule.label_scores[key] = number(value);
            }
        }
        add_leaf(node, std::move(rule));
    }

    /// mean CODE of A:60 B:40 missing=zero exempt=block
    void read_parent(const Line& line) {
        Node& node = add_node(line, {"missing", "exempt"});
        const auto index = static_cast<NodeIndex>(current().plan.nodes.size()) - 1;
        node.roll_up =
            line.verb == "sum" ? framework::RollUp::sum : framework::RollUp::weighted_mean;
        if (line.options.contains("missing")) {
            const std::string& policy = line.options.at("missing");
            node.missing = policy == "zero"    ? framework::MissingPolicy::zero
                           : policy == "block" ? framework::MissingPolicy::block
                                               : framework::MissingPolicy::renormalise;
        }
        if (line.options.contains("exempt")) {
            node.exempt = framework::ExemptPolicy::block;
        }
        for (std::size_t i = 2; i < line.words.size(); ++i) {
            const auto pair = parts(line.words[i], ':');
            const NodeIndex child = node_called(pair.at(0));
            Node& below = current().plan.nodes[static_cast<std::size_t>(child)];
            below.parent = index;
            below.weight_ppm = pair.size() > 1 ? ppm(pair[1]) : 0;
            node.children.push_back(child);
        }
    }

    /// reason CODE LEAF [LEAF] default=2
    void read_reason(const Line& line) {
        framework::Reason reason;
        reason.code = reason.name_zh = word(line, 0);
        for (std::size_t i = 1; i < line.words.size(); ++i) {
            reason.leaves.push_back(node_called(line.words[i]));
        }
        if (line.options.contains("default")) {
            reason.default_value = number(line.options.at("default"));
        }
        current().plan.reasons[reason.code] = reason;
    }

    // --- records ---

    std::string_view keep(const std::string& text) {
        current().texts.push_back(text);
        return current().texts.back();
    }

    /// record NAME DAY REASON [VALUE] by=anna kind=peer label=A activity=choir at=14:05
    void read_record(const Line& line) {
        Case& now = current();
        Evidence record;
        record.evidence_id = id_of(word(line, 0));
        record.day = day(word(line, 1));
        record.reason = keep(word(line, 2));
        record.recorded_at = {static_cast<std::int64_t>(record.day.number) * 86'400'000'000};
        record.rater = {1};
        if (line.words.size() > 3) {
            record.value = number(line.words[3]);
        }
        for (const auto& [key, value] : line.options) {
            if (key == "by") {
                record.rater = {std::hash<std::string>{}(value)};
            } else if (key == "kind") {
                record.rater_kind = parse_rater_kind(value).value();
            } else if (key == "label") {
                record.label = keep(value);
            } else if (key == "activity") {
                record.activity = keep(value);
            } else if (key == "at") {
                record.recorded_at.micros += whole(value.substr(0, 2)) * 3'600'000'000LL +
                                             whole(value.substr(3)) * 60'000'000LL;
            } else {
                fail("unknown option: " + key);
            }
        }
        if (!now.ids.emplace(word(line, 0), record.evidence_id).second) {
            fail("record named twice: " + word(line, 0));
        }
        now.evidence.push_back(record);
    }

    // --- expectations ---

    Expectation& expectation(Expectation::Kind kind, const Line& line) {
        Expectation expected;
        expected.kind = kind;
        expected.line = number_;
        expected.node = node_called(word(line, 0));
        current().expectations.push_back(std::move(expected));
        return current().expectations.back();
    }

    /// expect NODE 78.5|none|exempt band=good computed=excellent coverage=70% records=3
    void read_expect(const Line& line) {
        Expectation& expected = expectation(Expectation::Kind::result, line);
        const std::string& score = word(line, 1);
        expected.is_exempt = score == "exempt";
        if (score != "none" && score != "exempt") {
            expected.score = number(score);
        }
        for (const auto& [key, value] : line.options) {
            if (key == "band") {
                expected.band = value;
            } else if (key == "computed") {
                expected.computed_band = value;
            } else if (key == "coverage") {
                expected.coverage_ppm = static_cast<std::int32_t>(ppm(value));
            } else if (key == "records") {
                expected.records = whole(value);
            } else {
                fail("unknown option: " + key);
            }
        }
    }

    /// input NODE RECORD|CHILD|KIND given=3 credited=2 weight=50
    void read_input(const Line& line) {
        Expectation& expected = expectation(Expectation::Kind::input, line);
        expected.label = word(line, 1);
        for (const auto& [key, value] : line.options) {
            (key == "given"      ? expected.given
             : key == "credited" ? expected.credited
                                 : expected.weight) = number(value);
        }
    }

    /// note NODE CODE key=value records=r1,r2
    void read_note(const Line& line) {
        Expectation& expected = expectation(Expectation::Kind::note, line);
        expected.code = word(line, 1);
        expected.args = line.options;
        if (line.options.contains("records")) {
            expected.args.erase("records");
            expected.evidence.emplace();
            for (const std::string& name : parts(line.options.at("records"), ',')) {
                expected.evidence->push_back(current().ids.at(name));
            }
        }
    }

    /// quiet NODE: no notes at all.
    void read_quiet(const Line& line) {
        static_cast<void>(expectation(Expectation::Kind::quiet, line));
    }

    void finish() {
        if (cases_.empty()) {
            return;
        }
        Case& done = current();
        for (Node& node : done.plan.nodes) {
            if (!done.plan.band_sets.empty() && !is_shipped_) {
                node.band_set = 0;
            }
        }
        for (const std::string& code : exempt_) {
            done.subject.exempt.push_back(node_called(code));
        }
        exempt_.clear();
        is_shipped_ = false;
    }

    std::string file_;
    int number_ = 0;
    std::deque<Case> cases_;
    std::vector<std::string> exempt_;
    bool is_shipped_ = false;
};

}  // namespace

std::deque<Case> read_cases(const std::filesystem::path& file) {
    return Reader(file).take();
}

EvidenceId id_of(const std::string& name) {
    EvidenceId id;
    for (std::size_t i = 0; i < name.size() && i < id.bytes.size(); ++i) {
        id.bytes[i] = static_cast<std::uint8_t>(name[i]);
    }
    return id;
}

}  // namespace agate::evaluate::testing
