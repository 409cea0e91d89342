// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>

#include "batch/case_files.h"
#include "core/result.h"

// What an evaluation on files gives, as text.
namespace agate::batch {

[[nodiscard]] std::string results_header();

/// One row a node, in the plan's order: subject, indicator, score, band, coverage. Empty where
/// there is no result; coverage in millionths' decimals: 0.816666.
void append_results(std::string& out,
                    const framework::Plan& plan,
                    std::string_view subject,
                    std::span<const NodeValue> values);

/// One JSON object and a line break: every node with its figures, inputs, notes and records.
struct ReasonLine {
    const framework::Plan& plan;
    std::string_view subject;
    const SubjectResult& result;
    std::span<const EvidenceId> ids;  ///< of the subject's records, sorted by place
    std::span<const Record> records;
    const RecordWords& words;
};

void append_reasons(std::string& out, const ReasonLine& line);

}  // namespace agate::batch
