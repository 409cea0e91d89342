// SPDX-License-Identifier: Apache-2.0
#include "exchange/xlsx_writer.h"

#include <fmt/format.h>
#include <xlsxwriter.h>

#include <cstdlib>

#include "base/decimal.h"
#include "base/error.h"
#include "exchange/sheet/cell_text.h"

namespace agate::exchange {
namespace {

constexpr std::uint32_t last_row = 1'048'576;

bool is_hex(char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F') || (c >= 'a' && c <= 'f');
}

bool is_escape(std::string_view text) {
    return text.size() >= 7 && text.starts_with("_x") && is_hex(text[2]) && is_hex(text[3]) &&
           is_hex(text[4]) && is_hex(text[5]) && text[6] == '_';
}

}  // namespace

std::string escape_for_xlsx(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        if (byte < 0x20 && byte != '\t' && byte != '\n') {
            out += fmt::format("_x{:04X}_", byte);
        } else if (text[i] == '_' && is_escape(text.substr(i, 7))) {
            out += "_x005F_";
        } else {
            out += text[i];
        }
    }
    return out;
}

struct XlsxFile::Handle {
    std::filesystem::path path;
    WriteSheet sheet;
    lxw_workbook* workbook = nullptr;
    lxw_worksheet* worksheet = nullptr;
    std::uint32_t row = 0;

    Handle() = default;

    ~Handle() {
        if (workbook != nullptr) {
            static_cast<void>(workbook_close(workbook));
        }
    }

    Handle(const Handle&) = delete;
    Handle& operator=(const Handle&) = delete;

    void check(lxw_error status) const {
        if (status != LXW_NO_ERROR) {
            throw Error(ErrorKind::unavailable,
                        "file_unwritable",
                        {{"file", path.filename().string()}},
                        lxw_strerror(status));
        }
    }

    void write_text(std::uint32_t at,
                    std::uint16_t column,
                    std::string_view text,
                    lxw_format* format) {
        if (!text.empty()) {
            check(worksheet_write_string(
                worksheet, at, column, escape_for_xlsx(text).c_str(), format));
        }
    }

    void write_header(lxw_format* head, lxw_format* must, lxw_format* remark) {
        for (const auto& line : sheet.lines_above) {
            write_text(row++, 0, line, remark);
        }
        for (std::size_t i = 0; i < sheet.columns.size(); ++i) {
            const auto& column = sheet.columns[i];
            const auto number = static_cast<std::uint16_t>(i);
            write_text(row, number, column.header, column.is_required ? must : head);
            if (!column.note.empty()) {
                check(worksheet_write_comment(
                    worksheet, row, number, escape_for_xlsx(column.note).c_str()));
            }
        }
        ++row;
    }
};

XlsxFile::XlsxFile(const std::filesystem::path& path, const WriteSheet& sheet)
    : handle_(std::make_unique<Handle>()) {
    handle_->path = path;
    handle_->sheet = sheet;
    auto folder = path.parent_path().string();
    lxw_workbook_options options{};
    options.constant_memory = LXW_TRUE;
    options.tmpdir = folder.empty() ? nullptr : folder.data();
    options.use_zip64 = LXW_TRUE;
    handle_->workbook = workbook_new_opt(path.c_str(), &options);
    if (handle_->workbook == nullptr) {
        throw Error(
            ErrorKind::unavailable, "file_unwritable", {{"file", path.filename().string()}});
    }
    // The same table gives the same bytes, whenever it is written.
    lxw_doc_properties properties{};
    properties.created = 1'577'836'800;
    handle_->check(workbook_set_properties(handle_->workbook, &properties));
    handle_->worksheet = workbook_add_worksheet(handle_->workbook,
                                                sheet.name.empty() ? nullptr : sheet.name.c_str());
    if (handle_->worksheet == nullptr) {
        handle_->worksheet = workbook_add_worksheet(handle_->workbook, nullptr);
    }
    auto* text = workbook_add_format(handle_->workbook);
    format_set_num_format_index(text, 49);
    auto* head = workbook_add_format(handle_->workbook);
    format_set_bold(head);
    format_set_bg_color(head, 0xE7F0EC);
    auto* must = workbook_add_format(handle_->workbook);
    format_set_bold(must);
    format_set_bg_color(must, 0xE7F0EC);
    format_set_font_color(must, 0xA3262E);
    auto* remark = workbook_add_format(handle_->workbook);
    format_set_font_color(remark, 0x5A5A5A);
    for (std::size_t i = 0; i < sheet.columns.size(); ++i) {
        const auto number = static_cast<std::uint16_t>(i);
        // What is typed into a text column later stays as typed: no 3'45 becomes a number.
        handle_->check(worksheet_set_column(
            handle_->worksheet,
            number,
            number,
            sheet.columns[i].width,
            sheet.columns[i].type == WriteColumn::Type::text ? text : nullptr));
    }
    handle_->write_header(head, must, remark);
    worksheet_freeze_panes(handle_->worksheet, handle_->row, 0);
}

XlsxFile::~XlsxFile() = default;

void XlsxFile::add(std::span<const std::string_view> cells) {
    auto& handle = *handle_;
    if (handle.row >= last_row) {
        throw Error(ErrorKind::too_large, "too_many_rows_for_xlsx");
    }
    for (std::size_t i = 0; i < cells.size(); ++i) {
        const auto column = static_cast<std::uint16_t>(i);
        const bool is_number = i < handle.sheet.columns.size() &&
                               handle.sheet.columns[i].type == WriteColumn::Type::number &&
                               is_shown_form(cells[i]);
        if (is_number) {
            handle.check(worksheet_write_number(handle.worksheet,
                                                handle.row,
                                                column,
                                                std::strtod(std::string{cells[i]}.c_str(), nullptr),
                                                nullptr));
        } else {
            handle.write_text(handle.row, column, cells[i], nullptr);
        }
    }
    ++handle.row;
}

void XlsxFile::close() {
    auto* workbook = handle_->workbook;
    handle_->workbook = nullptr;
    handle_->check(workbook_close(workbook));
}

}  // namespace agate::exchange
