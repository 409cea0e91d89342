// SPDX-License-Identifier: Apache-2.0
#include "app/demo_people.h"

#include <algorithm>
#include <charconv>
#include <numeric>

#include "base/csv.h"
#include "base/embedded.h"
#include "base/error.h"

namespace agate::embedded {
std::span<const EmbeddedFile> demo();
}

namespace agate::app {
namespace {

int to_int(std::string_view text) {
    int number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

}  // namespace

std::uint64_t Dice::next() {
    // splitmix64: short, even and the same everywhere.
    state_ += 0x9E3779B97F4A7C15ULL;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27U)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31U);
}

std::size_t Dice::weighted(const std::vector<int>& weights) {
    const int total = std::accumulate(weights.begin(), weights.end(), 0);
    int left = below(std::max(total, 1));
    for (std::size_t i = 0; i < weights.size(); ++i) {
        left -= weights[i];
        if (left < 0) {
            return i;
        }
    }
    return weights.size() - 1;
}

Names::Names() {
    CsvRecord record;
    for (const auto* file : {"surnames.csv", "given_names.csv"}) {
        const auto text = find_file(embedded::demo(), file);
        ensure(text.has_value(), "the demonstration's names are in the program");
        CsvReader reader(*text);
        ensure(reader.next(record), "a list of names has a header");
        while (reader.next(record)) {
            if (record.fields.size() == 2) {
                surnames_.emplace_back(record.fields[0]);
                surname_weights_.push_back(to_int(record.fields[1]));
            } else {
                characters_.emplace_back(record.fields[0]);
                male_weights_.push_back(to_int(record.fields[1]));
                female_weights_.push_back(to_int(record.fields[2]));
            }
        }
    }
}

std::string Names::surname(Dice& dice) const {
    return surnames_[dice.weighted(surname_weights_)];
}

std::string Names::given(Dice& dice, Sex sex) const {
    const auto& weights = sex == Sex::male ? male_weights_ : female_weights_;
    auto name = characters_[dice.weighted(weights)];
    if (dice.chance(78)) {
        name += characters_[dice.weighted(weights)];
    }
    return name;
}

}  // namespace agate::app
