// SPDX-License-Identifier: Apache-2.0
#include <cstdint>
#include <string>
#include <string_view>

#include "base/error.h"
#include "exchange/fitness.h"
#include "exchange/time_entry.h"

// One measured cell: whatever is accepted lies in its range, is shown and reads back the same; what
// is suggested would be accepted.

namespace {

using namespace agate::exchange;

ItemSpec item_of(std::uint8_t choice) {
    ItemSpec item{.code = "item", .unit = "cm"};
    item.entry = static_cast<ItemSpec::Entry>(choice % 3);
    item.rounding = static_cast<ItemSpec::Rounding>(choice / 3 % 3);
    item.decimals = item.entry == ItemSpec::Entry::decimal ? 1 : 0;
    item.unit = choice / 9 % 2 == 0 ? "cm" : (choice / 18 % 2 == 0 ? "ml" : "s");
    item.import_min = item.entry == ItemSpec::Entry::decimal ? 50 : 45;
    item.import_max = 9999;
    return item;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 2) {
        return 0;
    }
    const auto item = item_of(data[0]);
    const auto number_times = static_cast<NumberTimes>(data[1] % 3);
    const auto kind = data[1] / 3 % 2 == 0 ? CellKind::text : CellKind::number;
    const std::string_view text{reinterpret_cast<const char*>(data) + 2, size - 2};
    const auto parsed = parse_item(item, {.text = text, .day = {}, .kind = kind}, number_times);
    const auto read_back = [&item](std::string_view shown) {
        return parse_item(
            item, {.text = shown, .day = {}, .kind = CellKind::text}, NumberTimes::refuse);
    };
    if (parsed.item.state == ItemState::value) {
        const auto value = parsed.item.value;
        agate::ensure(item.import_min <= value && value <= item.import_max, "a value is in range");
        agate::ensure(read_back(show_item(item, value)).item == parsed.item, "a value reads back");
    } else if (parsed.code == "value_in_metres" || parsed.code == "value_in_litres" ||
               parsed.code == "seconds_written_as_minutes") {
        agate::ensure(read_back(parsed.suggestion).item.state == ItemState::value,
                      "a suggestion can be taken");
    }
    agate::ensure((parsed.item.state == ItemState::fault) ==
                      (!parsed.code.empty() && parsed.severity == agate::Severity::error),
                  "a fault has its code");
    return 0;
}
