// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <cstring>

#include "store/period.h"

namespace agate::store {

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
