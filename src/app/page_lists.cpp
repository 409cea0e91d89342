// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <set>

#include "app/child_view.h"
#include "app/page_json.h"
#include "app/pages.h"
#include "base/error.h"
#include "base/json_writer.h"
#include "store/evidence.h"
#include "store/store.h"

namespace agate::app {
namespace {

/// The classes that the actor has by a post: its own, or all of the school.
std::vector<std::pair<OrgId, std::string>> classes_of(const Services& services,
                                                      const Actor& actor,
                                                      const Directory& directory) {
    std::vector<std::pair<OrgId, std::string>> classes;
    std::set<OrgId> seen;
    const auto add = [&](OrgId id, const std::string& relation) {
        if (seen.insert(id).second) {
            classes.emplace_back(id, relation);
        }
    };
    for (const auto& held : actor.roles) {
        const auto& role = services.rights.role(held.role);
        const auto* org = directory.org(held.org_id);
        if (org != nullptr && org->kind == OrgKind::class_ && role.scope == "class") {
            add(held.org_id, role.code);
        }
    }
    for (const auto& held : actor.roles) {
        const auto& role = services.rights.role(held.role);
        if (role.scope != "school" && role.scope != "grade" && role.scope != "campus") {
            continue;
        }
        for (const auto id : directory.classes_of(SchoolId{held.placement.school_id.value})) {
            Target target;
            target.placement = directory.placement(id);
            if (authorise(services.rights, actor, "roster", "read", target, {"no_rank"})
                    .is_allowed()) {
                add(id, role.code == "principal" ? "principal" : "office");
            }
        }
    }
    return classes;
}

std::int64_t count_records(Services& services,
                           const Directory& directory,
                           OrgId class_id,
                           const Period& period) {
    const auto& students = directory.students_of(class_id);
    std::int64_t records = 0;
    services.store.read([&](store::Db& db) {
        for (const auto& count : store::count_weeks(db, period.school_id, students, period.days)) {
            records += count.records;
        }
    });
    return records;
}

void write_reason(JsonWriter& json,
                  const framework::Plan& plan,
                  const framework::Reason& reason,
                  Language language) {
    const auto leaf = reason.leaves.front();
    const auto content = content_above(plan, leaf).value_or(leaf);
    json.begin_object();
    json.member("reason", reason.code);
    json.member("name", reason_name(plan, reason.code, language));
    json.member("content", plan.node(content).code);
    json.member("content_mark", content_mark(plan.node(content), language));
    json.member("default_value", reason.default_value);
    json.member("value_low", reason.value_low);
    json.member("value_high", reason.value_high);
    json.member("unit", language == Language::zh ? reason.unit_zh : reason.unit_en);
    json.member("kind", framework::to_text(reason.kind));
    json.key("givers").begin_array();
    for (const auto giver : reason.givers) {
        json.value(to_text(giver));
    }
    json.end_array().key("labels").begin_array();
    for (const auto& label : reason.labels) {
        json.begin_object().member("label", label);
        json.member("name", label_name(plan, label, language)).end_object();
    }
    json.end_array().end_object();
}

}  // namespace

std::string periods_json(Services& services, const Call& call) {
    const auto directory = services.directory.get();
    const auto school = school_of(call.actor);
    JsonWriter json;
    json.begin_object().key("periods").begin_array();
    if (school) {
        Target target;
        target.placement = directory->placement(OrgId{school->value});
        require(services.rights, call.actor, "period", "read", target, {"suppress5"});
        auto periods = directory->periods_of(*school);
        std::reverse(periods.begin(), periods.end());
        for (const auto& period : periods) {
            write_period(json, period, directory->today(), call.language);
        }
    }
    json.end_array().end_object();
    return json.take();
}

std::string classes_json(Services& services, const Call& call) {
    const auto directory = services.directory.get();
    JsonWriter json;
    json.begin_object().key("classes").begin_array();
    for (const auto& [id, relation] : classes_of(services, call.actor, *directory)) {
        const auto place = directory->placement(id);
        const auto* org = directory->org(id);
        const auto* campus = directory->org(place.campus_id);
        const auto* school = directory->org(place.school_id);
        const auto period = choose_period(services, SchoolId{place.school_id.value}, std::nullopt);
        json.begin_object();
        json.member("class_id", id.value);
        json.member("name", directory->class_name(id, call.language));
        json.member("grade", org->grade);
        json.member("campus_name", campus == nullptr ? std::string{} : campus->name_zh);
        json.member("school_name", school == nullptr ? std::string{} : school->name_zh);
        json.member("student_count", directory->students_of(id).size());
        json.member("record_count", count_records(services, *directory, id, period));
        json.member("relation", relation);
        json.end_object();
    }
    json.end_array().end_object();
    return json.take();
}

std::string reason_codes_json(Services& services, const Call& call, OrgId class_id) {
    const auto directory = services.directory.get();
    auto target = class_target(*directory, class_id);
    const SchoolId school{target.placement->school_id.value};
    const auto period = choose_period(services, school, std::nullopt);
    target.period_state = to_text(period.state);
    require(services.rights, call.actor, "roster", "read", target, {"no_rank"});
    const auto plans = services.frameworks.plans(school, period.period_id);
    const auto& plan = plans->school;
    std::vector<const framework::Reason*> reasons;
    for (const auto& [code, reason] : plan.reasons) {
        if (!reason.leaves.empty()) {
            reasons.push_back(&reason);
        }
    }
    std::sort(reasons.begin(), reasons.end(), [](const auto* a, const auto* b) {
        return a->position < b->position;
    });
    JsonWriter json;
    json.begin_object().key("reasons").begin_array();
    for (const auto* reason : reasons) {
        write_reason(json, plan, *reason, call.language);
    }
    json.end_array().end_object();
    return json.take();
}

}  // namespace agate::app
