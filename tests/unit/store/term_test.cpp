// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include "base/error.h"
#include "full_fixture.h"

namespace agate::store {
namespace {

using test::Fixture;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class TermTest : public ::testing::Test {
protected:
    template <class F>
    auto read(F f) {
        return fixture.store().read(f);
    }

    Fixture fixture;
};

TEST_F(TermTest, APeriodPassesFromStateToState) {
    for (const auto state : {PeriodState::reviewing, PeriodState::evaluating}) {
        fixture.store().write([&](Db& db) {
            auto period = find_period(db, Fixture::school, fixture.period).value();
            period.state = state;
            record(
                db, fixture.act("period.step"), [&](Entry& entry) { add_period(entry, period); });
        });
    }
    read([&](Db& db) {
        EXPECT_EQ(find_period(db, Fixture::school, fixture.period)->state, PeriodState::evaluating);
        EXPECT_THAT(list_periods(db, Fixture::school), SizeIs(1));
        EXPECT_EQ(next_period_id(db, Fixture::school), PeriodId{2});
        const auto steps = list_period_steps(db, Fixture::school, fixture.period);
        ASSERT_THAT(steps, SizeIs(3));
        EXPECT_EQ(steps[0].state, PeriodState::recording);
        EXPECT_EQ(steps[2].revision, 3);
    });
}

TEST_F(TermTest, ApprovalsAdoptionsAndPacksComeBack) {
    test::fill_every_table(fixture);
    fixture.store().write([&](Db& db) {
        put_pack(db, sha256(as_bytes("files")), "cn", "files");
        put_pack(db, sha256(as_bytes("files")), "cn", "files");
    });
    read([&](Db& db) {
        const auto approvals = list_approvals(db, Fixture::school, "period:1");
        ASSERT_THAT(approvals, SizeIs(2));
        EXPECT_EQ(approvals[0].scope, Fixture::class_3_1);
        const auto adoption = find_adoption(db, Fixture::school, fixture.period);
        ASSERT_TRUE(adoption);
        EXPECT_THAT(adoption->layers, ElementsAre(sha256(as_bytes("a")), sha256(as_bytes("b"))));
        EXPECT_EQ(find_pack(db, sha256(as_bytes("files"))), "files");
        EXPECT_EQ(find_adoption(db, Fixture::school, PeriodId{9}), std::nullopt);
    });
}

TEST_F(TermTest, TheNewestRunOfASubjectCounts) {
    test::fill_every_table(fixture);
    const auto last = fixture.students.back();
    fixture.store().write([&](Db& db) {
        record(db, fixture.act("result.revise"), [&](Entry& entry) {
            const std::vector<ResultRow> revised{{last, "revised"}};
            add_run(entry,
                    {.run_id = fixture.store().make_id<RunId>(),
                     .period_id = fixture.period,
                     .framework = "cn",
                     .cause = "objection",
                     .results_digest = digest_results(revised)},
                    revised);
        });
    });
    read([&](Db& db) {
        const auto find = [&](PersonId subject) {
            return find_result(db, Fixture::school, fixture.period, subject)->packed;
        };
        EXPECT_EQ(find(last), "revised");
        EXPECT_EQ(find(fixture.students[0]), "packed 1");
        const auto runs = list_runs(db, Fixture::school, fixture.period);
        ASSERT_THAT(runs, SizeIs(3));
        EXPECT_EQ(runs[0].result_count, 1);
        EXPECT_EQ(runs[1].revises, runs[2].run_id);
        const auto all = read_run(db, Fixture::school, runs[1].run_id);
        EXPECT_THAT(all, SizeIs(5));
        EXPECT_EQ(digest_results(all), runs[1].results_digest);
        EXPECT_THAT(
            find_results(db, Fixture::school, fixture.period, std::vector{last, fixture.teacher}),
            SizeIs(1));
    });
}

TEST_F(TermTest, AnImportKeepsItsPartsUntilItEnds) {
    auto& store = fixture.store();
    Import import{.import_id = store.make_id<ImportId>(),
                  .kind = "evidence",
                  .file_digest = sha256(as_bytes("x")),
                  .by = fixture.teacher,
                  .file_name = "记录.csv",
                  .mapping = "{\"A\":\"student\"}"};
    const auto sealed = seal_import(store.keys(), Fixture::school, import, store.now());
    const std::string file(3'000'000, 'x');
    store.write([&](Db& db) {
        record(db, fixture.act("import.create"), [&](Entry& entry) { add_import(entry, sealed); });
        put_import_part(db, store.keys(), Fixture::school, import.import_id, "file", file);
        put_import_part(db, store.keys(), Fixture::school, import.import_id, "problems", "");
        put_mend(db, store.keys(), Fixture::school, import.import_id, {3, 2, "142.0"});
        put_mend(db, store.keys(), Fixture::school, import.import_id, {3, 2, "143.0"});
        put_mend(db, store.keys(), Fixture::school, import.import_id, {2, 0, std::nullopt});
    });
    read([&](Db& db) {
        const auto found = find_import(db, store.keys(), Fixture::school, import.import_id);
        ASSERT_TRUE(found);
        EXPECT_EQ(found->file_name, "记录.csv");
        EXPECT_EQ(found->mapping, import.mapping);
        const auto part = [&](std::string_view name) {
            return read_import_part(db, store.keys(), Fixture::school, import.import_id, name);
        };
        EXPECT_EQ(part("file"), file);
        EXPECT_EQ(part("problems"), "");
        EXPECT_EQ(part("rows"), std::nullopt);
        EXPECT_THAT(list_mends(db, store.keys(), Fixture::school, import.import_id),
                    ElementsAre(Mend{2, 0, std::nullopt}, Mend{3, 2, "143.0"}));
        EXPECT_THAT(find_committed_file(db, Fixture::school, import.file_digest), IsEmpty());
        EXPECT_THAT(list_imports(db, store.keys(), Fixture::school, 10), SizeIs(1));
    });
    EXPECT_EQ(end_import_parts_across_schools(store, Instant{1}), 0);
    EXPECT_EQ(end_import_parts_across_schools(store, Instant{store.now().micros + 1'000'000}), 1);
    read([&](Db& db) {
        EXPECT_EQ(read_import_part(db, store.keys(), Fixture::school, import.import_id, "file"),
                  std::nullopt);
        EXPECT_EQ(find_import(db, store.keys(), Fixture::school, import.import_id)->file_name, "");
    });
}

TEST_F(TermTest, OrganisationsCalendarAndSettings) {
    read([&](Db& db) {
        EXPECT_THAT(list_orgs(db), SizeIs(5));
        EXPECT_THAT(list_orgs_of_school(db, Fixture::school), SizeIs(4));
        EXPECT_EQ(find_org(db, Fixture::class_3_1)->grade, 3);
        EXPECT_EQ(find_org_by_code(db, Fixture::grade, "3-1")->org_id, Fixture::class_3_1);
        EXPECT_EQ(find_org_by_code(db, Fixture::grade, "3-9"), std::nullopt);
        EXPECT_EQ(next_org_id(db), OrgId{6});
    });
    const Day day = shanghai_day(Fixture::start);
    fixture.store().write([&](Db& db) {
        put_calendar(db,
                     {{.days = {day + 20, day + 26}, .name_zh = "国庆假期", .name_en = "Holiday"},
                      {.days = {day + 19, day + 19},
                       .name_zh = "补课",
                       .name_en = "Made up",
                       .kind = CalendarDays::Kind::working}});
        put_setting(db, "district_name", "南坪区");
    });
    read([&](Db& db) {
        EXPECT_THAT(read_calendar(db).entries(), SizeIs(2));
        EXPECT_EQ(find_setting(db, "district_name"), "南坪区");
        EXPECT_EQ(find_setting(db, "nothing"), std::nullopt);
    });
}

}  // namespace
}  // namespace agate::store
