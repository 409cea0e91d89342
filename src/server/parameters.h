// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "app/services.h"
#include "core/ids.h"
#include "server/route.h"

// Ids out of a path or a query. A broken id is answered like one that does not exist.
namespace agate::server {

[[nodiscard]] PersonId student_of(const ApiCall& call);
[[nodiscard]] EvidenceId evidence_of(const ApiCall& call);
[[nodiscard]] ImportId import_of(const ApiCall& call);
[[nodiscard]] OrgId class_of(const ApiCall& call);
[[nodiscard]] PeriodId period_of(const ApiCall& call);
/// The period named in the query; nothing: the present one.
[[nodiscard]] std::optional<PeriodId> asked_period(const ApiCall& call);
[[nodiscard]] int number_in_query(const ApiCall& call, std::string_view name, int otherwise);

}  // namespace agate::server
