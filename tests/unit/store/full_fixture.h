// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "fixture.h"
#include "store/imports.h"
#include "store/result.h"

namespace agate::store::test {

/// Puts at least two rows into every covered table.
inline void fill_every_table(Fixture& fixture) {
    auto& store = fixture.store();
    const auto school = Fixture::school;
    std::vector<SealedEvidence> batch;
    for (int i = 0; i < 6; ++i) {
        auto one = fixture.evidence(fixture.students[static_cast<std::size_t>(i) % 5]);
        one.source_record = std::to_string(i);
        one.label = "good";
        one.activity = "walk";
        batch.push_back(seal_evidence(store.keys(), school, one));
    }
    auto newer = fixture.evidence(batch[0].plain.student);
    newer.voids = batch[0].plain.evidence_id;
    const auto correction = seal_evidence(store.keys(), school, newer);
    const auto step = seal_review(store.keys(),
                                  school,
                                  {.evidence_id = batch[1].plain.evidence_id,
                                   .student = batch[1].plain.student,
                                   .to = EvidenceState::returned,
                                   .by = fixture.guardian,
                                   .second_signer = fixture.teacher,
                                   .reason = "照片看不清"});
    Import import{.import_id = store.make_id<ImportId>(),
                  .kind = "roster",
                  .file_digest = sha256(as_bytes("file")),
                  .file_bytes = 4,
                  .by = fixture.teacher,
                  .counts = "{}",
                  .file_name = "名单.xlsx",
                  .mapping = "{}"};
    const auto first = seal_import(store.keys(), school, import, store.now());
    import.revision = 2;
    import.state = ImportState::committed;
    const auto second = seal_import(store.keys(), school, import, store.now());
    store.write([&](Db& db) {
        record(
            db, fixture.act("evidence.import"), [&](Entry& entry) { add_evidence(entry, batch); });
        record(db, fixture.act("evidence.correct"), [&](Entry& entry) {
            add_evidence(entry, correction);
            add_review(entry, step);
        });
        record(db, fixture.act("import.create"), [&](Entry& entry) { add_import(entry, first); });
        record(db, fixture.act("import.commit"), [&](Entry& entry) { add_import(entry, second); });
        auto period = find_period(db, school, fixture.period).value();
        period.state = PeriodState::evaluating;
        record(db, fixture.act("period.evaluate"), [&](Entry& entry) {
            add_period(entry, period);
            for (const auto* post : {"principal", "grade_head"}) {
                add_approval(entry,
                             {.kind = "period.approve",
                              .object = "period:1",
                              .scope = Fixture::class_3_1,
                              .by = fixture.teacher,
                              .post = post});
                add_adoption(entry,
                             {.period_id = fixture.period,
                              .framework = "cn-compulsory-2021 1.0.0",
                              .layers = {sha256(as_bytes("a")), sha256(as_bytes("b"))}});
            }
        });
        std::optional<RunId> previous;
        for (int i = 0; i < 2; ++i) {
            record(db, fixture.act("result.create"), [&](Entry& entry) {
                std::vector<ResultRow> results;
                for (const auto& student : fixture.students) {
                    results.push_back({student, "packed " + std::to_string(i)});
                }
                Run run{.run_id = store.make_id<RunId>(),
                        .period_id = fixture.period,
                        .as_of_seq = 3,
                        .framework = "cn-compulsory-2021 1.0.0",
                        .cause = "period_end",
                        .revises = previous};
                previous = run.run_id;
                sort_results(results);
                run.results_digest = digest_results(results);
                add_run(entry, std::move(run), results);
            });
        }
        record(db, fixture.act("account.sign_in"));
    });
}

}  // namespace agate::store::test
