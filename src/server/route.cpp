// SPDX-License-Identifier: Apache-2.0
#include "server/route.h"

#include "base/text.h"

namespace agate::server {
namespace {

std::vector<Route> collect() {
    std::vector<Route> all;
    for (const auto part : {account_routes(),
                            class_routes(),
                            student_routes(),
                            evidence_routes(),
                            import_routes(),
                            period_routes(),
                            meta_routes()}) {
        all.insert(all.end(), part.begin(), part.end());
    }
    return all;
}

using Parameters = std::map<std::string, std::string, std::less<>>;

/// "{name}" takes one segment that is not empty; everything else must be equal.
bool fits(std::string_view pattern, std::string_view path, Parameters& parameters) {
    while (true) {
        const auto pattern_end = pattern.find('/', 1);
        const auto path_end = path.find('/', 1);
        const auto expected = pattern.substr(1, pattern_end - 1);
        const auto actual = path.substr(1, path_end - 1);
        if (expected.starts_with('{')) {
            if (actual.empty()) {
                return false;
            }
            parameters.emplace(expected.substr(1, expected.size() - 2), actual);
        } else if (expected != actual) {
            return false;
        }
        const bool pattern_done = pattern_end == std::string_view::npos;
        const bool path_done = path_end == std::string_view::npos;
        if (pattern_done || path_done) {
            return pattern_done && path_done;
        }
        pattern.remove_prefix(pattern_end);
        path.remove_prefix(path_end);
    }
}

}  // namespace

std::span<const Route> routes() {
    static const std::vector<Route> all = collect();
    return all;
}

RouteMatch find_route(Method method, std::string_view path) {
    RouteMatch match;
    if (path.empty() || path.front() != '/') {
        return match;
    }
    for (const auto& route : routes()) {
        Parameters parameters;
        if (!fits(route.pattern, path, parameters)) {
            continue;
        }
        if (route.method == method) {
            match.route = &route;
            match.parameters = std::move(parameters);
            return match;
        }
        match.other_method = true;
    }
    return match;
}

}  // namespace agate::server
