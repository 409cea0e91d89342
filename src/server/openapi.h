// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace agate::server {

/// The OpenAPI 3.1 page of the route table; schemas from api/schemas.json.
[[nodiscard]] const std::string& openapi_json();

/// A page that shows it, without scripts.
[[nodiscard]] const std::string& openapi_html();

}  // namespace agate::server
