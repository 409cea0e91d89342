// SPDX-License-Identifier: Apache-2.0
#include "app/demo.h"

#include <fmt/format.h>

#include <boost/json.hpp>
#include <set>

#include "app/demo_files.h"
#include "app/demo_people.h"
#include "app/importing.h"
#include "app/installation.h"
#include "app/recording.h"
#include "app/setting_up.h"
#include "app/terms.h"
#include "base/crypto.h"
#include "base/error.h"
#include "framework/compile.h"
#include "store/heads.h"
#include "store/period.h"
#include "store/result.h"

namespace agate::app {
namespace {

constexpr std::int64_t day_micros = 86'400LL * 1'000'000;

/// A call in Chinese; `actor` must outlive it.
Call call_by(const Actor& actor, std::string_view reason = {}) {
    return {.actor = actor,
            .language = Language::zh,
            .purpose = {},
            .reason = std::string(reason),
            .network_address = {},
            .request_id = {}};
}

/// The four schools. Their names and people are invented.
struct SchoolPlan {
    std::string name_zh, name_en, code;
    DemoSchoolShape shape;
    bool has_overlay = false;
};

std::vector<SchoolPlan> school_plans() {
    return {{"澄溪小学教育集团",
             "Chengxi Primary Group",
             "CX",
             {{"澄溪校区", "柳岸校区", "云台校区"}, 1, 6, 15},
             true},
            {"榕江小学教育集团",
             "Rongjiang Primary Group",
             "RJ",
             {{"榕江校区", "石桥校区", "望山校区"}, 1, 6, 15},
             false},
            {"青禾小学教育集团",
             "Qinghe Primary Group",
             "QH",
             {{"青禾校区", "南园校区", "滨河校区"}, 1, 6, 15},
             false},
            {"澄江第二中学",
             "Chengjiang No. 2 Middle School",
             "ZX",
             {{"江北校区", "江南校区", "临湖校区"}, 7, 9, 15},
             false}};
}

/// A school of the demonstration with its people.
struct School {
    SchoolPlan plan;
    SchoolId id;
    std::vector<DemoStudent> students;
    PersonId principal, academic_office, moral_office, administrator, pe_teacher;
    std::vector<std::pair<OrgId, PersonId>> grade_heads;
    std::vector<std::pair<OrgId, PersonId>> class_teachers;  ///< of the term being told
    std::map<std::string, PersonId> teacher_ids;             ///< class teachers by name
    int teachers = 0;
};

/// Makes the district at times of its own: the clock stands where the story is.
class Storyteller {
public:
    explicit Storyteller(const DemoOptions& options)
        : options_(options),
          dice_(options.seed),
          random_(seeded_random(options.seed)),
          today_(shanghai_day(options.now)),
          terms_(demo_terms(today_)) {}

    DemoDistrict tell();

private:
    void set_day(Day day) {
        // Nine in the morning in Shanghai.
        now_ = {static_cast<std::int64_t>(day.number) * day_micros + 3'600'000'000LL};
    }

    void say(std::string_view stage, std::uint64_t done, std::uint64_t total) const {
        if (options_.progress) {
            options_.progress(stage, done, total);
        }
    }

    [[nodiscard]] Actor actor(PersonId person) const;
    [[nodiscard]] std::string unused_name();
    void make_orgs();
    void make_staff(School& school);
    void make_class_teachers(School& school, const DayRange& days);
    PeriodId open_term(School& school, const DayRange& days);
    void import(PersonId person, ImportKind kind, std::string_view name, std::string text);
    [[nodiscard]] DemoLeavers last_grade_of(const School& school) const;
    void bring_in(School& school, const DayRange& days, const DemoLeavers& leavers);
    void record_term(School& school, const DemoTerm& term);
    void seal_term(School& school, PeriodId period);
    void record_by_hand(School& school);
    void make_accounts();
    void add_account_for(std::string_view role,
                         PersonId person,
                         std::string_view login,
                         std::string note);

    const DemoOptions& options_;
    Dice dice_;
    RandomSource random_;
    Day today_;
    DemoTerms terms_;
    Instant now_;
    std::unique_ptr<Installation> installation_;
    Services* services_ = nullptr;
    Names names_;
    std::set<std::string> used_names_;
    OrgId district_;
    PersonId district_officer_;
    std::vector<School> schools_;
    DemoDistrict out_;
};

Actor Storyteller::actor(PersonId person) const {
    const auto directory = services_->directory.get();
    return {.account_id = {},
            .person_id = person,
            .roles = directory->roles_of(person),
            .children = directory->children_of(person),
            .step_up_at = now_,
            .now = now_};
}

std::string Storyteller::unused_name() {
    std::string name;
    do {
        name =
            names_.surname(dice_) + names_.given(dice_, dice_.chance(60) ? Sex::female : Sex::male);
    } while (!used_names_.insert(name).second);
    return name;
}

/// National Day and Spring Festival in whatever year the story is told.
std::vector<CalendarDays> make_calendar(Day from, Day to) {
    std::vector<CalendarDays> days;
    for (int year = split(from).year; year <= split(to).year; ++year) {
        const auto add = [&](int month, int day, int length, const char* zh, const char* en) {
            const auto first = make_day({year, month, day});
            days.push_back({{*first, *first + (length - 1)}, zh, en, CalendarDays::Kind::holiday});
        };
        add(1, 1, 1, "元旦", "New Year");
        add(5, 1, 5, "劳动节假期", "Labour Day");
        add(10, 1, 7, "国庆假期", "National Day");
    }
    return days;
}

void Storyteller::make_orgs() {
    Org district;
    district.kind = OrgKind::district;
    district.code = "CJ";
    district.name_zh = "澄江区教育委员会";
    district.name_en = "Chengjiang District Education Commission";
    district_ = add_org(*services_, district);
    for (auto& plan : school_plans()) {
        Org org;
        org.kind = OrgKind::school;
        org.parent_id = district_;
        org.code = plan.code;
        org.name_zh = plan.name_zh;
        org.name_en = plan.name_en;
        School school;
        school.id = SchoolId{add_org(*services_, org).value};
        for (const auto& campus_name : plan.shape.campuses) {
            Org campus;
            campus.kind = OrgKind::campus;
            campus.parent_id = OrgId{school.id.value};
            campus.school_id = school.id;
            campus.code = campus.name_zh = campus_name;
            const auto campus_id = add_org(*services_, campus);
            for (int grade = plan.shape.first_grade; grade <= plan.shape.last_grade; ++grade) {
                Org level;
                level.kind = OrgKind::grade;
                level.parent_id = campus_id;
                level.school_id = school.id;
                level.code = std::to_string(grade);
                level.name_zh = grade_name_zh(grade);
                level.name_en = fmt::format("Grade {}", grade);
                level.grade = grade;
                school.grade_heads.emplace_back(add_org(*services_, level), PersonId{});
            }
        }
        school.plan = std::move(plan);
        schools_.push_back(std::move(school));
    }
    set_calendar(*services_, make_calendar(terms_.sealed.from, terms_.running.to));
}

void Storyteller::make_staff(School& school) {
    std::vector<NewPerson> people;
    const std::size_t posts = 5 + school.grade_heads.size();
    for (std::size_t i = 0; i < posts; ++i) {
        people.push_back({.school = school.id,
                          .name = unused_name(),
                          .number = fmt::format("{}T{:03}", school.plan.code, i + 1),
                          .sex = std::nullopt});
    }
    const auto ids = add_people(*services_, people);
    school.principal = ids[0];
    school.academic_office = ids[1];
    school.moral_office = ids[2];
    school.administrator = ids[3];
    school.pe_teacher = ids[4];
    const OrgId at{school.id.value};
    std::vector<NewPost> list;
    const auto add = [&](PersonId person, const char* role, OrgId org) {
        list.push_back({.school = school.id,
                        .person = person,
                        .role = role,
                        .org = org,
                        .from = terms_.sealed.from,
                        .about = {}});
    };
    add(ids[0], "principal", at);
    add(ids[1], "academic_office", at);
    add(ids[2], "moral_education_office", at);
    add(ids[3], "system_administrator", at);
    for (std::size_t i = 0; i < school.grade_heads.size(); ++i) {
        school.grade_heads[i].second = ids[5 + i];
        add(ids[5 + i], "grade_head", school.grade_heads[i].first);
    }
    add_posts(*services_, list);
}

/// Class and PE teachers from the first day of the term until the school year is over. A teacher
/// goes on with the class that she has when it moves up; the first grade's teachers are new.
void Storyteller::make_class_teachers(School& school, const DayRange& days) {
    const auto directory = services_->directory.get();
    std::map<std::string, OrgId> class_ids;
    for (const auto id : directory->classes_of(school.id)) {
        class_ids[directory->class_name(id, Language::zh)] = id;
    }
    std::map<std::string, std::string> followed;  // class now -> name of the teacher who came along
    std::set<std::string> wanted;
    for (const auto& student : school.students) {
        wanted.insert(student.class_name);
        if (!student.teacher.empty()) {
            followed[student.class_name] = student.teacher;
        }
    }
    std::vector<NewPerson> people;
    for (const auto& name : wanted) {
        if (followed.count(name) == 0) {
            people.push_back(
                {.school = school.id,
                 .name = unused_name(),
                 .number = fmt::format("{}B{:03}", school.plan.code, ++school.teachers),
                 .sex = std::nullopt});
            followed[name] = people.back().name;
        }
    }
    const auto ids = add_people(*services_, people);
    for (std::size_t i = 0; i < people.size(); ++i) {
        school.teacher_ids[people[i].name] = ids[i];
    }
    const bool is_over = terms_.moves_up() && days == terms_.sealed;
    const auto to = is_over ? std::optional{terms_.running.from - 1} : std::nullopt;
    std::vector<NewPost> posts;
    school.class_teachers.clear();
    for (const auto& name : wanted) {
        const auto id = class_ids.at(name);
        const auto teacher = school.teacher_ids.at(followed.at(name));
        school.class_teachers.emplace_back(id, teacher);
        for (const auto& [person, role] :
             {std::pair{teacher, "class_teacher"}, std::pair{school.pe_teacher, "pe_teacher"}}) {
            posts.push_back({.school = school.id,
                             .person = person,
                             .role = role,
                             .org = id,
                             .from = days.from,
                             .about = {},
                             .to = to});
        }
    }
    add_posts(*services_, posts);
    for (auto& student : school.students) {
        student.teacher = followed.at(student.class_name);
    }
}

PeriodId Storyteller::open_term(School& school, const DayRange& days) {
    const Actor office = actor(school.academic_office);
    const Call by_office = call_by(office);
    const auto period = create_period(*services_,
                                      by_office,
                                      {.school = school.id,
                                       .name_zh = term_name(days.from, Language::zh),
                                       .name_en = term_name(days.from, Language::en),
                                       .days = days});
    std::vector<framework::PackFiles> layers{*framework::shipped_pack("cn-compulsory-2021")};
    if (school.plan.has_overlay) {
        layers.push_back(*framework::shipped_pack("manao-five-colours"));
    }
    adopt_framework(*services_, school.id, period, layers);
    const Actor principal = actor(school.principal);
    step_period(*services_,
                call_by(principal),
                school.id,
                period,
                {.event = "open", .digest = {}, .class_id = {}});
    return period;
}

void Storyteller::import(PersonId person,
                         ImportKind kind,
                         std::string_view name,
                         std::string text) {
    const Actor by = actor(person);
    const Call call = call_by(by);
    const auto started =
        boost::json::parse(start_import(*services_, call, kind, name, std::move(text)));
    const auto id = ImportId::parse(std::string(started.at("import_id").as_string()));
    ensure(id.has_value(), "an import has an id");
    const auto done =
        boost::json::parse(commit_import(*services_,
                                         call,
                                         *id,
                                         {.digest = std::string(started.at("digest").as_string()),
                                          .take_doubles = {},
                                          .skip_problem_rows = true}));
    if (kind == ImportKind::evidence) {
        out_.records += done.at("taken").as_int64();
    }
}

DemoLeavers Storyteller::last_grade_of(const School& school) const {
    DemoLeavers leavers{.students = {}, .last_day = terms_.sealed.to};
    for (const auto& student : school.students) {
        if (student.grade == school.plan.shape.last_grade) {
            leavers.students.push_back(student);
        }
    }
    return leavers;
}

/// The roster of a term's first day, and who teaches whom.
void Storyteller::bring_in(School& school, const DayRange& days, const DemoLeavers& leavers) {
    import(school.academic_office,
           ImportKind::roster,
           "名册.csv",
           roster_csv(school.students, leavers, names_, dice_));
    services_->directory.invalidate();
    make_class_teachers(school, days);
}

/// What came in up to yesterday.
void Storyteller::record_term(School& school, const DemoTerm& term) {
    const auto plans = services_->frameworks.plans(
        school.id, services_->directory.get()->periods_of(school.id).back().period_id);
    set_day(term.upto);
    import(
        school.academic_office,
        ImportKind::evidence,
        "记录.csv",
        evidence_csv(
            school.students, plans->school, term, services_->directory.get()->calendar(), dice_));
    import(school.pe_teacher,
           ImportKind::fitness,
           "体测.csv",
           fitness_csv(school.students, plans->school, term, dice_));
}

void Storyteller::seal_term(School& school, PeriodId period) {
    const auto step = [&](PersonId person,
                          std::string_view event,
                          std::optional<OrgId> scope = {},
                          std::string_view reason = {}) {
        const Actor by = actor(person);
        const Call call = call_by(by, reason);
        const auto digest = services_->store.read([&](store::Db& db) {
            const auto runs = store::list_runs(db, school.id, period);
            return runs.empty() ? std::string{} : to_hex(runs.front().results_digest);
        });
        step_period(*services_,
                    call,
                    school.id,
                    period,
                    {.event = std::string(event), .digest = digest, .class_id = scope});
    };
    set_day(terms_.sealed.to + 1);
    step(school.academic_office, "close_recording", {}, "学期结束");
    step(school.academic_office, "evaluate");
    for (const auto& [class_id, teacher] : school.class_teachers) {
        step(teacher, "approve", class_id);
    }
    for (const auto& [grade_id, head] : school.grade_heads) {
        step(head, "approve", grade_id);
    }
    step(school.principal, "approve");
    step(school.principal, "publish");
    set_day(terms_.sealed.to + 12);
    step(school.principal, "end_notice");
    step(school.principal, "all_decided");
    step(school.principal, "sign");
    step(school.principal, "seal");
}

/// This week's records, written by the teachers themselves; a few are voided again.
void Storyteller::record_by_hand(School& school) {
    const auto directory = services_->directory.get();
    int written = 0;
    for (const auto& [class_id, teacher] : school.class_teachers) {
        const Actor by = actor(teacher);
        const auto& students = directory->students_of(class_id);
        for (int i = 0; i < 4 && !students.empty(); ++i) {
            NewRecord one;
            one.client_id = EvidenceId::make(now_, random_);
            one.student =
                students[static_cast<std::size_t>(dice_.below(static_cast<int>(students.size())))];
            one.reason = i % 2 == 0 ? "helped_classmate" : "greeted";
            one.day = today_;
            one.note = i == 0 ? "课间主动扶起摔倒的同学" : "";
            static_cast<void>(record(*services_, call_by(by), one));
            if (++written % 12 == 0) {
                void_record(*services_, call_by(by, "记错了人"), one.client_id, one.student);
            }
        }
    }
    out_.records += written;
}

void Storyteller::add_account_for(std::string_view role,
                                  PersonId person,
                                  std::string_view login,
                                  std::string note) {
    const auto index = services_->rights.find_role(role);
    ensure(index.has_value(), "the demonstration uses known roles");
    const auto& known = services_->rights.role(*index);
    const bool with_factor = known.second_factor == SecondFactor::required ||
                             known.second_factor == SecondFactor::step_up;
    DemoAccount account{.role = std::string(role),
                        .role_zh = known.name_zh,
                        .login = std::string(login),
                        .password = random_token(system_random, 9),
                        .factor_secret = {},
                        .person_name = services_->directory.get()->name_of(person),
                        .note_zh = std::move(note)};
    account.factor_secret = add_account(*services_,
                                        {.login = account.login,
                                         .person = person,
                                         .password = account.password,
                                         .with_factor = with_factor});
    out_.accounts.push_back(std::move(account));
}

void Storyteller::make_accounts() {
    const auto directory = services_->directory.get();
    auto& school = schools_.front();
    // The first class of a middle grade, and a child with much to show.
    std::size_t chosen = 0;
    for (std::size_t i = 0; i < school.class_teachers.size(); ++i) {
        chosen = directory->org(school.class_teachers[i].first)->grade == 4 ? i : chosen;
    }
    const auto [class_id, teacher] = school.class_teachers[chosen];
    const auto& students = directory->students_of(class_id);
    PersonId child = students.front();
    int best = -1;
    for (const auto& student : school.students) {
        for (const auto person : students) {
            if (directory->student(person)->student_number == student.number &&
                student.zeal > best) {
                best = student.zeal;
                child = person;
            }
        }
    }
    const auto guardian = directory->guardian_of(child);
    ensure(guardian.has_value(), "every demonstration child has one guardian");
    add_account_for("student", child, "demo-student", "看自己的画像");
    add_account_for("guardian", *guardian, "demo-guardian", "看孩子的画像");
    add_account_for("class_teacher", teacher, "demo-class-teacher", "班级、画像、记录");
    add_account_for("pe_teacher", school.pe_teacher, "demo-pe-teacher", "导入体测成绩");
    add_account_for(
        "academic_office", school.academic_office, "demo-academic-office", "导入名册和记录、学期");
    add_account_for("principal", school.principal, "demo-principal", "确认、签发");
    add_account_for(
        "system_administrator", school.administrator, "demo-administrator", "账号，不看学生");
}

DemoDistrict Storyteller::tell() {
    const Installation::Options options{.folder = options_.folder,
                                        .clock = [this] { return now_; },
                                        .random = random_,
                                        .is_demo = true,
                                        .durability = store::Durability::none};
    set_day(terms_.sealed.from);
    Installation::create(options);
    installation_ = std::make_unique<Installation>(options);
    services_ = &installation_->services();
    make_orgs();
    const auto total = schools_.size();
    for (std::size_t i = 0; i < total; ++i) {
        auto& school = schools_[i];
        const auto share = options_.students / static_cast<int>(total);
        say("sealed_term", i, total);
        set_day(terms_.sealed.from);
        make_staff(school);
        school.students = make_students(school.plan.shape, share, school.plan.code, names_, dice_);
        const auto sealed = open_term(school, terms_.sealed);
        bring_in(school, terms_.sealed, {});
        record_term(school, {.days = terms_.sealed, .upto = terms_.sealed.to, .lift = 0});
        seal_term(school, sealed);
        say("running_term", i, total);
        set_day(terms_.running.from);
        open_term(school, terms_.running);
        if (terms_.moves_up()) {
            const auto leavers = last_grade_of(school);
            school.students = move_up(school.plan.shape,
                                      std::move(school.students),
                                      share,
                                      school.plan.code,
                                      names_,
                                      dice_);
            bring_in(school, terms_.running, leavers);
        }
        record_term(school, {.days = terms_.running, .upto = today_ - 1, .lift = 12});
        set_day(today_);
        record_by_hand(school);
        out_.students += static_cast<std::int64_t>(school.students.size());
        out_.classes += static_cast<std::int64_t>(school.class_teachers.size());
    }
    now_ = options_.now;
    services_->directory.invalidate();
    make_accounts();
    store::append_heads(installation_->store());
    say("done", total, total);
    return std::move(out_);
}

}  // namespace

DemoDistrict make_demo(const DemoOptions& options) {
    return Storyteller(options).tell();
}

}  // namespace agate::app
