// SPDX-License-Identifier: Apache-2.0
// The HTTP library's own code, compiled once.
#include <boost/asio/impl/src.hpp>
#include <boost/beast/src.hpp>
