// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "app/child_view.h"
#include "app/page_json.h"
#include "app/pages.h"
#include "app/records.h"
#include "base/json_writer.h"
#include "store/org.h"
#include "store/store.h"

namespace agate::app {
namespace {

void write_student(JsonWriter& json, const ChildView& view, Language language) {
    const auto& student = *view.found.student;
    const auto* grade = view.found.directory->org(student.class_id);
    const auto* school = view.found.directory->org(OrgId{student.school_id.value});
    json.begin_object();
    json.member("student_id", student.person_id.to_string());
    json.member("name", student.name);
    json.member("class_name", view.found.directory->class_name(student.class_id, language));
    json.member("grade", grade == nullptr ? 0 : grade->grade);
    json.member("school_name", school == nullptr ? std::string{} : school->name_zh);
    json.member("number", student.seat_number);
    json.end_object();
}

Decimal ladder_number(LadderPlace place) {
    return Decimal::from_milli(10LL * place);
}

void write_position(JsonWriter& json, const ContentStanding& content) {
    json.key("position");
    if (content.place) {
        json.begin_object();
        json.member("value", ladder_number(*content.place));
        json.member("low", ladder_number(content.low.value_or(*content.place)));
        json.member("high", ladder_number(content.high.value_or(*content.place)));
        json.end_object();
    } else {
        json.null();
    }
}

void write_content(JsonWriter& json,
                   const framework::Plan& plan,
                   const ContentStanding& content,
                   Language language) {
    const auto& node = plan.node(content.node);
    json.begin_object();
    json.member("code", content.code);
    json.member("name", content.name);
    json.member("mark", content.mark);
    json.key("band");
    write_band(json, plan, node, content.band, language);
    write_share(json, "coverage", content.coverage_ppm);
    json.member("is_thin", content.is_thin);
    json.member("score_hidden", true);
    write_position(json, content);
    json.key("previous");
    if (content.previous_band && content.previous_place) {
        json.begin_object().key("band");
        write_band(json, plan, node, content.previous_band, language);
        json.member("position", ladder_number(*content.previous_place));
        json.end_object();
    } else {
        json.null();
    }
    json.member("change", to_text(content.change));
    json.member("change_words", content.change_words);
    json.member("records", content.record_count);
    json.end_object();
}

void write_weeks(JsonWriter& json, const Standing& standing) {
    json.key("weeks").begin_array();
    for (const auto& week : standing.weeks) {
        json.begin_object();
        json.member("week", week.week);
        json.member("from", to_string(week.days.from));
        json.key("counts").begin_object();
        for (std::size_t i = 0; i < standing.contents.size(); ++i) {
            json.member(standing.contents[i].code, week.counts[i]);
        }
        json.end_object();
        json.key("holiday");
        if (week.holiday.empty()) {
            json.null();
        } else {
            json.value(week.holiday);
        }
        json.end_object();
    }
    json.end_array();
}

void write_told(JsonWriter& json, const Standing& standing) {
    json.key("strengths").begin_array();
    for (const auto& strength : standing.strengths) {
        json.begin_object();
        json.member("content", strength.content);
        json.member("text", strength.text);
        json.member("detail", strength.detail);
        json.end_object();
    }
    json.end_array();
    json.key("highlights").begin_array();
    for (const auto& highlight : standing.highlights) {
        json.begin_object();
        json.member("week", highlight.week);
        json.member("text", highlight.text);
        json.member("content", highlight.content);
        json.end_object();
    }
    json.end_array();
}

void write_framework(JsonWriter& json, const framework::Plan& plan, Language language) {
    json.key("framework").begin_object();
    json.member("name",
                language == Language::zh || plan.name_en.empty() ? plan.name_zh : plan.name_en);
    json.member("version", plan.version);
    json.key("layers").begin_array();
    for (const auto& layer : plan.layers) {
        json.value(layer);
    }
    json.end_array().end_object();
}

void write_recent(JsonWriter& json, Services& services, const ChildView& view, Language language) {
    auto records = list_records(services, view.plan(), view.found.student->person_id, view.records);
    std::erase_if(records, [](const store::EvidenceRecord& record) {
        return record.state == EvidenceState::voided;
    });
    json.member("record_total", records.size());
    records.resize(std::min<std::size_t>(records.size(), 4));
    json.key("recent").begin_array();
    for (const auto& opened :
         open_records(services, *view.found.directory, view.records.school, std::move(records))) {
        write_record(json,
                     view.plan(),
                     view.period.days,
                     {opened.record, opened.content, opened.author_name, {}, {}, {}},
                     language);
    }
    json.end_array();
}

std::string render(Services& services, const Call& call, const ChildView& view) {
    const auto& plan = view.plan();
    const auto standing = stand_of(services, view, call.language);
    JsonWriter json;
    json.begin_object().key("student");
    write_student(json, view, call.language);
    json.key("period");
    write_period(json, view.period, view.found.directory->today(), call.language);
    json.member("standing", view.loaded.is_result ? "result" : "standing");
    write_framework(json, plan, call.language);
    json.member("sentence", standing.sentence);
    json.key("contents").begin_array();
    for (const auto& content : standing.contents) {
        if (view.shows(content.node)) {
            write_content(json, plan, content, call.language);
        }
    }
    json.end_array().key("bands");
    write_bands(json, plan, call.language);
    write_told(json, standing);
    write_weeks(json, standing);
    write_recent(json, services, view, call.language);
    json.key("viewer").begin_object();
    json.member("can_print", view.can_print);
    json.member("can_object", view.audience == Audience::family && view.loaded.is_result);
    json.member("is_own", view.audience == Audience::family);
    json.end_object().end_object();
    return json.take();
}

bool is_family(const Services& services, const Decision& decision) {
    const auto& role = services.rights.role(decision.role).code;
    return role == "student" || role == "guardian";
}

}  // namespace

std::optional<std::string> cached_portrait(Services& services, const Call& call, PersonId student) {
    const auto directory = services.directory.get();
    const auto* entry = directory->student(student);
    if (entry == nullptr) {
        return std::nullopt;
    }
    const Found found{directory, entry};
    const auto decision = authorise(
        services.rights, call.actor, "portrait", "read", found.target(), portrait_duties(call));
    if (!decision.is_allowed() || is_logged(decision) || !is_family(services, decision)) {
        return std::nullopt;
    }
    const auto page = services.portraits.find({student, call.language});
    return page == nullptr ? std::nullopt : std::optional<std::string>(*page);
}

std::string portrait_json(Services& services,
                          const Call& call,
                          PersonId student,
                          std::optional<PeriodId> period) {
    const auto generation = services.portraits.generation();
    const auto view = view_child(services, call, student, period, "portrait", "read");
    auto json = render(services, call, view);
    if (view.audience == Audience::family && !period) {
        services.portraits.put({student, call.language}, json, generation);
    }
    return json;
}

}  // namespace agate::app
