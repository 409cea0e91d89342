// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/file.h"
#include "store/evidence.h"
#include "store/member.h"
#include "store/org.h"
#include "store/period.h"
#include "store/store.h"

// A fresh store in a folder of its own, with one district, one school, one campus, one grade, one
// class of five students, a class teacher and a guardian of the first student.
namespace agate::store::test {

struct FixtureOptions {
    Durability durability = Durability::none;
    std::string vfs = {};
    int students = 5;
};

class Fixture {
public:
    explicit Fixture(FixtureOptions options = {});

    static constexpr SchoolId district_school{1};
    static constexpr OrgId district{1};
    static constexpr SchoolId school{2};
    static constexpr OrgId school_org{2};
    static constexpr OrgId campus{3};
    static constexpr OrgId grade{4};
    static constexpr OrgId class_3_1{5};

    /// 2026-09-07 08:00 in Shanghai; the first Monday of the term.
    static constexpr Instant start{1'788'739'200'000'000};

    [[nodiscard]] const StoreOptions& options() const { return options_; }

    [[nodiscard]] Store& store() { return *store_; }

    /// Closes the store and opens it again.
    void reopen();

    void close() { store_.reset(); }

    [[nodiscard]] Act act(std::string what, PersonId actor) const;

    [[nodiscard]] Act act(std::string what) const { return act(std::move(what), teacher); }

    /// A record by the class teacher: 2 points on the first day.
    [[nodiscard]] NewEvidence evidence(PersonId student) const;
    /// Adds it and returns the entry's number.
    std::int64_t add(const NewEvidence& evidence);

    PersonId teacher, guardian;
    std::vector<PersonId> students;
    PeriodId period{1};

private:
    void fill(int student_count);
    Member member(PersonId person, std::string name, std::string number) const;

    TemporaryFolder folder_;
    StoreOptions options_;
    std::unique_ptr<Store> store_;
};

inline Fixture::Fixture(FixtureOptions options)
    : options_{.folder = folder_.path() / "store",
               .root_key_file = folder_.path() / "root.key",
               .heads_file = folder_.path() / "heads.txt",
               .durability = options.durability,
               .log_bytes = 0,
               .vfs = options.vfs} {
    Store::create(options_);
    reopen();
    fill(options.students);
}

inline void Fixture::reopen() {
    store_.reset();
    store_ = std::make_unique<Store>(options_);
}

inline Act Fixture::act(std::string what, PersonId actor) const {
    return {.school = school,
            .act = std::move(what),
            .at = store_->now(),
            .actor = actor,
            .post = "class_teacher"};
}

inline Member Fixture::member(PersonId person, std::string name, std::string number) const {
    return {.person_id = person,
            .sex = Sex::female,
            .identity = {.name = std::move(name), .name_key = "key", .number = std::move(number)}};
}

inline NewEvidence Fixture::evidence(PersonId student) const {
    return {.evidence_id = store_->make_id<EvidenceId>(),
            .student = student,
            .reason = "labour_home",
            .day = shanghai_day(start),
            .value = Decimal::from_int(2),
            .rater_kind = RaterKind::teacher,
            .rater = {7},
            .source = "entry",
            .state = EvidenceState::verified,
            .recorded_at = store_->now(),
            .author = teacher,
            .note = "整理了书架"};
}

inline std::int64_t Fixture::add(const NewEvidence& evidence) {
    const auto sealed = seal_evidence(store_->keys(), school, evidence);
    return store_->write([&](Db& db) {
        return record(
            db, act("evidence.create"), [&](Entry& entry) { add_evidence(entry, sealed); });
    });
}

inline void Fixture::fill(int student_count) {
    teacher = store_->make_id<PersonId>();
    guardian = store_->make_id<PersonId>();
    for (int i = 0; i < student_count; ++i) {
        students.push_back(store_->make_id<PersonId>());
    }
    auto people = students;
    people.insert(people.end(), {teacher, guardian});
    store_->keys().create(people, store_->now());
    std::vector<SealedMember> members;
    for (std::size_t i = 0; i < people.size(); ++i) {
        const std::string number = std::to_string(20260001 + i);
        members.push_back(
            seal_member(store_->keys(), school, member(people[i], "张同学" + number, number)));
    }
    store_->write([&](Db& db) {
        put_org(db, {.org_id = district, .kind = OrgKind::district, .code = "D", .name_zh = "区"});
        put_org(db,
                {.org_id = school_org,
                 .kind = OrgKind::school,
                 .parent_id = district,
                 .school_id = school,
                 .code = "S1",
                 .name_zh = "本心小学"});
        put_org(db,
                {.org_id = campus,
                 .kind = OrgKind::campus,
                 .parent_id = school_org,
                 .school_id = school,
                 .code = "C1",
                 .name_zh = "东校区"});
        put_org(db,
                {.org_id = grade,
                 .kind = OrgKind::grade,
                 .parent_id = campus,
                 .school_id = school,
                 .code = "G3",
                 .name_zh = "三年级",
                 .grade = 3});
        put_org(db,
                {.org_id = class_3_1,
                 .kind = OrgKind::class_,
                 .parent_id = grade,
                 .school_id = school,
                 .code = "3-1",
                 .name_zh = "三年级一班",
                 .grade = 3});
        record(db, act("import.commit"), [&](Entry& entry) {
            for (const auto& sealed : members) {
                add_member(entry, sealed);
            }
            Membership membership{.org_id = class_3_1, .from = shanghai_day(start)};
            for (const auto& student : students) {
                membership.membership_id = store_->make_id<MembershipId>();
                membership.person_id = student;
                membership.role = "student";
                membership.grade = 3;
                add_membership(entry, membership);
            }
            membership.grade = 0;
            membership.membership_id = store_->make_id<MembershipId>();
            membership.person_id = teacher;
            membership.role = "class_teacher";
            add_membership(entry, membership);
            membership.membership_id = store_->make_id<MembershipId>();
            membership.person_id = guardian;
            membership.role = "guardian";
            membership.org_id = school_org;
            membership.about = students.front();
            add_membership(entry, membership);
        });
        record(db, act("period.open"), [&](Entry& entry) {
            add_period(entry,
                       {.period_id = period,
                        .school_id = school,
                        .name_zh = "2026—2027 学年上学期",
                        .name_en = "Autumn 2026",
                        .days = {shanghai_day(start), shanghai_day(start) + 139},
                        .state = PeriodState::recording});
        });
    });
}

}  // namespace agate::store::test
