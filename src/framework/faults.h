// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/problem.h"

namespace agate::framework {

/// A place in one of the files being read. Line 0: the file as a whole.
struct At {
    std::int32_t source = 0;  ///< from Faults::add_source
    std::int32_t line = 0;
    std::int32_t column = 0;  ///< in characters, from 1

    friend auto operator<=>(const At&, const At&) = default;
};

/// A value with the place it was read from.
template <class T>
struct Located {
    T value{};
    At at;
};

using Text = Located<std::string>;

/// Collects the faults of one compilation, so that none hides another.
class Faults {
public:
    /// Takes a file's name as the user knows it; sources sort in the order they were added.
    [[nodiscard]] std::int32_t add_source(std::string file);

    void error(At at, std::string_view code, MessageArgs args = {});
    /// An error that leaves a file, or much of it, unread: what builds on it cannot be judged.
    void unreadable(At at, std::string_view code, MessageArgs args = {});
    void warn(At at, std::string_view code, MessageArgs args = {});

    /// An error about a word that is not among `known`. The argument "value" is the word; when a
    /// known word is near, the code gets "_like" behind it and the argument "suggestion".
    void unknown(const Text& word, std::string_view code, const std::set<std::string>& known);

    [[nodiscard]] std::size_t error_count() const { return errors_; }

    [[nodiscard]] bool is_everything_read() const { return is_everything_read_; }

    /// Sorted by place. Beyond a bound, faults are counted, not kept, and the last one says so.
    [[nodiscard]] Problems take();

private:
    struct Fault {
        At at;
        Problem problem;
    };

    void keep(At at, std::string_view code, MessageArgs args, Severity severity);

    std::vector<std::string> files_;
    std::vector<Fault> faults_;
    std::size_t errors_ = 0;
    bool is_everything_read_ = true;
    std::size_t left_out_ = 0;
    int suggestions_ = 0;
};

/// The word of `known` within a small edit distance of `word`, the nearest and then the first;
/// empty when there is none.
[[nodiscard]] std::string nearest_word(std::string_view word, const std::set<std::string>& known);

}  // namespace agate::framework
