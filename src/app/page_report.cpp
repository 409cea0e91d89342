// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "app/child_view.h"
#include "app/pages.h"
#include "app/suppress.h"
#include "base/crypto.h"
#include "base/error.h"
#include "report/report.h"
#include "store/audit.h"
#include "store/org.h"
#include "store/store.h"

namespace agate::app {
namespace {

std::string text_in(Language language, const std::string& zh, const std::string& en) {
    return language == Language::zh || en.empty() ? zh : en;
}

std::vector<std::string> band_names(const framework::Plan& plan, Language language) {
    std::vector<std::string> names;
    for (const auto& band : plan.band_sets.front().bands) {
        names.push_back(name_of(band, language));
    }
    return names;
}

report::LadderPosition to_position(const ContentStanding& content) {
    const auto unit = [](LadderPlace place) { return place / 100.0; };
    return {.value = unit(*content.place),
            .low = unit(content.low.value_or(*content.place)),
            .high = unit(content.high.value_or(*content.place))};
}

report::ContentRow to_row(const ContentStanding& content) {
    report::ContentRow row{.code = content.code,
                           .name = content.name,
                           .mark = content.mark,
                           .band = content.band ? std::optional<int>(*content.band) : std::nullopt,
                           .coverage_ppm = content.coverage_ppm,
                           .is_thin = content.is_thin,
                           .position = {},
                           .previous = {},
                           .change_words = content.change_words,
                           .records = content.record_count,
                           .is_wording_verified = true};
    if (content.place) {
        row.position = to_position(content);
    }
    if (content.previous_band && content.previous_place) {
        row.previous =
            report::PreviousBand{*content.previous_band, *content.previous_place / 100.0};
    }
    return row;
}

report::Maker make_maker(const Services& services, const Call& call, const Directory& directory) {
    return {.name = directory.name_of(call.actor.person_id),
            .at = services.clock(),
            .export_number = {}};
}

/// Four groups of four: enough to tell this result from any other by eye.
std::string check_code(const ChildView& view) {
    const auto hex = to_hex(view.loaded.digest);
    return fmt::format(
        "{} {} {} {}", hex.substr(0, 4), hex.substr(4, 4), hex.substr(8, 4), hex.substr(12, 4));
}

void take_standing(report::ChildPage& page, const Standing& standing) {
    page.sentence = standing.sentence;
    for (const auto& content : standing.contents) {
        page.contents.push_back(to_row(content));
    }
    for (const auto& strength : standing.strengths) {
        page.strengths.push_back({strength.content, strength.text, strength.detail});
    }
    for (const auto& week : standing.weeks) {
        page.weeks.push_back({week.week, {week.counts.begin(), week.counts.end()}, week.holiday});
    }
    for (const auto& highlight : standing.highlights) {
        page.highlights.push_back({highlight.week, highlight.text, highlight.content});
    }
}

report::ChildPage make_page(Services& services, const Call& call, const ChildView& view) {
    const auto& directory = *view.found.directory;
    const auto& student = *view.found.student;
    const auto& plan = view.plan();
    const auto* school = directory.org(OrgId{student.school_id.value});
    const auto* district = directory.org(student.placement.district_id);
    const auto previous =
        load_previous(services, view.records.school, student.person_id, view.period);
    report::ChildPage page;
    page.language = call.language;
    page.district =
        district == nullptr ? "" : text_in(call.language, district->name_zh, district->name_en);
    page.school = school == nullptr ? "" : text_in(call.language, school->name_zh, school->name_en);
    page.class_name = directory.class_name(student.class_id, call.language);
    page.student_name = student.name;
    page.student_number = student.seat_number > 0 ? std::to_string(student.seat_number) : "";
    page.period = {text_in(call.language, view.period.name_zh, view.period.name_en),
                   view.period.days};
    if (previous) {
        page.previous_period =
            text_in(call.language, previous->period.name_zh, previous->period.name_en);
    }
    page.standing = view.loaded.is_result ? report::Standing::result : report::Standing::standing;
    page.framework_name = text_in(call.language, plan.name_zh, plan.name_en);
    page.framework = plan.layers;
    page.bands = band_names(plan, call.language);
    take_standing(page, stand_of(services, view, call.language));
    for (std::size_t i = 0; i < page.contents.size(); ++i) {
        page.contents[i].is_wording_verified = plan.node(contents_of(plan)[i]).is_verified_wording;
    }
    page.check_code = check_code(view);
    page.maker = make_maker(services, call, directory);
    page.is_demo = services.is_demo;
    return page;
}

void log_export(Services& services, const Call& call, SchoolId school, std::string_view object) {
    services.store.write([&](store::Db& db) {
        store::record(db,
                      store::Act{.school = school,
                                 .act = "portrait.print",
                                 .at = services.clock(),
                                 .actor = call.actor.person_id,
                                 .post = {},
                                 .subjects = {},
                                 .object = std::string(object),
                                 .purpose = call.purpose,
                                 .outcome = {},
                                 .request_id = call.request_id,
                                 .address = call.network_address});
    });
}

/// Counts of bands in the class, with the rules for small cells.
std::vector<report::OverviewRow> make_overview(const framework::Plan& plan,
                                               const std::vector<ChildView>& views,
                                               Language language) {
    std::vector<report::OverviewRow> rows;
    for (const auto content : contents_of(plan)) {
        const auto& node = plan.node(content);
        std::vector<int> counts(plan.band_sets.front().bands.size() + 1);
        std::int64_t coverage = 0;
        for (const auto& view : views) {
            const auto& cell = view.loaded.values[static_cast<std::size_t>(content)];
            const auto band = cell.band_if_any();
            ++counts[band ? static_cast<std::size_t>(*band) : counts.size() - 1];
            coverage += cell.coverage_ppm;
        }
        auto shown = suppress(counts);
        report::OverviewRow row{.name = name_of(node, language),
                                .mark = content_mark(node, language),
                                .bands = {},
                                .no_result = shown.back(),
                                .coverage_ppm = 0};
        row.bands.assign(shown.begin(), shown.end() - 1);
        if (!views.empty()) {
            row.coverage_ppm =
                static_cast<std::int32_t>(coverage / static_cast<std::int64_t>(views.size()));
        }
        rows.push_back(std::move(row));
    }
    return rows;
}

}  // namespace

std::string child_report_pdf(Services& services,
                             const Call& call,
                             PersonId student,
                             std::optional<PeriodId> period) {
    const auto view = view_child(services, call, student, period, "portrait", "print");
    log_export(services, call, view.records.school, "student_report");
    std::string pdf;
    report::write_child_report([&pdf](std::string_view bytes) { pdf += bytes; },
                               make_page(services, call, view));
    return pdf;
}

std::string class_book_pdf(Services& services,
                           const Call& call,
                           OrgId class_id,
                           std::optional<PeriodId> asked) {
    const auto directory = services.directory.get();
    auto target = class_target(*directory, class_id);
    const SchoolId school{target.placement->school_id.value};
    const auto period = choose_period(services, school, asked);
    target.period_state = to_text(period.state);
    const bool is_published = is_result_visible(period.state, Audience::family);
    target.state = is_published ? "published" : "";
    open_class(
        services, call, target, "report_book", "print", met_by(call, {"watermark", "no_rank"}));
    std::vector<ChildView> views;
    for (const auto student : directory->students_of(class_id)) {
        ChildView view;
        view.found = {directory, directory->student(student)};
        view.period = period;
        view.records = {.school = school,
                        .days = period.days,
                        .faded_before = {},
                        .with_faded = false,
                        .only_under = {},
                        .own_author = {}};
        view.loaded = load_standing(services, school, student, period, Audience::staff);
        views.push_back(std::move(view));
    }
    log_export(services, call, school, "class_book:" + std::to_string(class_id.value));
    if (views.empty()) {
        throw Error(ErrorKind::not_found, "not_yours_to_open");
    }
    std::string pdf;
    const auto maker = make_maker(services, call, *directory);
    report::ReportBook book([&pdf](std::string_view bytes) { pdf += bytes; },
                            directory->class_name(class_id, call.language),
                            maker);
    const auto first = make_page(services, call, views.front());
    book.begin_class({.language = call.language,
                      .district = first.district,
                      .school = first.school,
                      .class_name = first.class_name,
                      .class_teacher = {},
                      .period = first.period,
                      .standing = first.standing,
                      .student_count = static_cast<int>(views.size()),
                      .framework = first.framework,
                      .bands = first.bands,
                      .overview = make_overview(views.front().plan(), views, call.language),
                      .maker = maker,
                      .is_demo = services.is_demo});
    for (const auto& view : views) {
        book.add(make_page(services, call, view));
    }
    book.finish();
    return pdf;
}

}  // namespace agate::app
