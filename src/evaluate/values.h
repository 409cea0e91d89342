// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <vector>

#include "core/result.h"

namespace agate::evaluate {

/// What a leaf's records gave.
struct LeafValue {
    std::int64_t score = 0;  ///< nanos; only with has_score
    std::int32_t coverage_ppm = 0;
    bool has_score = false;
};

inline constexpr std::int32_t full_coverage = 1'000'000;

/// A record that a cap left with another value than it was given: its place among its leaf's
/// records, and what was credited.
struct Clip {
    std::int32_t leaf = 0;    ///< slot of the leaf
    std::uint32_t place = 0;  ///< in the order of the leaf's records
    Decimal credited{};

    friend bool operator==(const Clip&, const Clip&) = default;
};

/// Gathers the reasons of one subject's nodes, in words' codes. Nobody passes one on the way to
/// results alone.
class Trace {
public:
    /// `ids` name the records in the order in which the engine is given them.
    Trace(std::span<const EvidenceId> ids, std::size_t nodes) : ids_(ids), nodes_(nodes) {}

    /// Of records by their places, in the order given.
    [[nodiscard]] std::vector<EvidenceId> ids(std::span<const std::uint32_t> records) const;

    void note(NodeIndex node,
              std::string code,
              MessageArgs args = {},
              std::vector<EvidenceId> evidence = {}) {
        at(node).notes.push_back(
            {.code = std::move(code), .args = std::move(args), .evidence = std::move(evidence)});
    }

    void input(NodeIndex node, ReasonInput input) { at(node).inputs.push_back(std::move(input)); }

    [[nodiscard]] NodeResult& at(NodeIndex node) { return nodes_[static_cast<std::size_t>(node)]; }

    [[nodiscard]] std::vector<NodeResult> take() { return std::move(nodes_); }

private:
    std::span<const EvidenceId> ids_;
    std::vector<NodeResult> nodes_;
};

/// The tree with its reasons, of a run that was traced.
[[nodiscard]] SubjectResult to_result(PersonId subject,
                                      std::span<const NodeValue> values,
                                      Trace trace);

/// Records that a leaf cannot use, told together: {count}. Does nothing without a trace.
class LeftOut {
public:
    LeftOut(Trace* trace, NodeIndex node, std::string_view code)
        : trace_(trace), node_(node), code_(code) {}

    LeftOut(const LeftOut&) = delete;
    LeftOut& operator=(const LeftOut&) = delete;
    LeftOut(LeftOut&&) = delete;
    LeftOut& operator=(LeftOut&&) = delete;
    ~LeftOut() = default;

    void add(std::uint32_t record) {
        if (trace_ != nullptr) {
            records_.push_back(record);
        }
    }

    /// Appends the note when there is something to tell.
    void tell(MessageArgs args = {});

private:
    Trace* trace_;
    NodeIndex node_;
    std::string_view code_;
    std::vector<std::uint32_t> records_;
};

}  // namespace agate::evaluate
