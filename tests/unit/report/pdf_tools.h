// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "report/report.h"

// Looking into a PDF with poppler's programs. Nothing comes back where they are not installed.
namespace agate::report {

[[nodiscard]] std::string child_pdf(const ChildPage& page);

/// What `program FILE arguments` prints for these bytes, the file's name in place of "{}".
[[nodiscard]] std::optional<std::string> run_on(const std::string& command, const std::string& pdf);

[[nodiscard]] bool has_poppler();

[[nodiscard]] int page_count(const std::string& pdf);

struct WordBox {
    int page = 0;
    double left = 0;
    double top = 0;
    double right = 0;
    double bottom = 0;
    std::string text;
};

[[nodiscard]] std::vector<WordBox> word_boxes(const std::string& pdf);

/// All text in reading order without blanks and line ends.
[[nodiscard]] std::string squeezed_text(const std::string& pdf);

}  // namespace agate::report
