// Lines over the map's picture, drawn twice, a casing and a core, so that they show on any colour. In window
// coordinates; widths are logical pixels.
#pragma once

#include <imgui.h>

#include <vector>

#include "scene/derive.h"
#include "style/colour.h"

namespace diaban::ui {

struct PenWidths {
    float core = 1.8F;
    float casing = 4.2F;
};

class CasedPen {
public:
    /// In the theme's ink.
    CasedPen(Theme theme, ImDrawList* draw);
    /// In a colour; both core and casing are as faint as `alpha`.
    CasedPen(Theme theme, ImDrawList* draw, Rgba colour, float alpha, PenWidths widths);

    using Path = std::vector<ImVec2>;
    void lines(const std::vector<Path>& paths, bool closed = false) const;
    void line(const Path& path, bool closed = false) const { lines({path}, closed); }
    void ring(ImVec2 at, float radius) const;

private:
    ImDrawList* draw_;
    PenWidths widths_;
    ImU32 core_ = 0;
    ImU32 casing_ = 0;
};

}  // namespace diaban::ui
