// SPDX-License-Identifier: Apache-2.0
#include <cstdint>
#include <string>
#include <vector>

#include "base/csv.h"
#include "base/error.h"

// Any bytes are records or one fault; records written back read the same.

namespace {

using Records = std::vector<std::vector<std::string>>;

Records read(std::string_view text, agate::Problems& problems) {
    agate::CsvReader reader(text, {.max_fields = 100, .max_field_bytes = 4096});
    agate::CsvRecord record;
    Records records;
    while (reader.next(record)) {
        records.emplace_back(record.fields.begin(), record.fields.end());
    }
    problems = reader.problems();
    return records;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text{reinterpret_cast<const char*>(data), size};
    agate::Problems problems;
    const auto records = read(text, problems);
    agate::ensure(problems.size() <= 1, "at most one fault ends reading");

    std::string written = "head,line\n";  // so that the separator is a comma again
    for (const auto& record : records) {
        for (std::size_t field = 0; field < record.size(); ++field) {
            if (field != 0) {
                written += ',';
            }
            agate::append_csv_field(written, record[field], agate::FormulaGuard::on);
        }
        written += '\n';
    }
    auto again = read(written, problems);
    agate::ensure(problems.empty(), "what we write can be read");
    again.erase(again.begin());
    std::size_t row = 0;
    for (const auto& record : records) {
        if (record.size() == 1 && record.front().empty()) {
            continue;
        }  // a blank line
        for (std::size_t field = 0; field < record.size(); ++field) {
            agate::ensure(
                std::string{agate::remove_formula_guard(again.at(row).at(field))} == record[field],
                "a field comes back as it was");
        }
        ++row;
    }
    return 0;
}
