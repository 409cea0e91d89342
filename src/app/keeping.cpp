// SPDX-License-Identifier: Apache-2.0
#include "app/keeping.h"

#include "app/installation.h"
#include "base/json_writer.h"
#include "store/backup.h"
#include "store/verify.h"

namespace agate::app {
namespace {

VerifyReport to_report(const store::Verification& verification, Language language) {
    VerifyReport report{.is_intact = verification.is_intact(),
                        .findings = static_cast<std::int64_t>(verification.findings.size()),
                        .text = {},
                        .json = {}};
    JsonWriter json;
    json.begin_object().member("is_intact", report.is_intact).key("chains").begin_array();
    for (const auto& chain : verification.chains) {
        const MessageArgs args{{"school", std::to_string(chain.school.value)},
                               {"entries", std::to_string(chain.entries)},
                               {"rows", std::to_string(chain.rows)},
                               {"from", chain.first_head ? to_string(chain.first_head->at) : ""},
                               {"to", chain.last_head ? std::to_string(chain.last_head->seq) : ""}};
        report.text += words().sentence(
                           language, chain.first_head ? "chain_checked" : "chain_unsigned", args) +
                       "\n";
        json.begin_object();
        json.member("school_id", chain.school.value).member("entries", chain.entries);
        json.member("rows", chain.rows).member("erased", chain.erased);
        json.key("signed_to");
        if (chain.last_head) {
            json.value(chain.last_head->seq);
        } else {
            json.null();
        }
        json.end_object();
    }
    json.end_array().key("findings").begin_array();
    for (const auto& finding : verification.findings) {
        const MessageArgs args{{"school", std::to_string(finding.school.value)},
                               {"table", finding.table},
                               {"seq", std::to_string(finding.seq)},
                               {"row", finding.ordinal ? std::to_string(*finding.ordinal) : ""}};
        const auto sentence = words().sentence(language, finding.code, args);
        report.text += sentence + " (" + finding.table + " #" + std::to_string(finding.seq) + ")\n";
        json.begin_object().member("code", finding.code).member("message", sentence);
        json.member("school_id", finding.school.value).member("table", finding.table);
        json.member("sequence", finding.seq).member("row", finding.ordinal).end_object();
    }
    json.end_array().end_object();
    report.text +=
        words().sentence(language, report.is_intact ? "chains_intact" : "chains_damaged") + "\n";
    report.json = json.take();
    return report;
}

Installation::Options options_in(const std::filesystem::path& folder) {
    Installation::Options options;
    options.folder = folder;
    return options;
}

}  // namespace

VerifyReport verify_store(const std::filesystem::path& folder,
                          Language language,
                          const Progress& progress) {
    Installation installation(options_in(folder));
    store::VerifyOptions options;
    options.progress = progress;
    return to_report(store::verify(installation.store(), options), language);
}

BackupReport back_up_store(const std::filesystem::path& folder,
                           const std::filesystem::path& to,
                           const Progress& progress) {
    Installation installation(options_in(folder));
    store::BackupOptions options;
    options.folder = to;
    options.progress = progress;
    const auto summary = store::back_up(installation.store(), options);
    return {summary.rows, summary.keys};
}

VerifyReport restore_store(const std::filesystem::path& from,
                           const std::filesystem::path& folder,
                           Language language,
                           const Progress& progress) {
    const auto paths = InstallationPaths::in(folder);
    store::RestoreOptions options;
    options.backup_folder = from;
    options.store.folder = paths.store;
    options.store.root_key_file = paths.root_key;
    options.store.heads_file = paths.heads;
    options.store.clock = system_now;
    options.progress = progress;
    return to_report(store::restore(std::move(options)).verification, language);
}

}  // namespace agate::app
