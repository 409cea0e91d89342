// SPDX-License-Identifier: Apache-2.0
#include "store/evidence_image.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "fixture.h"

namespace agate::store {
namespace {

using test::Fixture;

class ImageTest : public ::testing::Test {
protected:
    std::int64_t head() {
        return fixture.store().read([&](Db& db) { return chain_position(db, Fixture::school); });
    }

    EvidenceImage read() {
        const auto now = head();
        return fixture.store().read([&](Db& db) { return EvidenceImage::read(db, of, now); });
    }

    void catch_up(EvidenceImage& image) {
        const auto now = head();
        fixture.store().read([&](Db& db) { image.catch_up(db, now); });
    }

    std::optional<EvidenceImage> open() {
        return fixture.store().read([&](Db& db) { return EvidenceImage::open(file, db, of); });
    }

    /// A random record; often verified, sometimes voided again.
    void add_random(std::mt19937& random) {
        auto one = fixture.evidence(fixture.students[random() % fixture.students.size()]);
        one.day = of.days.from + static_cast<int>(random() % 40);
        one.recorded_at = {Fixture::start.micros + static_cast<std::int64_t>(random() % 1000)};
        one.reason = "reason" + std::to_string(random() % 5);
        one.value = Decimal::from_milli(static_cast<int>(random() % 5000));
        one.activity = random() % 2 == 0 ? "" : "choir";
        one.rater = {random() % 3};
        one.is_late = random() % 10 == 0;
        one.state = random() % 3 == 0 ? EvidenceState::submitted : EvidenceState::verified;
        fixture.add(one);
        if (random() % 4 == 0) {
            step(one, EvidenceState::verified);
        }
        if (random() % 5 == 0) {
            step(one, EvidenceState::voided);
        }
    }

    void step(const NewEvidence& of_record, EvidenceState to) {
        auto& store = fixture.store();
        const auto sealed = seal_review(store.keys(),
                                        Fixture::school,
                                        {.evidence_id = of_record.evidence_id,
                                         .student = of_record.student,
                                         .to = to,
                                         .by = fixture.guardian});
        store.write([&](Db& db) {
            agate::store::record(db, fixture.act("evidence.review"), [&](Entry& entry) {
                add_review(entry, sealed);
            });
        });
    }

    /// What the image must say, from the tables by the other road.
    void expect_right(const EvidenceImage& image) {
        const auto counting = fixture.store().read([&](Db& db) {
            return read_counting(db,
                                 {.school = Fixture::school,
                                  .days = of.days,
                                  .as_of_seq = image.as_of_seq(),
                                  .late = Late::left_out});
        });
        EXPECT_EQ(image.record_count(), counting.size());
        for (const auto& student : fixture.students) {
            const auto span = counting.of(student);
            std::vector<Evidence> wanted(span.begin(), span.end());
            std::sort(wanted.begin(), wanted.end(), [](const Evidence& a, const Evidence& b) {
                return is_later(b, a);
            });
            const auto got = image.of(student);
            ASSERT_EQ(got.size(), wanted.size());
            const auto& words = image.words();
            for (std::size_t i = 0; i < got.size(); ++i) {
                EXPECT_EQ(words.reasons[got[i].reason], wanted[i].reason);
                EXPECT_EQ(of.days.from + static_cast<int>(got[i].day()), wanted[i].day);
                EXPECT_EQ(words.value_of(got[i]), wanted[i].value);
                EXPECT_EQ(words.tags[got[i].tag].activity, wanted[i].activity);
                EXPECT_EQ(words.raters[got[i].rater], wanted[i].rater);
                EXPECT_EQ(got[i].kind(), wanted[i].rater_kind);
            }
        }
    }

    Fixture fixture;
    EvidenceImage::Of of{Fixture::school,
                         {shanghai_day(Fixture::start), shanghai_day(Fixture::start) + 30}};
    TemporaryFolder folder;
    std::filesystem::path file = folder.path() / "a.image";
};

TEST_F(ImageTest, SaysWhatTheTablesSay) {
    std::mt19937 random(1);
    expect_right(read());
    for (int i = 0; i < 120; ++i) {
        add_random(random);
    }
    expect_right(read());
}

TEST_F(ImageTest, CatchesUpStepByStep) {
    std::mt19937 random(2);
    auto image = read();
    for (int i = 0; i < 60; ++i) {
        for (auto left = random() % 4; left > 0; --left) {
            add_random(random);
        }
        catch_up(image);
        expect_right(image);
    }
    EXPECT_EQ(image.changed_students(), fixture.students.size());
}

TEST_F(ImageTest, GoesToAFileAndBack) {
    std::mt19937 random(3);
    for (int i = 0; i < 80; ++i) {
        add_random(random);
    }
    auto image = read();
    add_random(random);
    catch_up(image);
    image.save(file);
    auto opened = open();
    ASSERT_TRUE(opened);
    EXPECT_EQ(opened->as_of_seq(), image.as_of_seq());
    expect_right(*opened);
    add_random(random);
    catch_up(*opened);
    expect_right(*opened);
}

TEST_F(ImageTest, AFileThatIsDamagedIsNotUsed) {
    std::mt19937 random(4);
    for (int i = 0; i < 20; ++i) {
        add_random(random);
    }
    EXPECT_FALSE(open());
    read().save(file);
    const std::string whole = read_file(file);
    for (std::size_t at = 0; at < whole.size(); at += 7) {
        std::string damaged = whole;
        damaged[at] = static_cast<char>(damaged[at] ^ 0x20);
        write_file(file, damaged);
        EXPECT_FALSE(open()) << at;
    }
    write_file(file, whole.substr(0, whole.size() - 1));
    EXPECT_FALSE(open());
    write_file(file, whole.substr(0, 20));
    EXPECT_FALSE(open());
    write_file(file, whole);
    EXPECT_TRUE(open());
}

TEST_F(ImageTest, AFileOfAnotherPeriodOrAnotherPastIsNotUsed) {
    std::mt19937 random(5);
    for (int i = 0; i < 20; ++i) {
        add_random(random);
    }
    read().save(file);
    of.days.to = of.days.to + 1;
    EXPECT_FALSE(open());
    of.days.to = of.days.to - 1;
    ASSERT_TRUE(open());
    // A store that was restored from before: the entry has another hash, or is not there.
    fixture.store().write([&](Db& db) {
        execute(db,
                "update audit set hash = $3 where school_id = $1 and seq = $2",
                Fixture::school,
                head(),
                Digest{});
    });
    EXPECT_FALSE(open());
}

}  // namespace
}  // namespace agate::store
