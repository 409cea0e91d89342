// SPDX-License-Identifier: Apache-2.0
#include "store/member.h"

#include <algorithm>
#include <array>
#include <limits>

#include "base/error.h"

namespace agate::store {

namespace {

constexpr std::int64_t not_known = std::numeric_limits<std::int64_t>::min();

constexpr std::string_view columns =
    "select person_id, revision, sex, commitment, sealed from member where school_id = $1";

CellPlace place_of(SchoolId school, const PersonId& person) {
    return {.school = school,
            .table = "member",
            .column = "sealed",
            .row = person.bytes,
            .owner = person};
}

std::string pack(const Identity& identity) {
    return Packer()
        .add(identity.name)
        .add(identity.name_key)
        .add(identity.number)
        .add(identity.national_number)
        .add(identity.phone)
        .add(identity.born ? std::int64_t{identity.born->number} : not_known)
        .take();
}

Identity unpack(std::string_view content) {
    Unpacker unpacker(content);
    Identity identity;
    identity.name = unpacker.text();
    identity.name_key = unpacker.text();
    identity.number = unpacker.text();
    identity.national_number = unpacker.text();
    identity.phone = unpacker.text();
    const auto born = unpacker.number();
    if (born != not_known) {
        identity.born = Day{static_cast<std::int32_t>(born)};
    }
    return identity;
}

Member read_member(const Query& query, Keys& keys, SchoolId school) {
    Member member{.person_id = query.id<PersonId>(0), .revision = query.int64(1)};
    if (!query.is_null(2)) {
        member.sex = parse_sex(query.text(2));
    }
    const auto opened =
        open_content(keys, place_of(school, member.person_id), query.blob(4), query.digest(3));
    if (opened.state == ContentState::damaged) {
        throw Error(ErrorKind::internal, "cell_unreadable", {}, "member.sealed");
    }
    member.is_erased = opened.state == ContentState::erased;
    if (!member.is_erased) {
        member.identity = unpack(opened.content);
    }
    return member;
}

void put_indexes(Db& db, SchoolId school, const SealedMember& member) {
    const PersonId& person = member.member.person_id;
    execute(db, "delete from member_key where school_id = $1 and person_id = $2", school, person);
    for (const auto& [kind, index] : member.indexes) {
        const auto added = execute(db,
                                   "insert into member_key (school_id, hash, person_id)"
                                   " values ($1, $2, $3) on conflict (school_id, hash) do nothing",
                                   school,
                                   index,
                                   person);
        if (added == 0) {
            throw Error(ErrorKind::conflict, "identity_taken", {{"kind", kind}});
        }
    }
    if (member.unique_indexes.empty()) {
        return;
    }
    execute(db, "delete from identity_key where person_id = $1", person);
    for (const auto& [kind, index] : member.unique_indexes) {
        const auto added = execute(db,
                                   "insert into identity_key (hash, person_id) values ($1, $2)"
                                   " on conflict (hash) do nothing",
                                   index,
                                   person);
        if (added == 0) {
            throw Error(ErrorKind::conflict, "identity_taken", {{"kind", kind}});
        }
    }
}

}  // namespace

SealedMember seal_member(Keys& keys, SchoolId school, Member member) {
    SealedMember sealed;
    const Identity& identity = member.identity;
    sealed.content = seal_content(keys, place_of(school, member.person_id), pack(identity));
    const std::array<std::pair<std::string, std::string_view>, 2> kinds{
        {{"number", identity.number}, {"national_number", identity.national_number}}};
    for (const auto& [kind, value] : kinds) {
        if (!value.empty()) {
            sealed.indexes.emplace_back(kind, keys.index_in_school(school, kind, value));
        }
    }
    if (!identity.national_number.empty()) {
        sealed.unique_indexes.emplace_back(
            "national_number",
            keys.index_across_schools("national_number", identity.national_number));
    }
    sealed.member = std::move(member);
    return sealed;
}

void add_member(Entry& entry, const SealedMember& sealed) {
    const Member& member = sealed.member;
    execute(entry.db(),
            "insert into person (person_id, created_at) values ($1, $2)"
            " on conflict (person_id) do nothing",
            member.person_id,
            entry.at());
    put_indexes(entry.db(), entry.school(), sealed);
    const std::array<Value, 3> values{
        member.person_id, member.revision, member.sex ? Value(to_text(*member.sex)) : Value()};
    entry.insert(covered_table("member"), values, &sealed.content);
}

std::optional<Member> find_member(Db& db, Keys& keys, SchoolId school, PersonId person) {
    static const std::string text =
        std::string(columns) + " and person_id = $2 order by revision desc limit 1";
    Query query(db, text, school, person);
    return query.next() ? std::optional(read_member(query, keys, school)) : std::nullopt;
}

std::vector<Member> find_members(Db& db,
                                 Keys& keys,
                                 SchoolId school,
                                 std::span<const PersonId> persons) {
    std::vector<Member> members;
    members.reserve(persons.size());
    for (const auto& person : persons) {
        if (auto member = find_member(db, keys, school, person)) {
            members.push_back(std::move(*member));
        }
    }
    return members;
}

std::vector<Member> list_members(Db& db, Keys& keys, SchoolId school) {
    static const std::string text = std::string(columns) +
                                    " and not exists (select 1 from member n"
                                    " where n.school_id = member.school_id"
                                    " and n.person_id = member.person_id"
                                    " and n.revision > member.revision) order by person_id";
    std::vector<Member> members;
    for (Query query(db, text, school); query.next();) {
        members.push_back(read_member(query, keys, school));
    }
    return members;
}

std::optional<PersonId> find_person_by(
    Db& db, const Keys& keys, SchoolId school, std::string_view kind, std::string_view value) {
    Query query(db,
                "select person_id from member_key where school_id = $1 and hash = $2",
                school,
                keys.index_in_school(school, kind, value));
    return query.next() ? std::optional(query.id<PersonId>(0)) : std::nullopt;
}

std::optional<PersonId> find_person_across_schools(Db& db,
                                                   const Keys& keys,
                                                   std::string_view kind,
                                                   std::string_view value) {
    Query query(db,
                "select person_id from identity_key where hash = $1",
                keys.index_across_schools(kind, value));
    return query.next() ? std::optional(query.id<PersonId>(0)) : std::nullopt;
}

}  // namespace agate::store
