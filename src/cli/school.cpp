// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>
#include <charconv>

#include "app/guard.h"
#include "app/importing.h"
#include "app/pages.h"
#include "app/terms.h"
#include "base/error.h"
#include "base/file.h"
#include "base/json_writer.h"
#include "cli/command.h"
#include "cli/evaluate_files.h"

namespace agate::cli {
namespace {

struct Options {
    Account account;
    std::string file, kind, student, indicator, out, digest;
    std::int64_t period = 0, class_id = 0;
    bool commit = false, skip_problem_rows = false, times_as_m_ss = false;

    [[nodiscard]] std::optional<PeriodId> asked_period() const {
        return period == 0 ? std::nullopt : std::optional(PeriodId{period});
    }
};

PersonId student_id(const Options& options) {
    const auto id = PersonId::parse(options.student);
    if (!id) {
        throw Error(ErrorKind::not_found, "not_yours_to_open");
    }
    return *id;
}

/// The dry run, and with --commit what it showed.
void import_file(const Options& options, const Common& common) {
    const auto kind = app::parse_import_kind(options.kind);
    if (!kind) {
        throw Error(ErrorKind::invalid, "unknown_kind", {{"kind", options.kind}});
    }
    auto signed_in = sign_in(options.account);
    const auto call = signed_in.call(common.chosen());
    auto text =
        app::start_import(signed_in.services(), call, *kind, options.file, read_file(options.file));
    auto shown = app::summarise_import(text, common.chosen());
    if (options.times_as_m_ss) {
        app::Mapping mapping;
        mapping.options.emplace("times_as_m_ss", true);
        text = app::map_import(signed_in.services(), call, shown.id, mapping);
        shown = app::summarise_import(text, common.chosen());
    }
    if (options.commit) {
        text = app::commit_import(signed_in.services(),
                                  call,
                                  shown.id,
                                  {.digest = shown.digest,
                                   .take_doubles = {},
                                   .skip_problem_rows = options.skip_problem_rows});
    }
    print(common.as_json ? text + "\n" : shown.text);
    if (options.commit && !common.as_json) {
        say(common, "import_committed", {{"result", text}});
    }
}

struct EvaluateOptions {
    Account account;
    FileOptions files;

    [[nodiscard]] std::optional<PeriodId> asked_period() const {
        std::int64_t number = 0;
        const auto& text = files.period;
        const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
        if (!text.empty() && (fault != std::errc{} || end != text.data() + text.size())) {
            throw Error(ErrorKind::invalid, "period_unreadable", {{"period", text}});
        }
        return text.empty() ? std::nullopt : std::optional(PeriodId{number});
    }
};

void evaluate(const EvaluateOptions& options, const Common& common) {
    if (options.account.login.empty()) {
        throw Error(ErrorKind::invalid, "option_missing", {{"name", "--as"}});
    }
    auto signed_in = sign_in(options.account);
    const auto call = signed_in.call(common.chosen());
    const auto school = app::school_of(signed_in.actor);
    if (!school) {
        throw Error(ErrorKind::not_found, "not_yours_to_open");
    }
    const auto period = app::choose_period(signed_in.services(), *school, options.asked_period());
    const auto summary = app::evaluate_period(
        signed_in.services(), call, *school, period.period_id, common.progress());
    JsonWriter json;
    json.begin_object();
    json.member("run_id", summary.run_id.to_string());
    json.member("students", summary.students).member("records", summary.records);
    json.member("as_of_sequence", summary.as_of_sequence).member("digest", summary.digest);
    json.end_object();
    if (common.as_json) {
        print(json.take() + "\n");
    } else {
        say(common,
            "evaluated",
            {{"students", std::to_string(summary.students)},
             {"records", std::to_string(summary.records)},
             {"digest", summary.digest}});
    }
}

void explain(const Options& options, const Common& common) {
    auto signed_in = sign_in(options.account);
    const auto call = signed_in.call(common.chosen());
    const auto student = student_id(options);
    if (common.as_json && options.indicator.empty()) {
        print(app::portrait_json(signed_in.services(), call, student, options.asked_period()) +
              "\n");
    } else if (common.as_json) {
        print(app::reasons_json(
                  signed_in.services(), call, student, options.indicator, options.asked_period()) +
              "\n");
    } else {
        print(app::reasons_text(
            signed_in.services(), call, student, options.indicator, options.asked_period()));
    }
}

void report(const Options& options, const Common& common) {
    auto signed_in = sign_in(options.account);
    const auto call = signed_in.call(common.chosen());
    const auto pdf =
        options.class_id == 0
            ? app::child_report_pdf(
                  signed_in.services(), call, student_id(options), options.asked_period())
            : app::class_book_pdf(
                  signed_in.services(), call, OrgId{options.class_id}, options.asked_period());
    write_file(options.out, pdf);
    say(common, "written", {{"file", options.out}, {"bytes", std::to_string(pdf.size())}});
}

void list_classes(const Options& options, const Common& common) {
    auto signed_in = sign_in(options.account);
    const auto call = signed_in.call(common.chosen());
    print((options.class_id == 0 ? app::classes_json(signed_in.services(), call)
                                 : app::class_page_json(signed_in.services(),
                                                        call,
                                                        OrgId{options.class_id},
                                                        options.asked_period(),
                                                        app::RosterOrder::number)) +
          "\n");
}

CLI::App* add_command(CLI::App& app,
                      std::shared_ptr<Options> options,
                      const char* name,
                      const char* what) {
    auto* command = app.add_subcommand(name, what);
    options->account.add_to(*command);
    command->add_option(
        "--period", options->period, "number of the term; the present one without it");
    return command;
}

}  // namespace

void add_school(CLI::App& app, const Common& common) {
    // Each command's options are shared by the parser and its callback.
    auto import_options = std::make_shared<Options>();
    auto* import_command =
        add_command(app,
                    import_options,
                    "import",
                    "a roster, records or fitness results from a file; a dry run first");
    import_command->add_option("kind", import_options->kind, "roster, evidence or fitness")
        ->required();
    import_command->add_option("file", import_options->file, ".xlsx or .csv")->required();
    import_command->add_flag("--commit", import_options->commit, "take what the dry run shows");
    import_command->add_flag("--skip-problem-rows",
                             import_options->skip_problem_rows,
                             "take the other rows although some have problems");
    import_command->add_flag(
        "--times-as-m-ss", import_options->times_as_m_ss, "numbers such as 3.45 are 3 min 45 s");
    import_command->callback([import_options, &common] { import_file(*import_options, common); });

    auto evaluate_options = std::make_shared<EvaluateOptions>();
    auto* evaluate_command = app.add_subcommand(
        "evaluate", "evaluate a term of one's own school; with --pack, plain files");
    evaluate_options->account.add_to(*evaluate_command);
    evaluate_command->get_option("--as")->required(false);
    evaluate_options->files.add_to(*evaluate_command);
    evaluate_command->add_option("--period",
                                 evaluate_options->files.period,
                                 "number of the term; with --pack its days, FROM..TO");
    evaluate_command->callback([evaluate_options, &common] {
        if (evaluate_options->files.pack.empty()) {
            evaluate(*evaluate_options, common);
        } else {
            evaluate_files(evaluate_options->files, common);
        }
    });

    auto explain_options = std::make_shared<Options>();
    auto* explain_command = add_command(
        app, explain_options, "explain", "a child's result in words, down to the records");
    explain_command->add_option("student", explain_options->student, "student id")->required();
    explain_command->add_option(
        "indicator", explain_options->indicator, "code such as A5; all contents without it");
    explain_command->callback([explain_options, &common] { explain(*explain_options, common); });

    auto report_options = std::make_shared<Options>();
    auto* report_command =
        add_command(app, report_options, "report", "a child's page or a class book as PDF");
    report_command->add_option("--student", report_options->student, "student id");
    report_command->add_option("--class", report_options->class_id, "class number");
    report_command->add_option("--out", report_options->out, "PDF to write")->required();
    report_command->callback([report_options, &common] { report(*report_options, common); });

    auto class_options = std::make_shared<Options>();
    auto* class_command =
        add_command(app, class_options, "classes", "one's classes, or one class page, as JSON");
    class_command->add_option("class", class_options->class_id, "class number");
    class_command->callback([class_options, &common] { list_classes(*class_options, common); });
}

}  // namespace agate::cli
