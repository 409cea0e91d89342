// SPDX-License-Identifier: Apache-2.0
// Pages a second, bytes a page and peak memory of report books of 1, 200 and 2000 children.
//   bench_report_pages [CHILDREN...]
//   bench_report_pages --samples DIR     writes the sample files instead
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include "../tests/unit/report/samples.h"
#include "report/report.h"

namespace {

namespace report = agate::report;
namespace samples = agate::report::samples;

void write_samples(const std::string& folder) {
    const auto file = [&](const std::string& name) {
        return [out = std::make_shared<std::ofstream>(folder + "/" + name, std::ios::binary)](
                   std::string_view bytes) {
            out->write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
        };
    };
    report::write_child_report(file("full.pdf"), samples::full_page());
    report::write_child_report(file("english.pdf"), samples::english_page());
    report::write_child_report(file("empty.pdf"), samples::empty_page());
    report::ReportBook book(file("book.pdf"), "四年级2班", samples::full_page().maker);
    book.begin_class(samples::cover());
    for (int number = 1; number <= 45; ++number) {
        book.add(samples::numbered_page(number));
    }
    book.begin_class(samples::english_cover());
    book.add(samples::english_page());
    book.finish();
}

double cpu_seconds() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const auto seconds = [](timeval time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
    };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

long peak_kilobytes() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss;
}

void measure(int children) {
    std::vector<report::ChildPage> pages;
    for (int number = 1; number <= std::min(children, 200); ++number) {
        pages.push_back(samples::numbered_page(number));
    }
    std::size_t bytes = 0;
    const auto count = [&bytes](std::string_view part) { bytes += part.size(); };
    const auto start = std::chrono::steady_clock::now();
    const double cpu_start = cpu_seconds();
    report::ReportBook book(count, "bench", pages.front().maker);
    for (int i = 0; i < children; ++i) {
        book.add(pages[static_cast<std::size_t>(i) % pages.size()]);
    }
    book.finish();
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
    const double cpu = cpu_seconds() - cpu_start;
    std::printf(
        "%6d children %6d pages %8.3f s %8.1f pages/s %8.3f cpu s %8.1f pages/cpu s "
        "%6.0f bytes/page, peak %ld KB\n",
        children,
        book.pages(),
        took.count(),
        book.pages() / took.count(),
        cpu,
        book.pages() / cpu,
        static_cast<double>(bytes) / book.pages(),
        peak_kilobytes());
}

}  // namespace

int main(int argc, char** argv) {
    std::vector<std::string> args(argv + 1, argv + argc);
    if (args.size() == 2 && args[0] == "--samples") {
        write_samples(args[1]);
        return 0;
    }
    if (args.empty()) {
        args = {"1", "1", "200", "2000"};
    }
    for (const std::string& children : args) {
        measure(std::max(1, std::atoi(children.c_str())));
    }
    return 0;
}
