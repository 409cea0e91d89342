// SPDX-License-Identifier: Apache-2.0
#include <cstdint>
#include <string>

#include "base/day.h"
#include "base/decimal.h"
#include "base/error.h"
#include "base/id.h"
#include "core/org.h"
#include "exchange/roster.h"
#include "exchange/values.h"

// The words of a single cell: numbers, days, ids, grades, classes.

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text{reinterpret_cast<const char*>(data), size};
    if (const auto number = agate::Decimal::parse(text)) {
        agate::ensure(agate::Decimal::parse(number->to_string()) == number, "decimal round trip");
    }
    if (const auto day = agate::parse_day(text)) {
        agate::ensure(agate::parse_day(agate::to_string(*day)) == day, "day round trip");
    }
    (void)agate::parse_uuid(text);
    (void)agate::parse_grade(text);
    (void)agate::parse_sex(text);
    (void)agate::exchange::is_id_number(text);
    (void)agate::exchange::grade_of_class(text, 2025);
    (void)agate::exchange::parse_written_value(text);
    const agate::exchange::Cell cell{.text = text, .kind = agate::exchange::CellKind::text};
    (void)agate::exchange::parse_written_day(cell);
    return 0;
}
