// SPDX-License-Identifier: Apache-2.0
#include "exchange/header.h"

#include <algorithm>
#include <array>
#include <set>

#include "base/text.h"

namespace agate::exchange {
namespace {

using namespace std::string_view_literals;

constexpr std::array units = {
    "_cm"sv, "_kg"sv, "_ml"sv, "_s"sv, "_秒"sv, "_个"sv, "_次"sv, "_米"sv, "_厘米"sv, "_千克"sv};

void replace_all(std::string& text, std::string_view from, std::string_view to) {
    for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
        text.replace(at, from.size(), to);
    }
}

// "(cm)", "[必填]" at the end; never the whole name.
void drop_bracket(std::string& key) {
    while (key.ends_with(')') || key.ends_with(']')) {
        const auto open = key.find_last_of("([");
        if (open == std::string::npos || open == 0) {
            return;
        }
        key.erase(open);
    }
}

bool is_number_text(std::string_view text) {
    return !text.empty() &&
           text.find_first_not_of("0123456789.-+:/'\"% ") == std::string_view::npos;
}

bool is_blank(const Cell& cell) {
    return trim(cell.text).empty();
}

int count_filled(const HeldRow& row) {
    return static_cast<int>(std::count_if(
        row.cells.begin(), row.cells.end(), [](const Cell& cell) { return !is_blank(cell); }));
}

int count_recognised(const HeldRow& row, const Dictionary& dictionary) {
    std::set<std::string> seen;
    for (const auto& cell : row.cells) {
        const auto field = dictionary.find(cell.text);
        if (field) {
            seen.insert(*field);
        } else if (cell.text.find('/') != std::string_view::npos && cell.text.size() < 200) {
            for (const auto piece : split(cell.text, '/')) {
                if (const auto part = dictionary.find(trim(piece))) {
                    seen.insert(*part);
                }
            }
        }
    }
    return static_cast<int>(seen.size());
}

const MergedArea* area_at(const std::vector<MergedArea>& merged,
                          std::int64_t row,
                          std::int64_t column) {
    const auto found = std::find_if(merged.begin(), merged.end(), [&](const MergedArea& area) {
        return area.first_row <= row && row <= area.last_row && area.first_column <= column &&
               column <= area.last_column;
    });
    return found == merged.end() ? nullptr : &*found;
}

// Names go on in the next row: a merged name of this row reaches into it or spans several of its
// columns, or every filled cell of it is a name that we know.
bool continues_header(const HeldRow& row,
                      const HeldRow& next,
                      const std::vector<MergedArea>& merged,
                      const Dictionary& dictionary) {
    if (next.number != row.number + 1) {
        return false;
    }
    const int filled = count_filled(next);
    const bool has_numbers = std::any_of(next.cells.begin(), next.cells.end(), [](const auto& c) {
        return c.kind == CellKind::number || c.kind == CellKind::date || is_number_text(c.text);
    });
    if (filled == 0 || has_numbers || is_example_row(next.view())) {
        return false;
    }
    const auto reaches = [&](const MergedArea& area) {
        const bool starts_here = area.first_row <= row.number && row.number <= area.last_row;
        return starts_here && (area.last_row >= next.number ||
                               (area.first_row == row.number && area.last_row == row.number &&
                                area.last_column > area.first_column));
    };
    const auto all_known = [&] {
        return std::all_of(next.cells.begin(), next.cells.end(), [&](const Cell& cell) {
            return is_blank(cell) || dictionary.find(cell.text).has_value();
        });
    };
    return std::any_of(merged.begin(), merged.end(), reaches) || all_known();
}

// The nearest plausible header when no name is known: two texts or more, hardly a number.
std::optional<std::size_t> first_text_row(const std::vector<HeldRow>& window) {
    for (std::size_t i = 0; i < window.size(); ++i) {
        int texts = 0, numbers = 0;
        for (const auto& cell : window[i].cells) {
            const bool is_number = cell.kind == CellKind::number || is_number_text(cell.text);
            texts += !is_blank(cell) && !is_number ? 1 : 0;
            numbers += is_number ? 1 : 0;
        }
        if (texts >= 2 && numbers == 0) {
            return i;
        }
    }
    return std::nullopt;
}

std::string cell_text(const HeldRow& row,
                      const std::vector<HeldRow>& window,
                      const std::vector<MergedArea>& merged,
                      std::int64_t column) {
    auto text = std::string{trim(row.view().at(column).text)};
    if (!text.empty()) {
        return text;
    }
    const auto* area = area_at(merged, row.number, column);
    if (area == nullptr) {
        return {};
    }
    for (const auto& other : window) {
        if (other.number == area->first_row) {
            return std::string{trim(other.view().at(area->first_column).text)};
        }
    }
    return {};
}

// "引体向上/仰卧起坐" in one cell names two things, as long as the whole is no name itself.
std::vector<std::string> split_names(const std::vector<std::string>& parts,
                                     const Dictionary& dictionary) {
    std::vector<std::string> names;
    for (const auto& part : parts) {
        if (part.find('/') == std::string::npos || dictionary.find(part)) {
            names.push_back(part);
            continue;
        }
        for (const auto piece : split(part, '/')) {
            names.emplace_back(trim(piece));
        }
    }
    return names;
}

void recognise(Column& column,
               const std::vector<std::string>& given,
               const Dictionary& dictionary) {
    const auto parts = split_names(given, dictionary);
    std::string joined;
    for (const auto& part : parts) {
        joined += part;
    }
    for (auto part = parts.rbegin(); part != parts.rend(); ++part) {
        const auto field = dictionary.find(*part);
        if (field && !column.field) {
            column.field = field;
        } else if (field && field != column.field && !column.other_field) {
            column.other_field = field;
        }
    }
    if (!column.field) {
        column.field = dictionary.find(joined);
    }
}

}  // namespace

std::string header_key(std::string_view header) {
    auto key = fold_key(header);
    for (const auto mark : {"★"sv, "☆"sv, "必填"sv, "选填"sv, "【"sv, "】"sv}) {
        replace_all(key, mark, "");
    }
    while (key.starts_with('*') || key.starts_with(':')) {
        key.erase(0, 1);
    }
    while (key.ends_with('*') || key.ends_with(':')) {
        key.pop_back();
    }
    drop_bracket(key);
    for (const auto unit : units) {
        if (key.ends_with(unit) && key.size() > unit.size()) {
            key.resize(key.size() - unit.size());
            break;
        }
    }
    for (const auto sign : {"×"sv, "✕"sv, "*"sv, "＊"sv}) {
        replace_all(key, sign, "x");
    }
    while (key.ends_with('*') || key.ends_with(':')) {
        key.pop_back();
    }
    return key;
}

Dictionary::Dictionary(const std::vector<Field>& fields) {
    for (const auto& field : fields) {
        by_key_.emplace(header_key(field.field), field.field);
        by_key_.emplace(header_key(field.name_zh), field.field);
        by_key_.emplace(header_key(field.name_en), field.field);
        for (const auto& header : field.headers) {
            by_key_.emplace(header_key(header), field.field);
        }
    }
    by_key_.erase("");
}

std::optional<std::string> Dictionary::find(std::string_view header) const {
    if (header.empty() || header.size() > 200) {
        return std::nullopt;
    }
    const auto found = by_key_.find(header_key(header));
    return found == by_key_.end() ? std::nullopt : std::optional{found->second};
}

HeldRow::HeldRow(const Row& row) : number(row.number), is_hidden(row.is_hidden) {
    cells.assign(row.cells.begin(), row.cells.end());
    texts.reserve(cells.size());
    for (auto& cell : cells) {
        cell.text = texts.emplace_back(cell.text);
    }
}

std::optional<HeaderPlace> find_header(const std::vector<HeldRow>& window,
                                       const std::vector<MergedArea>& merged,
                                       const Dictionary& dictionary,
                                       std::optional<std::int64_t> stated_row) {
    std::optional<std::size_t> best;
    int best_count = 0;
    for (std::size_t i = 0; i < window.size(); ++i) {
        const int count = count_recognised(window[i], dictionary);
        if (stated_row ? window[i].number == *stated_row : count > best_count) {
            best = i;
            best_count = count;
        }
    }
    if (!best && !stated_row) {
        best = first_text_row(window);
    }
    if (!best) {
        return std::nullopt;
    }
    HeaderPlace place{*best, *best, std::nullopt, best_count};
    // A merged name may begin above the row that has the most names.
    while (!stated_row && place.first > 0 && window[place.first].number > 1) {
        const auto& above = window[place.first - 1];
        const bool reaches_down =
            std::any_of(merged.begin(), merged.end(), [&](const MergedArea& area) {
                return area.first_row == above.number && area.last_row > above.number &&
                       area.last_row >= window[place.first].number &&
                       area.first_row < window[place.first].number;
            });
        if (!reaches_down || above.number + 1 != window[place.first].number) {
            break;
        }
        --place.first;
    }
    while (place.last + 1 < window.size() &&
           continues_header(window[place.last], window[place.last + 1], merged, dictionary)) {
        ++place.last;
    }
    // "发证单位：" above is a form to fill in, not the name of a group of columns.
    const auto is_form = [](const Cell& cell) {
        const auto text = trim(cell.text);
        return text.ends_with(':') || text.ends_with("：");
    };
    if (place.first > 0 && count_filled(window[place.first - 1]) >= 2 &&
        std::none_of(
            window[place.first - 1].cells.begin(), window[place.first - 1].cells.end(), is_form) &&
        std::any_of(merged.begin(), merged.end(), [&](const MergedArea& area) {
            return area.first_row == window[place.first - 1].number &&
                   area.last_column > area.first_column;
        })) {
        place.group_row = place.first - 1;
    }
    return place;
}

std::vector<Column> columns_of(const std::vector<HeldRow>& window,
                               const HeaderPlace& place,
                               const std::vector<MergedArea>& merged,
                               const Dictionary& dictionary) {
    std::size_t width = 0;
    for (std::size_t i = place.first; i <= place.last; ++i) {
        width = std::max(width, window[i].cells.size());
    }
    std::vector<Column> columns;
    for (std::int64_t number = 1; number <= static_cast<std::int64_t>(width); ++number) {
        std::vector<std::string> parts;
        const auto add = [&](const HeldRow& row) {
            auto text = cell_text(row, window, merged, number);
            if (!text.empty() && (parts.empty() || parts.back() != text)) {
                parts.push_back(std::move(text));
            }
        };
        for (std::size_t i = place.first; i <= place.last; ++i) {
            add(window[i]);
        }
        if (parts.empty()) {
            continue;
        }
        Column column{.number = number};
        recognise(column, parts, dictionary);
        if (place.group_row) {
            const auto group = cell_text(window[*place.group_row], window, merged, number);
            if (!group.empty()) {
                parts.insert(parts.begin(), group);
            }
        }
        for (const auto& part : parts) {
            column.header += (column.header.empty() ? "" : " / ") + part;
        }
        columns.push_back(std::move(column));
    }
    return columns;
}

bool is_example_row(const Row& row) {
    static constexpr std::array whole = {"例"sv,
                                         "示例"sv,
                                         "样例"sv,
                                         "范例"sv,
                                         "例子"sv,
                                         "例如"sv,
                                         "example"sv,
                                         "sample"sv,
                                         "e.g."sv};
    static constexpr std::array inside = {
        "此行不录"sv, "此行不导入"sv, "示例行"sv, "本行为示例"sv, "examplerow"sv};
    bool is_first = true;
    for (const auto& cell : row.cells) {
        if (cell.kind != CellKind::text || cell.text.size() > 200) {
            continue;
        }
        const auto key = fold_key(cell.text);
        if (key.empty()) {
            continue;
        }
        if (is_first && std::find(whole.begin(), whole.end(), key) != whole.end()) {
            return true;
        }
        is_first = false;
        for (const auto mark : inside) {
            if (key.find(mark) != std::string::npos) {
                return true;
            }
        }
    }
    return false;
}

}  // namespace agate::exchange
