// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>

#include "app/directory.h"
#include "app/services.h"
#include "core/calendar.h"

// The way from a request to the authoriser: find the thing, ask, write down that it was opened.
namespace agate::app {

/// A student as a target of rights. `directory` is kept, so that the entry lives on.
struct Found {
    // Shared: the request keeps the directory it looked into.
    std::shared_ptr<const Directory> directory;
    const StudentEntry* student = nullptr;

    [[nodiscard]] Target target() const;
};

/// Throws Error(not_found) when there is no such student today: the same answer as for one that the
/// actor may not see.
[[nodiscard]] Found find_student(Services& services, PersonId student);

/// `met` with what the call itself brings: a typed reason, a purpose of the closed list.
[[nodiscard]] Met met_by(const Call& call, std::initializer_list<std::string_view> met);

/// Asks the authoriser for a student and, where the row says so, logs that the student's page was
/// opened; what cannot be logged is not opened.
Decision open_student(Services& services,
                      const Call& call,
                      const Target& target,
                      std::string_view resource,
                      std::string_view action,
                      const Met& met);

/// The same for a class: every student in it was opened. `target` is made by class_target.
Decision open_class(Services& services,
                    const Call& call,
                    const Target& target,
                    std::string_view resource,
                    std::string_view action,
                    const Met& met);

/// Throws Error(not_found) when the id is no class.
[[nodiscard]] Target class_target(const Directory& directory, OrgId class_id);

/// True when the opening is written down first, so that it cannot be answered in passing.
[[nodiscard]] bool is_logged(const Decision& decision);

/// The actor's own school: of a post, of a class, or of a child.
[[nodiscard]] std::optional<SchoolId> school_of(const Actor& actor);

/// The purposes that a page may be opened for.
[[nodiscard]] bool is_purpose(std::string_view code);

}  // namespace agate::app
