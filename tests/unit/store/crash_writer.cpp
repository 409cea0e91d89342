// SPDX-License-Identifier: Apache-2.0
// Writes records of new people into the store of the folder named on the command line, from three
// threads, and says each id on standard output after it was acknowledged. Runs until it is killed.
#include <unistd.h>

#include <thread>

#include "fixture.h"

int main(int argc, char** argv) {
    using namespace agate;
    using namespace agate::store;
    if (argc != 2) {
        return 2;
    }
    const std::filesystem::path folder = argv[1];
    Store store({.folder = folder / "store",
                 .root_key_file = folder / "root.key",
                 .heads_file = folder / "heads.txt",
                 .log_bytes = 1 << 20});
    const auto write_on = [&] {
        while (true) {
            const auto person = store.make_id<PersonId>();
            store.keys().create(person, store.now());
            const NewEvidence plain{.evidence_id = store.make_id<EvidenceId>(),
                                    .student = person,
                                    .reason = "reading",
                                    .day = shanghai_day(store.now()),
                                    .source = "entry",
                                    .state = EvidenceState::verified,
                                    .recorded_at = store.now(),
                                    .author = person,
                                    .note = "读书半小时"};
            const auto sealed = seal_evidence(store.keys(), test::Fixture::school, plain);
            const Act act{
                .school = test::Fixture::school, .act = "evidence.create", .at = store.now()};
            store.write([&](Db& db) {
                record(db, act, [&](Entry& entry) { add_evidence(entry, sealed); });
            });
            const std::string line = plain.evidence_id.to_string() + "\n";
            if (::write(STDOUT_FILENO, line.data(), line.size()) < 0) {
                std::_Exit(1);
            }
        }
    };
    const std::jthread second(write_on);
    const std::jthread third(write_on);
    write_on();
}
