// How the interface looks: colours, spacing, fonts. The one place where ImGui's style is set.
//
//     load_fonts(scale);            // after ImGui::CreateContext, and again when the scale changes
//     apply_theme(theme, scale);
//     ImGui::Dummy({px(8), px(8)}); // lengths are logical pixels everywhere
#pragma once

#include "scene/derive.h"
#include "style/colour.h"

struct ImFont;

namespace diaban::ui {

struct Fonts {
    ImFont* regular = nullptr;  ///< 13.5 px em × scale, with icons merged in
    ImFont* medium = nullptr;   ///< the same size, semi-bold: headings and selected things; with icons
    ImFont* small = nullptr;    ///< 12 px em, with icons
    ImFont* large = nullptr;    ///< 19 px em, semi-bold: card titles, big numbers; with icons
};

/// Builds the atlas from Inter and Material Design Icons (found through fontconfig), with all Vietnamese letters. Falls
/// back to ImGui's own font, with false, when they are not installed. Call it between frames; the renderer's font
/// texture has to be made again afterwards.
bool load_fonts(float scale);
[[nodiscard]] const Fonts& fonts();

/// Colours of things that are not ImGui widgets. `text` and `muted` are readable (WCAG AA) on `window` and `panel`,
/// `accent_text` is on `accent`, and so are the four signal colours on `panel`.
struct Palette {
    Rgba window, panel, text, muted, accent, accent_text, line, warning, error, good;
};
[[nodiscard]] const Palette& palette(Theme theme);
/// Of the theme applied last.
[[nodiscard]] const Palette& palette();
void apply_theme(Theme theme, float scale);

/// Logical pixels → ImGui units at the scale applied last.
[[nodiscard]] float px(float logical);
/// The default gap of the spacing grid: 8 logical pixels.
inline constexpr float grid = 8;

}  // namespace diaban::ui
