// SPDX-License-Identifier: Apache-2.0
#include "framework/toml_value.h"

#include <gtest/gtest.h>

namespace agate::framework {
namespace {

TEST(TomlValue, numbers_are_exact_and_values_know_their_places) {
    Faults faults;
    const auto source = faults.add_source("m.toml");
    const auto top =
        read_toml("名 = 1\n", source, faults);  // bare keys are ASCII: one fault, no crash
    EXPECT_TRUE(top.members.empty());
    EXPECT_EQ(faults.take().size(), 1U);
    const auto table = read_toml(
        "\"名\" = \"字\"\nx = 0.1\nlist = [1, -2.50, 1_000]\nt = { y = 3 }\n", source, faults);
    EXPECT_TRUE(faults.take().empty());
    ASSERT_EQ(table.members.size(), 4U);
    EXPECT_EQ(table.members[0].value.text, "字");
    EXPECT_EQ(table.members[0].value.at, (At{source, 1, 7}));
    EXPECT_EQ(table.members[1].value.number.to_string(), "0.1");
    EXPECT_EQ(table.members[1].value.at, (At{source, 2, 5}));
    EXPECT_EQ(table.members[2].value.items[1].number.to_string(), "-2.5");
    EXPECT_EQ(table.members[2].value.items[2].number.to_string(), "1000");
    EXPECT_EQ(table.members[2].value.items[2].at.column, 19);
    EXPECT_EQ(table.members[3].value.members[0].value.number.to_string(), "3");
}

TEST(TomlValue, refuses_what_is_not_a_plain_number) {
    Faults faults;
    const auto source = faults.add_source("m.toml");
    static_cast<void>(
        read_toml("a = 1e3\nb = nan\nc = 0xff\nd = 99999999999999\ne = 0.12345678901\nf = 1\n",
                  source,
                  faults));
    const auto problems = faults.take();
    ASSERT_EQ(problems.size(), 5U);
    for (std::size_t i = 0; i < problems.size(); ++i) {
        EXPECT_EQ(problems[i].code, "pack_number_form");
        EXPECT_EQ(problems[i].where.row, static_cast<std::int64_t>(i) + 1);
    }
}

TEST(TomlValue, a_broken_file_is_one_fault_with_its_place) {
    Faults faults;
    const auto source = faults.add_source("m.toml");
    static_cast<void>(read_toml("a = 1\nb = [1, 2\nc = 3\n", source, faults));
    static_cast<void>(read_toml("a = 1\na = 2\n", source, faults));
    static_cast<void>(read_toml(std::string_view{"a = \"\xff\"\n"}, source, faults));
    static_cast<void>(read_toml(std::string(5000, '['), source, faults));
    EXPECT_EQ(faults.take().size(), 4U);
}

}  // namespace
}  // namespace agate::framework
