// SPDX-License-Identifier: Apache-2.0
#include "framework/faults.h"

#include <algorithm>
#include <utility>

namespace agate::framework {

namespace {

constexpr std::size_t most_faults = 500;
// Each search looks at every known word; a file of nothing but wrong codes must stay cheap.
constexpr int most_suggestions = 30;

// Insertions, deletions, replacements and two neighbours swapped each cost one.
std::size_t edit_distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> above(b.size() + 1), before(b.size() + 1), row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) {
        before[j] = j;
    }
    for (std::size_t i = 1; i <= a.size(); ++i) {
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t replaced = before[j - 1] + (a[i - 1] == b[j - 1] ? 0U : 1U);
            row[j] = std::min({replaced, before[j] + 1, row[j - 1] + 1});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
                row[j] = std::min(row[j], above[j - 2] + 1);
            }
        }
        above.swap(before);
        before.swap(row);
    }
    return before[b.size()];
}

}  // namespace

std::string nearest_word(std::string_view word, const std::set<std::string>& known) {
    constexpr std::size_t longest = 40;
    if (word.empty() || word.size() > longest) {
        return {};
    }
    std::size_t best = 1 + (word.size() > 5 ? 2U : 1U);
    std::string found;
    for (const auto& candidate : known) {
        const std::size_t gap = candidate.size() > word.size() ? candidate.size() - word.size()
                                                               : word.size() - candidate.size();
        if (gap >= best || candidate.size() > longest) {
            continue;
        }
        if (const auto distance = edit_distance(word, candidate); distance < best) {
            best = distance;
            found = candidate;
        }
    }
    return found;
}

std::int32_t Faults::add_source(std::string file) {
    files_.push_back(std::move(file));
    return static_cast<std::int32_t>(files_.size()) - 1;
}

void Faults::error(At at, std::string_view code, MessageArgs args) {
    ++errors_;
    keep(at, code, std::move(args), Severity::error);
}

void Faults::unreadable(At at, std::string_view code, MessageArgs args) {
    is_everything_read_ = false;
    error(at, code, std::move(args));
}

void Faults::warn(At at, std::string_view code, MessageArgs args) {
    keep(at, code, std::move(args), Severity::warning);
}

void Faults::unknown(const Text& word, std::string_view code, const std::set<std::string>& known) {
    std::string near;
    if (suggestions_ < most_suggestions) {
        ++suggestions_;
        near = nearest_word(word.value, known);
    }
    if (near.empty()) {
        error(word.at, code, {{"value", word.value}});
    } else {
        error(word.at,
              std::string{code} + "_like",
              {{"value", word.value}, {"suggestion", std::move(near)}});
    }
}

void Faults::keep(At at, std::string_view code, MessageArgs args, Severity severity) {
    if (faults_.size() >= most_faults) {
        ++left_out_;
        return;
    }
    // A list that is thrown away knows no files.
    const auto source = static_cast<std::size_t>(at.source);
    Place where{.file = source < files_.size() ? files_[source] : std::string{},
                .sheet = {},
                .row = at.line,
                .column = at.column,
                .column_name = {}};
    faults_.push_back({at,
                       {.where = std::move(where),
                        .code = std::string{code},
                        .args = std::move(args),
                        .severity = severity}});
}

Problems Faults::take() {
    std::stable_sort(
        faults_.begin(), faults_.end(), [](const Fault& a, const Fault& b) { return a.at < b.at; });
    Problems problems;
    problems.reserve(faults_.size() + 1);
    for (auto& fault : faults_) {
        problems.push_back(std::move(fault.problem));
    }
    if (left_out_ > 0) {
        problems.push_back({.where = problems.back().where,
                            .code = "pack_more_faults",
                            .args = {{"count", std::to_string(left_out_)}},
                            .severity = Severity::error});
    }
    faults_.clear();
    left_out_ = 0;
    return problems;
}

}  // namespace agate::framework
