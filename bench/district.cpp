// SPDX-License-Identifier: Apache-2.0
#include "district.h"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>
#include <thread>

#include "base/words.h"
#include "framework/compile.h"

namespace agate::bench {
namespace {

constexpr int kinds = 5;
constexpr double kind_weight[kinds] = {0, 0.1, 0.2, 0.5, 0.2};

int cap_of(int indicator) {
    return 300 + 100 * (indicator % 4);
}

int share_of_points(int indicator) {
    return 30 + 5 * (indicator % 7);
}

double threshold(std::uint32_t school, int band) {
    constexpr double base[3] = {69, 67, 65};
    return base[band] + 0.5 * (school % 5) - 1.0;
}

framework::PackFiles make_pack(std::uint32_t school) {
    std::string list = "code,parent,level,name_zh,weight,status\n";
    std::string reasons = "code,name_zh,leaves,kind,value,value_min,value_max,givers\n";
    std::string measures, steps;
    for (int step = 40; step <= 100; ++step) {
        steps += fmt::format("{}{}", steps.empty() ? "" : ", ", step);
    }
    for (int i = 0; i < indicators; ++i) {
        const int points = share_of_points(i);
        list += fmt::format("A{0},,1,指标{0},{1},attested\n", i, i < 10 ? 4 : 3);
        list += fmt::format("P{0},A{0},2,积分{0},{1},attested\n", i, points);
        list += fmt::format("R{0},A{0},2,评定{0},{1},attested\n", i, 100 - points);
        reasons += fmt::format("p{0},积分{0},P{0},points,1,-10,10,\n", i);
        reasons += fmt::format("r{0},评定{0},R{0},rating,,,,self|peer|teacher|guardian\n", i);
        measures += fmt::format(
            "[[measure]]\nleaf = \"P{}\"\nkind = \"points\"\nbase = 60\nlow = 0\nhigh = 100\n"
            "cap_per_week = {{ most = {} }}\n",
            i,
            cap_of(i) / 100);
        measures += fmt::format(
            "[[measure]]\nleaf = \"R{}\"\nkind = \"rating\"\nsteps = [{}]\nraters = {{ self = {{ "
            "weight = 10 }}, peer = {{ weight = 20 }}, teacher = {{ weight = 50 }}, guardian = {{ "
            "weight = 20 }} }}\n",
            i,
            steps);
    }
    std::string pack =
        "id = \"bench\"\nversion = \"1.0.0\"\nkind = \"framework\"\nsubject = \"student\"\n"
        "name_zh = \"量\"\ntotal = \"internal\"\ndecimals = 9\nbanded_levels = [0]\n[root]\ncode = "
        "\"all\"\nname_zh = \"全部\"\n"
        "decimals = 9\n";
    for (int band = 0; band < 4; ++band) {
        pack += fmt::format("[[bands]]\ncode = \"b{}\"\nname_zh = \"等{}\"\nfrom = {}\n",
                            band,
                            band,
                            band < 3 ? threshold(school, band) : 0);
    }
    return {.place = "bench",
            .files = {{"indicators.csv", list},
                      {"measures.toml", measures},
                      {"pack.toml", pack},
                      {"reasons.csv", reasons}}};
}

}  // namespace

Columns make_columns(std::size_t records, std::uint32_t pupils, std::uint64_t seed) {
    std::uint64_t state = 0x9E37'79B9'7F4A'7C15ULL * seed;
    const auto next = [&state] {
        std::uint64_t z = (state += 0x9E37'79B9'7F4A'7C15ULL);
        z = (z ^ (z >> 30U)) * 0xBF58'476D'1CE4'E5B9ULL;
        z = (z ^ (z >> 27U)) * 0x94D0'49BB'1331'11EBULL;
        return z ^ (z >> 31U);
    };
    constexpr std::int16_t points[16] = {
        25, 25, 50, 50, 50, 100, 100, 100, 100, 200, 200, 300, 300, 500, -50, -100};
    Columns out;
    out.pupil.resize(records);
    out.rater.resize(records);
    out.indicator.resize(records);
    out.kind.resize(records);
    out.week.resize(records);
    out.value.resize(records);
    for (std::size_t n = 0; n < records; ++n) {
        const std::uint64_t r = next(), q = next();
        const auto s = static_cast<std::uint32_t>(((r & 0xFFFF'FFFFU) * pupils) >> 32U);
        const auto t = (r >> 32U) % 200;
        const std::uint8_t kind = t < 120 ? 0 : t < 135 ? 1 : t < 170 ? 2 : t < 190 ? 3 : 4;
        const auto x = static_cast<std::uint32_t>(q & 0xFFFFU);
        const auto y = static_cast<std::uint32_t>((q >> 16U) & 0xFFFFU);
        const auto z = static_cast<std::uint32_t>((q >> 32U) & 0xFFFFU);
        out.pupil[n] = s;
        out.kind[n] = kind;
        out.week[n] = static_cast<std::uint8_t>(n * weeks / records);
        if (kind == 0) {
            out.indicator[n] = static_cast<std::uint8_t>(x % indicators);
            out.value[n] = points[y % 16];
            out.rater[n] = 1'000'000 + (s / 40) * 8 + z % 8;
        } else {
            out.indicator[n] = static_cast<std::uint8_t>(y % 10 < 7 ? x % 10 : x % indicators);
            out.value[n] = static_cast<std::int16_t>(40 + (q >> 48U) % 61);
            out.rater[n] = kind == 1   ? s
                           : kind == 2 ? (s / 6) * 6 + z % 6
                           : kind == 3 ? 1'000'000 + (s / 40) * 8 + z % 4
                                       : 2'000'000 + s * 2 + z % 2;
        }
    }
    return out;
}

std::vector<framework::Plan> make_plans() {
    std::vector<framework::Plan> plans;
    for (std::uint32_t school = 0; school < 5; ++school) {
        auto outcome = framework::compile_pack(make_pack(school));
        if (!outcome.plans) {
            const auto& problem = outcome.problems.front();
            throw std::runtime_error("the bench's pack: " + describe(problem.where) + " " +
                                     words().sentence(Language::en, problem.code, problem.args));
        }
        plans.push_back(std::move(outcome.plans->school));
        // The question's weights are ninetieths, which no percentage says exactly.
        for (int i = 0; i < indicators; ++i) {
            const auto node = *plans.back().find(fmt::format("A{}", i));
            plans.back().nodes[static_cast<std::size_t>(node)].weight_ppm = (1 + i % 5) * 10'000;
        }
    }
    return plans;
}

DayRange period() {
    const Day monday = *parse_day("2026-08-31");
    return {monday, monday + 7 * weeks - 1};
}

std::vector<SchoolRecords> make_schools(const Columns& columns, std::uint32_t pupils) {
    std::vector<SchoolRecords> schools((pupils + pupils_a_school - 1) / pupils_a_school);
    for (auto& school : schools) {
        for (int i = 0; i < indicators; ++i) {
            school.words.reasons.push_back(fmt::format("p{}", i));
            school.words.reasons.push_back(fmt::format("r{}", i));
        }
        school.first.assign(pupils_a_school + 1, 0);
    }
    for (const auto pupil : columns.pupil) {
        ++schools[pupil / pupils_a_school].first[pupil % pupils_a_school + 1];
    }
    std::vector<std::vector<std::uint32_t>> next;
    for (auto& school : schools) {
        for (std::size_t i = 1; i < school.first.size(); ++i) {
            school.first[i] += school.first[i - 1];
        }
        school.records.resize(school.first.back());
        next.emplace_back(school.first.begin(), school.first.end() - 1);
    }
    for (std::size_t n = 0; n < columns.pupil.size(); ++n) {
        const std::uint32_t pupil = columns.pupil[n];
        auto& school = schools[pupil / pupils_a_school];
        const bool is_points = columns.kind[n] == 0;
        constexpr RaterKind rater_kinds[kinds] = {RaterKind::teacher,
                                                  RaterKind::self,
                                                  RaterKind::peer,
                                                  RaterKind::teacher,
                                                  RaterKind::guardian};
        Record record;
        record.value = is_points ? columns.value[n] * 10 : (columns.value[n] - 39) * 1000;
        record.rater = columns.rater[n];
        record.reason = static_cast<std::uint16_t>(2 * columns.indicator[n] + (is_points ? 0 : 1));
        record.bits = static_cast<std::uint16_t>(
            7U * columns.week[n] | (static_cast<unsigned>(rater_kinds[columns.kind[n]]) << 11U) |
            0x4000U);
        school.records[next[pupil / pupils_a_school][pupil % pupils_a_school]++] = record;
    }
    return schools;
}

Clustered cluster(const Columns& columns, std::uint32_t pupils) {
    Clustered out;
    out.first.assign(pupils + 1, 0);
    for (const auto pupil : columns.pupil) {
        ++out.first[pupil + 1];
    }
    for (std::size_t i = 1; i < out.first.size(); ++i) {
        out.first[i] += out.first[i - 1];
    }
    std::vector<std::uint32_t> next(out.first.begin(), out.first.end() - 1);
    out.records.resize(columns.pupil.size());
    for (std::size_t n = 0; n < columns.pupil.size(); ++n) {
        out.records[next[columns.pupil[n]]++] =
            std::uint64_t{columns.rater[n]} | std::uint64_t{columns.indicator[n]} << 32U |
            std::uint64_t{columns.kind[n]} << 37U | std::uint64_t{columns.week[n]} << 40U |
            std::uint64_t{static_cast<std::uint16_t>(columns.value[n])} << 48U;
    }
    return out;
}

namespace {

/// One pupil: 600 weekly sums, and the latest rating of each rater by looking back.
void bare_pupil(const std::uint64_t* begin,
                const std::uint64_t* end,
                std::uint32_t pupil,
                Answer& answer) {
    int weekly[indicators][weeks] = {};
    bool has_points[indicators] = {};
    double sums[indicators][kinds] = {};
    int counts[indicators][kinds] = {};
    std::uint64_t seen[256];
    std::size_t seen_count = 0;
    for (const std::uint64_t* record = end; record-- != begin;) {
        const std::uint64_t r = *record;
        const auto indicator = (r >> 32U) & 31U;
        const auto kind = (r >> 37U) & 7U;
        const auto value = static_cast<std::int16_t>(r >> 48U);
        if (kind == 0) {
            weekly[indicator][(r >> 40U) & 31U] += value;
            has_points[indicator] = true;
            continue;
        }
        const std::uint64_t key = r & 0xFF'FFFF'FFFFULL;
        if (std::find(seen, seen + seen_count, key) == seen + seen_count) {
            seen[seen_count++ & 255U] = key;
            sums[indicator][kind] += value;
            ++counts[indicator][kind];
        }
    }
    double total = 0, weights = 0;
    for (int i = 0; i < indicators; ++i) {
        double points = 60, ratings = 0, rated = 0;
        for (int week = 0; week < weeks; ++week) {
            points += std::min(weekly[i][week], cap_of(i)) / 100.0;
        }
        points = std::clamp(points, 0.0, 100.0);
        for (int kind = 1; kind < kinds; ++kind) {
            if (counts[i][kind] > 0) {
                ratings += kind_weight[kind] * sums[i][kind] / counts[i][kind];
                rated += kind_weight[kind];
            }
        }
        const double alpha = share_of_points(i) / 100.0;
        const bool has_ratings = rated > 0;
        double score = -1;
        if (has_points[i] && has_ratings) {
            score = alpha * points + (1 - alpha) * ratings / rated;
        } else if (has_points[i] || has_ratings) {
            score = has_points[i] ? points : ratings / rated;
        }
        answer.scores[pupil * std::size_t{indicators} + static_cast<std::size_t>(i)] = score;
        if (score >= 0) {
            const double weight = (1 + i % 5) / 90.0;
            total += weight * score;
            weights += weight;
        }
    }
    total = weights > 0 ? total / weights : 0;
    answer.totals[pupil] = total;
    std::uint8_t band = 3;
    for (int b = 2; b >= 0; --b) {
        if (total >= threshold(pupil / pupils_a_school, b)) {
            band = static_cast<std::uint8_t>(b);
        }
    }
    answer.bands[pupil] = band;
}

}  // namespace

void bare_pass(const Clustered& clustered, std::uint32_t pupils, int threads, Answer& answer) {
    answer.scores.resize(std::size_t{pupils} * indicators);
    answer.totals.resize(pupils);
    answer.bands.resize(pupils);
    std::vector<std::jthread> team;
    for (int t = 0; t < threads; ++t) {
        const auto from =
            pupils / static_cast<std::uint32_t>(threads) * static_cast<std::uint32_t>(t);
        const auto to = t + 1 == threads ? pupils
                                         : pupils / static_cast<std::uint32_t>(threads) *
                                               static_cast<std::uint32_t>(t + 1);
        team.emplace_back([&clustered, &answer, from, to] {
            for (std::uint32_t pupil = from; pupil < to; ++pupil) {
                bare_pupil(clustered.records.data() + clustered.first[pupil],
                           clustered.records.data() + clustered.first[pupil + 1],
                           pupil,
                           answer);
            }
        });
    }
}

}  // namespace agate::bench
