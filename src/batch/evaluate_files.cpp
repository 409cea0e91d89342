// SPDX-License-Identifier: Apache-2.0
#include "batch/evaluate_files.h"

#include <algorithm>
#include <memory>

#include "base/crypto.h"
#include "base/error.h"
#include "base/file.h"
#include "base/parallel.h"
#include "batch/results_files.h"
#include "evaluate/evaluate.h"
#include "evaluate/evaluator.h"
#include "framework/compile.h"

namespace agate::batch {
namespace {

/// Subjects evaluated before their lines are handed on in order.
constexpr std::size_t block = 2048;
constexpr std::size_t subjects_a_share = 32;

framework::PackFiles find_pack(const std::filesystem::path& pack) {
    if (!std::filesystem::is_directory(pack)) {
        if (auto shipped = framework::shipped_pack(pack.string())) {
            return std::move(*shipped);
        }
    }
    return framework::read_pack_folder(pack);
}

/// What one thread works with.
struct Worker {
    Worker(const evaluate::Program& program, const CaseRecords& cases, const DayRange& period)
        : evaluator(program, cases.words, period) {}

    evaluate::Evaluator evaluator;
};

/// Both evaluations of all subjects to three files.
class Run {
public:
    Run(const EvaluateFiles& files,
        const framework::Plans& plans,
        const Roster& roster,
        const CaseRecords& cases)
        : files_(files), plans_(plans), roster_(roster), cases_(cases) {}

    void write(EvaluateSummary& summary) {
        std::filesystem::create_directories(files_.out);
        Sha256 digest;
        const bool has_national = !files_.overlays.empty();
        write_plan(plans_.school, "results.csv", files_.with_reasons, digest);
        if (has_national) {
            write_plan(plans_.national, "results-national.csv", false, digest);
        }
        summary.digest = to_hex(digest.finish());
    }

private:
    struct Lines {
        std::string results, reasons;
    };

    void write_plan(const framework::Plan& plan,
                    const char* name,
                    bool with_reasons,
                    Sha256& digest) {
        const evaluate::Program program(plan);
        FileWriter results(files_.out / name);
        std::optional<FileWriter> reasons;
        if (with_reasons) {
            reasons.emplace(files_.out / "reasons.jsonl");
        }
        results.write(results_header());
        const std::size_t count = roster_.subjects.size();
        for (std::size_t from = 0; from < count; from += block) {
            const std::size_t size = std::min(block, count - from);
            for (const Lines& lines : evaluate_block(program, from, size, with_reasons)) {
                digest.add(std::string_view(lines.results));
                results.write(lines.results);
                if (reasons) {
                    reasons->write(lines.reasons);
                }
            }
            if (files_.progress) {
                files_.progress("evaluate", from + size, count);
            }
        }
        results.finish();
        if (reasons) {
            reasons->finish();
        }
    }

    std::vector<Lines> evaluate_block(const evaluate::Program& program,
                                      std::size_t from,
                                      std::size_t size,
                                      bool with_reasons) {
        std::vector<Lines> lines(size);
        const int threads = files_.threads > 0 ? files_.threads : processor_count();
        share_out(size, subjects_a_share, threads, [&]() -> Share {
            // Shared with the copies that std::function may make.
            auto worker = std::make_shared<Worker>(program, cases_, files_.period);
            return [&, worker](std::size_t first, std::size_t last) {
                for (std::size_t i = first; i < last; ++i) {
                    lines[i] = evaluate_one(*worker, from + i, with_reasons);
                }
            };
        });
        return lines;
    }

    Lines evaluate_one(Worker& worker, std::size_t index, bool with_reasons) {
        const auto& plan = worker.evaluator.program().plan();
        const auto& subject = roster_.subjects[index];
        const std::size_t first = cases_.first[index];
        const std::size_t count = cases_.first[index + 1] - first;
        const auto records = std::span(cases_.records).subspan(first, count);
        const auto ids = std::span(cases_.ids).subspan(first, count);
        Lines lines;
        if (!with_reasons) {
            append_results(
                lines.results, plan, roster_.names[index], worker.evaluator.run(subject, records));
            return lines;
        }
        evaluate::Trace trace(ids, plan.nodes.size());
        const auto values = worker.evaluator.run(subject, records, &trace);
        append_results(lines.results, plan, roster_.names[index], values);
        const auto result = evaluate::to_result(subject.person_id, values, std::move(trace));
        append_reasons(lines.reasons,
                       {.plan = plan,
                        .subject = roster_.names[index],
                        .result = result,
                        .ids = ids,
                        .records = records,
                        .words = cases_.words});
        return lines;
    }

    const EvaluateFiles& files_;
    const framework::Plans& plans_;
    const Roster& roster_;
    const CaseRecords& cases_;
};

}  // namespace

EvaluateSummary evaluate_files(const EvaluateFiles& files) {
    EvaluateSummary summary;
    if (files.period.to < files.period.from) {
        throw Error(ErrorKind::invalid, "period_ends_before");
    }
    std::vector<framework::PackFiles> layers{find_pack(files.pack)};
    for (const auto& overlay : files.overlays) {
        layers.push_back(find_pack(overlay));
    }
    auto outcome = framework::compile(layers);
    summary.problems = std::move(outcome.problems);
    if (!outcome.plans) {
        return summary;
    }
    const auto roster_text = read_file(files.roster);
    const auto roster = read_roster(
        files.roster.string(), roster_text, outcome.plans->school, files.period, summary.problems);
    const auto evidence_text = read_file(files.evidence);
    const auto cases = read_evidence(
        files.evidence.string(), evidence_text, roster, files.period, summary.problems);
    summary.subjects = static_cast<std::int64_t>(roster.subjects.size());
    summary.records = static_cast<std::int64_t>(cases.records.size());
    summary.not_counted = cases.not_counted;
    if (!has_errors(summary.problems)) {
        Run(files, *outcome.plans, roster, cases).write(summary);
    }
    return summary;
}

}  // namespace agate::batch
