// Where data would land: their outline over the outlines of the layers that are open, in degrees.
#include <algorithm>
#include <cmath>
#include <numbers>

#include "base/format.h"
#include "base/i18n.h"
#include "ui/icons.h"
#include "ui/import/import_parts.h"
#include "ui/import/outline.h"

namespace diaban::ui {

namespace {

/// Degrees → the screen: longitudes are shortened as at the middle latitude.
struct Frame {
    ImVec2 from, to;
    Point middle;
    double scale = 1;  ///< units a degree of latitude
    double shrink = 1;

    Frame(const Box& box, ImVec2 top_left, ImVec2 bottom_right)
        : from(top_left), to(bottom_right), middle(box.centre()) {
        shrink = std::max(0.05, std::cos(middle.y * std::numbers::pi / 180));
        const double width = static_cast<double>(to.x - from.x), height = static_cast<double>(to.y - from.y);
        scale = std::min(width / std::max(box.width() * shrink, 1e-6), height / std::max(box.height(), 1e-6));
    }
    [[nodiscard]] ImVec2 at(Point p) const {
        const auto x = static_cast<float>((p.x - middle.x) * shrink * scale);
        const auto y = static_cast<float>((middle.y - p.y) * scale);
        return {(from.x + to.x) / 2 + x, (from.y + to.y) / 2 + y};
    }
    [[nodiscard]] Point degrees(ImVec2 p) const {
        return {middle.x + static_cast<double>(p.x - (from.x + to.x) / 2) / (shrink * scale),
                middle.y - static_cast<double>(p.y - (from.y + to.y) / 2) / scale};
    }
};

/// 1, 2 or 5 times a power of ten: about four lines across.
double line_step(double span) {
    const double rough = span / 4;
    const double power = std::pow(10, std::floor(std::log10(std::max(rough, 1e-6))));
    for (const double step : {1.0, 2.0, 5.0})
        if (step * power >= rough) return step * power;
    return 10 * power;
}

std::string degrees_text(double value, double step, const char* plus, const char* minus) {
    return format_number(std::abs(value), decimals_for_step(step)) + "°" + (value < 0 ? minus : plus);
}

/// Meridians and parallels with their degrees: something to hold on to where no layer is open yet.
void graticule(const Frame& frame) {
    ImDrawList* draw = ImGui::GetWindowDrawList();
    const ImU32 line = to_u32(palette().line, 0.7F);
    const Point low = frame.degrees({frame.from.x, frame.to.y}), high = frame.degrees({frame.to.x, frame.from.y});
    const double step = line_step(std::max(high.x - low.x, high.y - low.y));
    const float thick = std::max(1.0F, px(1));
    for (double x = std::ceil(low.x / step) * step; x <= high.x; x += step) {
        const float at = frame.at({x, 0}).x;
        draw->AddLine({at, frame.from.y}, {at, frame.to.y}, line, thick);
        draw_text({at + px(3), frame.to.y - px(16)}, palette().muted, degrees_text(x, step, "E", "W"), fonts().small);
    }
    for (double y = std::ceil(low.y / step) * step; y <= high.y; y += step) {
        const float at = frame.at({0, y}).y;
        draw->AddLine({frame.from.x, at}, {frame.to.x, at}, line, thick);
        draw_text({frame.from.x + px(4), at - px(15)}, palette().muted, degrees_text(y, step, "N", "S"), fonts().small);
    }
}

void draw_outline(const Frame& frame, const Outline& shape, ImU32 colour, float thick) {
    ImDrawList* draw = ImGui::GetWindowDrawList();
    std::vector<ImVec2> line;
    for (const auto& path : shape.paths) {
        if (shape.kind == GeometryKind::point) {
            draw->AddCircleFilled(frame.at(path.front()), px(thick + 1), colour, 8);
            continue;
        }
        line.clear();
        for (const Point& p : path)
            line.push_back(frame.at(p));
        draw->AddPolyline(line.data(), static_cast<int>(line.size()), colour, 0, px(thick));
    }
}

void legend(const Frame& frame, bool context) {
    ImDrawList* draw = ImGui::GetWindowDrawList();
    float x = frame.from.x + px(10);
    const float y = frame.from.y + px(14);
    const auto entry = [&](Rgba colour, const char* shown) {
        const float width = text_width(shown, fonts().small);
        draw->AddRectFilled({x - px(4), y - px(10)}, {x + px(24) + width, y + px(10)}, to_u32(palette().panel, 0.85F),
                            px(4));
        draw->AddLine({x, y}, {x + px(14), y}, to_u32(colour), px(2));
        draw_text({x + px(19), y - fonts().small->FontSize / 2}, palette().text, shown, fonts().small);
        x += px(19) + width + px(18);
    };
    entry(palette().accent, tr("these data"));
    if (context) entry(palette().muted, tr("layers already open"));
}

}  // namespace

void little_map(Ui& ui, const ImportItem& item, const Crs& crs, bool swapped, ImVec2 size) {
    const ImVec2 from = ImGui::GetCursorScreenPos();
    const ImVec2 to{from.x + size.x, from.y + size.y};
    ImGui::Dummy(size);
    ImDrawList* draw = ImGui::GetWindowDrawList();
    draw->AddRectFilled(from, to, to_u32(palette().window), px(6));
    if (size.x < px(40) || size.y < px(40)) return;
    Outlines& outlines = ui.panels.outlines;
    // A proposal speaks of the coordinates as they were read without any CRS.
    const DatasetPtr& data = item.unplaced && !item.proposals.empty() ? item.unplaced : item.dataset;
    const Outline* these = crs.known() ? &outlines.of(data, crs, swapped) : nullptr;
    std::vector<const Outline*> others;
    Box box = these ? these->box : Box{};
    for (const Layer& layer : ui.session.workspace().layers) {
        const auto dataset = ui.session.datasets().find(layer.source);
        if (dataset == ui.session.datasets().end() || layer.source == item.source || !layer.visible) continue;
        const Outline& other = outlines.of(dataset->second, dataset->second->crs, false);
        others.push_back(&other);
        if (!layer.background) box.extend(other.box);
    }
    draw->PushClipRect(from, to, true);
    if (!box.empty()) {
        const double margin = std::max({box.width(), box.height(), 0.02}) * 0.08;
        const Frame frame(box.grown(margin), from, to);
        graticule(frame);
        for (const Outline* other : others)
            draw_outline(frame, *other, to_u32(palette().muted, 0.75F), 1);
        if (these) draw_outline(frame, *these, to_u32(palette().accent), 1.6F);
        legend(frame, !others.empty());
    }
    if (!these || these->paths.empty()) {
        const char* shown = these ? tr("In this system they land nowhere on Earth.")
                                  : tr("Choose a system to see where the data land.");
        draw_text({(from.x + to.x - text_width(shown)) / 2, (from.y + to.y) / 2}, palette().muted, shown);
    }
    draw->PopClipRect();
    draw->AddRect(from, to, to_u32(palette().line), px(6), 0, std::max(1.0F, px(1)));
}

}  // namespace diaban::ui
