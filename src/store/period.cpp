// SPDX-License-Identifier: Apache-2.0
#include "store/period.h"

#include <algorithm>
#include <array>

#include "base/error.h"

namespace agate::store {

namespace {

constexpr std::string_view columns =
    "select period_id, name_zh, name_en, day_from, day_to, state, revision, seq from period"
    " where school_id = $1";

PeriodState state_of(const Query& query, int column) {
    const auto state = parse_period_state(query.text(column));
    if (!state) {
        throw Error(ErrorKind::internal, "store_damaged", {}, "period.state");
    }
    return *state;
}

Period read_period(const Query& query, SchoolId school) {
    return {.period_id = PeriodId{query.int64(0)},
            .school_id = school,
            .name_zh = query.string(1),
            .name_en = query.string(2),
            .days = {query.day(3), query.day(4)},
            .state = state_of(query, 5)};
}

}  // namespace

std::int64_t add_period(Entry& entry, const Period& period) {
    std::int64_t revision = 1;
    {
        Query query(entry.db(),
                    "select coalesce(max(revision), cast(0 as bigint)) + 1 from period"
                    " where school_id = $1 and period_id = $2",
                    entry.school(),
                    period.period_id);
        ensure(query.next(), "an aggregate gives a row");
        revision = query.int64(0);
    }
    const std::array<Value, 7> values{period.period_id,
                                      revision,
                                      period.name_zh,
                                      text_or_null(period.name_en),
                                      period.days.from,
                                      period.days.to,
                                      to_text(period.state)};
    entry.insert(covered_table("period"), values);
    return revision;
}

std::optional<Period> find_period(Db& db, SchoolId school, PeriodId period) {
    static const std::string text =
        std::string(columns) + " and period_id = $2 order by revision desc limit 1";
    Query query(db, text, school, period);
    return query.next() ? std::optional(read_period(query, school)) : std::nullopt;
}

std::vector<Period> list_periods(Db& db, SchoolId school) {
    static const std::string text = std::string(columns) + " order by period_id, revision desc";
    std::vector<Period> periods;
    for (Query query(db, text, school); query.next();) {
        if (periods.empty() || periods.back().period_id.value != query.int64(0)) {
            periods.push_back(read_period(query, school));
        }
    }
    std::ranges::stable_sort(periods, {}, [](const Period& period) { return period.days.from; });
    return periods;
}

PeriodId next_period_id(Db& db, SchoolId school) {
    Query query(db,
                "select coalesce(max(period_id), cast(0 as bigint)) + 1 from period"
                " where school_id = $1",
                school);
    ensure(query.next(), "an aggregate gives a row");
    return PeriodId{query.int64(0)};
}

std::vector<PeriodStep> list_period_steps(Db& db, SchoolId school, PeriodId period) {
    static const std::string text = std::string(columns) + " and period_id = $2 order by revision";
    std::vector<PeriodStep> steps;
    for (Query query(db, text, school, period); query.next();) {
        steps.push_back({query.int64(6), state_of(query, 5), query.int64(7)});
    }
    return steps;
}

}  // namespace agate::store
