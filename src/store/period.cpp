// SPDX-License-Identifier: Apache-2.0
#include "store/period.h"

#include <algorithm>
#include <array>
#include <cstring>

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

void add_approval(Entry& entry, const Approval& approval) {
    const std::array<Value, 7> values{approval.kind,
                                      approval.object,
                                      approval.scope,
                                      approval.by,
                                      approval.post,
                                      approval.shown,
                                      entry.at()};
    entry.insert(covered_table("approval"), values);
}

std::vector<Approval> list_approvals(Db& db, SchoolId school, std::string_view object) {
    std::vector<Approval> approvals;
    for (Query query(db,
                     "select kind, scope_id, by_id, post, shown, at, seq from approval"
                     " where school_id = $1 and object = $2 order by seq, ordinal",
                     school,
                     object);
         query.next();) {
        Approval approval{.kind = query.string(0),
                          .object = std::string(object),
                          .by = query.id<PersonId>(2),
                          .post = query.string(3),
                          .shown = query.digest(4),
                          .at = query.instant(5),
                          .seq = query.int64(6)};
        if (!query.is_null(1)) {
            approval.scope = OrgId{query.int64(1)};
        }
        approvals.push_back(std::move(approval));
    }
    return approvals;
}

void put_pack(Db& db, const Digest& digest, std::string_view name, std::string_view files) {
    execute(db,
            "insert into pack (digest, name, files) values ($1, $2, $3)"
            " on conflict (digest) do nothing",
            digest,
            name,
            blob(files));
}

std::optional<std::string> find_pack(Db& db, const Digest& digest) {
    Query query(db, "select files from pack where digest = $1", digest);
    return query.next() ? std::optional(std::string(query.blob(0))) : std::nullopt;
}

void add_adoption(Entry& entry, const Adoption& adoption) {
    std::string layers;
    for (const auto& layer : adoption.layers) {
        layers.append(reinterpret_cast<const char*>(layer.data()), layer.size());
    }
    const std::array<Value, 5> values{
        adoption.period_id, adoption.framework, blob(layers), adoption.plan_digest, entry.at()};
    entry.insert(covered_table("adoption"), values);
}

std::optional<Adoption> find_adoption(Db& db, SchoolId school, PeriodId period) {
    Query query(db,
                "select framework, layers, plan_digest, at, seq from adoption"
                " where school_id = $1 and period_id = $2 order by seq desc, ordinal desc limit 1",
                school,
                period);
    if (!query.next()) {
        return std::nullopt;
    }
    const std::string_view layers = query.blob(1);
    Adoption adoption{.period_id = period,
                      .framework = query.string(0),
                      .layers = std::vector<Digest>(layers.size() / sizeof(Digest)),
                      .plan_digest = query.digest(2),
                      .at = query.instant(3),
                      .seq = query.int64(4)};
    std::memcpy(adoption.layers.data(), layers.data(), adoption.layers.size() * sizeof(Digest));
    return adoption;
}

}  // namespace agate::store
