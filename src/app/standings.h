// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

#include "app/frameworks.h"
#include "app/portrait.h"
#include "app/services.h"
#include "core/calendar.h"
#include "evaluate/subject.h"
#include "store/evidence.h"

// Where a student stands in a period: the stored result once it may be seen, the running view of
// the same rules before.
namespace agate::app {

/// Who looks: families see results from the notice on, staff from the evaluation on.
enum class Audience { family, staff };

[[nodiscard]] bool is_result_visible(PeriodState state, Audience audience);

struct Loaded {
    // Shared with the cache of compiled frameworks, which may move on while a page is made.
    std::shared_ptr<const Adopted> framework;
    evaluate::Subject subject;
    std::vector<NodeValue> values;  ///< the school's evaluation
    Digest digest{};                ///< tells these figures from any other
    bool is_result = false;         ///< false: the running view
    std::optional<RunId> run_id;
    std::int64_t as_of_seq = 0;
    store::CountingEvidence counting;  ///< of the student, in the period

    [[nodiscard]] const framework::Plan& plan() const { return framework->plans.school; }
};

/// Throws Error(not_found) when the student had no place at the school in the period.
[[nodiscard]] Loaded load_standing(
    Services& services, SchoolId school, PersonId student, const Period& period, Audience audience);

/// The figures with their reasons. Throws Error(internal, "result_not_repeated") when a stored
/// result cannot be computed again.
[[nodiscard]] SubjectResult reasons_of(const Loaded& loaded, const DayRange& period);

/// Of several students of one school, in their order, the figures alone; nothing for one who had no
/// place there in the period.
[[nodiscard]] std::vector<std::optional<std::vector<NodeValue>>> load_values(
    Services& services,
    SchoolId school,
    std::span<const PersonId> students,
    const Period& period,
    Audience audience);

/// The student's newest published result before this period, with the framework it was made by.
struct LoadedPrevious {
    Period period;
    std::shared_ptr<const Adopted> framework;  // shared as above
    std::vector<NodeValue> values;
};

[[nodiscard]] std::optional<LoadedPrevious> load_previous(Services& services,
                                                          SchoolId school,
                                                          PersonId student,
                                                          const Period& period);

/// Finished pages of the present period, as a family sees them. A page is dropped when a record of
/// its student comes in or a period moves on.
class PortraitCache {
public:
    struct Key {
        PersonId student;
        Language language = Language::zh;
        friend bool operator==(const Key&, const Key&) = default;
    };

    // Shared with answers on their way out while a newer page takes the place.
    [[nodiscard]] std::shared_ptr<const std::string> find(const Key& key);
    void put(const Key& key, std::string json, std::uint64_t generation);
    void drop(PersonId student);
    void drop_all();
    /// Read before the page's data, so that a page made from older data is never kept.
    [[nodiscard]] std::uint64_t generation();

private:
    struct Hash {
        std::size_t operator()(const Key& key) const {
            return std::hash<PersonId>{}(key.student) * 2 + (key.language == Language::en ? 1 : 0);
        }
    };

    std::mutex mutex_;
    std::uint64_t epoch_ = 1;
    std::uint64_t all_dropped_at_ = 0;
    std::unordered_map<PersonId, std::uint64_t> dropped_at_;
    std::unordered_map<Key, std::shared_ptr<const std::string>, Hash> pages_;
};

}  // namespace agate::app
