// Text by Pango: laid out without hinting at pixel ratio 1, so that the layout is the same at every ratio.
#include <algorithm>
#include <cmath>
#include <string>
#include <unordered_map>

#include "scene/halo.h"
#include "scene/mask_surface.h"
#include "scene/typeset.h"

namespace diaban {
namespace {

// Pango's default font map is one a thread already; the context with our options is kept beside it.
PangoContext* text_context() {
    static thread_local PangoContextHandle context = [] {
        PangoContextHandle made(pango_font_map_create_context(pango_cairo_font_map_get_default()));
        const FontOptionsHandle options(cairo_font_options_create());
        cairo_font_options_set_hint_style(options.get(), CAIRO_HINT_STYLE_NONE);
        cairo_font_options_set_hint_metrics(options.get(), CAIRO_HINT_METRICS_OFF);
        cairo_font_options_set_antialias(options.get(), CAIRO_ANTIALIAS_GRAY);
        pango_cairo_context_set_font_options(made.get(), options.get());
        pango_cairo_context_set_resolution(made.get(), 96);
        pango_context_set_round_glyph_positions(made.get(), FALSE);
        return made;
    }();
    return context.get();
}

PangoLayoutHandle lay_out(std::string_view text, const TextStyle& style, double wrap_width) {
    const FontDescriptionHandle font(pango_font_description_new());
    pango_font_description_set_family_static(font.get(), "Inter, Noto Sans, DejaVu Sans, sans-serif");
    pango_font_description_set_absolute_size(font.get(), std::max(0.1, style.size) * PANGO_SCALE);
    pango_font_description_set_weight(font.get(), static_cast<PangoWeight>(std::clamp(style.weight, 100, 1000)));
    pango_font_description_set_style(font.get(), style.italic ? PANGO_STYLE_ITALIC : PANGO_STYLE_NORMAL);
    PangoLayoutHandle layout(pango_layout_new(text_context()));
    pango_layout_set_font_description(layout.get(), font.get());
    pango_layout_set_text(layout.get(), text.data(), static_cast<int>(text.size()));
    if (wrap_width > 0) {
        pango_layout_set_width(layout.get(), static_cast<int>(std::ceil(wrap_width * PANGO_SCALE)));
        pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD_CHAR);
    }
    return layout;
}

struct MeasureKey {
    std::string text;
    double size;
    int weight;
    bool italic;
    double wrap;
    bool operator==(const MeasureKey&) const = default;
};

struct MeasureKeyHash {
    std::size_t operator()(const MeasureKey& k) const {
        return std::hash<std::string>()(k.text) ^ (std::hash<double>()(k.size) * 31) ^
               (std::hash<double>()(k.wrap) * 1009) ^ static_cast<std::size_t>(k.weight * 2 + (k.italic ? 1 : 0));
    }
};

TextSize size_of(PangoLayout* layout) {
    PangoRectangle logical;
    pango_layout_get_extents(layout, nullptr, &logical);
    return {static_cast<double>(logical.width) / PANGO_SCALE, static_cast<double>(logical.height) / PANGO_SCALE,
            static_cast<double>(pango_layout_get_baseline(layout)) / PANGO_SCALE};
}

}  // namespace

TextSize measure_text(std::string_view text, const TextStyle& style, double wrap_width) {
    // Placing labels measures the same texts each frame; shaping them is what costs. Colours do not matter to it.
    static thread_local std::unordered_map<MeasureKey, TextSize, MeasureKeyHash> known;
    MeasureKey key{std::string(text), style.size, style.weight, style.italic, wrap_width};
    if (const auto found = known.find(key); found != known.end()) return found->second;
    if (known.size() > 20'000) known.clear();
    const TextSize size = size_of(lay_out(text, style, wrap_width).get());
    known.emplace(std::move(key), size);
    return size;
}

Mask draw_text(std::string_view text, const TextStyle& style, double wrap_width, double pixel_ratio, double subpixel_x,
               double subpixel_y) {
    const PangoLayoutHandle layout = lay_out(text, style, wrap_width);
    PangoRectangle ink;
    PangoRectangle logical;
    pango_layout_get_extents(layout.get(), &ink, &logical);
    const double halo = style.halo ? std::max(0.0, style.halo_width) : 0;
    // Two pixels beyond the ink: antialiasing, and outlines that the extents round inwards.
    const double margin = halo * pixel_ratio + 2;
    const double k = pixel_ratio / PANGO_SCALE;
    const double left = std::floor(ink.x * k + subpixel_x - margin);
    const double top = std::floor(ink.y * k + subpixel_y - margin);
    const double right = std::ceil((ink.x + ink.width) * k + subpixel_x + margin);
    const double bottom = std::ceil((ink.y + ink.height) * k + subpixel_y + margin);

    Mask out;
    out.width = std::max(1, static_cast<int>(right - left));
    out.height = std::max(1, static_cast<int>(bottom - top));
    out.origin_x = left;
    out.origin_y = top;
    const MaskSurface mask(out.width, out.height);
    cairo_t* const cr = mask.context.get();
    cairo_translate(cr, subpixel_x - left, subpixel_y - top);
    cairo_scale(cr, pixel_ratio, pixel_ratio);
    pango_cairo_update_layout(cr, layout.get());
    pango_cairo_show_layout(cr, layout.get());
    out.ink = mask.bytes();
    if (!(halo > 0)) {
        out.outline = out.ink;
        return out;
    }
    // The halo, and the letters that it goes round: stems may be thicker than it is wide.
    cairo_new_path(cr);
    pango_cairo_layout_path(cr, layout.get());
    out.outline = cover_near_path(cr, out.width, out.height, halo * pixel_ratio);
    for (std::size_t i = 0; i < out.outline.size(); ++i) {
        const int around = out.outline[i];
        out.outline[i] = static_cast<uint8_t>(around + (out.ink[i] * (255 - around) + 127) / 255);
    }
    return out;
}

}  // namespace diaban
