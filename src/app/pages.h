// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/portrait.h"
#include "app/services.h"
#include "core/org.h"

// Reading use cases: classes, a class page, a child's portrait, reasons and records. Each asks the
// authoriser first and logs what the rights table says must be logged. All return JSON text in the
// shapes of docs/api (the server sends them, the command line prints them with --json).
namespace agate::app {

/// The period asked for, or the school's present one. Throws Error(not_found) for another school's.
[[nodiscard]] Period choose_period(Services& services,
                                   SchoolId school,
                                   std::optional<PeriodId> asked);

[[nodiscard]] std::string periods_json(Services& services, const Call& call);
[[nodiscard]] std::string classes_json(Services& services, const Call& call);

enum class RosterOrder { number, name };
[[nodiscard]] std::string class_page_json(Services& services,
                                          const Call& call,
                                          OrgId class_id,
                                          std::optional<PeriodId> period,
                                          RosterOrder order);

[[nodiscard]] std::string portrait_json(Services& services,
                                        const Call& call,
                                        PersonId student,
                                        std::optional<PeriodId> period);

[[nodiscard]] std::string reasons_json(Services& services,
                                       const Call& call,
                                       PersonId student,
                                       std::string_view indicator,
                                       std::optional<PeriodId> period);

/// The same tree in words, for `agate explain`.
[[nodiscard]] std::string reasons_text(Services& services,
                                       const Call& call,
                                       PersonId student,
                                       std::string_view indicator,
                                       std::optional<PeriodId> period);

struct RecordsQuery {
    std::optional<PeriodId> period;
    std::string content, indicator;  ///< codes; empty: all
    std::string before;              ///< cursor of the page before
    int limit = 50;                  ///< 1 to 200
};

[[nodiscard]] std::string records_json(Services& services,
                                       const Call& call,
                                       PersonId student,
                                       const RecordsQuery& query);

/// The reason codes that the actor may use for a class.
[[nodiscard]] std::string reason_codes_json(Services& services, const Call& call, OrgId class_id);

/// PDF bytes. Printing is logged as an export.
[[nodiscard]] std::string child_report_pdf(Services& services,
                                           const Call& call,
                                           PersonId student,
                                           std::optional<PeriodId> period);
[[nodiscard]] std::string class_book_pdf(Services& services,
                                         const Call& call,
                                         OrgId class_id,
                                         std::optional<PeriodId> period);

}  // namespace agate::app
