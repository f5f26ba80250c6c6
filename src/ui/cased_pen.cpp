#include "ui/cased_pen.h"

#include <utility>

#include "ui/widgets.h"

namespace diaban::ui {

CasedPen::CasedPen(Theme theme, ImDrawList* draw) : draw_(draw) {
    const bool light = theme == Theme::light;
    core_ = light ? IM_COL32(29, 33, 43, 255) : IM_COL32(255, 255, 255, 255);
    casing_ = light ? IM_COL32(255, 255, 255, 225) : IM_COL32(10, 14, 20, 225);
}

CasedPen::CasedPen(Theme theme, ImDrawList* draw, Rgba colour, float alpha, PenWidths widths)
    : draw_(draw), widths_(widths), core_(to_u32(colour, alpha)) {
    const float casing = 225 * alpha;
    casing_ = theme == Theme::light ? IM_COL32(255, 255, 255, casing) : IM_COL32(10, 14, 20, casing);
}

void CasedPen::lines(const std::vector<Path>& paths, bool closed) const {
    for (const auto& [colour, width] : {std::pair(casing_, widths_.casing), std::pair(core_, widths_.core)}) {
        for (const Path& path : paths) {
            draw_->AddPolyline(path.data(), static_cast<int>(path.size()), colour,
                               closed ? ImDrawFlags_Closed : ImDrawFlags_None, px(width));
        }
    }
}

void CasedPen::ring(ImVec2 at, float radius) const {
    draw_->AddCircle(at, px(radius), casing_, 0, px(widths_.casing));
    draw_->AddCircle(at, px(radius), core_, 0, px(widths_.core));
}

}  // namespace diaban::ui
