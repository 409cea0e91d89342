// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cairo.h>

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

#include "report/typeset.h"

namespace agate::report {

struct Box {
    double x = 0;
    double y = 0;
    double width = 0;
    double height = 0;

    [[nodiscard]] constexpr double right() const { return x + width; }

    [[nodiscard]] constexpr double bottom() const { return y + height; }

    [[nodiscard]] constexpr double middle() const { return y + height / 2; }
};

/// Drawings that a book repeats, by key. Each is written into the file once and placed many times;
/// that is several times faster than drawing it again, and smaller. The keys a book uses are
/// bounded by its contents and bands, not by its children.
class Stamps {
public:
    /// The recorded drawing; at first use `record` draws it around the origin into `extents`.
    [[nodiscard]] cairo_surface_t* find_or_record(std::string_view key,
                                                  Box extents,
                                                  const std::function<void(cairo_t*)>& record);

private:
    struct Release {
        void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
    };

    std::unordered_map<std::string,
                       std::unique_ptr<cairo_surface_t, Release>,
                       TextHash,
                       std::equal_to<>>
        surfaces_;
};

}  // namespace agate::report
