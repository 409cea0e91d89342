// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <unordered_set>
#include <vector>

#include "core/evidence.h"
#include "store/audit.h"
#include "store/keys.h"

// Records. A record is added and never changed; what happens to it later (review, voiding) is a row
// of its own. Its state is that of its latest step.
namespace agate::store {

struct NewEvidence {
    EvidenceId evidence_id = {};  ///< made by the client
    PersonId student = {};
    std::string reason = {};
    Day day = {};
    std::optional<Decimal> value = {};  ///< at most three decimals
    std::string label = {};             ///< may be empty
    std::string activity = {};          ///< may be empty
    RaterKind rater_kind = RaterKind::teacher;
    RaterTag rater = {};
    std::string source = {};         ///< "entry", "import" …: code
    std::string source_record = {};  ///< the source's own number, unique there; may be empty
    EvidenceState state = EvidenceState::submitted;
    bool is_late = false;
    Instant recorded_at = {};
    std::optional<EvidenceId> voids = {};  ///< the record that this one corrects
    PersonId author = {};                  ///< sealed with the note under the student's key
    std::string note = {};                 ///< may be empty
};

/// A record ready for the writer: sealed, committed to and digested on the caller's thread. The
/// student's key must exist.
struct SealedEvidence {
    NewEvidence plain;
    SealedContent content = {};
    std::optional<SealedContent> voiding = {};  ///< content of the step that voids the older record
    Digest digest{};
    std::optional<std::int64_t> value_milli = {};
};

/// Throws Error(invalid, "value_too_fine") beyond three decimals.
[[nodiscard]] SealedEvidence seal_evidence(Keys& keys, SchoolId school, NewEvidence evidence);

/// Inserts it; one that corrects also voids the older. Throws Error(conflict,
/// "evidence_id_used"), (conflict, "source_record_taken") or (conflict, "evidence_already_voided").
void add_evidence(Entry& entry, const SealedEvidence& evidence);
void add_evidence(Entry& entry, std::span<const SealedEvidence> evidence);

/// A change of state: who, from which post, and why.
struct ReviewStep {
    EvidenceId evidence_id = {};
    PersonId student = {};
    EvidenceState to = EvidenceState::verified;
    std::optional<PersonId> by = {};
    std::optional<PersonId> second_signer = {};
    std::string reason = {};  ///< sealed under the student's key; may be empty
};

struct SealedReview {
    ReviewStep step;
    SealedContent content = {};
};

[[nodiscard]] SealedReview seal_review(Keys& keys, SchoolId school, ReviewStep step);
/// Whether the step is allowed in the present state is the caller's to know, in the same
/// transaction. A second voiding is refused.
void add_review(Entry& entry, const SealedReview& review);

/// A record as kept, with its present state.
struct EvidenceRecord {
    EvidenceId evidence_id = {};
    PersonId student = {};
    std::string reason = {};
    Day day = {};
    std::optional<Decimal> value = {};
    std::string label = {}, activity = {};
    RaterKind rater_kind = RaterKind::teacher;
    RaterTag rater = {};
    std::string source = {}, source_record = {};
    EvidenceState first_state = EvidenceState::submitted;
    EvidenceState state = EvidenceState::submitted;
    bool is_late = false;
    Instant recorded_at = {};
    std::optional<EvidenceId> voids = {};
    std::int64_t seq = 0;
    std::optional<std::int64_t> state_seq = {};  ///< of its latest step; nothing: none yet
    std::optional<Instant> state_at = {};
    SealedContent content = {};
};

/// The part that the student's key opens.
struct EvidenceContent {
    bool is_erased = false;
    PersonId author = {};
    std::string note = {};
};

[[nodiscard]] EvidenceContent open_evidence(Keys& keys,
                                            SchoolId school,
                                            const EvidenceRecord& record);

[[nodiscard]] bool has_evidence(Db& db, SchoolId school, EvidenceId evidence);
[[nodiscard]] std::optional<EvidenceRecord> find_evidence(Db& db,
                                                          SchoolId school,
                                                          EvidenceId evidence);
/// All of a student in these days, whatever the state, latest first.
[[nodiscard]] std::vector<EvidenceRecord> list_evidence(Db& db,
                                                        SchoolId school,
                                                        PersonId student,
                                                        DayRange days);

/// One step in the life of a record.
struct ReviewRow {
    EvidenceId evidence_id = {};
    PersonId student = {};
    EvidenceState to = EvidenceState::verified;
    std::optional<PersonId> by = {};  ///< nothing: voided by a correction, whose author is sealed
    std::optional<PersonId> second_signer = {};
    Instant at = {};
    std::int64_t seq = 0;
    SealedContent content = {};
};

/// Oldest first.
[[nodiscard]] std::vector<ReviewRow> list_reviews(Db& db, SchoolId school, EvidenceId evidence);
/// The reason in words; nothing when erased.
[[nodiscard]] std::optional<std::string> open_review(Keys& keys,
                                                     SchoolId school,
                                                     const ReviewRow& review);

/// Same student, reason, day, value and giver: a possible double. Voided records do not count.
[[nodiscard]] std::vector<EvidenceId> find_doubles(Db& db,
                                                   SchoolId school,
                                                   const NewEvidence& evidence);
[[nodiscard]] std::optional<EvidenceId> find_by_source(Db& db,
                                                       SchoolId school,
                                                       std::string_view source,
                                                       std::string_view source_record);

/// What counts, grouped by student, for the engine. It owns the text its records point to.
class CountingEvidence {
public:
    CountingEvidence() = default;
    CountingEvidence(CountingEvidence&&) = default;
    CountingEvidence& operator=(CountingEvidence&&) = default;
    CountingEvidence(const CountingEvidence&) = delete;
    CountingEvidence& operator=(const CountingEvidence&) = delete;

    /// Students with at least one record, in the order of their ids.
    [[nodiscard]] std::span<const PersonId> students() const { return students_; }

    /// In the order of arrival; empty for a student without records.
    [[nodiscard]] std::span<const Evidence> of(PersonId student) const;

    [[nodiscard]] std::size_t size() const { return records_.size(); }

private:
    friend class CountingBuilder;
    std::unordered_set<std::string> words_;  ///< reasons, labels, activities; addresses are stable
    std::vector<PersonId> students_;
    std::vector<std::size_t> starts_;  ///< one more than students
    std::vector<Evidence> records_;
};

/// Late records count only by a revision.
enum class Late { left_out, included };

struct Counting {
    SchoolId school = {};
    DayRange days;
    std::int64_t as_of_seq = 0;  ///< entries up to this one, included
    Late late = Late::left_out;
};

/// Verified records, not voided, as of one sequence number.
[[nodiscard]] CountingEvidence read_counting(Db& db, const Counting& what);
[[nodiscard]] CountingEvidence read_counting_of(Db& db, const Counting& what, PersonId student);

/// Records (not voided, whatever else their state) by student, week (its Monday) and reason.
struct WeekCount {
    PersonId student = {};
    Day week = {};
    std::string reason = {};
    EvidenceState state = EvidenceState::verified;
    std::int64_t records = 0;
};

[[nodiscard]] std::vector<WeekCount> count_weeks(Db& db,
                                                 SchoolId school,
                                                 std::span<const PersonId> students,
                                                 DayRange days);

/// Records of a school in each present state, for these days.
[[nodiscard]] std::map<EvidenceState, std::int64_t> count_states(Db& db,
                                                                 SchoolId school,
                                                                 DayRange days);

}  // namespace agate::store
