#include "ui/map_canvas.h"

#include <imgui.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/i18n.h"
#include "base/trace.h"
#include "render/painter.h"
#include "ui/icons.h"
#include "ui/tools/draw_tools.h"
#include "ui/tools/drawing.h"
#include "ui/widgets.h"

namespace diaban::ui {

namespace {

using Kind = MapGesture::Kind;

/// Logical pixels that a press may wander and still be a click.
constexpr double click_slack = 4;
/// One notch of a wheel.
constexpr double wheel_step = 1.25;

double unit() {
    return static_cast<double>(px(1));
}

Pixel pointer(const ScreenRect& place) {
    const ImVec2 at = ImGui::GetIO().MousePos;
    return {static_cast<double>(at.x - place.x) / unit(), static_cast<double>(at.y - place.y) / unit()};
}

PixelBox box_between(Pixel a, Pixel b) {
    return {std::min(a.x, b.x), std::min(a.y, b.y), std::abs(a.x - b.x), std::abs(a.y - b.y)};
}

HeldKeys held() {
    const ImGuiIO& io = ImGui::GetIO();
    return {io.KeyShift, io.KeyAlt, io.KeyCtrl};
}

/// What a left drag does with the tool and, where the tool moves the map, the keys held.
Kind wanted_by(const Ui& ui) {
    switch (ui.tool) {
        case Tool::pan:
            return held().alt ? Kind::lasso : held().shift ? Kind::box : Kind::pan;
        case Tool::select_box:
            return Kind::box;
        case Tool::select_lasso:
            return Kind::lasso;
        case Tool::select_circle:
            return Kind::circle;
        case Tool::select_polygon:
        case Tool::measure_distance:
        case Tool::measure_area:
        case Tool::measure_bearing:
            return Kind::pan;
    }
    return Kind::pan;
}

void click(Ui& ui, Pixel at) {
    const HeldKeys keys = held();
    const Combine how = combine_wanted(ui, keys);
    if (takes_points(ui.tool)) return add_point(ui, snapped(ui, at, keys.ctrl), how);
    const bool toggles = (keys.shift || keys.ctrl) && !(selects(ui.tool) && keys.alt);
    const auto hit = ui.map.pick(ui.session, at);
    if (!hit) {
        if (!toggles && how == Combine::replace) ui.session.clear_selection();
        return;
    }
    if (hit->cluster) return ui.map.open_cluster(ui.session, *hit);
    if (toggles) {
        ui.session.toggle(hit->layer_id, hit->feature);
    } else {
        ui.session.select(hit->layer_id, {hit->feature}, how);
    }
    // A question being built stays at hand.
    if (ui.mode != Mode::present && ui.panels.inspector != Inspector::query) ui.panels.inspector = Inspector::feature;
}

void finish_gesture(Ui& ui, Pixel at) {
    const MapGesture gesture = std::exchange(ui.gesture, {});
    const Combine how = combine_wanted(ui, held());
    switch (gesture.kind) {
        case Kind::press:
            click(ui, at);
            break;
        case Kind::box:
            finish_box(ui, box_between(gesture.start, at), how);
            break;
        case Kind::lasso:
            finish_lasso(ui, gesture.path, how);
            break;
        case Kind::circle:
            finish_circle(ui, gesture.start, at, how);
            break;
        case Kind::pan:
            ui.map.rest();
            break;
        case Kind::none:
            break;
    }
    ui.session.touch();
}

void drag(Ui& ui, Pixel at) {
    MapGesture& gesture = ui.gesture;
    const double wandered = std::hypot(at.x - gesture.start.x, at.y - gesture.start.y);
    if (gesture.kind == Kind::press && wandered > click_slack) {
        gesture.kind = gesture.wanted;
        if (gesture.kind == Kind::lasso) gesture.path = {gesture.start};
    }
    if (gesture.kind == Kind::pan && at != gesture.last) ui.map.pan(at.x - gesture.last.x, at.y - gesture.last.y);
    if (gesture.kind == Kind::lasso && std::hypot(at.x - gesture.path.back().x, at.y - gesture.path.back().y) > 2) {
        gesture.path.push_back(at);
    }
    gesture.last = at;
}

/// Press, drag and release of the button over the map.
void gestures(Ui& ui, const ScreenRect& place) {
    const Pixel at = pointer(place);
    const bool over = ImGui::IsItemHovered();
    if (over && ImGui::IsMouseDoubleClicked(ImGuiMouseButton_Left)) {
        if (takes_points(ui.tool)) {
            finish_points(ui, combine_wanted(ui, held()));
        } else {
            ui.map.zoom_at(at, 2);
        }
        ui.gesture = {};
        return;
    }
    if (over && ImGui::IsMouseClicked(ImGuiMouseButton_Middle)) ui.gesture = {Kind::pan, Kind::pan, at, at, {}};
    if (over && ImGui::IsMouseClicked(ImGuiMouseButton_Left)) ui.gesture = {Kind::press, wanted_by(ui), at, at, {}};
    if (ui.gesture.kind == Kind::none) return;
    drag(ui, at);
    const bool left = ImGui::IsMouseDown(ImGuiMouseButton_Left);
    const bool middle = ImGui::IsMouseDown(ImGuiMouseButton_Middle);
    if (!left && !middle) finish_gesture(ui, at);
}

void set_hover(Ui& ui, std::optional<Hover> hover) {
    if (ui.session.hover == hover) return;
    ui.session.hover = std::move(hover);
    ui.session.touch();
}

void hover_tooltip(Ui& ui) {
    if (!ui.session.hover) return;
    const std::vector<std::string> lines = hover_lines(ui.session, *ui.session.hover);
    if (lines.empty()) return;
    ImGui::BeginTooltip();
    text_in(fonts().medium, palette().text, lines.front());
    for (std::size_t i = 1; i < lines.size(); ++i)
        text(lines[i]);
    ImGui::EndTooltip();
}

/// A hand's cross while the map is moved; a tool that draws has a cross of its own.
void cursor(const Ui& ui, bool hovered) {
    if (ui.gesture.kind == Kind::pan) {
        ImGui::SetMouseCursor(ImGuiMouseCursor_ResizeAll);
    } else if (hovered && ui.tool != Tool::pan && ui.map.placed()) {
        ImGui::SetMouseCursor(ImGuiMouseCursor_None);
    }
}

void nothing_yet(Ui& ui, const ScreenRect& place) {
    if (ui.map.placed() || ui.session.jobs().busy() || !ui.session.workspace().layers.empty()) return;
    const float width = px(360);
    ImGui::SetCursorScreenPos({place.x + (place.width - width) / 2, place.y + place.height / 2 - px(60)});
    ImGui::BeginChild("##nothing", {width, px(140)}, false, ImGuiWindowFlags_NoBackground | ImGuiWindowFlags_NoInputs);
    empty_state(icon::map, tr("Nothing to show yet"),
                tr("Drop a file here, or open one with Ctrl+O. Any vector format will do."));
    ImGui::EndChild();
}

}  // namespace

void map_canvas(Ui& ui, const ScreenRect& place) {
    ui.map.resize(static_cast<double>(place.width) / unit(), static_cast<double>(place.height) / unit(),
                  ui.pixel_ratio * unit());
    ui.map.follow(ui.session, ui.furniture());
    const bool asking = ui.panels.inspector_open && ui.panels.inspector == Inspector::query;
    ui.map.mark(asking && ui.mode != Mode::present ? ui.panels.query.preview : nullptr);
    ImGui::SetNextWindowPos({place.x, place.y});
    ImGui::SetNextWindowSize({place.width, place.height});
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {0, 0});
    ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, 0);
    ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, 0);
    ImGui::Begin("##map", nullptr,
                 ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings |
                     ImGuiWindowFlags_NoBringToFrontOnFocus | ImGuiWindowFlags_NoBackground |
                     ImGuiWindowFlags_NoScrollWithMouse);
    ImGui::PopStyleVar(3);
    ImGui::InvisibleButton("##canvas", {std::max(1.0F, place.width), std::max(1.0F, place.height)},
                           ImGuiButtonFlags_MouseButtonLeft | ImGuiButtonFlags_MouseButtonMiddle);
    const bool hovered = ImGui::IsItemHovered();
    if (ui.map.placed()) {
        gestures(ui, place);
        const float wheel = ImGui::GetIO().MouseWheel;
        if (hovered && wheel != 0) ui.map.zoom_at(pointer(place), std::pow(wheel_step, static_cast<double>(wheel)));
    }
    follow_drawing(ui);
    const bool idle = ui.gesture.kind == Kind::none || ui.gesture.kind == Kind::press;
    const bool draws = ui.tool == Tool::select_circle || takes_points(ui.tool);
    const bool looking = hovered && ui.gesture.kind == Kind::none && !draws;
    set_hover(ui, looking ? ui.map.pick(ui.session, pointer(place)) : std::nullopt);
    if (looking) hover_tooltip(ui);
    draw_hover(ui, place);
    std::optional<Pixel> next;
    if (hovered && idle) next = snapped(ui, pointer(place), held().ctrl);
    cursor(ui, hovered);
    draw_tools(ui, place, next);
    tool_bar(ui, place, next);
    nothing_yet(ui, place);
    ImGui::End();
}

void paint_map(Ui& ui, int framebuffer_height) {
    if (ui.painter == nullptr) return;
    const Scene& scene = ui.map.scene(ui.session, ui.theme, ui.furniture());
    const ScreenRect& place = ui.layout.map;
    const auto device = [&](float v) { return static_cast<int>(std::lround(static_cast<double>(v) * ui.pixel_ratio)); };
    const int x = device(place.x);
    const int y = framebuffer_height - device(place.y + place.height);
    const Stage stage("paint");
    // Most frames change only the panels or what is under the pointer; then the picture at hand is still right.
    const bool painted = ui.painted == ui.map.derived() && !ui.painter->unfinished();
    if (painted && ui.painter->repeat(0, x, y)) return;
    ui.painter->paint(scene, 0, x, y);
    ui.painted = ui.map.derived();
}

}  // namespace diaban::ui
