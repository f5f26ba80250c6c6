// The bar on the map while a tool is on: its choices, what it found, what to do.
#include <imgui.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "base/format.h"
#include "base/i18n.h"
#include "ui/commands.h"
#include "ui/icons.h"
#include "ui/tools/draw_tools.h"
#include "ui/tools/drawing.h"
#include "ui/widgets.h"

namespace diaban::ui {

namespace {

constexpr float padding = 8;
constexpr float margin = 10;

HeldKeys held() {
    const ImGuiIO& io = ImGui::GetIO();
    return {io.KeyShift, io.KeyAlt, io.KeyCtrl};
}

std::string hint(Ui& ui) {
    const bool begun = drawing(ui);
    if (measures(ui.tool) && !ui.session.to_degrees())
        return tr("The map has no coordinate system: nothing can be measured on it.");
    switch (ui.tool) {
        case Tool::pan:
            return {};
        case Tool::select_box:
            return tr("Drag a box over what to select. Shift adds, Alt removes, both look within.");
        case Tool::select_lasso:
            return tr("Draw round what to select. Shift adds, Alt removes, both look within.");
        case Tool::select_circle:
            return tr("Drag from the centre. Shift adds, Alt removes, both look within.");
        case Tool::select_polygon:
            if (begun) return tr("Double click or Enter selects, Backspace takes a corner back, Esc all.");
            return tr("Click the corners of a polygon. Shift adds, Alt removes, both look within.");
        case Tool::measure_distance:
            if (begun) return tr("Double click or Enter ends, Backspace takes a point back, Esc all.");
            return tr("Click from point to point. Corners are caught; Ctrl lets go of them.");
        case Tool::measure_area:
            if (begun) return tr("Double click or Enter closes, Backspace takes a corner back, Esc all.");
            return tr("Click the corners of an area. Corners are caught; Ctrl lets go of them.");
        case Tool::measure_bearing:
            if (begun) return tr("Click where to: the direction is from true north.");
            return tr("Click where from. Corners are caught; Ctrl lets go of them.");
    }
    return {};
}

/// What was measured, in one line.
std::string result(Ui& ui, std::optional<Pixel> pointer) {
    const MeasureState& state = ui.panels.measure;
    if (!measures(ui.tool) || state.points.empty() || state.of != ui.tool) return {};
    std::optional<Point> next;
    if (pointer && !state.done) {
        const Point p = MapPlaces(ui.session, ui.map).degrees(*pointer);
        if (std::isfinite(p.x)) next = p;
    }
    if (state.of == Tool::measure_area) {
        const MeasuredArea area = measured_area(state, next);
        return area.crosses_itself ? "–" : format_area_square_metres(area.area.value());
    }
    const MeasuredPath path = measured_path(state, next);
    if (path.legs.empty()) return {};
    if (state.of == Tool::measure_bearing) return format_quadrant(path.legs.front().bearing);
    return format_length_metres(path.length.value());
}

void combine_choice(Ui& ui, float width) {
    const std::vector<std::string> options{tr("New"), tr("Add"), tr("Remove"), tr("Within")};
    int current = static_cast<int>(combine_wanted(ui, held()));
    if (segmented("##combine", options, current, width)) ui.panels.measure.combine = static_cast<Combine>(current);
}

void measure_choice(Ui& ui, float width) {
    const std::vector<std::string> options{tr("Distance"), tr("Area"), tr("Bearing")};
    int current = static_cast<int>(ui.tool) - static_cast<int>(Tool::measure_distance);
    if (segmented("##measure", options, current, width))
        ui.tool = static_cast<Tool>(current + static_cast<int>(Tool::measure_distance));
}

/// The middle of the map's bottom, above what of the picture's furniture lies there.
ImVec2 free_place(const Ui& ui, const ScreenRect& place, ImVec2 size) {
    const float left = (place.width - size.x) / 2;
    const float bottom = place.height - size.y - px(margin);
    float top = bottom;
    for (int moves = 0; moves < 4; ++moves) {
        for (const PixelBox& box : ui.map.last_scene().furniture_boxes) {
            const float box_top = px(static_cast<float>(box.y));
            const float box_left = px(static_cast<float>(box.x));
            const bool beside = box_left > left + size.x || box_left + px(static_cast<float>(box.width)) < left;
            if (!beside && box_top < top + size.y && box_top + px(static_cast<float>(box.height)) > top)
                top = box_top - size.y - px(margin);
        }
    }
    return {place.x + left, place.y + (top < px(margin) ? bottom : top)};
}

}  // namespace

void tool_bar(Ui& ui, const ScreenRect& place, std::optional<Pixel> pointer) {
    if (ui.tool == Tool::pan || !ui.map.placed()) return;
    const bool measuring = measures(ui.tool);
    const std::string words = hint(ui);
    const float choice = px(measuring ? 216 : 248);
    const float most = std::max(px(200), place.width - 2 * px(margin));
    const float buttons = 2 * (ImGui::GetFrameHeight() + px(4));
    const float wanted = std::max(choice + buttons + px(measuring ? 110 : 0), text_width(words, fonts().small));
    const float width = std::min(most, wanted + 2 * px(padding) + px(2));
    const float inside = width - 2 * px(padding);
    const ImVec2 hint_size = fonts().small->CalcTextSizeA(fonts().small->FontSize, inside, inside, words.c_str());
    const float height = ImGui::GetFrameHeight() + px(5) + hint_size.y + 2 * px(padding);

    ImGui::SetCursorScreenPos(free_place(ui, place, {width, height}));
    ImGui::PushStyleColor(ImGuiCol_ChildBg, to_vec(palette().panel, 0.97F));
    ImGui::PushStyleColor(ImGuiCol_Border, to_vec(palette().line));
    ImGui::PushStyleVar(ImGuiStyleVar_ChildRounding, px(8));
    ImGui::PushStyleVar(ImGuiStyleVar_ChildBorderSize, std::max(1.0F, px(1)));
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {px(padding), px(padding)});
    ImGui::BeginChild("##tool_bar", {width, height}, true, ImGuiWindowFlags_NoScrollbar);
    ImGui::PopStyleVar(3);
    ImGui::PopStyleColor(2);
    if (measuring) {
        measure_choice(ui, choice);
    } else {
        combine_choice(ui, choice);
    }
    ImGui::SameLine(0, px(10));
    if (const std::string found = result(ui, pointer); !found.empty()) {
        ImGui::AlignTextToFramePadding();
        text_in(fonts().medium, palette().text, found);
        ImGui::SameLine(0, 0);
    }
    ImGui::SetCursorPosX(width - px(padding) - buttons + px(4));
    if (measuring) {
        const bool any = !measured_words(ui).empty();
        if (icon_button("copy", icon::copy, with_key(tr("Copy what was measured"), "analyse.copy_measured"), any))
            run_command(ui, "analyse.copy_measured");
        ImGui::SameLine(0, px(4));
    } else {
        ImGui::SetCursorPosX(width - px(padding) - ImGui::GetFrameHeight());
    }
    const Command* clear = find_command("analyse.clear_drawing");
    if (icon_button("clear", icon::close, tr("Clear what was drawn (Esc)"), clear->enabled(ui)))
        run_command(ui, clear->id);
    ImGui::SetCursorPosY(px(padding) + ImGui::GetFrameHeight() + px(5));
    ImGui::PushFont(fonts().small);
    text_muted(words);
    ImGui::PopFont();
    ImGui::EndChild();
}

}  // namespace diaban::ui
