// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cairo.h>
#include <pango/pango.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/words.h"
#include "report/colours.h"

// Text is shaped once by Pango and drawn many times: a shaped line is kept as glyphs with their
// places, so that a label that stands on every page costs one lookup a page.
namespace agate::report {

enum class Face : std::uint8_t { regular, bold };

struct Font {
    Face face = Face::regular;
    double size = 11;         ///< points
    double letter_spacing{};  ///< points added after each character
};

struct ScaledFontRelease {
    void operator()(cairo_scaled_font_t* font) const { cairo_scaled_font_destroy(font); }
};

/// The glyphs of one font within a line, relative to the line's start on the baseline.
struct GlyphPiece {
    std::unique_ptr<cairo_scaled_font_t, ScaledFontRelease> font;
    std::string text;
    std::vector<cairo_glyph_t> glyphs;
    std::vector<cairo_text_cluster_t> clusters;
    cairo_text_cluster_flags_t flags{};
};

struct Line {
    std::vector<GlyphPiece> pieces;
    double width = 0;
};

using Lines = std::vector<Line>;

struct Point {
    double x = 0;
    double y = 0;
};

/// Lets a map of texts be searched without making a string.
struct TextHash {
    using is_transparent = void;

    std::size_t operator()(std::string_view text) const {
        return std::hash<std::string_view>{}(text);
    }
};

/// Shapes and remembers. One a thread; what it returns is valid until forget_old().
class Typesetter {
public:
    Typesetter();

    [[nodiscard]] const Line& line(std::string_view text, Font font, Language language);
    /// Broken at `width`, at least one line; a word that is wider is broken too.
    [[nodiscard]] const Lines& paragraph(std::string_view text,
                                         Font font,
                                         double width,
                                         Language language);
    /// Bounds the memory: lets go what the last few thousand texts did not use.
    void forget_old();

    [[nodiscard]] std::size_t remembered() const { return young_.size() + old_.size(); }

    /// The family that carries the text is there; false means that a substitute is drawn.
    [[nodiscard]] bool has_house_font() const;

private:
    struct Release {
        void operator()(void* object) const;
    };

    using Cache = std::unordered_map<std::string, Lines, TextHash, std::equal_to<>>;

    [[nodiscard]] Lines shape(std::string_view text, Font font, double width, Language language);

    std::unique_ptr<PangoFontMap, Release> map_;
    std::unique_ptr<PangoContext, Release> context_;
    std::unique_ptr<PangoLayout, Release> layout_;
    std::string key_;
    Cache young_;
    Cache old_;
};

/// This thread's typesetter, made at first use: opening the fonts takes tens of milliseconds.
[[nodiscard]] Typesetter& typesetter();

/// To a hundredth: the eye sees no more, and the file says each colour in half the characters.
void set_colour(cairo_t* cairo, Colour colour);

void draw(cairo_t* cairo, Point baseline, const Line& line, Colour colour);

}  // namespace agate::report
