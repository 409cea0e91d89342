// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include "base/error.h"
#include "fixture.h"
#include "store/access_log.h"
#include "store/account.h"
#include "store/erasure.h"
#include "store/verify.h"

namespace agate::store {
namespace {

using test::Fixture;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class PeopleTest : public ::testing::Test {
protected:
    std::optional<Member> find(PersonId person) {
        return fixture.store().read([&](Db& db) {
            return find_member(db, fixture.store().keys(), Fixture::school, person);
        });
    }

    void save(Member member) {
        const auto sealed = seal_member(fixture.store().keys(), Fixture::school, std::move(member));
        fixture.store().write([&](Db& db) {
            record(
                db, fixture.act("member.change"), [&](Entry& entry) { add_member(entry, sealed); });
        });
    }

    Fixture fixture;
    PersonId student = fixture.students.front();
};

TEST_F(PeopleTest, AMemberComesBackAndIsFoundByNumber) {
    auto member = find(student).value();
    EXPECT_EQ(member.identity.name, "张同学20260001");
    member.revision = 2;
    member.identity.number = "777";
    member.identity.national_number = "G110101201809071234";
    member.identity.born = make_day({2018, 9, 7});
    save(member);
    EXPECT_EQ(find(student)->identity, member.identity);
    fixture.store().read([&](Db& db) {
        const auto& keys = fixture.store().keys();
        EXPECT_EQ(find_person_by(db, keys, Fixture::school, "number", "777"), student);
        EXPECT_EQ(find_person_by(db, keys, Fixture::school, "number", "20260001"), std::nullopt);
        EXPECT_EQ(find_person_by(db, keys, SchoolId{9}, "number", "777"), std::nullopt);
        EXPECT_EQ(find_person_across_schools(db, keys, "national_number", "G110101201809071234"),
                  student);
        EXPECT_THAT(list_members(db, fixture.store().keys(), Fixture::school), SizeIs(7));
    });
}

TEST_F(PeopleTest, TwoPeopleCannotShareANumber) {
    auto member = find(student).value();
    member.revision = 2;
    member.identity.number = "20260002";
    EXPECT_THROW(save(member), Error);
    EXPECT_EQ(find(student)->identity.number, "20260001");
}

TEST_F(PeopleTest, MembershipsShowTheirLatestRevision) {
    const auto of_class = [&] {
        return fixture.store().read([&](Db& db) {
            return list_memberships_of_org(db, Fixture::school, Fixture::class_3_1);
        });
    };
    auto memberships = of_class();
    ASSERT_THAT(memberships, SizeIs(6));
    auto leaving = memberships.front();
    leaving.revision = 2;
    leaving.to = leaving.from + 30;
    fixture.store().write([&](Db& db) {
        record(db, fixture.act("membership.end"), [&](Entry& entry) {
            add_membership(entry, leaving);
        });
    });
    memberships = of_class();
    ASSERT_THAT(memberships, SizeIs(6));
    EXPECT_EQ(memberships.front().to, leaving.to);
    EXPECT_TRUE(memberships.front().holds_on(leaving.from + 30));
    EXPECT_FALSE(memberships.front().holds_on(leaving.from + 31));
    fixture.store().read([&](Db& db) {
        EXPECT_THAT(list_memberships_about(db, Fixture::school, student), SizeIs(1));
        EXPECT_THAT(list_memberships_with_role(db, Fixture::school, "student"), SizeIs(5));
        const auto everywhere = list_memberships_across_schools(db, fixture.guardian);
        ASSERT_THAT(everywhere, SizeIs(1));
        EXPECT_EQ(everywhere[0].school, Fixture::school);
    });
}

TEST_F(PeopleTest, ErasureEndsTheContentAndTheChainHolds) {
    const auto given = fixture.evidence(student);
    fixture.add(given);
    const auto erasure =
        erase_person(fixture.store(), student, fixture.act("person.erase", fixture.guardian));
    EXPECT_EQ(erasure.indexes_gone, 1);
    EXPECT_TRUE(find(student)->is_erased);
    EXPECT_THAT(find(student)->identity.name, IsEmpty());
    fixture.store().read([&](Db& db) {
        EXPECT_EQ(find_person_by(db, fixture.store().keys(), Fixture::school, "number", "20260001"),
                  std::nullopt);
        const auto found = find_evidence(db, Fixture::school, given.evidence_id);
        EXPECT_TRUE(open_evidence(fixture.store().keys(), Fixture::school, *found).is_erased);
    });
    EXPECT_THROW(fixture.add(fixture.evidence(student)), Error);
    const auto verified = verify(fixture.store());
    EXPECT_TRUE(verified.is_intact());
    ASSERT_THAT(verified.chains, SizeIs(1));
    EXPECT_EQ(verified.chains[0].erased, 2);
    fixture.reopen();
    EXPECT_TRUE(find(student)->is_erased);
}

TEST_F(PeopleTest, AKeyGoneWithoutAnErasureIsFound) {
    fixture.store().keys().destroy(student, fixture.store().now());
    const auto verified = verify(fixture.store());
    ASSERT_FALSE(verified.is_intact());
    EXPECT_EQ(verified.findings[0].code, "content_without_key");
    EXPECT_EQ(verified.findings[0].table, "member");
}

TEST_F(PeopleTest, AccountsSessionsAndSecondFactor) {
    auto& store = fixture.store();
    Account account{.account_id = store.make_id<AccountId>(),
                    .login = "S1-t01",
                    .person_id = fixture.teacher,
                    .password_hash = "hash",
                    .language = "zh"};
    store.write([&](Db& db) { add_account(db, account); });
    EXPECT_THROW(store.write([&](Db& db) { add_account(db, account); }), Error);
    account.language = "en";
    EXPECT_TRUE(store.write([&](Db& db) { return save_account(db, account); }));
    EXPECT_FALSE(store.write([&](Db& db) { return save_account(db, account); }));
    store.write([&](Db& db) { set_totp(db, store.keys(), account, as_bytes("seed")); });
    EXPECT_EQ(store.read([&](Db& db) { return open_totp(db, store.keys(), account); }), "seed");
    EXPECT_TRUE(store.write([&](Db& db) { return use_totp_step(db, account, 100); }));
    EXPECT_FALSE(store.write([&](Db& db) { return use_totp_step(db, account, 100); }));
    EXPECT_TRUE(store.read([&](Db& db) { return find_account(db, "S1-t01"); })->has_totp);

    Session session{.secret_digest = sha256(as_bytes("secret")),
                    .account_id = account.account_id,
                    .person_id = account.person_id,
                    .created_at = store.now(),
                    .seen_at = store.now(),
                    .expires_at = store.now(),
                    .csrf = "token"};
    store.write([&](Db& db) { add_session(db, session); });
    session.stepped_up_at = store.now();
    store.write([&](Db& db) { save_session(db, session); });
    const auto found = store.read([&](Db& db) { return find_session(db, session.secret_digest); });
    ASSERT_TRUE(found);
    EXPECT_EQ(found->stepped_up_at, session.stepped_up_at);
    store.write([&](Db& db) { end_sessions_of(db, account.account_id); });
    EXPECT_FALSE(store.read([&](Db& db) { return find_session(db, session.secret_digest); }));
}

TEST_F(PeopleTest, ReadingIsLoggedOnceInTenMinutes) {
    auto& store = fixture.store();
    Access access{.school = Fixture::school,
                  .actor = fixture.teacher,
                  .subject = student,
                  .resource = "portrait",
                  .at = Fixture::start};
    const auto log_at = [&](std::int64_t seconds) {
        access.at.micros = Fixture::start.micros + seconds * 1'000'000;
        store.write([&](Db& db) { log_access(db, access); });
    };
    log_at(0);
    log_at(599);
    log_at(600);
    const auto rows =
        store.read([&](Db& db) { return list_access(db, Fixture::school, student, 10); });
    EXPECT_THAT(rows, SizeIs(2));
    EXPECT_TRUE(store.read([&](Db& db) { return is_access_logged(db, access); }));
}

TEST_F(PeopleTest, AQuotaRefusesAndCountsNothing) {
    auto& store = fixture.store();
    const Day day = shanghai_day(Fixture::start);
    const auto take = [&](std::int64_t count) {
        return store.write([&](Db& db) {
            return take_quota(db, Fixture::school, fixture.teacher, day, count, 10);
        });
    };
    EXPECT_FALSE(take(11));
    EXPECT_TRUE(take(8));
    EXPECT_FALSE(take(3));
    EXPECT_TRUE(take(2));
    EXPECT_FALSE(take(1));
}

}  // namespace
}  // namespace agate::store
