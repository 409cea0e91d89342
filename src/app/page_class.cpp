// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <numeric>

#include "app/child_view.h"
#include "app/page_json.h"
#include "app/pages.h"
#include "app/suppress.h"
#include "base/error.h"
#include "base/json_writer.h"
#include "store/evidence.h"
#include "store/period.h"
#include "store/result.h"
#include "store/store.h"

namespace agate::app {
namespace {

/// One row of the class page: the summaries of a student, when the viewer may see them.
struct Row {
    const StudentEntry* student = nullptr;
    std::vector<NodeValue> nodes;  ///< empty: no result to be seen

    [[nodiscard]] NodeValue at(NodeIndex node) const {
        return nodes.empty() ? NodeValue{} : nodes[static_cast<std::size_t>(node)];
    }
};

struct ClassView {
    std::shared_ptr<const Directory> directory;  // shared: kept while the page is made
    OrgId class_id;
    SchoolId school;
    Period period;
    std::shared_ptr<const framework::Plans> plans;  // shared with the cache of frameworks
    std::vector<NodeIndex> columns;
    std::vector<Row> rows;
    bool sees_bands = false;

    [[nodiscard]] const framework::Plan& plan() const { return plans->school; }
};

/// Bands come from the stored results once there are any; before that from the running view, which
/// only those see who may open the portraits.
void load_rows(Services& services, ClassView& view, Target target, const Call& call) {
    const bool is_evaluated = is_result_visible(view.period.state, Audience::staff);
    const auto* resource = is_evaluated ? "result" : "portrait";
    target.period_state = to_text(view.period.state);
    target.state = is_evaluated ? "published" : "";
    const auto duties = portrait_duties(call);
    auto decision = authorise(services.rights, call.actor, resource, "read", target, duties);
    view.sees_bands = decision.is_allowed();
    if (view.sees_bands) {
        decision = open_class(services, call, target, resource, "read", duties);
    }
    const bool own_subject = decision.asks("subject_only") || decision.asks("fields:fitness_only");
    const auto fitness = fitness_node(view.plan());
    view.columns =
        own_subject && fitness ? std::vector<NodeIndex>{*fitness} : contents_of(view.plan());
    const auto& students = view.directory->students_of(view.class_id);
    std::vector<std::optional<std::vector<NodeValue>>> values(students.size());
    if (view.sees_bands) {
        values = load_values(services, view.school, students, view.period, Audience::staff);
    }
    for (std::size_t i = 0; i < students.size(); ++i) {
        view.rows.push_back({.student = view.directory->student(students[i]),
                             .nodes = values[i].value_or(std::vector<NodeValue>{})});
    }
}

std::string two_digits(std::int64_t number) {
    return number <= 0 ? std::string{} : (number < 10 ? "0" : "") + std::to_string(number);
}

void write_cells(JsonWriter& json, const ClassView& view, const Row& row, Language language) {
    json.key("bands").begin_array();
    for (const auto column : view.columns) {
        const auto& node = view.plan().node(column);
        const NodeValue cell = row.at(column);
        json.begin_object();
        json.member("content", node.code);
        json.key("band");
        write_band(json, view.plan(), node, cell.band_if_any(), language);
        write_share(json, "coverage", cell.coverage_ppm);
        json.member("is_thin", !row.nodes.empty() && is_thin(view.plan(), cell));
        json.member("records", cell.record_count);
        json.end_object();
    }
    json.end_array();
}

std::int64_t records_of(const ClassView& view, const Row& row) {
    std::int64_t records = 0;
    for (const auto column : view.columns) {
        records += row.at(column).record_count;
    }
    return records;
}

void write_students(JsonWriter& json, const ClassView& view, Language language) {
    json.key("students").begin_array();
    for (const auto& row : view.rows) {
        json.begin_object();
        json.member("student_id", row.student->person_id.to_string());
        json.member("number", two_digits(row.student->seat_number));
        json.member("name", row.student->name);
        write_cells(json, view, row, language);
        json.member("records", records_of(view, row));
        json.end_object();
    }
    json.end_array();
}

void write_count(JsonWriter& json, std::optional<int> count) {
    json.member("count", count);
    json.member("suppressed", !count.has_value());
}

/// Counts of bands in the class, small cells hidden with as many others as it takes.
void write_distribution(JsonWriter& json, const ClassView& view) {
    json.key("distribution").begin_array();
    for (const auto column : view.columns) {
        const auto& node = view.plan().node(column);
        const auto& set =
            view.plan().band_sets[static_cast<std::size_t>(node.band_set.value_or(0))].bands;
        std::vector<int> counts(set.size() + 1);
        for (const auto& row : view.rows) {
            const auto band = row.at(column).band_if_any();
            ++counts[band ? static_cast<std::size_t>(*band) : set.size()];
        }
        const auto shown = suppress(counts);
        json.begin_object().member("content", node.code).key("cells").begin_array();
        for (std::size_t i = 0; i < set.size(); ++i) {
            json.begin_object().member("band", set[i].code);
            write_count(json, shown[i]);
            json.end_object();
        }
        json.end_array().key("no_result").begin_object();
        write_count(json, shown.back());
        json.end_object().end_object();
    }
    json.end_array();
}

std::int32_t mean_coverage(const ClassView& view) {
    std::int64_t sum = 0, cells = 0;
    for (const auto& row : view.rows) {
        for (const auto column : view.columns) {
            sum += row.at(column).coverage_ppm;
            ++cells;
        }
    }
    return cells == 0 ? 0 : static_cast<std::int32_t>(sum / cells);
}

std::string sentence_of(const ClassView& view, Language language) {
    int quiet = 0;
    std::int64_t records = 0;
    for (const auto& row : view.rows) {
        const auto own = records_of(view, row);
        records += own;
        quiet += own == 0 ? 1 : 0;
    }
    const MessageArgs args{{"students", std::to_string(view.rows.size())},
                           {"records", std::to_string(records)},
                           {"quiet", std::to_string(quiet)}};
    if (!view.sees_bands) {
        return words().sentence(language, "class_not_evaluated", args);
    }
    return words().sentence(language, quiet == 0 ? "class_all_seen" : "class_some_quiet", args);
}

void order_rows(ClassView& view, RosterOrder order) {
    if (order == RosterOrder::name) {
        std::sort(view.rows.begin(), view.rows.end(), [](const Row& a, const Row& b) {
            return std::tie(a.student->pinyin_key, a.student->person_id) <
                   std::tie(b.student->pinyin_key, b.student->person_id);
        });
    }
}

void write_columns(JsonWriter& json, const ClassView& view, Language language) {
    json.key("contents").begin_array();
    for (const auto column : view.columns) {
        const auto& node = view.plan().node(column);
        const auto content = content_above(view.plan(), column).value_or(column);
        json.begin_object();
        json.member("code", node.code);
        json.member("name", name_of(node, language));
        json.member("mark", content_mark(view.plan().node(content), language));
        json.end_object();
    }
    json.end_array();
}

}  // namespace

std::string class_page_json(Services& services,
                            const Call& call,
                            OrgId class_id,
                            std::optional<PeriodId> period,
                            RosterOrder order) {
    ClassView view;
    view.directory = services.directory.get();
    view.class_id = class_id;
    const auto target = class_target(*view.directory, class_id);
    open_class(services, call, target, "roster", "read", met_by(call, {"no_rank"}));
    view.school = SchoolId{target.placement->school_id.value};
    view.period = choose_period(services, view.school, period);
    view.plans = services.frameworks.plans(view.school, view.period.period_id);
    load_rows(services, view, target, call);
    order_rows(view, order);
    const auto* org = view.directory->org(class_id);
    const auto* campus = view.directory->org(target.placement->campus_id);
    JsonWriter json;
    json.begin_object().key("class").begin_object();
    json.member("class_id", class_id.value);
    json.member("name", view.directory->class_name(class_id, call.language));
    json.member("grade", org->grade);
    json.member("campus_name", campus == nullptr ? std::string{} : campus->name_zh);
    json.end_object().key("period");
    write_period(json, view.period, view.directory->today(), call.language);
    json.member("sentence", sentence_of(view, call.language));
    json.member("sees_bands", view.sees_bands);
    write_columns(json, view, call.language);
    json.key("bands");
    write_bands(json, view.plan(), call.language);
    write_students(json, view, call.language);
    write_distribution(json, view);
    write_share(json, "coverage", mean_coverage(view));
    json.end_object();
    return json.take();
}

}  // namespace agate::app
