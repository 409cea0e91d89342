// SPDX-License-Identifier: Apache-2.0
#include "app/import_run.h"

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>

#include "base/text.h"
#include "store/evidence.h"
#include "store/store.h"

namespace agate::app {
namespace {

/// Finds people by what a file says of them. Made once a run from the day's directory.
class People {
public:
    explicit People(const ImportSource& source) : directory_(*source.directory) {
        for (const auto class_id : directory_.classes_of(source.school)) {
            for (const auto person : directory_.students_of(class_id)) {
                const auto* student = directory_.student(person);
                by_number_.emplace(student->student_number, person);
                by_class_and_name_.emplace(
                    fold_key(directory_.class_name(class_id, Language::zh)) + "/" + student->name,
                    person);
            }
        }
        for (const auto& [person, name] : directory_.people_of(source.school)) {
            by_name_.emplace(name, person);
        }
    }

    /// Nothing with a code that says why.
    struct Found {
        std::optional<PersonId> person;
        std::string_view fault;
    };

    [[nodiscard]] Found student(std::string_view number,
                                std::string_view class_name,
                                std::string_view name) const {
        if (!number.empty()) {
            const auto found = by_number_.find(std::string(number));
            if (found == by_number_.end()) {
                return {{}, "student_not_found"};
            }
            const bool other_name =
                !name.empty() && directory_.student(found->second)->name != name;
            return other_name ? Found{{}, "student_name_differs"} : Found{found->second, {}};
        }
        const auto [first, last] =
            by_class_and_name_.equal_range(fold_key(class_name) + "/" + std::string(name));
        if (first == last) {
            return {{}, "student_not_found"};
        }
        return std::next(first) == last ? Found{first->second, {}} : Found{{}, "student_ambiguous"};
    }

    /// A giver by number or name.
    [[nodiscard]] Found giver(std::string_view name) const {
        if (const auto pupil = by_number_.find(std::string(name)); pupil != by_number_.end()) {
            return {pupil->second, {}};
        }
        const auto [first, last] = by_name_.equal_range(std::string(name));
        if (first == last) {
            return {{}, "giver_not_found"};
        }
        return std::next(first) == last ? Found{first->second, {}} : Found{{}, "giver_ambiguous"};
    }

private:
    const Directory& directory_;
    std::unordered_map<std::string, PersonId> by_number_;
    std::unordered_multimap<std::string, PersonId> by_class_and_name_;
    std::unordered_multimap<std::string, PersonId> by_name_;
};

const std::string& number_of(const exchange::RosterRow& row) {
    return row.student_number.empty() ? row.national_number : row.student_number;
}

class Runner {
public:
    Runner(Services& services, const ImportSource& source)
        : services_(services), source_(source), people_(source) {}

    DryRun run();

private:
    void set_options(exchange::ReadOptions& options) const;
    void read_roster();
    void read_evidence();
    void read_fitness();
    void take_evidence(const exchange::EvidenceRow& row);
    void take_fitness(const exchange::FitnessRow& row);
    void take_student(const exchange::RosterRow& row);
    void take_leaver(const exchange::RosterRow& row);
    [[nodiscard]] bool is_own_class(PersonId student) const;
    void fault(std::int64_t row, std::string_view code, MessageArgs args = {});

    void set_state(std::int64_t row, RowState state) { states_[row] = state; }

    void compare_with_records();
    void finish();

    Services& services_;
    const ImportSource& source_;
    People people_;
    DryRun out_;
    std::map<std::int64_t, RowState> states_;
};

void Runner::set_options(exchange::ReadOptions& options) const {
    options.file = source_.file_name;
    if (!source_.mapping.sheet.empty()) {
        options.sheet = source_.mapping.sheet;
    }
    if (source_.mapping.header_row > 0) {
        options.header_row = source_.mapping.header_row;
    }
    for (const auto& [letters, field] : source_.mapping.columns) {
        options.columns.emplace(column_number(letters), field);
    }
    for (const auto& mend : source_.mends) {
        if (mend.column == 0) {
            options.skip_rows.emplace(mend.row, true);
        } else if (mend.value) {
            options.mends.emplace(std::make_pair(mend.row, mend.column),
                                  exchange::Mend{*mend.value});
        }
    }
    options.progress = source_.progress;
}

void Runner::fault(std::int64_t row, std::string_view code, MessageArgs args) {
    Problem problem;
    problem.where = {.file = source_.file_name,
                     .sheet = out_.table.sheet,
                     .row = row,
                     .column = 0,
                     .column_name = {}};
    problem.code = code;
    problem.args = std::move(args);
    out_.problems.push_back(std::move(problem));
    set_state(row, RowState::problem);
}

bool Runner::is_own_class(PersonId student) const {
    const auto* entry = source_.directory->student(student);
    return entry != nullptr &&
           std::find(source_.classes.begin(), source_.classes.end(), entry->class_id) !=
               source_.classes.end();
}

void Runner::take_evidence(const exchange::EvidenceRow& row) {
    const auto found = people_.student(row.student_number, row.class_name, row.student_name);
    if (!found.person) {
        fault(row.row, found.fault, {{"name", row.student_name}, {"number", row.student_number}});
        return;
    }
    if (!is_own_class(*found.person)) {
        fault(row.row, "not_your_class", {{"name", row.student_name}});
        return;
    }
    PersonId giver = source_.importer;
    const auto kind = row.rater_kind.value_or(RaterKind::teacher);
    if (row.giver.empty() && kind == RaterKind::self) {
        giver = *found.person;
    } else if (row.giver.empty() && kind == RaterKind::guardian) {
        giver = source_.directory->guardian_of(*found.person).value_or(giver);
    } else if (!row.giver.empty()) {
        const auto person = people_.giver(row.giver);
        if (!person.person) {
            fault(row.row, person.fault, {{"name", row.giver}});
            return;
        }
        giver = *person.person;
    }
    const auto reason = source_.plans->school.reasons.find(row.reason);
    const bool is_trusted =
        reason != source_.plans->school.reasons.end() && reason->second.is_trusted;
    set_state(row.row, RowState::ready);
    out_.records.push_back({.row = row.row,
                            .student = *found.person,
                            .reason = row.reason,
                            .day = *row.day,
                            .value = row.value,
                            .label = row.label,
                            .activity = row.activity,
                            .note = row.note,
                            .source_record = row.source_number,
                            .rater_kind = kind,
                            .giver = giver,
                            .is_vouched = is_trusted || giver != source_.importer});
}

void Runner::read_evidence() {
    exchange::EvidenceOptions options;
    set_options(options);
    for (const auto& [code, reason] : source_.plans->school.reasons) {
        options.reasons.push_back({.code = code,
                                   .name_zh = reason.name_zh,
                                   .name_en = reason.name_en,
                                   .default_value = reason.default_value,
                                   .value_low = reason.value_low,
                                   .value_high = reason.value_high});
    }
    options.days = DayRange{source_.period.days.from,
                            std::min(source_.period.days.to, source_.directory->today())};
    auto read = exchange::read_evidence(source_.bytes, options);
    out_.options = options;
    out_.table = std::move(read.table);
    out_.problems = std::move(read.problems);
    for (const auto& row : read.rows) {
        if (row.is_ready && row.day) {
            take_evidence(row);
        } else {
            set_state(row.row, RowState::problem);
        }
    }
}

void Runner::take_fitness(const exchange::FitnessRow& row) {
    const auto found = people_.student(row.student_number, row.class_name, row.name);
    if (!found.person) {
        fault(row.row, found.fault, {{"name", row.name}, {"number", row.student_number}});
        return;
    }
    if (!is_own_class(*found.person)) {
        fault(row.row, "not_your_class", {{"name", row.name}});
        return;
    }
    const auto* student = source_.directory->student(*found.person);
    if (row.sex && *row.sex != student->sex) {
        fault(row.row, "sex_differs", {{"name", row.name}});
        return;
    }
    set_state(row.row, RowState::ready);
    const Day day =
        std::clamp(source_.directory->today(), source_.period.days.from, source_.period.days.to);
    const auto specs = item_specs(source_.plans->school);
    for (std::size_t i = 0; i < row.items.size(); ++i) {
        if (row.items[i].state != exchange::ItemState::value) {
            continue;
        }
        std::int64_t nano = row.items[i].value;
        for (int decimals = specs[i].decimals; decimals < Decimal::max_decimals; ++decimals) {
            nano *= 10;
        }
        out_.records.push_back({.row = row.row,
                                .student = *found.person,
                                .reason = specs[i].code,
                                .day = day,
                                .value = Decimal::from_nano(nano),
                                .label = {},
                                .activity = {},
                                .note = {},
                                .source_record = {},
                                .rater_kind = RaterKind::teacher,
                                .giver = source_.importer,
                                .is_vouched = true});
    }
}

void Runner::read_fitness() {
    exchange::FitnessOptions options;
    set_options(options);
    const auto option = [&](const char* name) {
        const auto found = source_.mapping.options.find(name);
        return found != source_.mapping.options.end() && found->second;
    };
    options.number_times = option("times_as_m_ss")      ? exchange::NumberTimes::minutes_seconds
                           : option("times_as_seconds") ? exchange::NumberTimes::seconds
                                                        : exchange::NumberTimes::refuse;
    options.sex_source =
        option("sex_from_items") ? exchange::SexSource::filled_item : exchange::SexSource::caller;
    options.needs_grade = false;
    options.needs_student = true;
    auto read =
        exchange::read_all_fitness(source_.bytes, item_specs(source_.plans->school), options);
    out_.options = options;
    out_.table = std::move(read.table);
    out_.problems = std::move(read.problems);
    out_.blank_cells = read.blank_cells;
    for (const auto& row : read.rows) {
        if (row.is_ready) {
            take_fitness(row);
        } else {
            set_state(row.row, RowState::problem);
        }
    }
}

/// One who is at the school today leaves it; one who is not has left before.
void Runner::take_leaver(const exchange::RosterRow& row) {
    const auto found = people_.student(number_of(row), {}, {});
    set_state(row.row, found.person ? RowState::ready : RowState::taken_before);
    if (found.person) {
        out_.students.push_back(
            {.row = row, .person = found.person, .class_id = {}, .parent_of_class = {}});
    }
}

void Runner::take_student(const exchange::RosterRow& row) {
    if (row.has_left) {
        take_leaver(row);
        return;
    }
    PlannedStudent planned{.row = row, .person = {}, .class_id = {}, .parent_of_class = {}};
    const auto& directory = *source_.directory;
    if (!row.grade) {
        fault(row.row, "roster_grade_missing", {{"name", row.name}});
        return;
    }
    const auto key = fold_key(row.class_name);
    for (const auto class_id : directory.classes_of(source_.school)) {
        const auto* org = directory.org(class_id);
        if (fold_key(org->name_zh) == key || fold_key(org->code) == key) {
            planned.class_id = class_id;
        }
    }
    planned.parent_of_class = directory.parent_for_class(source_.school, row.campus, *row.grade);
    if (planned.parent_of_class.value == 0) {
        fault(row.row, "campus_not_found", {{"name", row.campus}});
        return;
    }
    const auto found = people_.student(number_of(row), {}, {});
    planned.person = found.person;
    bool is_as_before = false;
    if (found.person) {
        const auto* student = directory.student(*found.person);
        is_as_before = student->name == row.name && planned.class_id == student->class_id;
    }
    set_state(row.row, is_as_before ? RowState::taken_before : RowState::ready);
    if (!is_as_before) {
        out_.students.push_back(std::move(planned));
    }
}

void Runner::read_roster() {
    exchange::RosterOptions options;
    set_options(options);
    options.today = source_.directory->today();
    auto read = exchange::read_roster(source_.bytes, options);
    out_.options = options;
    out_.table = std::move(read.table);
    out_.problems = std::move(read.problems);
    for (const auto& row : read.rows) {
        if (row.is_ready) {
            take_student(row);
        } else {
            set_state(row.row, RowState::problem);
        }
    }
}

/// Facts of one student: reason, day, value and giver, as a possible double would repeat them.
using Fact = std::tuple<std::string, Day, std::optional<Decimal>, RaterTag, std::string>;

std::set<Fact> facts_of(store::Db& db, SchoolId school, PersonId student, DayRange days) {
    std::set<Fact> facts;
    for (const auto& record : store::list_evidence(db, school, student, days)) {
        if (record.state != EvidenceState::voided) {
            facts.emplace(record.reason, record.day, record.value, record.rater, record.activity);
        }
    }
    return facts;
}

/// Marks what is there already: a record number, or the same fact from the same giver, in the store
/// or higher up in this file. One look at the store for each student, not for each record.
void Runner::compare_with_records() {
    std::unordered_map<PersonId, std::set<Fact>> known;
    std::unordered_map<PersonId, RaterTag> tags;
    services_.store.read([&](store::Db& db) {
        for (const auto& record : out_.records) {
            const bool has_number = !record.source_record.empty();
            if (has_number &&
                store::find_by_source(
                    db, source_.school, source_.file_source(), record.source_record)) {
                set_state(record.row, RowState::taken_before);
            }
            if (has_number) {
                continue;
            }
            auto [facts, is_new_student] = known.try_emplace(record.student);
            if (is_new_student) {
                facts->second = facts_of(db, source_.school, record.student, source_.period.days);
            }
            auto [tag, is_new_giver] = tags.try_emplace(record.giver);
            if (is_new_giver) {
                tag->second = services_.store.keys().rater_tag(
                    source_.school, source_.period.period_id, record.giver);
            }
            const bool is_new =
                facts->second
                    .emplace(record.reason, record.day, record.value, tag->second, record.activity)
                    .second;
            if (!is_new) {
                set_state(record.row, RowState::double_);
            }
        }
    });
}

void Runner::finish() {
    for (const auto& skipped : out_.table.skipped) {
        if (skipped.reason == exchange::SkipReason::by_user) {
            set_state(skipped.row, RowState::skipped);
        }
    }
    if (source_.is_same_file_taken) {
        for (auto& [row, state] : states_) {
            state = state == RowState::ready || state == RowState::double_ ? RowState::taken_before
                                                                           : state;
        }
    }
    Sha256 digest;
    digest.add(as_bytes(std::string_view(source_.bytes)));
    for (const auto& [row, state] : states_) {
        out_.rows.push_back({row, state});
        digest.add(row).add(static_cast<std::int64_t>(state));
    }
    for (const auto& record : out_.records) {
        digest.add(record.row).add(record.reason).add(record.value ? record.value->nano() : 0);
        digest.add(Bytes{record.student.bytes});
    }
    out_.digest = digest.finish();
}

DryRun Runner::run() {
    switch (source_.kind) {
        case ImportKind::roster:
            read_roster();
            break;
        case ImportKind::evidence:
            read_evidence();
            break;
        case ImportKind::fitness:
            read_fitness();
            break;
    }
    out_.problems.insert(
        out_.problems.begin(), out_.table.problems.begin(), out_.table.problems.end());
    compare_with_records();
    finish();
    return std::move(out_);
}

}  // namespace

std::string_view to_text(RowState state) {
    constexpr std::array<std::string_view, 5> names{
        "ready", "problem", "double", "skipped", "taken_before"};
    return names[static_cast<std::size_t>(state)];
}

std::int64_t DryRun::count(RowState state) const {
    return std::count_if(
        rows.begin(), rows.end(), [&](const ImportRow& row) { return row.state == state; });
}

std::vector<exchange::ItemSpec> item_specs(const framework::Plan& plan) {
    std::vector<exchange::ItemSpec> specs;
    for (const auto& item : plan.items) {
        if (item.entry == framework::ScoringItem::Entry::computed) {
            continue;
        }
        exchange::ItemSpec spec{
            .code = item.code,
            .name_zh = item.name_zh,
            .name_en = item.name_en,
            .unit = item.unit,
            .unit_zh = item.unit_zh,
            .entry = static_cast<exchange::ItemSpec::Entry>(item.entry),
            .rounding = static_cast<exchange::ItemSpec::Rounding>(item.rounding),
            .decimals = item.decimals,
            .import_min = item.import_min,
            .import_max = item.import_max,
            .applies = {}};
        for (std::size_t sex = 0; sex < 2; ++sex) {
            for (std::size_t grade = 1; grade <= 12; ++grade) {
                spec.applies[sex][grade] =
                    !item.rows[sex][grade].empty() ||
                    item.direction == framework::ScoringItem::Direction::none;
            }
        }
        specs.push_back(std::move(spec));
    }
    return specs;
}

DryRun run_import(Services& services, const ImportSource& source) {
    return Runner(services, source).run();
}

}  // namespace agate::app
