// SPDX-License-Identifier: Apache-2.0
#include "store/org.h"

#include "base/error.h"

namespace agate::store {

namespace {

constexpr std::string_view columns =
    "select org_id, kind, parent_id, school_id, code, name_zh, name_en, grade from org";

template <class Id>
std::optional<Id> optional_number(const Query& query, int column) {
    return query.is_null(column) ? std::nullopt : std::optional(Id{query.int64(column)});
}

Org read_org(const Query& query) {
    const auto kind = parse_org_kind(query.text(1));
    if (!kind) {
        throw Error(ErrorKind::internal, "store_damaged", {}, "org.kind");
    }
    return {.org_id = OrgId{query.int64(0)},
            .kind = *kind,
            .parent_id = optional_number<OrgId>(query, 2),
            .school_id = optional_number<SchoolId>(query, 3),
            .code = query.string(4),
            .name_zh = query.string(5),
            .name_en = query.string(6),
            .grade = static_cast<int>(query.int64(7))};
}

std::vector<Org> read_all(Query& query) {
    std::vector<Org> orgs;
    while (query.next()) {
        orgs.push_back(read_org(query));
    }
    return orgs;
}

}  // namespace

void put_org(Db& db, const Org& org) {
    execute(db,
            "insert into org (org_id, kind, parent_id, school_id, code, name_zh, name_en, grade)"
            " values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (org_id) do update set"
            " kind = excluded.kind, parent_id = excluded.parent_id,"
            " school_id = excluded.school_id, code = excluded.code,"
            " name_zh = excluded.name_zh, name_en = excluded.name_en, grade = excluded.grade",
            org.org_id,
            to_text(org.kind),
            org.parent_id,
            org.school_id,
            text_or_null(org.code),
            org.name_zh,
            text_or_null(org.name_en),
            org.grade);
}

std::optional<Org> find_org(Db& db, OrgId org) {
    static const std::string text = std::string(columns) + " where org_id = $1";
    Query query(db, text, org);
    return query.next() ? std::optional(read_org(query)) : std::nullopt;
}

std::optional<Org> find_org_by_code(Db& db, OrgId parent, std::string_view code) {
    static const std::string text =
        std::string(columns) + " where parent_id = $1 and code = $2 order by org_id limit 1";
    Query query(db, text, parent, code);
    return query.next() ? std::optional(read_org(query)) : std::nullopt;
}

std::vector<Org> list_orgs(Db& db) {
    static const std::string text = std::string(columns) + " order by org_id";
    Query query(db, text);
    return read_all(query);
}

std::vector<Org> list_orgs_of_school(Db& db, SchoolId school) {
    static const std::string text = std::string(columns) + " where school_id = $1 order by org_id";
    Query query(db, text, school);
    return read_all(query);
}

OrgId next_org_id(Db& db) {
    Query query(db, "select coalesce(max(org_id), cast(0 as bigint)) + 1 from org");
    ensure(query.next(), "an aggregate gives a row");
    return OrgId{query.int64(0)};
}

void put_calendar(Db& db, const std::vector<CalendarDays>& days) {
    execute(db, "delete from calendar_day");
    for (const auto& entry : days) {
        execute(db,
                "insert into calendar_day (first_day, last_day, kind, name_zh, name_en)"
                " values ($1, $2, $3, $4, $5)",
                entry.days.from,
                entry.days.to,
                entry.kind == CalendarDays::Kind::holiday ? "holiday" : "working",
                text_or_null(entry.name_zh),
                text_or_null(entry.name_en));
    }
}

Calendar read_calendar(Db& db) {
    std::vector<CalendarDays> entries;
    for (Query query(db,
                     "select first_day, last_day, kind, name_zh, name_en from calendar_day"
                     " order by first_day, kind");
         query.next();) {
        entries.push_back({.days = {query.day(0), query.day(1)},
                           .name_zh = query.string(3),
                           .name_en = query.string(4),
                           .kind = query.text(2) == "holiday" ? CalendarDays::Kind::holiday
                                                              : CalendarDays::Kind::working});
    }
    return Calendar(std::move(entries));
}

void put_setting(Db& db, std::string_view name, std::string_view value) {
    execute(db,
            "insert into setting (name, value) values ($1, $2)"
            " on conflict (name) do update set value = excluded.value",
            name,
            value);
}

std::optional<std::string> find_setting(Db& db, std::string_view name) {
    Query query(db, "select value from setting where name = $1", name);
    return query.next() ? std::optional(query.string(0)) : std::nullopt;
}

}  // namespace agate::store
