// SPDX-License-Identifier: Apache-2.0
#include "report/typeset.h"

#include <pango/pangocairo.h>

#include <algorithm>
#include <cmath>

#include "base/error.h"

namespace agate::report {

namespace {

constexpr std::size_t cached_texts = 4000;
constexpr const char* families = "LXGW WenKai,Noto Sans CJK SC";

struct FontOptionsRelease {
    void operator()(cairo_font_options_t* options) const { cairo_font_options_destroy(options); }
};

struct DescriptionRelease {
    void operator()(PangoFontDescription* font) const { pango_font_description_free(font); }
};

struct AttributesRelease {
    void operator()(PangoAttrList* list) const { pango_attr_list_unref(list); }
};

double points(int pango_units) {
    return static_cast<double>(pango_units) / PANGO_SCALE;
}

int pango_units(double size) {
    return static_cast<int>(std::lround(size * PANGO_SCALE));
}

// Bytes [from, to) of the line's text became the glyphs that carry `from` in log_clusters.
struct ClusterWalk {
    const PangoGlyphString& glyphs;
    int item_length;
    bool is_backward;

    [[nodiscard]] int bytes_of(int first_glyph, int end_glyph) const {
        const int from = glyphs.log_clusters[first_glyph];
        int to = item_length;
        if (is_backward) {
            to = first_glyph > 0 ? glyphs.log_clusters[first_glyph - 1] : item_length;
        } else if (end_glyph < glyphs.num_glyphs) {
            to = glyphs.log_clusters[end_glyph];
        }
        return to - from;
    }
};

void append_glyph(GlyphPiece& piece, const PangoGlyphInfo& info, int x) {
    if (info.glyph == PANGO_GLYPH_EMPTY) {
        return;
    }
    // A character that no font has is drawn as the font's own empty box, never left out silently.
    const bool is_unknown = (info.glyph & PANGO_GLYPH_UNKNOWN_FLAG) != 0;
    piece.glyphs.push_back({.index = is_unknown ? 0 : info.glyph,
                            .x = points(x + info.geometry.x_offset),
                            .y = points(info.geometry.y_offset)});
}

GlyphPiece make_piece(const PangoGlyphItem& run, std::string_view text, int start) {
    const PangoItem& item = *run.item;
    const PangoGlyphString& glyphs = *run.glyphs;
    GlyphPiece piece;
    piece.font.reset(cairo_scaled_font_reference(
        pango_cairo_font_get_scaled_font(PANGO_CAIRO_FONT(item.analysis.font))));
    piece.text = std::string{
        text.substr(static_cast<std::size_t>(item.offset), static_cast<std::size_t>(item.length))};
    const bool is_backward = item.analysis.level % 2 == 1;
    piece.flags = is_backward ? CAIRO_TEXT_CLUSTER_FLAG_BACKWARD : cairo_text_cluster_flags_t{};
    const ClusterWalk walk{glyphs, item.length, is_backward};
    int x = start;
    for (int first = 0; first < glyphs.num_glyphs;) {
        int end = first;
        const std::size_t before = piece.glyphs.size();
        while (end < glyphs.num_glyphs && glyphs.log_clusters[end] == glyphs.log_clusters[first]) {
            append_glyph(piece, glyphs.glyphs[end], x);
            x += glyphs.glyphs[end].geometry.width;
            ++end;
        }
        piece.clusters.push_back({.num_bytes = walk.bytes_of(first, end),
                                  .num_glyphs = static_cast<int>(piece.glyphs.size() - before)});
        first = end;
    }
    if (is_backward) {
        // cairo wants clusters in the order of the text, glyphs in the order of the eye.
        std::reverse(piece.clusters.begin(), piece.clusters.end());
    }
    return piece;
}

Line make_line(PangoLayoutLine& source, std::string_view text) {
    Line line;
    int x = 0;
    for (GSList* at = source.runs; at != nullptr; at = at->next) {
        const auto& run = *static_cast<PangoGlyphItem*>(at->data);
        GlyphPiece piece = make_piece(run, text, x);
        for (int i = 0; i < run.glyphs->num_glyphs; ++i) {
            x += run.glyphs->glyphs[i].geometry.width;
        }
        if (!piece.glyphs.empty()) {
            line.pieces.push_back(std::move(piece));
        }
    }
    line.width = points(x);
    return line;
}

}  // namespace

void Typesetter::Release::operator()(void* object) const {
    g_object_unref(object);
}

Typesetter::Typesetter()
    : map_(pango_cairo_font_map_new()), context_(pango_font_map_create_context(map_.get())) {
    pango_cairo_font_map_set_resolution(PANGO_CAIRO_FONT_MAP(map_.get()), 72);
    const std::unique_ptr<cairo_font_options_t, FontOptionsRelease> options(
        cairo_font_options_create());
    cairo_font_options_set_hint_style(options.get(), CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options.get(), CAIRO_HINT_METRICS_OFF);
    pango_cairo_context_set_font_options(context_.get(), options.get());
    pango_context_set_round_glyph_positions(context_.get(), FALSE);
    layout_.reset(pango_layout_new(context_.get()));
    pango_layout_set_wrap(layout_.get(), PANGO_WRAP_WORD_CHAR);
}

Lines Typesetter::shape(std::string_view text, Font font, double width, Language language) {
    const std::unique_ptr<PangoFontDescription, DescriptionRelease> description(
        pango_font_description_new());
    pango_font_description_set_family_static(description.get(), families);
    pango_font_description_set_absolute_size(description.get(), font.size * PANGO_SCALE);
    pango_font_description_set_weight(
        description.get(), font.face == Face::bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    pango_context_set_language(
        context_.get(), pango_language_from_string(language == Language::zh ? "zh-cn" : "en"));
    PangoLayout* layout = layout_.get();
    pango_layout_set_font_description(layout, description.get());
    const std::unique_ptr<PangoAttrList, AttributesRelease> attributes(pango_attr_list_new());
    if (font.letter_spacing != 0) {
        pango_attr_list_insert(attributes.get(),
                               pango_attr_letter_spacing_new(pango_units(font.letter_spacing)));
    }
    pango_layout_set_attributes(layout, attributes.get());
    pango_layout_set_width(layout, width > 0 ? pango_units(width) : -1);
    pango_layout_set_single_paragraph_mode(layout, width > 0 ? FALSE : TRUE);
    pango_layout_set_text(layout, text.data(), static_cast<int>(text.size()));
    const std::string_view shaped = pango_layout_get_text(layout);
    Lines lines;
    for (GSList* at = pango_layout_get_lines_readonly(layout); at != nullptr; at = at->next) {
        lines.push_back(make_line(*static_cast<PangoLayoutLine*>(at->data), shaped));
    }
    ensure(!lines.empty(), "a layout has at least one line");
    return lines;
}

const Lines& Typesetter::paragraph(std::string_view text,
                                   Font font,
                                   double width,
                                   Language language) {
    struct Key {
        std::int32_t size, spacing, width;
        std::uint8_t face, language;
        std::uint16_t none;
    };

    const Key key{pango_units(font.size),
                  pango_units(font.letter_spacing),
                  pango_units(width),
                  static_cast<std::uint8_t>(font.face),
                  static_cast<std::uint8_t>(language),
                  0};
    key_.assign(reinterpret_cast<const char*>(&key), sizeof key);
    key_.append(text);
    const std::string_view wanted = key_;
    if (const auto found = young_.find(wanted); found != young_.end()) {
        return found->second;
    }
    if (const auto found = old_.find(wanted); found != old_.end()) {
        return young_.insert(old_.extract(found)).position->second;
    }
    std::string owned = key_;
    return young_.emplace(std::move(owned), shape(text, font, width, language)).first->second;
}

const Line& Typesetter::line(std::string_view text, Font font, Language language) {
    return paragraph(text, font, 0, language).front();
}

void Typesetter::forget_old() {
    if (young_.size() > cached_texts) {
        old_ = std::move(young_);
        young_.clear();
    }
}

bool Typesetter::has_house_font() const {
    const std::unique_ptr<PangoFontDescription, DescriptionRelease> wanted(
        pango_font_description_from_string("LXGW WenKai 11"));
    const std::unique_ptr<PangoFont, Release> font(
        pango_font_map_load_font(map_.get(), context_.get(), wanted.get()));
    if (!font) {
        return false;
    }
    const std::unique_ptr<PangoFontDescription, DescriptionRelease> got(
        pango_font_describe(font.get()));
    return std::string_view{pango_font_description_get_family(got.get())} == "LXGW WenKai";
}

Typesetter& typesetter() {
    thread_local Typesetter of_this_thread;
    return of_this_thread;
}

void set_colour(cairo_t* cairo, Colour colour) {
    const auto hundredth = [](double part) { return std::round(part * 100) / 100; };
    cairo_set_source_rgb(
        cairo, hundredth(colour.red), hundredth(colour.green), hundredth(colour.blue));
}

void draw(cairo_t* cairo, Point baseline, const Line& line, Colour colour) {
    thread_local std::vector<cairo_glyph_t> placed;
    set_colour(cairo, colour);
    for (const GlyphPiece& piece : line.pieces) {
        placed.assign(piece.glyphs.begin(), piece.glyphs.end());
        for (cairo_glyph_t& glyph : placed) {
            glyph.x += baseline.x;
            glyph.y += baseline.y;
        }
        cairo_set_scaled_font(cairo, piece.font.get());
        cairo_show_text_glyphs(cairo,
                               piece.text.data(),
                               static_cast<int>(piece.text.size()),
                               placed.data(),
                               static_cast<int>(placed.size()),
                               piece.clusters.data(),
                               static_cast<int>(piece.clusters.size()),
                               piece.flags);
    }
}

}  // namespace agate::report
