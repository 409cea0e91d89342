// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "report/report.h"

// Invented children's pages that tests and the bench print. All names and numbers are made up.
namespace agate::report::samples {

/// The page of the pictures: five contents, one of them thin, one holiday, three highlights.
[[nodiscard]] ChildPage full_page();
/// The same child in English.
[[nodiscard]] ChildPage english_page();
/// An open period with nothing in it: no bands, no records, no words.
[[nodiscard]] ChildPage empty_page();
/// The child with this number in a book: other name, counts, bands and words each time.
[[nodiscard]] ChildPage numbered_page(int number);
[[nodiscard]] ClassCover cover();
[[nodiscard]] ClassCover english_cover();

}  // namespace agate::report::samples
