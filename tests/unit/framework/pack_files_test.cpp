// SPDX-License-Identifier: Apache-2.0
#include "framework/pack_files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/error.h"
#include "base/file.h"
#include "pack_samples.h"

namespace agate::framework {
namespace {

using ::testing::Contains;
using ::testing::IsSupersetOf;

TEST(PackFiles, a_folder_is_read_sorted_and_other_files_are_left_alone) {
    const TemporaryFolder folder;
    write_file(folder.path() / "reasons.csv", "b");
    write_file(folder.path() / "pack.toml", "a");
    write_file(folder.path() / "README.md", "not of the pack");
    std::filesystem::create_directory(folder.path() / "old.csv");
    const auto pack = read_pack_folder(folder.path().string() + "/");
    EXPECT_EQ(pack.place, folder.path().string());
    ASSERT_EQ(pack.files.size(), 2U);
    EXPECT_EQ(pack.files[0].name, "pack.toml");
    EXPECT_EQ(pack.files[1].text, "b");
    EXPECT_EQ(pack.find("indicators.csv"), nullptr);
}

TEST(PackFiles, a_folder_that_is_not_there_or_too_full_is_refused) {
    const TemporaryFolder folder;
    try {
        static_cast<void>(read_pack_folder(folder.path() / "none"));
        FAIL();
    } catch (const Error& error) {
        EXPECT_EQ(error.kind, ErrorKind::not_found);
    }
    for (int i = 0; i < 65; ++i) {
        write_file(folder.path() / (std::to_string(i) + ".csv"), "x");
    }
    try {
        static_cast<void>(read_pack_folder(folder.path()));
        FAIL();
    } catch (const Error& error) {
        EXPECT_EQ(error.kind, ErrorKind::too_large);
    }
}

TEST(PackFiles, shipped_packs_are_those_of_the_tree) {
    EXPECT_THAT(shipped_packs(),
                IsSupersetOf({"cn-compulsory-2021", "cn-fitness-2014", "manao-five-colours"}));
    for (const auto& id : shipped_packs()) {
        const auto shipped = shipped_pack(id).value();
        const auto folder =
            read_pack_folder(std::filesystem::path{AGATE_SOURCE_DIR} / "packs" / id);
        ASSERT_EQ(shipped.files.size(), folder.files.size()) << id;
        for (std::size_t i = 0; i < shipped.files.size(); ++i) {
            EXPECT_EQ(shipped.files[i].name, folder.files[i].name);
            EXPECT_EQ(shipped.files[i].text, folder.files[i].text);
        }
    }
    EXPECT_FALSE(shipped_pack("no-such-pack"));
    EXPECT_FALSE(shipped_pack(""));
    EXPECT_FALSE(shipped_pack("cn-"));
}

TEST(PackFiles, chinese_excel_files_are_read_as_they_are) {
    auto pack = samples::small_framework();
    const auto plain = compile_pack(pack);
    for (auto& file : pack.files) {
        if (file.name == "reasons.csv") {
            file.text =
                "code,name_zh,leaves,kind,value\r\nhelp,\xB0\xEF\xD6\xFA\xCD\xAC\xD1\xA7,C1,"
                "points,1\r\nrun,\xC5\xDC\xB2\xBD,C2,completion,\r\n";
        }
    }
    const auto excel = compile_pack(pack);
    ASSERT_TRUE(excel.plans);
    EXPECT_EQ(excel.plans->school.reasons.at("help").name_zh,
              plain.plans->school.reasons.at("help").name_zh);
}

}  // namespace
}  // namespace agate::framework
