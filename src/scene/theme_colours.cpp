#include "scene/theme_colours.h"

namespace diaban {

const ThemeColours& theme_colours(Theme theme) {
    static const ThemeColours light{
        .background = {226, 235, 241, 255},
        .panel = {255, 255, 255, 240},
        .panel_line = {40, 52, 71, 38},
        .text = {29, 33, 43, 255},
        .muted = {88, 96, 111, 255},
        .tag = {255, 236, 194, 255},
        .tag_text = {112, 66, 0, 255},
        .accent = {0, 98, 230, 255},
        .hover = {29, 33, 43, 255},
        .hover_casing = {255, 255, 255, 230},
    };
    static const ThemeColours dark{
        .background = {22, 28, 37, 255},
        .panel = {32, 39, 50, 242},
        .panel_line = {200, 212, 230, 46},
        .text = {236, 239, 244, 255},
        .muted = {168, 178, 193, 255},
        .tag = {86, 61, 16, 255},
        .tag_text = {255, 219, 150, 255},
        .accent = {66, 153, 255, 255},
        .hover = {255, 255, 255, 255},
        .hover_casing = {10, 14, 20, 220},
    };
    return theme == Theme::light ? light : dark;
}

Rgba themed(Rgba colour, Theme theme, bool background) {
    if (!background || theme == Theme::light) return colour;
    Rgba out = mix(colour, theme_colours(theme).background, 0.8);
    out.a = colour.a;
    return out;
}

}  // namespace diaban
