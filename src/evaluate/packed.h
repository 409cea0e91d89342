// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/byte_stream.h"
#include "evaluate/evaluator.h"

// What the store keeps of one subject's result: the facts about the subject, the values of every
// node for both evaluations, and a compact trace, which says which records each leaf counted and
// what caps left of them. Records stand there by their place among the subject's records in time
// order, as of the run's sequence number; the run pins them. evaluate/explain.h opens the trace
// into reasons.
namespace agate::evaluate {

/// The records of one leaf.
struct LeafTrace {
    NodeIndex node = 0;
    std::vector<std::uint32_t> records;  ///< places, rising
    std::vector<Clip> clips;             ///< `leaf` means nothing here

    friend bool operator==(const LeafTrace&, const LeafTrace&) = default;
};

struct EvaluationPart {
    std::vector<NodeValue> values;
    std::vector<LeafTrace> leaves;  ///< those with records, in the plan's order

    friend bool operator==(const EvaluationPart&, const EvaluationPart&) = default;
};

struct PackedResult {
    Subject subject;  ///< without its id
    std::uint32_t record_count = 0;
    EvaluationPart school;
    /// Equal to school's where the plan is the same.
    EvaluationPart national;
    bool is_national_alike = true;

    friend bool operator==(const PackedResult&, const PackedResult&) = default;
};

/// Writes one subject after another; the same bytes for the same result.
class ResultPacker {
public:
    /// Runs the school's evaluator, and the national one unless it is null, and packs what they
    /// give.
    [[nodiscard]] std::string pack(Evaluator& school,
                                   Evaluator* national,
                                   const Subject& subject,
                                   std::span<const Record> records);

private:
    void put_part(Evaluator& evaluator, const Subject& subject, std::span<const Record> records);

    ByteWriter out_;
};

/// Both throw Error(internal, "result_unreadable") on bytes that no ResultPacker made.
[[nodiscard]] PackedResult unpack_result(std::string_view bytes);
/// The school's values alone: what a list of children needs.
[[nodiscard]] std::vector<NodeValue> unpack_values(std::string_view bytes);
[[nodiscard]] std::vector<NodeValue> unpack_national_values(std::string_view bytes);

/// The form of PackedResult itself; what unpack_result reads back. For tests and fuzzing.
[[nodiscard]] std::string pack_again(const PackedResult& result);

}  // namespace agate::evaluate
