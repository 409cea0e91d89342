// SPDX-License-Identifier: Apache-2.0
#include "base/json_writer.h"

#include <gtest/gtest.h>

#include <limits>

namespace agate {
namespace {

using namespace std::string_view_literals;

TEST(JsonWriter, PutsCommasWhereTheyBelong) {
    JsonWriter json;
    json.begin_object()
        .member("name", "张三")
        .member("empty", std::string{})
        .member("absent", std::optional<int>{})
        .member("present", std::optional<Decimal>{Decimal::from_milli(87'500)})
        .key("list")
        .begin_array()
        .value(1)
        .value(-2)
        .begin_object()
        .end_object()
        .begin_array()
        .end_array()
        .null()
        .value(true)
        .end_array()
        .member("last", false)
        .end_object();
    EXPECT_EQ(json.take(),
              R"({"name":"张三","empty":"","absent":null,"present":87.5,)"
              R"("list":[1,-2,{},[],null,true],"last":false})");
}

TEST(JsonWriter, EscapesText) {
    JsonWriter json;
    json.value("\"\\\b\f\n\r\t\x01\x1f\x7f/é𠮷\0."sv);
    EXPECT_EQ(json.text(), "\"\\\"\\\\\\u0008\\u000c\\n\\r\\t\\u0001\\u001f\x7f/é𠮷\\u0000.\"");
}

TEST(JsonWriter, WritesNumbersExactly) {
    JsonWriter json;
    json.begin_array()
        .value(std::numeric_limits<std::int64_t>::min())
        .value(std::numeric_limits<std::int64_t>::max())
        .value(std::size_t{3})
        .value(0.1)
        .value(1e300)
        .value(3.0)
        .value(std::numeric_limits<double>::infinity())
        .value(std::numeric_limits<double>::quiet_NaN())
        .value(Decimal::from_nano(-1))
        .raw("{}")
        .end_array();
    EXPECT_EQ(json.text(),
              "[-9223372036854775808,9223372036854775807,3,0.1,1e+300,3,null,null,"
              "-0.000000001,{}]");
}

}  // namespace
}  // namespace agate
