// SPDX-License-Identifier: Apache-2.0
#include "app/directory.h"
#include "base/error.h"
#include "base/json_writer.h"
#include "base/words.h"
#include "server/answer.h"
#include "server/api.h"
#include "server/body.h"
#include "server/route.h"

namespace agate::server {
namespace {

std::string name_of_org(const app::Directory& directory, OrgId id, Language language) {
    const auto* org = directory.org(id);
    if (org == nullptr) {
        return {};
    }
    return language == Language::zh || org->name_en.empty() ? org->name_zh : org->name_en;
}

void write_roles(JsonWriter& json,
                 const app::Services& services,
                 const app::Directory& directory,
                 const std::vector<app::HeldRole>& roles,
                 Language language) {
    json.key("roles").begin_array();
    for (const auto& held : roles) {
        const auto& role = services.rights.role(held.role);
        json.begin_object();
        json.member("role", role.code);
        json.member("role_name", language == Language::zh ? role.name_zh : role.name_en);
        json.member("org_id", held.org_id.value);
        // A guardian's place is the child's, and the child has moved on since the link was made.
        const bool is_placed = role.scope != "child";
        json.member("org_name",
                    is_placed ? name_of_org(directory, held.org_id, language) : std::string{});
        json.end_object();
    }
    json.end_array();
}

void write_account(JsonWriter& json,
                   app::Services& services,
                   const app::Session& session,
                   Language language) {
    const auto directory = services.directory.get();
    // The posts that this session holds: without its second factor a post is not held.
    const auto actor = app::make_actor(services, session);
    json.key("account").begin_object();
    json.member("login", session.login);
    json.member("person_id", session.person_id.to_string());
    json.member("person_name", directory->name_of(session.person_id));
    json.member("language", session.language == Language::zh ? "zh" : "en");
    write_roles(json, services, *directory, actor.roles, language);
    json.key("children").begin_array();
    for (const auto& child : actor.children) {
        json.begin_object();
        json.member("person_id", child.person_id.to_string());
        json.member("name", directory->name_of(child.person_id));
        json.end_object();
    }
    json.end_array();
    json.member("second_factor_on", session.has_factor);
    json.member("second_factor_missing",
                actor.roles.size() < directory->roles_of(session.person_id).size());
    json.end_object();
}

void write_place(JsonWriter& json,
                 app::Services& services,
                 const app::Session& session,
                 Language language) {
    const auto directory = services.directory.get();
    app::Placement place;
    for (const auto& held : directory->roles_of(session.person_id)) {
        place = place.school_id.value == 0 ? held.placement : place;
    }
    for (const auto& child : directory->children_of(session.person_id)) {
        place = place.school_id.value == 0 ? child.placement : place;
    }
    json.member("school_name", name_of_org(*directory, place.school_id, language));
    json.member("district_name", name_of_org(*directory, place.district_id, language));
    json.member("today", to_string(directory->today()));
    json.member("is_demo", services.is_demo);
}

Response who_am_i(app::Services& services, const app::Session& session, Language language) {
    JsonWriter json;
    json.begin_object();
    if (session.is_waiting_for_factor) {
        json.key("account").null();
        json.member("second_factor", "totp");
    } else {
        write_account(json, services, session, language);
        write_place(json, services, session, language);
    }
    if (const auto code = app::demo_code(services, session)) {
        json.member("demo_code", *code);
    }
    json.member("csrf", session.csrf);
    json.end_object();
    return json_response(json.take());
}

Response sign_in(ApiCall& call) {
    auto body = Body::parse(call.request.body);
    const auto login = body.text("login");
    const auto password = body.text("password");
    body.finish();
    const auto signed_in = app::sign_in(call.services, login, password, call.call.network_address);
    auto response = who_am_i(call.services, signed_in.session, call.call.language);
    response.headers.emplace_back("Set-Cookie", session_cookie(call.request, signed_in.token));
    return response;
}

Response enter_totp(ApiCall& call) {
    auto body = Body::parse(call.request.body);
    const auto code = body.text("code");
    body.finish();
    app::enter_code(call.services, *call.session, code);
    const auto token = call.request.cookie_named(session_cookie_name(call.request));
    const auto session = app::find_session(call.services, token.value_or(""));
    if (!session) {
        throw Error(ErrorKind::unauthenticated, "sign_in_first");
    }
    return who_am_i(call.services, *session, call.call.language);
}

Response get_session(ApiCall& call) {
    return who_am_i(call.services, *call.session, call.call.language);
}

Response sign_out(ApiCall& call) {
    app::end_session(call.services, *call.session);
    auto response = no_content();
    response.headers.emplace_back("Set-Cookie", session_cookie(call.request, ""));
    response.headers.emplace_back("Clear-Site-Data", "\"storage\"");
    return response;
}

Response step_up(ApiCall& call) {
    auto body = Body::parse(call.request.body);
    const auto code = body.text_or_empty("code");
    const auto password = body.text_or_empty("password");
    body.finish();
    if (code.empty()) {
        app::enter_password(call.services, *call.session, password);
    } else {
        app::enter_code(call.services, *call.session, code);
    }
    return no_content();
}

Response set_language(ApiCall& call) {
    auto body = Body::parse(call.request.body);
    const auto language = body.text("language");
    body.finish();
    app::set_language(call.services, *call.session, parse_language(language));
    return no_content();
}

Response set_password(ApiCall& call) {
    auto body = Body::parse(call.request.body);
    const auto old_password = body.text("old");
    const auto new_password = body.text("new");
    body.finish();
    app::change_password(call.services, *call.session, old_password, new_password);
    return no_content();
}

Response begin_totp(ApiCall& call) {
    const auto factor = app::begin_factor(call.services, *call.session);
    JsonWriter json;
    json.begin_object();
    json.member("secret_base32", factor.secret_base32);
    json.member("uri", factor.uri);
    json.end_object();
    return json_response(json.take());
}

Response confirm_totp(ApiCall& call) {
    auto body = Body::parse(call.request.body);
    const auto code = body.text("code");
    body.finish();
    app::confirm_factor(call.services, *call.session, code);
    return no_content();
}

constexpr Route table[] = {
    {.method = Method::post,
     .pattern = "/api/v1/session",
     .operation = "sign_in",
     .summary = "Sign in with login and password",
     .access = Access::anyone,
     .handle = sign_in,
     .request_schema = "SignIn",
     .response_schema = "Session"},
    {.method = Method::post,
     .pattern = "/api/v1/session/totp",
     .operation = "enter_totp",
     .summary = "The second factor of a sign-in",
     .access = Access::waiting,
     .handle = enter_totp,
     .request_schema = "Code",
     .response_schema = "Session"},
    {.pattern = "/api/v1/session",
     .operation = "get_session",
     .summary = "Who is signed in",
     .resource = "session",
     .action = "read",
     .access = Access::waiting,
     .handle = get_session,
     .response_schema = "Session"},
    {.method = Method::delete_,
     .pattern = "/api/v1/session",
     .operation = "sign_out",
     .summary = "End the session",
     .resource = "session",
     .action = "end",
     .access = Access::waiting,
     .handle = sign_out,
     .success = 204},
    {.method = Method::post,
     .pattern = "/api/v1/session/step-up",
     .operation = "step_up",
     .summary = "Prove again who it is, for ten minutes",
     .handle = step_up,
     .request_schema = "StepUp",
     .success = 204},
    {.method = Method::post,
     .pattern = "/api/v1/account/language",
     .operation = "set_language",
     .summary = "The language of one's own account",
     .handle = set_language,
     .request_schema = "LanguageChoice",
     .success = 204},
    {.method = Method::post,
     .pattern = "/api/v1/account/password",
     .operation = "set_password",
     .summary = "Change one's own password; other sessions end",
     .resource = "user_account",
     .action = "set_password",
     .handle = set_password,
     .request_schema = "PasswordChange",
     .success = 204},
    {.method = Method::post,
     .pattern = "/api/v1/account/totp",
     .operation = "begin_totp",
     .summary = "A new second factor, not yet in force",
     .resource = "user_account",
     .action = "set_factor",
     .handle = begin_totp,
     .response_schema = "NewFactor"},
    {.method = Method::post,
     .pattern = "/api/v1/account/totp/confirm",
     .operation = "confirm_totp",
     .summary = "The first code puts the second factor in force",
     .resource = "user_account",
     .action = "set_factor",
     .handle = confirm_totp,
     .request_schema = "Code",
     .success = 204},
};

}  // namespace

std::span<const Route> account_routes() {
    return table;
}

}  // namespace agate::server
