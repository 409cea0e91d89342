// SPDX-License-Identifier: Apache-2.0
#include <map>

#include "app/child_view.h"
#include "app/frameworks.h"
#include "app/guard.h"
#include "app/import_run.h"
#include "app/importing.h"
#include "app/pages.h"
#include "base/error.h"
#include "exchange/templates.h"
#include "store/evidence.h"
#include "store/store.h"

namespace agate::app {
namespace {

/// The shipped fitness standard: its items are the same in every framework that mounts it.
const framework::Plan& fitness_plan() {
    static const framework::Plan plan = [] {
        const auto pack = framework::shipped_pack("cn-fitness-2014");
        ensure(pack.has_value(), "the fitness pack is shipped");
        auto outcome = framework::compile_pack(*pack);
        ensure(outcome.plans.has_value(), "the fitness pack compiles");
        return std::move(outcome.plans->school);
    }();
    return plan;
}

/// The reasons of the shipped national framework, for a blank evidence template.
std::vector<exchange::ReasonSpec> shipped_reasons() {
    const auto pack = framework::shipped_pack("cn-compulsory-2021");
    ensure(pack.has_value(), "the national pack is shipped");
    const auto outcome = framework::compile_pack(*pack);
    ensure(outcome.plans.has_value(), "the national pack compiles");
    std::vector<exchange::ReasonSpec> specs;
    for (const auto& [code, reason] : outcome.plans->school.reasons) {
        specs.push_back({.code = code,
                         .name_zh = reason.name_zh,
                         .name_en = reason.name_en,
                         .default_value = reason.default_value,
                         .value_low = reason.value_low,
                         .value_high = reason.value_high});
    }
    return specs;
}

/// The latest value of each item, as the upload sheet wants it.
exchange::FitnessRow sheet_row(const StudentEntry& student,
                               const Directory& directory,
                               std::span<const Evidence> records,
                               std::span<const exchange::ItemSpec> specs) {
    exchange::FitnessRow row;
    row.student_number = student.student_number;
    row.name = student.name;
    row.class_name = directory.class_name(student.class_id, Language::zh);
    row.class_code = std::to_string(student.class_id.value);
    row.sex = student.sex;
    row.grade = directory.org(student.class_id)->grade;
    row.items.resize(specs.size());
    for (std::size_t i = 0; i < specs.size(); ++i) {
        const Evidence* latest = nullptr;
        for (const auto& record : records) {
            const bool is_item = record.reason == specs[i].code && record.value;
            if (is_item && (latest == nullptr || is_later(record, *latest))) {
                latest = &record;
            }
        }
        if (latest != nullptr) {
            auto value = latest->value->nano();
            for (int decimals = specs[i].decimals; decimals < Decimal::max_decimals; ++decimals) {
                value /= 10;
            }
            row.items[i] = {exchange::ItemState::value, value};
        }
    }
    return row;
}

}  // namespace

std::string template_xlsx(std::string_view kind, Language language) {
    if (kind == "roster") {
        return exchange::roster_template(language);
    }
    if (kind == "evidence") {
        return exchange::evidence_template(language, shipped_reasons());
    }
    const auto specs = item_specs(fitness_plan());
    if (kind == "fitness" || kind == "fitness-primary") {
        return exchange::fitness_template(language, exchange::FitnessLayout::primary, specs);
    }
    if (kind == "fitness-secondary") {
        return exchange::fitness_template(language, exchange::FitnessLayout::junior_senior, specs);
    }
    throw Error(ErrorKind::not_found, "not_yours_to_open");
}

std::string fitness_sheet_xlsx(Services& services,
                               const Call& call,
                               std::optional<OrgId> class_id,
                               std::optional<PeriodId> asked) {
    const auto directory = services.directory.get();
    const auto school = school_of(call.actor);
    if (!school || !class_id) {
        throw Error(ErrorKind::not_found, "not_yours_to_open");
    }
    auto target = class_target(*directory, *class_id);
    target.state = "made";
    open_class(services,
               call,
               target,
               "export",
               "download_fitness_sheet",
               met_by(call, {"approval", "once", "watermark"}));
    const auto period = choose_period(services, *school, asked);
    const auto plans = services.frameworks.plans(*school, period.period_id);
    const auto specs = item_specs(plans->school);
    const auto layout = exchange::layout_of_grade(directory->org(*class_id)->grade);
    std::vector<exchange::FitnessRow> rows;
    services.store.read([&](store::Db& db) {
        for (const auto person : directory->students_of(*class_id)) {
            const auto counting =
                store::read_counting_of(db,
                                        {.school = *school,
                                         .days = period.days,
                                         .as_of_seq = std::numeric_limits<std::int64_t>::max(),
                                         .late = store::Late::included},
                                        person);
            rows.push_back(
                sheet_row(*directory->student(person), *directory, counting.of(person), specs));
        }
    });
    return exchange::national_upload_sheet(layout, specs, rows);
}

}  // namespace agate::app
