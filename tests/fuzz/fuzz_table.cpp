// SPDX-License-Identifier: Apache-2.0
#include <cstdint>
#include <string_view>

#include "base/error.h"
#include "exchange/evidence.h"
#include "exchange/roster.h"
#include "exchange/sheet/table.h"

// A file that somebody imports: workbook or text, whole or damaged. Faults come back as problems.

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes{reinterpret_cast<const char*>(data), size};
    agate::exchange::TableOptions options{.file = "fuzz"};
    options.limits.inflated_bytes = 4'000'000;
    options.limits.shared_string_bytes = 1'000'000;
    options.limits.cells = 200'000;
    std::int64_t last = 0;
    const auto report =
        agate::exchange::read_table(bytes, options, [&last](const agate::exchange::Row& row) {
            agate::ensure(row.number > last, "rows come in their order");
            last = row.number;
            return agate::exchange::Flow::go_on;
        });
    agate::ensure(
        agate::has_errors(report.problems) || report.format != agate::exchange::TableFormat::none,
        "a file is read or refused");
    if (size < 20'000) {
        (void)agate::exchange::read_roster(bytes, {});
        (void)agate::exchange::read_evidence(bytes, {});
    }
    return 0;
}
