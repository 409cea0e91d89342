// SPDX-License-Identifier: Apache-2.0
#include "making.h"

#include <gtest/gtest.h>
#include <zlib.h>

#include <algorithm>
#include <cstdlib>

#include "base/csv.h"
#include "base/words.h"

namespace agate::exchange::test {
namespace {

std::string deflated(std::string_view text) {
    z_stream stream{};
    // Large sheets are packed lightly: the tests wait for it.
    deflateInit2(
        &stream, text.size() > (30U << 20) ? 1 : 6, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY);
    std::string out(deflateBound(&stream, text.size()), '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
    stream.avail_in = static_cast<uInt>(text.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    deflate(&stream, Z_FINISH);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    return out;
}

void put(std::string& out, std::uint32_t value, int bytes) {
    for (int i = 0; i < bytes; ++i) {
        out += static_cast<char>(value >> (8 * i) & 0xff);
    }
}

std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
        switch (c) {
            case '&':
                out += "&amp;";
                break;
            case '<':
                out += "&lt;";
                break;
            case '"':
                out += "&quot;";
                break;
            default:
                out += c;
        }
    }
    return out;
}

}  // namespace

std::string make_zip(const std::vector<ZipMember>& members) {
    std::string out, directory;
    for (const auto& member : members) {
        const auto packed = member.is_packed ? deflated(member.content) : member.content;
        const auto crc =
            static_cast<std::uint32_t>(crc32(0,
                                             reinterpret_cast<const Bytef*>(member.content.data()),
                                             static_cast<uInt>(member.content.size())));
        const auto size =
            member.stated_size.value_or(static_cast<std::uint32_t>(member.content.size()));
        std::string common;
        put(common, 20, 2);
        put(common, member.flags, 2);
        put(common, member.is_packed ? 8 : 0, 2);
        put(common, 0, 4);
        put(common, crc, 4);
        put(common, static_cast<std::uint32_t>(packed.size()), 4);
        put(common, size, 4);
        put(common, static_cast<std::uint32_t>(member.name.size()), 2);
        put(common, 0, 2);
        directory += std::string_view{"PK\x01\x02"};
        put(directory, 20, 2);
        directory += common;
        put(directory, 0, 2);
        put(directory, 0, 2);
        put(directory, 0, 2);
        put(directory, 0, 4);
        put(directory, static_cast<std::uint32_t>(out.size()), 4);
        directory += member.name;
        out += std::string_view{"PK\x03\x04"};
        out += common + member.name + packed;
    }
    const auto offset = static_cast<std::uint32_t>(out.size());
    const auto count = static_cast<std::uint32_t>(members.size());
    out += directory;
    out += std::string_view{"PK\x05\x06"};
    put(out, 0, 4);
    put(out, count, 2);
    put(out, count, 2);
    put(out, static_cast<std::uint32_t>(directory.size()), 4);
    put(out, offset, 4);
    put(out, 0, 2);
    return out;
}

std::vector<ZipMember> book_members(const BookParts& parts) {
    const std::string office =
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const std::string main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const std::string package = "http://schemas.openxmlformats.org/package/2006/relationships";
    std::string links = "<Relationships xmlns=\"" + package +
                        "\"><Relationship Id=\"rId1\" Type=\"" + office +
                        "/worksheet\" Target=\"worksheets/sheet1.xml\"/>"
                        "<Relationship Id=\"rId2\" Type=\"" +
                        office + "/styles\" Target=\"styles.xml\"/>";
    if (!parts.shared.empty()) {
        links += "<Relationship Id=\"rId3\" Type=\"" + office +
                 "/sharedStrings\" Target=\"/xl/sharedStrings.xml\"/>";
    }
    if (parts.has_macros) {
        links +=
            "<Relationship Id=\"rId4\" Type=\"http://schemas.microsoft.com/office/2006/"
            "relationships/vbaProject\" Target=\"vbaProject.bin\"/>";
    }
    links += "</Relationships>";
    std::vector<ZipMember> members = {
        {.name = "_rels/.rels",
         .content = "<Relationships xmlns=\"" + package + "\"><Relationship Id=\"r\" Type=\"" +
                    office + "/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"},
        {.name = "xl/workbook.xml",
         .content = "<workbook xmlns=\"" + main + "\" xmlns:r=\"" + office + "\">" +
                    parts.workbook_properties + "<sheets><sheet name=\"一\" sheetId=\"1\" " +
                    parts.sheet_state + " r:id=\"rId1\"/></sheets></workbook>"},
        {.name = "xl/_rels/workbook.xml.rels", .content = links},
        {.name = "xl/styles.xml",
         .content = "<styleSheet xmlns=\"" + main + "\"><numFmts>" + parts.formats +
                    "</numFmts><cellXfs>" + parts.styles + "</cellXfs></styleSheet>"},
        {.name = "xl/worksheets/sheet1.xml",
         .content = parts.whole_sheet.empty()
                        ? "<worksheet xmlns=\"" + main + "\">" + parts.before_data + "<sheetData>" +
                              parts.sheet_data + "</sheetData>" + parts.after_data + "</worksheet>"
                        : parts.whole_sheet}};
    if (!parts.shared.empty()) {
        members.push_back({.name = "xl/sharedStrings.xml",
                           .content = "<sst xmlns=\"" + main + "\">" + parts.shared + "</sst>"});
    }
    members.insert(members.end(), parts.more.begin(), parts.more.end());
    return members;
}

std::string make_book(const BookParts& parts) {
    return make_zip(book_members(parts));
}

std::string text_row(int number, const std::vector<std::string>& cells) {
    const auto row = std::to_string(number);
    std::string out = "<row r=\"" + row + "\">";
    for (std::size_t i = 0; i < cells.size(); ++i) {
        if (!cells[i].empty()) {
            out += "<c r=\"" + column_letters(static_cast<std::int64_t>(i) + 1) + row +
                   "\" t=\"inlineStr\"><is><t xml:space=\"preserve\">" + escaped(cells[i]) +
                   "</t></is></c>";
        }
    }
    return out + "</row>";
}

std::string sheet_of(const std::vector<std::vector<std::string>>& rows) {
    std::string data;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        data += text_row(static_cast<int>(i) + 1, rows[i]);
    }
    return make_book({.sheet_data = data});
}

std::string csv_of(const std::vector<std::vector<std::string>>& rows) {
    std::string out;
    for (const auto& row : rows) {
        for (std::size_t i = 0; i < row.size(); ++i) {
            out += i == 0 ? "" : ",";
            append_csv_field(out, row[i], FormulaGuard::off);
        }
        out += "\n";
    }
    return out;
}

Taken take_all(std::string_view bytes, const TableOptions& options) {
    Taken taken;
    taken.report = read_table(bytes, options, [&](const Row& row) {
        taken.numbers.push_back(row.number);
        auto& texts = taken.rows.emplace_back();
        auto& kinds = taken.kinds.emplace_back();
        for (const auto& cell : row.cells) {
            texts.emplace_back(cell.text);
            kinds.push_back(cell.kind);
        }
        taken.formulas.push_back(!row.cells.empty() && row.cells[0].is_formula);
        return Flow::go_on;
    });
    expect_words(taken.report.problems);
    return taken;
}

std::vector<std::string> codes_of(const Problems& problems) {
    std::vector<std::string> codes;
    for (const auto& problem : problems) {
        codes.push_back(problem.code);
    }
    return codes;
}

void expect_words(const Problems& problems) {
    for (const auto& problem : problems) {
        ASSERT_TRUE(words().has(problem.code)) << problem.code;
        for (const auto language : {Language::zh, Language::en}) {
            for (const auto& text : {words().sentence(language, problem.code, problem.args),
                                     words().mend(language, problem.code, problem.args)}) {
                EXPECT_EQ(text.find('{'), std::string::npos) << problem.code << ": " << text;
            }
        }
    }
}

std::vector<ItemSpec> national_items() {
    using Entry = ItemSpec::Entry;
    using Rounding = ItemSpec::Rounding;
    const auto spec = [](std::string code,
                         std::string name,
                         std::string unit,
                         Entry entry,
                         std::int64_t low,
                         std::int64_t high) {
        ItemSpec item{.code = code,
                      .name_zh = std::move(name),
                      .name_en = code,
                      .unit = std::move(unit),
                      .unit_zh = "单位",
                      .entry = entry};
        item.decimals = entry == Entry::decimal ? 1 : 0;
        item.import_min = low;
        item.import_max = high;
        return item;
    };
    std::vector<ItemSpec> items = {
        spec("height", "身高", "cm", Entry::decimal, 800, 2500),
        spec("weight", "体重", "kg", Entry::decimal, 140, 2000),
        spec("bmi", "体重指数（BMI）", "kg/m2", Entry::computed, 0, 0),
        spec("vital_capacity", "肺活量", "ml", Entry::integer, 500, 9999),
        spec("run_50m", "50米跑", "s", Entry::decimal, 50, 200),
        spec("sit_and_reach", "坐位体前屈", "cm", Entry::decimal, -300, 400),
        spec("rope_skipping_1min", "一分钟跳绳", "count", Entry::integer, 0, 300),
        spec("sit_up_1min", "一分钟仰卧起坐", "count", Entry::integer, 0, 99),
        spec("shuttle_run_50m_x8", "50米×8往返跑", "s", Entry::minutes_seconds, 45, 240),
        spec("standing_long_jump", "立定跳远", "cm", Entry::integer, 50, 400),
        spec("pull_up", "引体向上", "count", Entry::integer, 0, 99),
        spec("run_1000m", "1000米跑", "s", Entry::minutes_seconds, 120, 540),
        spec("run_800m", "800米跑", "s", Entry::minutes_seconds, 120, 540)};
    for (auto& item : items) {
        item.rounding = item.code == "run_50m" ? Rounding::slower : Rounding::exact;
        for (std::size_t sex = 0; sex < 2; ++sex) {
            for (std::size_t grade = 1; grade <= 12; ++grade) {
                bool& applies = item.applies[sex][grade];
                const bool is_girl = sex == 1;
                if (item.code == "rope_skipping_1min") {
                    applies = grade <= 6;
                } else if (item.code == "sit_up_1min") {
                    applies = grade <= 6 ? grade >= 3 : is_girl;
                } else if (item.code == "shuttle_run_50m_x8") {
                    applies = grade == 5 || grade == 6;
                } else if (item.code == "standing_long_jump") {
                    applies = grade >= 7;
                } else if (item.code == "pull_up" || item.code == "run_1000m") {
                    applies = grade >= 7 && !is_girl;
                } else if (item.code == "run_800m") {
                    applies = grade >= 7 && is_girl;
                } else {
                    applies = true;
                }
            }
        }
    }
    return items;
}

const ItemSpec& item_named(const std::vector<ItemSpec>& items, std::string_view code) {
    return *std::find_if(
        items.begin(), items.end(), [&](const ItemSpec& item) { return item.code == code; });
}

std::optional<std::filesystem::path> real_file(std::string_view relative) {
    const char* folder = std::getenv("AGATE_TEST_DATA");
    if (folder == nullptr || *folder == '\0') {
        return std::nullopt;
    }
    const auto path = std::filesystem::path{folder} / relative;
    return std::filesystem::exists(path) ? std::optional{path} : std::nullopt;
}

}  // namespace agate::exchange::test
