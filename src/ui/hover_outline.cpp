// The feature under the pointer, outlined over the map's picture. It is drawn by ImGui rather than by the painter: the
// pointer moves far more often than the map changes, and must not cost a picture each time.
#include <imgui.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "scene/derive.h"
#include "ui/cased_pen.h"
#include "ui/map_canvas.h"
#include "ui/widgets.h"

namespace diaban::ui {

namespace {

/// Points nearer than this many logical pixels to the one before add nothing that can be seen.
constexpr double least_step = 0.7;
constexpr double unseen_step = 10;
/// Radius of the ring round a point.
constexpr float ring_radius = 11;

/// A ring or path in window coordinates, thinned, and cut where it would run over a card of the furniture or far
/// outside the map.
void add_paths(std::span<const Point> ring, const Scene& scene, const ScreenRect& place,
               std::vector<std::vector<ImVec2>>& paths) {
    const PixelBox visible = PixelBox{0, 0, scene.frame.width, scene.frame.height}.grown(20);
    std::vector<ImVec2> path;
    const auto cut = [&] {
        if (path.size() > 1) paths.push_back(std::move(path));
        path.clear();
    };
    Pixel last{1e9, 1e9};
    for (std::size_t i = 0; i < ring.size(); ++i) {
        const Pixel p = scene.frame.to_pixel(ring[i]);
        const bool covered = std::any_of(scene.furniture_boxes.begin(), scene.furniture_boxes.end(),
                                         [p](const PixelBox& box) { return box.contains(p); });
        if (covered) {
            cut();
            last = {1e9, 1e9};
            continue;
        }
        const double step = visible.contains(p) ? least_step : unseen_step;
        if (i + 1 < ring.size() && std::hypot(p.x - last.x, p.y - last.y) < step) continue;
        last = p;
        path.push_back({place.x + px(static_cast<float>(p.x)), place.y + px(static_cast<float>(p.y))});
    }
    cut();
}

}  // namespace

void draw_hover(Ui& ui, const ScreenRect& place) {
    if (!ui.session.hover) return;
    const Hover hover = *ui.session.hover;
    const Selection& selection = ui.session.selection;
    if (selection.layer_id == hover.layer_id && selection.features.contains(hover.feature)) return;  // outlined already
    const auto layer = ui.session.layer(hover.layer_id);
    if (!layer || !layer->shapes || hover.feature >= layer->shapes->feature_count()) return;
    const Scene& scene = ui.map.scene(ui.session, ui.theme, ui.furniture());
    const CasedPen pen(ui.theme, ImGui::GetWindowDrawList());
    if (hover.cluster) {
        const Pixel at = scene.frame.to_pixel(hover.cluster->at);
        return pen.ring({place.x + px(static_cast<float>(at.x)), place.y + px(static_cast<float>(at.y))},
                        static_cast<float>(hover.cluster->radius) + 2);
    }
    if (layer->shapes->kind() == GeometryKind::point) {
        for (const Point p : layer->shapes->points_of(hover.feature)) {
            const Pixel at = scene.frame.to_pixel(p);
            pen.ring({place.x + px(static_cast<float>(at.x)), place.y + px(static_cast<float>(at.y))}, ring_radius);
        }
        return;
    }
    std::vector<std::vector<ImVec2>> paths;
    const Geometry shape = layer->shapes->feature(hover.feature, scene.frame.units_per_pixel * least_step);
    for (const uint32_t ring : shape.rings_of(0))
        add_paths(shape.ring(ring), scene, place, paths);
    pen.lines(paths);
}

}  // namespace diaban::ui
