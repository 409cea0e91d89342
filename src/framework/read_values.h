// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

#include "framework/faults.h"
#include "framework/toml_value.h"

// From written words to checked values, the same for TOML and CSV. An empty text gives nothing
// without a fault; a wrong one gives nothing with a fault.
namespace agate::framework {

inline constexpr std::int32_t number_limit = 1'000'000;

[[nodiscard]] std::optional<Located<Decimal>> parse_number(const Text& text, Faults& faults);
/// "30", "30%", "12.5" in percent, 0 to 100.
[[nodiscard]] std::optional<Located<std::int64_t>> parse_percent(const Text& text, Faults& faults);
[[nodiscard]] std::optional<Located<int>> parse_integer(const Text& text,
                                                        std::pair<int, int> range,
                                                        Faults& faults);
/// "yes", "no", "是", "否"; empty is no.
[[nodiscard]] bool parse_yes(const Text& text, Faults& faults);
/// The parts of "C1|C2", each with its own place; at most 100.
[[nodiscard]] std::vector<Text> split_codes(const Text& text, Faults& faults);
/// Says that there are more than `limit` of something, so that a check stays bounded.
void report_too_many(At at, std::size_t limit, Faults& faults);
/// False, with a fault, for letters that a code may not have.
bool check_code(const Text& code, Faults& faults);

template <class T>
using WordList = std::vector<std::pair<std::string_view, T>>;

/// One word of a closed list.
template <class T>
[[nodiscard]] std::optional<Located<T>> parse_word(const Text& text,
                                                   const WordList<T>& words,
                                                   Faults& faults) {
    if (text.value.empty()) {
        return std::nullopt;
    }
    std::set<std::string> known;
    for (const auto& [word, value] : words) {
        if (word == text.value) {
            return Located<T>{value, text.at};
        }
        known.emplace(word);
    }
    std::string all;
    for (const auto& [word, value] : words) {
        all += (all.empty() ? "" : ", ");
        all += word;
    }
    faults.error(text.at, "pack_unknown_word", {{"value", text.value}, {"known", all}});
    return std::nullopt;
}

/// Takes the members of one TOML table by name and reports those nobody asked for.
class TomlTable {
public:
    TomlTable(const TomlValue& table, Faults& faults) : table_(&table), faults_(&faults) {}

    [[nodiscard]] At at() const { return table_->at; }

    /// Empty when missing, placed at the table.
    [[nodiscard]] Text text(std::string_view key);
    [[nodiscard]] Text required_text(std::string_view key);
    [[nodiscard]] std::optional<Located<Decimal>> number(std::string_view key);
    [[nodiscard]] std::optional<Located<Decimal>> required_number(std::string_view key);
    [[nodiscard]] std::optional<Located<std::int64_t>> percent(std::string_view key);
    [[nodiscard]] std::optional<Located<int>> integer(std::string_view key,
                                                      std::pair<int, int> range);
    [[nodiscard]] bool flag(std::string_view key);
    [[nodiscard]] std::vector<Text> texts(std::string_view key);
    [[nodiscard]] std::vector<Located<Decimal>> numbers(std::string_view key);
    /// Tables of an array of tables; none when missing.
    [[nodiscard]] std::vector<TomlTable> tables(std::string_view key);
    [[nodiscard]] std::optional<TomlTable> table(std::string_view key);
    /// The value whatever it is; null when missing.
    [[nodiscard]] const TomlValue* any(std::string_view key);
    /// All members, for tables whose keys are codes; nothing is unknown then.
    [[nodiscard]] const std::vector<TomlMember>& members();

    template <class T>
    [[nodiscard]] std::optional<Located<T>> word(std::string_view key, const WordList<T>& words) {
        return parse_word(text(key), words, *faults_);
    }

    template <class T>
    [[nodiscard]] std::optional<Located<T>> required_word(std::string_view key,
                                                          const WordList<T>& words) {
        return parse_word(required_text(key), words, *faults_);
    }

    /// Call last.
    void report_unknown();

private:
    const TomlValue* expect(std::string_view key, TomlValue::Kind kind);

    const TomlValue* table_;
    Faults* faults_;
    std::set<std::string> asked_;
    bool takes_all_ = false;
};

/// A number value checked against the limit.
[[nodiscard]] std::optional<Located<Decimal>> number_of(const TomlValue& value, Faults& faults);

}  // namespace agate::framework
