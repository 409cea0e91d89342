// SPDX-License-Identifier: Apache-2.0
#include "exchange/sheet/workbook.h"

#include <algorithm>
#include <charconv>
#include <map>

#include "base/text.h"
#include "exchange/sheet/xml.h"

namespace agate::exchange {
namespace {

int to_int(std::string_view text) {
    int value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

struct Relation {
    std::string id, type, target;
};

struct RelationsHandler : XmlHandler {
    std::vector<Relation> relations;

    void start(std::string_view name, const Attributes& attributes) override {
        if (name == "Relationship") {
            relations.push_back({std::string{attributes.get("Id")},
                                 std::string{attributes.get("Type")},
                                 std::string{attributes.get("Target")}});
        }
    }

    void end(std::string_view) override {}

    void text(std::string_view) override {}
};

// Types come as URIs of two namespaces (transitional and strict); their last word is the same.
bool is_type(const Relation& relation, std::string_view word) {
    const auto slash = relation.type.rfind('/');
    return slash != std::string::npos && std::string_view{relation.type}.substr(slash + 1) == word;
}

// "worksheets/sheet1.xml" beside "xl/workbook.xml", "/xl/a.xml", "../a.xml".
std::string resolve(std::string_view base_part, std::string_view target) {
    if (target.starts_with('/')) {
        return std::string{target.substr(1)};
    }
    const auto slash = base_part.rfind('/');
    std::string folder{slash == std::string_view::npos ? "" : base_part.substr(0, slash)};
    while (target.starts_with("../") || target.starts_with("./")) {
        if (target.starts_with("../")) {
            const auto up = folder.rfind('/');
            folder = up == std::string::npos ? "" : folder.substr(0, up);
            target.remove_prefix(3);
        } else {
            target.remove_prefix(2);
        }
    }
    return folder.empty() ? std::string{target} : folder + '/' + std::string{target};
}

std::string relations_part(std::string_view part) {
    const auto slash = part.rfind('/');
    const auto folder = slash == std::string_view::npos ? "" : part.substr(0, slash + 1);
    const auto name = slash == std::string_view::npos ? part : part.substr(slash + 1);
    return std::string{folder} + "_rels/" + std::string{name} + ".rels";
}

struct WorkbookHandler : XmlHandler {
    Workbook workbook;
    std::vector<std::string> ids;
    bool is_workbook = false;
    bool is_first = true;

    void start(std::string_view name, const Attributes& attributes) override {
        if (is_first) {
            is_workbook = name == "workbook";
            is_first = false;
        }
        if (name == "workbookPr") {
            workbook.uses_1904 = attributes.is_true("date1904");
        } else if (name == "sheet") {
            const auto state = attributes.get("state");
            workbook.sheets.push_back({.name = std::string{attributes.get("name")},
                                       .part = {},
                                       .is_hidden = state == "hidden" || state == "veryHidden"});
            ids.emplace_back(attributes.get("id"));
        }
    }

    void end(std::string_view) override {}

    void text(std::string_view) override {}
};

struct StylesHandler : XmlHandler {
    std::map<int, NumberStyle> custom;
    std::vector<NumberStyle> styles;
    bool is_in_cell_formats = false;

    void start(std::string_view name, const Attributes& attributes) override {
        if (name == "numFmt") {
            custom[to_int(attributes.get("numFmtId"))] =
                style_of_code(attributes.get("formatCode"));
        } else if (name == "cellXfs") {
            is_in_cell_formats = true;
        } else if (is_in_cell_formats && name == "xf") {
            const int number = to_int(attributes.get("numFmtId"));
            const auto found = custom.find(number);
            styles.push_back(found == custom.end() ? style_of_built_in(number) : found->second);
        }
    }

    void end(std::string_view name) override {
        if (name == "cellXfs") {
            is_in_cell_formats = false;
        }
    }

    void text(std::string_view) override {}
};

struct SharedStringsHandler : XmlHandler {
    explicit SharedStringsHandler(const TableLimits& table_limits) : limits(table_limits) {}

    SharedStrings strings;
    const TableLimits& limits;
    int phonetic_depth = 0;
    bool is_in_text = false;
    std::size_t string_begin = 0;

    void start(std::string_view name, const Attributes&) override {
        if (name == "t") {
            is_in_text = phonetic_depth == 0;
        } else if (name == "rPh") {
            ++phonetic_depth;
        } else if (name == "si") {
            string_begin = strings.bytes();
        }
    }

    void end(std::string_view name) override {
        if (name == "t") {
            is_in_text = false;
        } else if (name == "rPh") {
            --phonetic_depth;
        } else if (name == "si") {
            strings.decode_escapes_of_open_string();
            strings.close_string();
            if (strings.count() > static_cast<std::size_t>(limits.cells)) {
                fault = "xlsx_strings_too_large";
            }
        }
    }

    void text(std::string_view piece) override {
        if (!is_in_text) {
            return;
        }
        strings.append(piece);
        if (strings.bytes() > static_cast<std::size_t>(limits.shared_string_bytes)) {
            fault = "xlsx_strings_too_large";
        } else if (strings.bytes() - string_begin > static_cast<std::size_t>(limits.cell_bytes)) {
            fault = "cell_too_long";
        }
    }
};

std::optional<PartFault> parse_part(const ZipArchive& zip,
                                    const std::string& part,
                                    XmlHandler& handler) {
    XmlParser parser{handler};
    const auto fault = zip.inflate(part, [&](std::string_view piece, bool is_last) {
        return parser.feed(piece, is_last) ? Flow::go_on : Flow::stop;
    });
    const auto code = parser.fault().empty() ? fault : parser.fault();
    if (code.empty()) {
        return std::nullopt;
    }
    return PartFault{std::string{code}, part, parser.line(), parser.column()};
}

std::vector<NumberStyle> read_styles(const ZipArchive& zip,
                                     const std::string& part,
                                     std::optional<PartFault>& fault) {
    StylesHandler handler;
    fault = parse_part(zip, part, handler);
    return std::move(handler.styles);
}

std::optional<PartFault> what_zip_is(const ZipArchive& zip) {
    if (zip.is_too_many_entries()) {
        return PartFault{"xlsx_too_many_entries", ""};
    }
    if (zip.is_encrypted()) {
        return PartFault{"xlsx_encrypted", ""};
    }
    if (zip.has("content.xml") && zip.has("mimetype")) {
        return PartFault{"ods_not_supported", "mimetype"};
    }
    if (zip.has("xl/workbook.bin")) {
        return PartFault{"xlsb_not_supported", "xl/workbook.bin"};
    }
    if (!zip.has("_rels/.rels")) {
        return PartFault{"zip_not_workbook", ""};
    }
    return std::nullopt;
}

}  // namespace

WorkbookRead read_workbook(const ZipArchive& zip) {
    if (auto fault = what_zip_is(zip)) {
        return {{}, std::move(fault)};
    }
    RelationsHandler root;
    if (auto fault = parse_part(zip, "_rels/.rels", root)) {
        return {{}, std::move(fault)};
    }
    const auto main = std::find_if(root.relations.begin(), root.relations.end(), [](const auto& r) {
        return is_type(r, "officeDocument");
    });
    if (main == root.relations.end()) {
        return {{}, PartFault{"zip_not_workbook", "_rels/.rels"}};
    }
    const auto part = resolve("", main->target);
    WorkbookHandler handler;
    if (auto fault = parse_part(zip, part, handler)) {
        return {{}, std::move(fault)};
    }
    if (!handler.is_workbook) {
        return {{}, PartFault{"zip_not_workbook", part}};
    }
    RelationsHandler links;
    if (auto fault = parse_part(zip, relations_part(part), links)) {
        return {{}, std::move(fault)};
    }
    WorkbookRead read{std::move(handler.workbook), std::nullopt};
    auto& sheets = read.workbook.sheets;
    for (const auto& link : links.relations) {
        const auto target = resolve(part, link.target);
        if (is_type(link, "sharedStrings")) {
            read.workbook.shared_strings_part = target;
        } else if (is_type(link, "styles")) {
            read.workbook.styles_part = target;
        } else if (is_type(link, "vbaProject")) {
            read.workbook.has_macros = true;
        } else if (is_type(link, "worksheet")) {
            for (std::size_t i = 0; i < sheets.size(); ++i) {
                if (handler.ids[i] == link.id) {
                    sheets[i].part = target;
                }
            }
        }
    }
    // Chart sheets have no rows.
    std::erase_if(sheets, [](const auto& sheet) { return sheet.part.empty(); });
    if (!read.workbook.styles_part.empty() && zip.has(read.workbook.styles_part)) {
        read.workbook.styles = read_styles(zip, read.workbook.styles_part, read.fault);
    }
    return read;
}

SharedStringsRead read_shared_strings(const ZipArchive& zip,
                                      const std::string& part,
                                      const TableLimits& limits) {
    if (part.empty() || !zip.has(part)) {
        return {};
    }
    SharedStringsHandler handler{limits};
    auto fault = parse_part(zip, part, handler);
    SharedStringsRead read{std::move(handler.strings), std::move(fault)};
    return read;
}

}  // namespace agate::exchange
