// SPDX-License-Identifier: Apache-2.0
#include "pack_samples.h"

#include "base/error.h"

namespace agate::framework::samples {

PackFiles make_pack(std::string place, std::initializer_list<std::string> parts) {
    PackFiles pack{.place = std::move(place), .files = {}};
    for (const auto* part = parts.begin(); part + 1 < parts.end(); part += 2) {
        pack.files.push_back({part[0], part[1]});
    }
    return pack;
}

PackFiles small_framework() {
    return make_pack("small",
                     {"pack.toml",
                      R"(id = "small"
version = "1.0.0"
kind = "framework"
subject = "student"
name_zh = "小框架"

[[bands]]
code = "good"
name_zh = "好"
from = 60

[[bands]]
code = "low"
name_zh = "待提高"
from = 0
)",
                      "indicators.csv",
                      R"(code,parent,level,name_zh,weight,weight_min,weight_max,status
A1,,1,德,50,,,attested
B1,A1,2,习惯,100,,,attested
C1,B1,3,助人,100,80,100,unverified
A2,,1,体,50,,,attested
B2,A2,2,锻炼,100,,,attested
C2,B2,3,跑步,100,80,100,attested
)",
                      "measures.toml",
                      R"([[measure]]
leaf = "C1"
kind = "points"
cap_per_week = { most = 4 }
low = 0
high = 100

[[measure]]
leaf = "C2"
kind = "completion"
count = "times"
target = 10
)",
                      "reasons.csv",
                      R"(code,name_zh,leaves,kind,value
help,帮助同学,C1,points,1
run,跑步,C2,completion,
)"});
}

PackFiles small_overlay(int weight) {
    return make_pack(
        "over",
        {"pack.toml",
         R"(id = "over"
version = "2.0"
kind = "overlay"
layer = "school"
name_zh = "校本"

[extends]
id = "small"
version = "1.0.0"
)",
         "indicators.csv",
         "code,parent,maps_to,display_zh,weight\nC1,,,乐于助人," + std::to_string(100 - weight) +
             "\nM1,B1,C1,责任田," + std::to_string(weight) + "\n",
         "measures.toml",
         "[[measure]]\nleaf = \"M1\"\nkind = \"points\"\nlow = 0\nhigh = 100\n",
         "reasons.csv",
         "code,name_zh,leaves,kind,value\nfield,照看责任田,M1,points,2\n"});
}

std::optional<PackFiles> find_small(std::string_view id) {
    return id == "small" ? small_framework() : shipped_pack(id);
}

PackFiles replaced(PackFiles pack,
                   std::string_view file,
                   std::string_view from,
                   std::string_view to) {
    for (auto& each : pack.files) {
        if (each.name == file) {
            const auto at = each.text.find(from);
            ensure(at != std::string::npos, "the text to replace is there");
            each.text.replace(at, from.size(), to);
            return pack;
        }
    }
    throw Bug("no such file in the pack");
}

std::vector<std::string> codes(const Problems& problems) {
    std::vector<std::string> out;
    for (const auto& problem : problems) {
        out.push_back(problem.code);
    }
    return out;
}

}  // namespace agate::framework::samples
