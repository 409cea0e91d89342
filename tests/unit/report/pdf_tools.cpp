// SPDX-License-Identifier: Apache-2.0
#include "pdf_tools.h"

#include <array>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <regex>

#include "base/file.h"

namespace agate::report {

namespace {

struct PipeClose {
    void operator()(std::FILE* pipe) const { pclose(pipe); }
};

}  // namespace

std::string child_pdf(const ChildPage& page) {
    std::string bytes;
    write_child_report([&bytes](std::string_view part) { bytes += part; }, page);
    return bytes;
}

std::optional<std::string> run_on(const std::string& command, const std::string& pdf) {
    const TemporaryFolder folder;
    const std::string path = (folder.path() / "report.pdf").string();
    write_file(path, pdf);
    std::string line = command;
    line.replace(line.find("{}"), 2, path);
    const std::unique_ptr<std::FILE, PipeClose> pipe(popen((line + " 2>/dev/null").c_str(), "r"));
    if (!pipe) {
        return std::nullopt;
    }
    std::string output;
    std::array<char, 4096> part{};
    while (const std::size_t count = fread(part.data(), 1, part.size(), pipe.get())) {
        output.append(part.data(), count);
    }
    return output;
}

bool has_poppler() {
    static const bool is_there = std::system("pdftotext -v >/dev/null 2>&1") == 0;
    return is_there;
}

int page_count(const std::string& pdf) {
    const std::string info = run_on("pdfinfo {}", pdf).value_or("");
    std::smatch found;
    return std::regex_search(info, found, std::regex("Pages:\\s+(\\d+)")) ? std::stoi(found[1]) : 0;
}

std::vector<WordBox> word_boxes(const std::string& pdf) {
    const std::string text = run_on("pdftotext -bbox {} -", pdf).value_or("");
    const std::regex pattern(
        "<page |<word xMin=\"([-0-9.]+)\" yMin=\"([-0-9.]+)\" xMax=\"([-0-9.]+)\" "
        "yMax=\"([-0-9.]+)\">([^<]*)</word>");
    std::vector<WordBox> boxes;
    int page = 0;
    for (auto at = std::sregex_iterator(text.begin(), text.end(), pattern);
         at != std::sregex_iterator();
         ++at) {
        const std::smatch& found = *at;
        if (!found[1].matched) {
            ++page;
            continue;
        }
        boxes.push_back({.page = page,
                         .left = std::stod(found[1]),
                         .top = std::stod(found[2]),
                         .right = std::stod(found[3]),
                         .bottom = std::stod(found[4]),
                         .text = found[5]});
    }
    return boxes;
}

std::string squeezed_text(const std::string& pdf) {
    std::string text;
    for (const char c : run_on("pdftotext {} -", pdf).value_or("")) {
        if (c != ' ' && c != '\n' && c != '\f') {
            text += c;
        }
    }
    return text;
}

}  // namespace agate::report
