// SPDX-License-Identifier: Apache-2.0
#include "app/setting_up.h"

#include "app/directory.h"
#include "app/frameworks.h"
#include "base/crypto.h"
#include "base/error.h"
#include "base/text.h"
#include "store/account.h"
#include "store/audit.h"
#include "store/member.h"
#include "store/org.h"
#include "store/period.h"
#include "store/store.h"

namespace agate::app {
namespace {

store::Act act_of(const Services& services, SchoolId school, std::string_view act) {
    store::Act written;
    written.school = school;
    written.act = act;
    written.at = services.clock();
    return written;
}

}  // namespace

OrgId add_org(Services& services, Org org) {
    const auto id = services.store.write([&](store::Db& db) {
        Org kept = org;
        kept.org_id = store::next_org_id(db);
        if (kept.kind == OrgKind::school) {
            kept.school_id = SchoolId{kept.org_id.value};
        }
        store::put_org(db, kept);
        return kept.org_id;
    });
    services.directory.invalidate();
    return id;
}

void set_calendar(Services& services, const std::vector<CalendarDays>& days) {
    services.store.write([&](store::Db& db) { store::put_calendar(db, days); });
    services.directory.invalidate();
}

std::vector<PersonId> add_people(Services& services, std::span<const NewPerson> people) {
    std::vector<PersonId> ids;
    for (std::size_t i = 0; i < people.size(); ++i) {
        ids.push_back(PersonId::make(services.clock(), services.random));
    }
    services.store.keys().create(ids, services.clock());
    std::vector<store::SealedMember> sealed;
    for (std::size_t i = 0; i < people.size(); ++i) {
        store::Member member;
        member.person_id = ids[i];
        member.sex = people[i].sex;
        member.identity.name = people[i].name;
        member.identity.name_key = pinyin_sort_key(people[i].name);
        member.identity.number = people[i].number;
        sealed.push_back(
            store::seal_member(services.store.keys(), people[i].school, std::move(member)));
    }
    services.store.write([&](store::Db& db) {
        for (std::size_t i = 0; i < people.size(); ++i) {
            store::record(db,
                          act_of(services, people[i].school, "roster.create"),
                          [&](store::Entry& entry) { store::add_member(entry, sealed[i]); });
        }
    });
    services.directory.invalidate();
    return ids;
}

void add_posts(Services& services, std::span<const NewPost> posts) {
    services.store.write([&](store::Db& db) {
        for (const auto& post : posts) {
            store::Membership membership;
            membership.membership_id = MembershipId::make(services.clock(), services.random);
            membership.person_id = post.person;
            membership.org_id = post.org;
            membership.role = post.role;
            membership.from = post.from;
            membership.to = post.to;
            membership.about = post.about;
            store::record(db,
                          act_of(services, post.school, "role_grant.grant"),
                          [&](store::Entry& entry) { store::add_membership(entry, membership); });
        }
    });
    services.directory.invalidate();
}

std::string add_account(Services& services, const NewAccount& wanted) {
    store::Account account;
    account.account_id = AccountId::make(services.clock(), services.random);
    account.login = wanted.login;
    account.person_id = wanted.person;
    account.password_hash = hash_password(wanted.password);
    account.language = "zh";
    std::array<std::uint8_t, 20> seed{};
    services.random(seed);
    services.store.write([&](store::Db& db) {
        store::add_account(db, account);
        if (wanted.with_factor) {
            store::set_totp(db, services.store.keys(), account, seed);
        }
    });
    return wanted.with_factor ? base32(seed) : std::string{};
}

void adopt_framework(Services& services,
                     SchoolId school,
                     PeriodId period,
                     std::span<const framework::PackFiles> layers) {
    const auto outcome = framework::compile(layers);
    if (!outcome.plans) {
        throw Error(ErrorKind::invalid, "pack_has_faults");
    }
    store::Adoption adoption;
    adoption.period_id = period;
    adoption.framework = outcome.plans->school.pack_id + " " + outcome.plans->school.version;
    adoption.plan_digest = outcome.plans->school.digest;
    adoption.at = services.clock();
    services.store.write([&](store::Db& db) {
        for (const auto& layer : layers) {
            const auto bytes = pack_bytes(layer);
            const auto digest = sha256(as_bytes(std::string_view(bytes)));
            store::put_pack(db, digest, layer.place, bytes);
            adoption.layers.push_back(digest);
        }
        store::record(db, act_of(services, school, "framework.adopt"), [&](store::Entry& entry) {
            store::add_adoption(entry, adoption);
        });
    });
    services.frameworks.invalidate();
}

}  // namespace agate::app
