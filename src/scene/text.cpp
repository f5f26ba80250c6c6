// Text by Pango: laid out without hinting at one size, so that the layout is the same at every size and pixel ratio.
#include <algorithm>
#include <cmath>
#include <condition_variable>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "scene/halo.h"
#include "scene/mask_surface.h"
#include "scene/typeset.h"

namespace diaban {
namespace {

/// The em at which all text is laid out, in Pango's pixels. Nothing is hinted, so that a layout only has to be scaled
/// to be that of another size; and fontconfig, which takes most of a millisecond to find the fonts for a size, is asked
/// once a weight.
constexpr double laid_out_em = 32;

/// What Pango needs to lay out text. It belongs to no thread, but may be used by one at a time.
PangoContextHandle make_context() {
    const std::unique_ptr<PangoFontMap, GObjectRelease> fonts(pango_cairo_font_map_new());
    PangoContextHandle made(pango_font_map_create_context(fonts.get()));
    const FontOptionsHandle options(cairo_font_options_create());
    cairo_font_options_set_hint_style(options.get(), CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options.get(), CAIRO_HINT_METRICS_OFF);
    cairo_font_options_set_antialias(options.get(), CAIRO_ANTIALIAS_GRAY);
    pango_cairo_context_set_font_options(made.get(), options.get());
    pango_cairo_context_set_resolution(made.get(), 96);
    pango_context_set_round_glyph_positions(made.get(), FALSE);
    return made;
}

/// The contexts that nobody uses now. As many are made as threads have ever set text at once, so that what one has
/// found out about fonts serves the next; nobody waits but for the one that is being warmed up.
class Contexts {
public:
    PangoContextHandle take() {
        std::unique_lock lock(mutex_);
        returned_.wait(lock, [&] { return !warming_ || !idle_.empty(); });
        return idle_.empty() ? make(lock) : pop();
    }

    void give_back(PangoContextHandle context) {
        {
            const std::lock_guard lock(mutex_);
            idle_.push_back(std::move(context));
            warming_ = false;
        }
        returned_.notify_all();
    }

    /// The first one ever, for warming up; null if there was one.
    PangoContextHandle take_first() {
        std::unique_lock lock(mutex_);
        if (made_) return nullptr;
        warming_ = true;
        return make(lock);
    }

    /// One that is idle; null if there is none.
    PangoContextHandle take_idle() {
        const std::lock_guard lock(mutex_);
        return idle_.empty() ? nullptr : pop();
    }

private:
    PangoContextHandle make(std::unique_lock<std::mutex>& lock) {
        made_ = true;
        lock.unlock();
        return make_context();
    }
    PangoContextHandle pop() {
        PangoContextHandle out = std::move(idle_.back());
        idle_.pop_back();
        return out;
    }

    std::mutex mutex_;
    std::condition_variable returned_;
    std::vector<PangoContextHandle> idle_;
    bool made_ = false;
    bool warming_ = false;
};

Contexts& contexts() {
    static Contexts all;
    return all;
}

/// A context for as long as it is needed.
class TextContext {
public:
    explicit TextContext(PangoContextHandle context = contexts().take()) : context_(std::move(context)) {}
    ~TextContext() {
        if (context_) contexts().give_back(std::move(context_));
    }
    TextContext(const TextContext&) = delete;
    TextContext& operator=(const TextContext&) = delete;

    [[nodiscard]] PangoContext* get() const { return context_.get(); }

private:
    PangoContextHandle context_;
};

/// Logical pixels a unit of the layout.
double layout_scale(const TextStyle& style) {
    return std::max(0.1, style.size) / laid_out_em / PANGO_SCALE;
}

PangoLayoutHandle lay_out(const TextContext& context, std::string_view text, const TextStyle& style,
                          double wrap_width) {
    const FontDescriptionHandle font(pango_font_description_new());
    pango_font_description_set_family_static(font.get(), "Inter, Noto Sans, DejaVu Sans, sans-serif");
    pango_font_description_set_absolute_size(font.get(), laid_out_em * PANGO_SCALE);
    pango_font_description_set_weight(font.get(), static_cast<PangoWeight>(std::clamp(style.weight, 100, 1000)));
    pango_font_description_set_style(font.get(), style.italic ? PANGO_STYLE_ITALIC : PANGO_STYLE_NORMAL);
    PangoLayoutHandle layout(pango_layout_new(context.get()));
    pango_layout_set_font_description(layout.get(), font.get());
    pango_layout_set_text(layout.get(), text.data(), static_cast<int>(text.size()));
    if (wrap_width > 0) {
        pango_layout_set_width(layout.get(), static_cast<int>(std::ceil(wrap_width / layout_scale(style))));
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

TextSize size_of(const TextContext& context, std::string_view text, const TextStyle& style, double wrap_width) {
    const PangoLayoutHandle layout = lay_out(context, text, style, wrap_width);
    PangoRectangle logical;
    pango_layout_get_extents(layout.get(), nullptr, &logical);
    const double k = layout_scale(style);
    return {logical.width * k, logical.height * k, pango_layout_get_baseline(layout.get()) * k};
}

}  // namespace

void warm_up_text() {
    PangoContextHandle first = contexts().take_first();
    if (!first) return;
    const auto set = [](PangoContextHandle context, int weight) {
        const TextContext used(std::move(context));
        // The letters of Vietnamese that a font may have to be asked for.
        (void)size_of(used, "Bình Liêu 0,1 km ẤẵỔợỮỳđ", {.weight = weight}, 0);
    };
    set(std::move(first), 400);
    for (const int weight : {600, 500, 700}) {
        PangoContextHandle idle = contexts().take_idle();
        if (!idle) return;  // whoever has it finds the rest, too
        set(std::move(idle), weight);
    }
}

TextSize measure_text(std::string_view text, const TextStyle& style, double wrap_width) {
    // Placing labels measures the same texts each frame; shaping them is what costs. Colours do not matter to it.
    static thread_local std::unordered_map<MeasureKey, TextSize, MeasureKeyHash> known;
    MeasureKey key{std::string(text), style.size, style.weight, style.italic, wrap_width};
    if (const auto found = known.find(key); found != known.end()) return found->second;
    if (known.size() > 20'000) known.clear();
    const TextSize size = size_of(TextContext(), text, style, wrap_width);
    known.emplace(std::move(key), size);
    return size;
}

Mask draw_text(std::string_view text, const TextStyle& style, double wrap_width, double pixel_ratio, double subpixel_x,
               double subpixel_y) {
    const TextContext context;
    const PangoLayoutHandle layout = lay_out(context, text, style, wrap_width);
    PangoRectangle ink;
    pango_layout_get_extents(layout.get(), &ink, nullptr);
    const double halo = style.halo ? std::max(0.0, style.halo_width) : 0;
    // Two pixels beyond the ink: antialiasing, and outlines that the extents round inwards.
    const double margin = halo * pixel_ratio + 2;
    const double k = layout_scale(style) * pixel_ratio;
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
    // Pango need not know: it would only choose other hints.
    cairo_scale(cr, k * PANGO_SCALE, k * PANGO_SCALE);
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
