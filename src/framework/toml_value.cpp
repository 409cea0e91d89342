// SPDX-License-Identifier: Apache-2.0
#include "framework/toml_value.h"

#include <toml++/toml.h>

#include <algorithm>

#include "base/text.h"

namespace agate::framework {

namespace {

class Converter {
public:
    Converter(std::string_view text, std::int32_t source, Faults& faults)
        : lines_(split(text, '\n')), source_(source), faults_(&faults) {}

    TomlValue value(const toml::node& node) const {
        TomlValue out;
        out.at = place(node.source());
        if (const auto* table = node.as_table()) {
            out.kind = TomlValue::Kind::table;
            out.members = members(*table);
        } else if (const auto* list = node.as_array()) {
            out.kind = TomlValue::Kind::list;
            for (const auto& item : *list) {
                out.items.push_back(value(item));
            }
        } else if (const auto* text = node.as_string()) {
            out.kind = TomlValue::Kind::text;
            out.text = text->get();
        } else if (const auto* flag = node.as_boolean()) {
            out.kind = TomlValue::Kind::flag;
            out.flag = flag->get();
        } else if (node.is_number()) {
            number(out);
        }
        return out;
    }

private:
    At place(const toml::source_region& region) const {
        return {source_,
                static_cast<std::int32_t>(region.begin.line),
                static_cast<std::int32_t>(region.begin.column)};
    }

    std::vector<TomlMember> members(const toml::table& table) const {
        std::vector<TomlMember> out;
        for (const auto& [key, node] : table) {
            out.push_back({{std::string{key.str()}, place(key.source())}, value(node)});
        }
        std::stable_sort(out.begin(), out.end(), [](const TomlMember& a, const TomlMember& b) {
            return a.key.at < b.key.at;
        });
        return out;
    }

    // The digits as they stand in the file: a double would not be exact.
    void number(TomlValue& out) const {
        const auto written = digits_at(out.at);
        if (const auto parsed = Decimal::parse(written)) {
            out.kind = TomlValue::Kind::number;
            out.number = *parsed;
        } else {
            faults_->error(out.at, "pack_number_form", {{"value", written}});
        }
    }

    std::string digits_at(At at) const {
        const auto line_index = static_cast<std::size_t>(at.line) - 1;
        if (at.line < 1 || line_index >= lines_.size()) {
            return {};
        }
        const auto line = lines_[line_index];
        std::size_t position = 0;
        for (std::int32_t column = 1; column < at.column && position < line.size(); ++column) {
            ++position;
            while (position < line.size() &&
                   (static_cast<unsigned char>(line[position]) & 0xC0U) == 0x80U) {
                ++position;
            }
        }
        std::string written;
        constexpr std::string_view number_characters = "0123456789+-_.eExobinfaABCDEF";
        for (; position < line.size() &&
               number_characters.find(line[position]) != std::string_view::npos;
             ++position) {
            if (line[position] != '_') {
                written += line[position];
            }
        }
        return written;
    }

    std::vector<std::string_view> lines_;
    std::int32_t source_;
    Faults* faults_;
};

}  // namespace

TomlValue read_toml(std::string_view text, std::int32_t source, Faults& faults) {
    TomlValue empty;
    empty.kind = TomlValue::Kind::table;
    empty.at = {source, 1, 1};
    try {
        const toml::table table = toml::parse(text);
        auto out = Converter{text, source, faults}.value(table);
        out.at = empty.at;
        return out;
    } catch (const toml::parse_error& error) {
        faults.unreadable({source,
                           static_cast<std::int32_t>(error.source().begin.line),
                           static_cast<std::int32_t>(error.source().begin.column)},
                          "pack_toml_syntax",
                          {{"detail", std::string{error.description()}}});
        return empty;
    }
}

}  // namespace agate::framework
