// Owning handles of Pango and Cairo objects: one alias each.
#pragma once

#include <cairo.h>
#include <pango/pangocairo.h>

#include <memory>

namespace diaban {

struct GObjectRelease {
    void operator()(void* object) const { g_object_unref(object); }
};
struct CairoRelease {
    void operator()(cairo_t* context) const { cairo_destroy(context); }
    void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
    void operator()(cairo_font_options_t* options) const { cairo_font_options_destroy(options); }
};
struct FontDescriptionRelease {
    void operator()(PangoFontDescription* description) const { pango_font_description_free(description); }
};

using PangoContextHandle = std::unique_ptr<PangoContext, GObjectRelease>;
using PangoLayoutHandle = std::unique_ptr<PangoLayout, GObjectRelease>;
using FontDescriptionHandle = std::unique_ptr<PangoFontDescription, FontDescriptionRelease>;
using CairoHandle = std::unique_ptr<cairo_t, CairoRelease>;
using CairoSurfaceHandle = std::unique_ptr<cairo_surface_t, CairoRelease>;
using FontOptionsHandle = std::unique_ptr<cairo_font_options_t, CairoRelease>;

}  // namespace diaban
