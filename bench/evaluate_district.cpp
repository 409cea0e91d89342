// SPDX-License-Identifier: Apache-2.0
// evaluate_district [RECORDS] [ROUNDS]: the synthetic evaluation of a district by the engine and by
// a bare pass over the same columns, in turn; medians, and whether they agree.
#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <thread>

#include "district.h"
#include "evaluate/evaluator.h"

namespace {

using namespace agate;

double now() {
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch())
        .count();
}

double median(std::vector<double> times) {
    std::sort(times.begin(), times.end());
    return times[times.size() / 2];
}

/// All values of all pupils, school after school.
void engine_pass(const std::vector<evaluate::Program>& programs,
                 const std::vector<bench::SchoolRecords>& schools,
                 int threads,
                 std::vector<std::vector<NodeValue>>& out) {
    out.resize(schools.size());
    std::atomic<std::size_t> next{0};
    std::vector<std::jthread> team;
    for (int t = 0; t < threads; ++t) {
        team.emplace_back([&] {
            const evaluate::Subject subject{.person_id = {},
                                            .sex = Sex::male,
                                            .grade = 4,
                                            .exempt = {},
                                            .belongs = {},
                                            .grades = {}};
            for (std::size_t i = next++; i < schools.size(); i = next++) {
                const auto& school = schools[i];
                const auto& program = programs[i % programs.size()];
                const std::size_t nodes = program.plan().nodes.size();
                out[i].resize(bench::pupils_a_school * nodes);
                evaluate::Evaluator evaluator(program, school.words, bench::period());
                for (std::size_t p = 0; p < bench::pupils_a_school; ++p) {
                    const auto values = evaluator.run(
                        subject,
                        std::span(school.records)
                            .subspan(school.first[p], school.first[p + 1] - school.first[p]));
                    std::copy(values.begin(),
                              values.end(),
                              out[i].begin() + static_cast<std::ptrdiff_t>(p * nodes));
                }
            }
        });
    }
}

double largest_difference(const std::vector<framework::Plan>& plans,
                          const std::vector<std::vector<NodeValue>>& values,
                          const bench::Answer& answer,
                          int& bands_differ) {
    double worst = 0;
    bands_differ = 0;
    for (std::size_t school = 0; school < values.size(); ++school) {
        const auto& plan = plans[school % plans.size()];
        for (std::size_t p = 0; p < bench::pupils_a_school; ++p) {
            const std::size_t pupil = school * bench::pupils_a_school + p;
            const auto* nodes = values[school].data() + p * plan.nodes.size();
            for (std::size_t i = 0; i < bench::indicators; ++i) {
                const auto& value = nodes[*plan.find(fmt::format("A{}", i))];
                const double ours = value.has_score ? static_cast<double>(value.score) / 1e9 : -1;
                worst =
                    std::max(worst, std::fabs(ours - answer.scores[pupil * bench::indicators + i]));
            }
            const auto& root = nodes[plan.root()];
            worst = std::max(
                worst, std::fabs(static_cast<double>(root.score) / 1e9 - answer.totals[pupil]));
            bands_differ += root.band != 3 - answer.bands[pupil] ? 1 : 0;
        }
    }
    return worst;
}

}  // namespace

int main(int argc, char** argv) {
    const std::size_t records = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 6'000'000;
    const int rounds = argc > 2 ? std::atoi(argv[2]) : 3;
    const auto pupils = static_cast<std::uint32_t>(records / 200 / 1200 * 1200);
    const auto columns = bench::make_columns(records, pupils, 20261124);
    const auto clustered = bench::cluster(columns, pupils);
    const auto schools = bench::make_schools(columns, pupils);
    const auto plans = bench::make_plans();
    std::vector<evaluate::Program> programs(plans.begin(), plans.end());
    bench::Answer answer;
    std::vector<std::vector<NodeValue>> values;
    for (const int threads : {1, 2}) {
        std::vector<double> bare, engine;
        for (int round = 0; round < rounds; ++round) {
            double start = now();
            bench::bare_pass(clustered, pupils, threads, answer);
            bare.push_back(now() - start);
            start = now();
            engine_pass(programs, schools, threads, values);
            engine.push_back(now() - start);
        }
        fmt::print("{} records, {} threads: bare pass {:.3f} s, engine {:.3f} s ({:.1f} times)\n",
                   records,
                   threads,
                   median(bare),
                   median(engine),
                   median(engine) / median(bare));
    }
    int bands_differ = 0;
    const double worst = largest_difference(plans, values, answer, bands_differ);
    fmt::print("largest difference {:.2g}, bands that differ {}\n", worst, bands_differ);
}
