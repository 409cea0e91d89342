// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cairo.h>

#include <functional>
#include <string_view>

#include "base/words.h"
#include "report/stamps.h"
#include "report/typeset.h"

// What charts and pages draw with: text by its baseline, boxes, lines and the pebble. Places are
// points from the upper left corner of the page.
namespace agate::report {

enum class Align { left, centre, right };

struct Stroke {
    Colour colour = ink;
    double width = 0.75;
    /// Distance between round dots; 0 is a whole line.
    double dots = 0;
};

class Pen {
public:
    /// Without stamps every drawing is written where it stands: right for a file of one child.
    Pen(cairo_t* cairo, Language language, Stamps* stamps = nullptr)
        : cairo_(cairo), stamps_(stamps), type_(&typesetter()), language_(language) {}

    [[nodiscard]] cairo_t* cairo() const { return cairo_; }

    [[nodiscard]] Language language() const { return language_; }

    [[nodiscard]] double width_of(std::string_view text, Font font) const {
        return type_->line(text, font, language_).width;
    }

    [[nodiscard]] const Lines& paragraph(std::string_view text, Font font, double width) const {
        return type_->paragraph(text, font, width, language_);
    }

    /// Draws one line and returns its width.
    double text(Point baseline,
                std::string_view text,
                Font font,
                Colour colour,
                Align align = Align::left) const;
    /// As large as `font` where that fits into `width`, else smaller, but not under `least` points;
    /// what is then still too wide is cut with an ellipsis.
    double text_within(
        Point baseline, std::string_view text, Font font, Colour colour, double width) const;
    /// The size at which the text fits into the width, at least `least`.
    [[nodiscard]] Font fitted(std::string_view text, Font font, double width, double least) const;

    void fill(Box box, Colour colour) const;
    void outline(Box box, Stroke stroke) const;
    /// Filled and outlined, with round corners.
    void panel(Box box, Colour colour, Stroke stroke, double radius = 0) const;
    void rule(Point from, Point to, Stroke stroke) const;
    void disc(Point centre, double radius, Colour colour) const;
    void ring(Point centre, double radius, Stroke stroke) const;
    /// White diagonal stripes over the current path; the path is used up.
    void hatch_path() const;
    void set(Colour colour) const;
    void set(Stroke stroke) const;
    /// Adds the outline of a pebble to the path.
    void pebble_path(Point centre, double radius) const;
    /// A content's character in white on its pebble.
    void mark(Point centre, double radius, std::string_view character, Colour colour) const;
    void logo(Point centre, double radius) const;

    /// Draws something that other pages repeat. The drawing gets its origin; all of it lies inside
    /// `extents` around that. Equal keys mean equal drawings.
    using Drawing = std::function<void(const Pen& pen, Point origin)>;
    void stamp(std::string_view key, Point at, Box extents, const Drawing& drawing) const;

private:
    void box_path(Box box) const;
    void round_path(Box box, double radius) const;

    cairo_t* cairo_;
    Stamps* stamps_;
    Typesetter* type_;
    Language language_;
};

/// To a quarter of a point (0.09 mm): finer is not seen, and makes the file larger.
[[nodiscard]] double snap(double value);

}  // namespace agate::report
