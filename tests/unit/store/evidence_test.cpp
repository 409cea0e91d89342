// SPDX-License-Identifier: Apache-2.0
#include "store/evidence.h"

#include <gmock/gmock.h>

#include "base/error.h"
#include "fixture.h"

namespace agate::store {
namespace {

using test::Fixture;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

std::string code_of(const std::function<void()>& work) {
    try {
        work();
    } catch (const Error& error) {
        return error.code;
    }
    return "";
}

class EvidenceTest : public ::testing::Test {
protected:
    std::optional<EvidenceRecord> find(EvidenceId id) {
        return fixture.store().read([&](Db& db) { return find_evidence(db, Fixture::school, id); });
    }

    void review(const NewEvidence& of, EvidenceState to, std::string reason = {}) {
        auto& store = fixture.store();
        const auto sealed = seal_review(store.keys(),
                                        Fixture::school,
                                        {.evidence_id = of.evidence_id,
                                         .student = of.student,
                                         .to = to,
                                         .by = fixture.guardian,
                                         .reason = std::move(reason)});
        store.write([&](Db& db) {
            record(db, fixture.act("evidence.review"), [&](Entry& entry) {
                add_review(entry, sealed);
            });
        });
    }

    CountingEvidence counting(std::int64_t as_of, Late late = Late::left_out) {
        return fixture.store().read([&](Db& db) {
            return read_counting(
                db, {.school = Fixture::school, .days = term, .as_of_seq = as_of, .late = late});
        });
    }

    Fixture fixture;
    PersonId student = fixture.students.front();
    DayRange term{shanghai_day(Fixture::start), shanghai_day(Fixture::start) + 139};
};

TEST_F(EvidenceTest, ComesBackAsItWasGiven) {
    auto given = fixture.evidence(student);
    given.value = Decimal::parse("-0.125");
    given.label = "excellent";
    given.activity = "spring walk";
    given.source = "import";
    given.source_record = "77";
    given.is_late = true;
    const auto seq = fixture.add(given);
    const auto found = find(given.evidence_id);
    ASSERT_TRUE(found);
    EXPECT_EQ(found->student, given.student);
    EXPECT_EQ(found->reason, given.reason);
    EXPECT_EQ(found->day, given.day);
    EXPECT_EQ(found->value, given.value);
    EXPECT_EQ(found->label, given.label);
    EXPECT_EQ(found->activity, given.activity);
    EXPECT_EQ(found->rater, given.rater);
    EXPECT_EQ(found->source_record, "77");
    EXPECT_EQ(found->recorded_at, given.recorded_at);
    EXPECT_TRUE(found->is_late);
    EXPECT_EQ(found->seq, seq);
    EXPECT_EQ(found->state, EvidenceState::verified);
    const auto content = open_evidence(fixture.store().keys(), Fixture::school, *found);
    EXPECT_EQ(content.author, fixture.teacher);
    EXPECT_EQ(content.note, given.note);
}

TEST_F(EvidenceTest, RefusesTheSameIdAndSourceNumberTwice) {
    auto first = fixture.evidence(student);
    first.source_record = "9";
    fixture.add(first);
    EXPECT_EQ(code_of([&] { fixture.add(first); }), "evidence_id_used");
    auto second = fixture.evidence(student);
    second.source_record = "9";
    EXPECT_EQ(code_of([&] { fixture.add(second); }), "source_record_taken");
    second.source = "xapi";
    EXPECT_EQ(code_of([&] { fixture.add(second); }), "");
    auto fine = fixture.evidence(student);
    fine.value = Decimal::parse("0.0001");
    EXPECT_EQ(code_of([&] { fixture.add(fine); }), "value_too_fine");
}

TEST_F(EvidenceTest, ARefusedTaskLeavesNothingAndTheChainHasNoGap) {
    const auto first = fixture.evidence(student);
    const auto seq = fixture.add(first);
    EXPECT_EQ(code_of([&] { fixture.add(first); }), "evidence_id_used");
    EXPECT_EQ(fixture.add(fixture.evidence(student)), seq + 1);
}

TEST_F(EvidenceTest, StateIsThatOfTheLatestStep) {
    auto given = fixture.evidence(student);
    given.state = EvidenceState::submitted;
    fixture.add(given);
    EXPECT_EQ(find(given.evidence_id)->state, EvidenceState::submitted);
    review(given, EvidenceState::returned, "照片看不清");
    EXPECT_EQ(find(given.evidence_id)->state, EvidenceState::returned);
    review(given, EvidenceState::submitted);
    review(given, EvidenceState::verified);
    EXPECT_EQ(find(given.evidence_id)->state, EvidenceState::verified);
    const auto steps = fixture.store().read(
        [&](Db& db) { return list_reviews(db, Fixture::school, given.evidence_id); });
    ASSERT_THAT(steps, SizeIs(3));
    EXPECT_EQ(open_review(fixture.store().keys(), Fixture::school, steps[0]), "照片看不清");
    EXPECT_EQ(steps[0].by, fixture.guardian);
}

TEST_F(EvidenceTest, ACorrectionVoidsTheOlderOnce) {
    const auto older = fixture.evidence(student);
    fixture.add(older);
    auto newer = fixture.evidence(student);
    newer.voids = older.evidence_id;
    fixture.add(newer);
    EXPECT_EQ(find(older.evidence_id)->state, EvidenceState::voided);
    EXPECT_EQ(find(newer.evidence_id)->voids, older.evidence_id);
    auto again = fixture.evidence(student);
    again.voids = older.evidence_id;
    EXPECT_EQ(code_of([&] { fixture.add(again); }), "evidence_already_voided");
    EXPECT_EQ(code_of([&] { review(older, EvidenceState::voided); }), "evidence_already_voided");
}

TEST_F(EvidenceTest, CountsAsOfASequenceNumber) {
    const auto a = fixture.evidence(fixture.students[1]);
    const auto before = fixture.add(a);
    auto late = fixture.evidence(fixture.students[0]);
    late.is_late = true;
    fixture.add(late);
    auto waiting = fixture.evidence(fixture.students[0]);
    waiting.state = EvidenceState::submitted;
    fixture.add(waiting);
    auto outside = fixture.evidence(fixture.students[0]);
    outside.day = term.from - 1;
    const auto last = fixture.add(outside);

    EXPECT_EQ(counting(last).size(), 1U);
    EXPECT_EQ(counting(last, Late::included).size(), 2U);
    EXPECT_EQ(counting(before - 1).size(), 0U);
    review(waiting, EvidenceState::verified);
    review(a, EvidenceState::voided);
    EXPECT_EQ(counting(last).size(), 1U) << "later steps do not reach back";
    const auto now = counting(last + 2);
    EXPECT_THAT(now.students(), ElementsAre(fixture.students[0]));
    ASSERT_THAT(now.of(fixture.students[0]), SizeIs(1));
    EXPECT_EQ(now.of(fixture.students[0])[0].evidence_id, waiting.evidence_id);
    EXPECT_EQ(now.of(fixture.students[0])[0].reason, "labour_home");
    EXPECT_THAT(now.of(fixture.students[1]), IsEmpty());
}

TEST_F(EvidenceTest, OneStudentCountsAsInTheWholeSchool) {
    for (int i = 0; i < 40; ++i) {
        auto one = fixture.evidence(fixture.students[static_cast<std::size_t>(i) % 5]);
        one.day = one.day + i;
        one.reason = i % 3 == 0 ? "labour_home" : "reading";
        one.state = i % 4 == 0 ? EvidenceState::submitted : EvidenceState::verified;
        fixture.add(one);
        if (i % 5 == 1) {
            review(one, i % 2 == 0 ? EvidenceState::voided : EvidenceState::verified);
        }
    }
    fixture.store().read([&](Db& db) {
        const Counting what{.school = Fixture::school,
                            .days = term,
                            .as_of_seq = chain_position(db, Fixture::school)};
        const auto all = read_counting(db, what);
        for (const auto& one : fixture.students) {
            const auto alone = read_counting_of(db, what, one);
            ASSERT_EQ(alone.of(one).size(), all.of(one).size());
            for (std::size_t i = 0; i < all.of(one).size(); ++i) {
                EXPECT_EQ(alone.of(one)[i].evidence_id, all.of(one)[i].evidence_id);
            }
        }
    });
}

TEST_F(EvidenceTest, FindsDoublesByStudentReasonDayValueAndGiver) {
    const auto first = fixture.evidence(student);
    fixture.add(first);
    auto other = fixture.evidence(student);
    const auto doubles = [&] {
        return fixture.store().read(
            [&](Db& db) { return find_doubles(db, Fixture::school, other); });
    };
    EXPECT_THAT(doubles(), ElementsAre(first.evidence_id));
    other.rater = {8};
    EXPECT_THAT(doubles(), IsEmpty());
    other.rater = first.rater;
    other.value = std::nullopt;
    EXPECT_THAT(doubles(), IsEmpty());
    other.value = first.value;
    review(first, EvidenceState::voided);
    EXPECT_THAT(doubles(), IsEmpty());
}

TEST_F(EvidenceTest, CountsWeeksAndStates) {
    auto one = fixture.evidence(student);
    fixture.add(one);
    one = fixture.evidence(student);
    one.day = one.day + 8;
    one.state = EvidenceState::submitted;
    fixture.add(one);
    fixture.store().read([&](Db& db) {
        const auto weeks = count_weeks(db, Fixture::school, fixture.students, term);
        ASSERT_THAT(weeks, SizeIs(2));
        EXPECT_EQ(weeks[0].week, term.from);
        EXPECT_EQ(weeks[1].week, term.from + 7);
        const auto states = count_states(db, Fixture::school, term);
        EXPECT_EQ(states.at(EvidenceState::submitted), 1);
        EXPECT_EQ(states.at(EvidenceState::verified), 1);
    });
}

TEST_F(EvidenceTest, ListsLatestFirst) {
    std::vector<EvidenceId> ids;
    for (int i = 0; i < 3; ++i) {
        auto one = fixture.evidence(student);
        one.day = one.day + i;
        fixture.add(one);
        ids.insert(ids.begin(), one.evidence_id);
    }
    const auto records = fixture.store().read(
        [&](Db& db) { return list_evidence(db, Fixture::school, student, term); });
    ASSERT_THAT(records, SizeIs(3));
    for (std::size_t i = 0; i < 3; ++i) {
        EXPECT_EQ(records[i].evidence_id, ids[i]);
    }
}

}  // namespace
}  // namespace agate::store
