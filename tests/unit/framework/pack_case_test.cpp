// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>

#include "base/file.h"
#include "framework/render_problem.h"
#include "pack_samples.h"

// tests/cases/packs/<case>/ is a faulty pack, or folders of layers in the order of their names;
// expected.txt is what `agate pack check` says of it. With AGATE_UPDATE_CASES set, the expectations
// are written anew, to be read before they are committed.
namespace agate::framework {
namespace {

const std::filesystem::path cases_folder =
    std::filesystem::path{AGATE_SOURCE_DIR} / "tests/cases/packs";

std::vector<std::string> case_names() {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator{cases_folder}) {
        if (entry.is_directory() && entry.path().filename().string().front() != '_') {
            names.push_back(entry.path().filename().string());
        }
    }
    std::sort(names.begin(), names.end());
    return names;
}

PackFiles read_as(const std::filesystem::path& folder, std::string place) {
    auto pack = read_pack_folder(folder);
    pack.place = std::move(place);
    return pack;
}

// Packs that cases extend or mount stand under _packs.
std::optional<PackFiles> find_pack(std::string_view id) {
    const auto folder = cases_folder / "_packs" / std::string{id};
    if (std::filesystem::is_directory(folder)) {
        return read_as(folder, std::string{id});
    }
    return shipped_pack(id);
}

std::vector<PackFiles> read_layers(const std::string& name) {
    const auto folder = cases_folder / name;
    std::vector<PackFiles> layers;
    std::vector<std::string> inner;
    for (const auto& entry : std::filesystem::directory_iterator{folder}) {
        if (entry.is_directory()) {
            inner.push_back(entry.path().filename().string());
        }
    }
    std::sort(inner.begin(), inner.end());
    for (const auto& layer : inner) {
        layers.push_back(read_as(folder / layer, layer));
    }
    if (layers.empty()) {
        layers.push_back(read_as(folder, name));
    }
    return layers;
}

class PackCase : public testing::TestWithParam<std::string> {};

TEST_P(PackCase, says_what_is_wrong_and_where) {
    auto layers = read_layers(GetParam());
    const auto outcome = compile(layers, find_pack);
    EXPECT_NE(outcome.plans.has_value(), has_errors(outcome.problems));
    for (const auto& entry : std::filesystem::directory_iterator{cases_folder / "_packs"}) {
        layers.push_back(read_as(entry.path(), entry.path().filename().string()));
    }
    const auto said = render_problems(outcome.problems, layers, Language::zh);
    const auto expected_file = cases_folder / GetParam() / "expected.txt";
    if (std::getenv("AGATE_UPDATE_CASES") != nullptr) {
        write_file(expected_file, said);
    }
    EXPECT_EQ(said, read_file(expected_file));
    // The same faults can be said in English.
    EXPECT_FALSE(render_problems(outcome.problems, layers, Language::en).empty());
}

std::string name_of(const testing::TestParamInfo<std::string>& one) {
    return one.param;
}

INSTANTIATE_TEST_SUITE_P(cases, PackCase, testing::ValuesIn(case_names()), name_of);

}  // namespace
}  // namespace agate::framework
