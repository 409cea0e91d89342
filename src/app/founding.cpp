// SPDX-License-Identifier: Apache-2.0
#include "app/founding.h"

#include <fmt/format.h>

#include "app/installation.h"
#include "app/setting_up.h"
#include "app/terms.h"
#include "base/crypto.h"
#include "base/error.h"
#include "exchange/roster.h"

namespace agate::app {
namespace {

class Founder {
public:
    Founder(Installation& installation, const Founding& founding)
        : services_(installation.services()), founding_(founding), now_(services_.clock()) {}

    std::vector<FoundedAccount> found() {
        make_orgs();
        make_posts();
        open_term();
        return std::move(accounts_);
    }

private:
    OrgId add(OrgKind kind, OrgId parent, std::string name, int grade) {
        Org org;
        org.kind = kind;
        if (parent.value != 0) {
            org.parent_id = parent;
        }
        if (school_.value != 0) {
            org.school_id = school_;
        }
        org.code = grade == 0 ? name : std::to_string(grade);
        org.name_zh = std::move(name);
        org.grade = grade;
        return add_org(services_, org);
    }

    void make_orgs() {
        const auto district = add(OrgKind::district, {}, founding_.district, 0);
        const auto school = add(OrgKind::school, district, founding_.school, 0);
        school_ = SchoolId{school.value};
        std::vector<OrgId> places{school};
        if (!founding_.campuses.empty()) {
            places.clear();
        }
        for (const auto& campus : founding_.campuses) {
            places.push_back(add(OrgKind::campus, school, campus, 0));
        }
        for (const auto place : places) {
            for (int grade = founding_.first_grade; grade <= founding_.last_grade; ++grade) {
                (void)add(OrgKind::grade, place, grade_name_zh(grade), grade);
            }
        }
    }

    /// The org that a post is held at. A class named here is made; the roster finds it by its name.
    OrgId place_of(const FoundingPost& post) {
        if (post.class_name.empty()) {
            return OrgId{school_.value};
        }
        const auto directory = services_.directory.get();
        for (const auto id : directory->classes_of(school_)) {
            if (directory->org(id)->name_zh == post.class_name) {
                return id;
            }
        }
        const auto grade = exchange::grade_of_class(post.class_name);
        const auto parent = directory->parent_for_class(school_, {}, grade.value_or(0));
        if (!grade || parent.value == 0) {
            throw Error(ErrorKind::invalid, "post_class_unclear", {{"name", post.class_name}});
        }
        Org org;
        org.kind = OrgKind::class_;
        org.parent_id = parent;
        org.school_id = school_;
        org.code = org.name_zh = post.class_name;
        org.grade = *grade;
        return add_org(services_, org);
    }

    void make_posts() {
        std::vector<NewPerson> people;
        for (const auto& post : founding_.posts) {
            people.push_back(
                {.school = school_, .name = post.name, .number = post.number, .sex = std::nullopt});
        }
        people_ = add_people(services_, people);
        for (std::size_t i = 0; i < people_.size(); ++i) {
            const auto& post = founding_.posts[i];
            const NewPost held{.school = school_,
                               .person = people_[i],
                               .role = post.role,
                               .org = place_of(post),
                               .from = std::min(shanghai_day(now_), founding_.days.from),
                               .about = {}};
            add_posts(services_, {&held, 1});
            add_account_of(post, people_[i]);
        }
    }

    void add_account_of(const FoundingPost& post, PersonId person) {
        const auto& role = services_.rights.role(*services_.rights.find_role(post.role));
        FoundedAccount account{.role_zh = role.name_zh,
                               .role_en = role.name_en,
                               .name = post.name,
                               .login = post.login,
                               .password = random_token(services_.random, 12),
                               .factor_secret = {}};
        account.factor_secret =
            add_account(services_,
                        {.login = post.login,
                         .person = person,
                         .password = account.password,
                         .with_factor = role.second_factor == SecondFactor::required ||
                                        role.second_factor == SecondFactor::step_up});
        accounts_.push_back(std::move(account));
    }

    /// The founder acts in the name of the first who holds the post.
    Actor holder_of(std::string_view role) const {
        for (std::size_t i = 0; i < people_.size(); ++i) {
            if (founding_.posts[i].role == role) {
                const auto directory = services_.directory.get();
                return {.account_id = {},
                        .person_id = people_[i],
                        .roles = directory->roles_of(people_[i]),
                        .children = {},
                        .step_up_at = now_,
                        .now = now_};
            }
        }
        throw Error(ErrorKind::invalid, "post_missing", {{"role", std::string(role)}});
    }

    void open_term() {
        std::vector<framework::PackFiles> layers{*framework::shipped_pack("cn-compulsory-2021")};
        for (const auto& folder : founding_.overlays) {
            layers.push_back(framework::read_pack_folder(folder));
        }
        const auto office = holder_of("academic_office");
        const auto period = create_period(services_,
                                          {.actor = office,
                                           .language = Language::zh,
                                           .purpose = {},
                                           .reason = {},
                                           .network_address = {},
                                           .request_id = {}},
                                          {.school = school_,
                                           .name_zh = founding_.term,
                                           .name_en = founding_.term,
                                           .days = founding_.days});
        adopt_framework(services_, school_, period, layers);
        const auto principal = holder_of("principal");
        step_period(services_,
                    {.actor = principal,
                     .language = Language::zh,
                     .purpose = {},
                     .reason = {},
                     .network_address = {},
                     .request_id = {}},
                    school_,
                    period,
                    {.event = "open", .digest = {}, .class_id = {}});
    }

    Services& services_;
    const Founding& founding_;
    Instant now_;
    SchoolId school_;
    std::vector<PersonId> people_;
    std::vector<FoundedAccount> accounts_;
};

}  // namespace

std::vector<FoundedAccount> found_school(const Founding& founding) {
    const Installation::Options options{.folder = founding.folder, .clock = {}, .random = {}};
    Installation::create(options);
    Installation installation(options);
    return Founder(installation, founding).found();
}

}  // namespace agate::app
