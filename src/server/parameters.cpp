// SPDX-License-Identifier: Apache-2.0
#include "server/parameters.h"

#include <charconv>

#include "base/error.h"

namespace agate::server {
namespace {

[[noreturn]] void hide() {
    throw Error(ErrorKind::not_found, "not_yours_to_open");
}

std::optional<std::int64_t> parse_number(std::string_view text) {
    std::int64_t number = 0;
    const auto end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, number);
    return error == std::errc{} && stop == end ? std::optional(number) : std::nullopt;
}

template <class Id>
Id uuid_in_path(const ApiCall& call, const char* name) {
    const auto id = Id::parse(call.request.parameters.at(name));
    return id ? *id : (hide(), Id{});
}

std::int64_t number_in_path(const ApiCall& call, const char* name) {
    const auto number = parse_number(call.request.parameters.at(name));
    return number ? *number : (hide(), 0);
}

}  // namespace

PersonId student_of(const ApiCall& call) {
    return uuid_in_path<PersonId>(call, "student_id");
}

EvidenceId evidence_of(const ApiCall& call) {
    return uuid_in_path<EvidenceId>(call, "evidence_id");
}

ImportId import_of(const ApiCall& call) {
    return uuid_in_path<ImportId>(call, "import_id");
}

OrgId class_of(const ApiCall& call) {
    return {number_in_path(call, "class_id")};
}

PeriodId period_of(const ApiCall& call) {
    return {number_in_path(call, "period_id")};
}

std::optional<PeriodId> asked_period(const ApiCall& call) {
    const auto text = call.request.query_or("period", "");
    if (text.empty()) {
        return std::nullopt;
    }
    const auto number = parse_number(text);
    return number ? std::optional(PeriodId{*number}) : (hide(), std::nullopt);
}

int number_in_query(const ApiCall& call, std::string_view name, int otherwise) {
    const auto number = parse_number(call.request.query_or(name, ""));
    return number && *number >= 0 && *number < 100'000'000 ? static_cast<int>(*number) : otherwise;
}

}  // namespace agate::server
