// SPDX-License-Identifier: Apache-2.0
#include "app/guard.h"

#include <algorithm>
#include <array>

#include "base/error.h"
#include "store/access_log.h"
#include "store/store.h"

namespace agate::app {
namespace {

constexpr std::array<std::string_view, 5> purposes{
    "parents_meeting", "home_visit", "support", "review", "complaint"};

store::Access access_of(const Call& call,
                        const Decision& decision,
                        SchoolId school,
                        PersonId subject) {
    return {.school = school,
            .actor = call.actor.person_id,
            .subject = subject,
            .resource = decision.row->resource + "." + decision.row->action,
            .at = call.actor.now,
            .purpose = call.purpose};
}

void log_opened(Services& services, std::vector<store::Access> opened) {
    services.store.read([&](store::Db& db) {
        std::erase_if(opened,
                      [&](const auto& access) { return store::is_access_logged(db, access); });
    });
    if (!opened.empty()) {
        services.store.write([&opened](store::Db& db) {
            for (const auto& access : opened) {
                store::log_access(db, access);
            }
        });
    }
}

}  // namespace

bool is_logged(const Decision& decision) {
    return decision.row->log == LogKind::read || decision.row->log == LogKind::open ||
           decision.row->log == LogKind::exported;
}

bool is_purpose(std::string_view code) {
    return std::find(purposes.begin(), purposes.end(), code) != purposes.end();
}

Target Found::target() const {
    Target target;
    target.subject = student->person_id;
    target.placement = student->placement;
    return target;
}

Found find_student(Services& services, PersonId student) {
    Found found{.directory = services.directory.get(), .student = nullptr};
    found.student = found.directory->student(student);
    if (found.student == nullptr) {
        throw Error(ErrorKind::not_found, "not_yours_to_open");
    }
    return found;
}

Met met_by(const Call& call, std::initializer_list<std::string_view> met) {
    Met all(met);
    if (!call.reason.empty()) {
        all.push_back("reason");
    }
    if (is_purpose(call.purpose)) {
        all.push_back("purpose");
    }
    return all;
}

Decision open_student(Services& services,
                      const Call& call,
                      const Target& target,
                      std::string_view resource,
                      std::string_view action,
                      const Met& met) {
    const auto decision = require(services.rights, call.actor, resource, action, target, met);
    if (is_logged(decision)) {
        const SchoolId school{target.placement->school_id.value};
        log_opened(services, {access_of(call, decision, school, *target.subject)});
    }
    return decision;
}

Target class_target(const Directory& directory, OrgId class_id) {
    const auto* org = directory.org(class_id);
    if (org == nullptr || org->kind != OrgKind::class_) {
        throw Error(ErrorKind::not_found, "not_yours_to_open");
    }
    Target target;
    target.placement = directory.placement(class_id);
    return target;
}

Decision open_class(Services& services,
                    const Call& call,
                    const Target& target,
                    std::string_view resource,
                    std::string_view action,
                    const Met& met) {
    const auto decision = require(services.rights, call.actor, resource, action, target, met);
    if (is_logged(decision)) {
        const SchoolId school{target.placement->school_id.value};
        std::vector<store::Access> opened;
        for (const auto student :
             services.directory.get()->students_of(target.placement->class_id)) {
            opened.push_back(access_of(call, decision, school, student));
        }
        log_opened(services, std::move(opened));
    }
    return decision;
}

std::optional<SchoolId> school_of(const Actor& actor) {
    for (const auto& held : actor.roles) {
        if (held.placement.school_id.value != 0) {
            return SchoolId{held.placement.school_id.value};
        }
    }
    for (const auto& child : actor.children) {
        if (child.placement.school_id.value != 0) {
            return SchoolId{child.placement.school_id.value};
        }
    }
    return std::nullopt;
}

}  // namespace agate::app
