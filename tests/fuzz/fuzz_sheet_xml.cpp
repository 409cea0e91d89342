// SPDX-License-Identifier: Apache-2.0
#include <cstdint>
#include <string_view>

#include "base/error.h"
#include "exchange/sheet/sheet_rows.h"
#include "exchange/sheet/xml.h"

// A worksheet's XML behind the archive's check sums: places, types, styles, strings, merged areas.

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace agate::exchange;
    const std::string_view bytes{reinterpret_cast<const char*>(data), size};
    Workbook workbook;
    workbook.styles = {
        NumberStyle::plain, NumberStyle::date, NumberStyle::time, NumberStyle::minutes_seconds};
    workbook.uses_1904 = size % 2 == 1;
    SharedStrings strings;
    for (const auto* text : {"a", "姓名", ""}) {
        strings.append(text);
        strings.close_string();
    }
    TableLimits limits;
    limits.cells = 300'000;
    std::int64_t last = 0;
    const RowSink sink = [&last](const Row& row) {
        agate::ensure(row.number > last && row.number <= 1'048'576, "rows come in their order");
        agate::ensure(row.cells.size() <= 16'384, "a row is no wider than a sheet");
        last = row.number;
        for (const auto& cell : row.cells) {
            agate::ensure(cell.kind != CellKind::empty || cell.text.empty(),
                          "an empty cell is empty");
        }
        return Flow::go_on;
    };
    SheetRows rows{workbook, strings, limits, sink};
    XmlParser parser{rows};
    // In two pieces, cut where the input says.
    const auto cut = size == 0 ? 0 : data[0] % (size + 1);
    if (parser.feed(bytes.substr(0, cut), false)) {
        (void)parser.feed(bytes.substr(cut), true);
    }
    return 0;
}
