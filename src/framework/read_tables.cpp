// SPDX-License-Identifier: Apache-2.0
#include <map>

#include "framework/csv_table.h"
#include "framework/read_parts.h"

namespace agate::framework {

namespace {

using enum CsvColumn::Need;

constexpr std::size_t most_rows = 10'000;

// Reports and cuts what is beyond the stated limit, so that a check is always bounded.
void limit_rows(std::vector<CsvRow>& rows, Faults& faults) {
    if (rows.size() > most_rows) {
        faults.error(
            rows[most_rows].cells.front().at,
            "pack_too_many_rows",
            {{"count", std::to_string(rows.size())}, {"limit", std::to_string(most_rows)}});
        rows.resize(most_rows);
    }
}

// The cells of a row by the name of their column.
class Cells {
public:
    Cells(std::span<const CsvColumn> columns, const CsvRow& row) : columns_(columns), row_(&row) {}

    const Text& operator[](std::string_view name) const {
        for (std::size_t i = 0; i < columns_.size(); ++i) {
            if (columns_[i].name == name) {
                return row_->cells[i];
            }
        }
        throw Bug("no such column: " + std::string{name});
    }

private:
    std::span<const CsvColumn> columns_;
    const CsvRow* row_;
};

bool require(const Text& cell, std::string_view column, Faults& faults) {
    if (!cell.value.empty()) {
        return true;
    }
    faults.error(cell.at, "pack_cell_missing", {{"key", std::string{column}}});
    return false;
}

constexpr CsvColumn indicator_columns[]{
    {"code", required}, {"parent", required}, {"level"},      {"maps_to"},    {"name_zh"},
    {"name_en"},        {"display_zh"},       {"display_en"}, {"text_zh"},    {"text_en"},
    {"status"},         {"source"},           {"weight"},     {"weight_min"}, {"weight_max"},
    {"roll_up"},        {"decimals"},         {"range_low"},  {"range_high"}, {"missing"},
    {"exempt"}};

PackIndicator read_indicator(const Cells& cells, Faults& faults) {
    PackIndicator out{.code = cells["code"],
                      .parent = cells["parent"],
                      .maps_to = cells["maps_to"],
                      .name_zh = cells["name_zh"],
                      .name_en = cells["name_en"],
                      .display_zh = cells["display_zh"],
                      .display_en = cells["display_en"],
                      .text_zh = cells["text_zh"],
                      .text_en = cells["text_en"],
                      .status = cells["status"],
                      .source = cells["source"],
                      .weight_text = cells["weight"]};
    static const WordList<int> status_words{{"attested", 0}, {"unverified", 0}};
    static_cast<void>(parse_word(out.status, status_words, faults));
    out.level = parse_integer(cells["level"], {1, 9}, faults);
    if (!out.is_weighed_by_group()) {
        out.weight_ppm = parse_percent(out.weight_text, faults);
    }
    out.weight_min_ppm = parse_percent(cells["weight_min"], faults);
    out.weight_max_ppm = parse_percent(cells["weight_max"], faults);
    out.decimals = parse_integer(cells["decimals"], {0, Decimal::max_decimals}, faults);
    out.low = parse_number(cells["range_low"], faults);
    out.high = parse_number(cells["range_high"], faults);
    out.roll_up = parse_word(cells["roll_up"], words_of::roll_up, faults);
    out.missing = parse_word(cells["missing"], words_of::missing, faults);
    out.exempt = parse_word(cells["exempt"], words_of::exempt, faults);
    if (require(out.code, "code", faults)) {
        check_code(out.code, faults);
    }
    return out;
}

constexpr CsvColumn reason_columns[]{{"code", required},
                                     {"name_zh", required},
                                     {"name_en"},
                                     {"deed_zh"},
                                     {"deed_en"},
                                     {"leaves", required},
                                     {"kind", required},
                                     {"value"},
                                     {"value_min"},
                                     {"value_max"},
                                     {"unit_zh"},
                                     {"unit_en"},
                                     {"givers"},
                                     {"labels"},
                                     {"trusted"},
                                     {"twice_in_content"}};

const WordList<MeasureKind> reason_kinds{{"points", MeasureKind::points},
                                         {"rating", MeasureKind::rating},
                                         {"completion", MeasureKind::completion},
                                         {"award", MeasureKind::award},
                                         {"mark", MeasureKind::mark},
                                         {"measurement", MeasureKind::measurement}};

PackReason read_reason(const Cells& cells, Faults& faults) {
    PackReason out{.code = cells["code"],
                   .name_zh = cells["name_zh"],
                   .name_en = cells["name_en"],
                   .deed_zh = cells["deed_zh"],
                   .deed_en = cells["deed_en"],
                   .unit_zh = cells["unit_zh"],
                   .unit_en = cells["unit_en"],
                   .leaves = split_codes(cells["leaves"], faults),
                   .labels = split_codes(cells["labels"], faults),
                   .kind = {MeasureKind::points, cells["kind"].at},
                   .value = parse_number(cells["value"], faults),
                   .value_min = parse_number(cells["value_min"], faults),
                   .value_max = parse_number(cells["value_max"], faults),
                   .is_trusted = parse_yes(cells["trusted"], faults),
                   .may_count_twice_in_content = parse_yes(cells["twice_in_content"], faults)};
    for (const auto& giver : split_codes(cells["givers"], faults)) {
        if (const auto kind = parse_word(giver, words_of::rater_kind, faults)) {
            out.givers.push_back(kind->value);
        }
    }
    if (require(out.code, "code", faults)) {
        check_code(out.code, faults);
    }
    require(out.name_zh, "name_zh", faults);
    require(cells["leaves"], "leaves", faults);
    if (require(cells["kind"], "kind", faults)) {
        if (const auto kind = parse_word(cells["kind"], reason_kinds, faults)) {
            out.kind = *kind;
        }
    }
    return out;
}

constexpr CsvColumn list_columns[]{{"list", required},
                                   {"code", required},
                                   {"name_zh", required},
                                   {"name_en"},
                                   {"text_zh"},
                                   {"text_en"}};

}  // namespace

std::vector<PackIndicator> read_indicators(std::string_view text,
                                           std::int32_t source,
                                           Faults& faults) {
    auto rows = read_csv_table(text, source, indicator_columns, faults);
    limit_rows(rows, faults);
    std::vector<PackIndicator> out;
    out.reserve(rows.size());
    for (const auto& row : rows) {
        out.push_back(read_indicator({indicator_columns, row}, faults));
    }
    return out;
}

std::vector<PackReason> read_reasons(std::string_view text, std::int32_t source, Faults& faults) {
    auto rows = read_csv_table(text, source, reason_columns, faults);
    limit_rows(rows, faults);
    std::vector<PackReason> out;
    out.reserve(rows.size());
    for (const auto& row : rows) {
        out.push_back(read_reason({reason_columns, row}, faults));
    }
    return out;
}

std::vector<List> read_lists(std::string_view text, std::int32_t source, Faults& faults) {
    auto rows = read_csv_table(text, source, list_columns, faults);
    limit_rows(rows, faults);
    std::vector<List> lists;
    std::map<std::string, std::size_t> by_code;
    for (const auto& row : rows) {
        const Cells cells{list_columns, row};
        if (!require(cells["list"], "list", faults) || !check_code(cells["list"], faults)) {
            continue;
        }
        const auto [found, is_new] = by_code.emplace(cells["list"].value, lists.size());
        if (is_new) {
            lists.emplace_back().code = cells["list"].value;
        }
        auto& list = lists[found->second];
        if (cells["code"].value.empty()) {
            list.name_zh = cells["name_zh"].value;
            list.name_en = cells["name_en"].value;
            list.note_zh = cells["text_zh"].value;
            list.note_en = cells["text_en"].value;
        } else {
            list.items.push_back({.code = cells["code"].value,
                                  .name_zh = cells["name_zh"].value,
                                  .name_en = cells["name_en"].value,
                                  .text_zh = cells["text_zh"].value,
                                  .text_en = cells["text_en"].value});
        }
    }
    return lists;
}

}  // namespace agate::framework
