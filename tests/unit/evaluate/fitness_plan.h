// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>

#include "base/words.h"
#include "framework/compile.h"

namespace agate::evaluate::testing {

/// The shipped fitness pack, compiled; every fault is told on standard error.
inline const framework::Plan& fitness_plan() {
    static const framework::Plan plan = [] {
        const auto pack = framework::shipped_pack("cn-fitness-2014");
        ensure(pack.has_value(), "cn-fitness-2014 is shipped");
        auto outcome = framework::compile_pack(*pack);
        for (const Problem& problem : outcome.problems) {
            std::fprintf(stderr,
                         "%s: %s\n",
                         describe(problem.where).c_str(),
                         words().sentence(Language::en, problem.code, problem.args).c_str());
        }
        ensure(outcome.plans.has_value(), "cn-fitness-2014 compiles");
        return std::move(outcome.plans->school);
    }();
    return plan;
}

inline int item_called(const framework::Plan& plan, std::string_view code) {
    for (std::size_t i = 0; i < plan.items.size(); ++i) {
        if (plan.items[i].code == code) {
            return static_cast<int>(i);
        }
    }
    throw Bug("no item " + std::string{code});
}

}  // namespace agate::evaluate::testing
