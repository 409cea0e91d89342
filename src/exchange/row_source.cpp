// SPDX-License-Identifier: Apache-2.0
#include "exchange/row_source.h"

#include <algorithm>

#include "exchange/header.h"

namespace agate::exchange {
namespace {

constexpr std::size_t look_rows = 60;

int count_names(std::string_view bytes,
                const Dictionary& dictionary,
                const std::vector<MergedArea>& merged,
                const TableOptions& options) {
    std::vector<HeldRow> window;
    const auto report = read_table(bytes, options, [&](const Row& row) {
        window.emplace_back(row);
        return window.size() < look_rows ? Flow::go_on : Flow::stop;
    });
    if (has_errors(report.problems)) {
        return 0;
    }
    const auto place = find_header(window, merged, dictionary, std::nullopt);
    return place ? place->recognised : 0;
}

}  // namespace

SheetChoice choose_sheet(std::string_view bytes,
                         const std::vector<Field>& fields,
                         const ReadOptions& options) {
    TableOptions table_options{
        .file = options.file, .sheet = options.sheet, .limits = options.limits};
    auto look = look_at_table(bytes, table_options);
    SheetChoice choice{.sheet = look.sheet.empty() ? options.sheet : std::optional{look.sheet},
                       .merged = std::move(look.merged),
                       .is_text = look.format == TableFormat::text};
    const auto visible = std::count_if(
        look.sheets.begin(), look.sheets.end(), [](const auto& s) { return !s.is_hidden; });
    if (options.sheet || visible < 2 || has_errors(look.problems)) {
        return choice;
    }
    const Dictionary dictionary{fields};
    int best = 0;
    std::string others;
    for (const auto& sheet : look.sheets) {
        if (sheet.is_hidden) {
            continue;
        }
        table_options.sheet = sheet.name;
        auto merged = look_at_table(bytes, table_options).merged;
        const int count = count_names(bytes, dictionary, merged, table_options);
        if (count > best) {
            best = count;
            choice.sheet = sheet.name;
            choice.merged = std::move(merged);
            others.clear();
        } else if (count == best && count > 1) {
            others += (others.empty() ? "" : ", ") + sheet.name;
        }
    }
    choice.others = std::move(others);
    return choice;
}

}  // namespace agate::exchange
