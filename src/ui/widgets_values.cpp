// The value and ramp parts of widgets.h.
#include <algorithm>
#include <cfloat>
#include <cmath>

#include "base/i18n.h"
#include "ui/icons.h"
#include "ui/widgets.h"

namespace diaban::ui {

// ── values ──────────────────────────────────────────────────────────────────────────────────────────────────────────

bool colour_button(const char* id, Rgba& colour, std::string_view tip, bool with_alpha) {
    const auto flags = with_alpha ? ImGuiColorEditFlags_AlphaPreview : ImGuiColorEditFlags_NoAlpha;
    ImGui::PushID(id);
    const ImVec2 size{ImGui::GetFrameHeight() * 1.5F, ImGui::GetFrameHeight()};
    if (ImGui::ColorButton("##swatch", to_vec(colour), ImGuiColorEditFlags_NoTooltip | flags, size))
        ImGui::OpenPopup("picker");
    tooltip(tip);
    bool changed = false;
    if (ImGui::BeginPopup("picker")) {
        ImVec4 value = to_vec(colour);
        const auto bar = with_alpha ? ImGuiColorEditFlags_AlphaBar : ImGuiColorEditFlags_NoAlpha;
        ImGui::SetNextItemWidth(px(220));
        if (ImGui::ColorPicker4("##colour", &value.x,
                                ImGuiColorEditFlags_NoSidePreview | ImGuiColorEditFlags_NoLabel |
                                    ImGuiColorEditFlags_DisplayHex | bar)) {
            const auto byte = [](float v) {
                return static_cast<uint8_t>(std::lround(std::clamp(v, 0.0F, 1.0F) * 255));
            };
            colour = {byte(value.x), byte(value.y), byte(value.z), with_alpha ? byte(value.w) : colour.a};
            changed = true;
        }
        ImGui::EndPopup();
    }
    ImGui::PopID();
    return changed;
}

bool drag_number(const char* id, double& value, double speed, double low, double high, const char* unit, int decimals) {
    std::string format = "%." + std::to_string(decimals) + "f";
    for (const char* c = unit; *c; ++c)
        format += *c == '%' ? "%%" : std::string(1, *c);
    const double before = value;
    ImGui::DragScalar(id, ImGuiDataType_Double, &value, static_cast<float>(speed), &low, &high, format.c_str(),
                      ImGuiSliderFlags_AlwaysClamp);
    if (ImGui::IsItemHovered() && !ImGui::IsItemActive()) ImGui::SetMouseCursor(ImGuiMouseCursor_ResizeEW);
    return value != before;
}

bool slider(const char* id, double& value, double low, double high, const char* format) {
    return ImGui::SliderScalar(id, ImGuiDataType_Double, &value, &low, &high, format, ImGuiSliderFlags_AlwaysClamp);
}

bool integer_stepper(const char* id, int& value, int low, int high) {
    ImGui::PushID(id);
    const int before = value;
    if (icon_button("less", icon::minus, tr("Fewer"), value > low)) --value;
    ImGui::SameLine(0, px(2));
    const std::string shown = std::to_string(value);
    const float room = px(28);
    ImGui::AlignTextToFramePadding();
    const float left = ImGui::GetCursorPosX();
    ImGui::SetCursorPosX(left + (room - text_width(shown)) / 2);
    text(shown);
    ImGui::SameLine(left + room, px(2));
    if (icon_button("more", icon::plus, tr("More"), value < high)) ++value;
    ImGui::PopID();
    value = std::clamp(value, low, high);
    return value != before;
}

bool checkbox(const char* label, bool& on) {
    ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, {px(3), px(3)});
    const bool changed = ImGui::Checkbox(label, &on);
    ImGui::PopStyleVar();
    return changed;
}

bool begin_choice(const char* id, const char* shown, bool tall) {
    const ImVec2 from = ImGui::GetCursorScreenPos();
    const float width = ImGui::CalcItemWidth();
    const float height = ImGui::GetFrameHeight();
    const float mark = text_width(icon::chevron_down);
    const float padding = ImGui::GetStyle().FramePadding.x;
    const std::string preview = cut_to(shown, width - 3 * padding - mark);
    // ImGui's own arrow is a heavy wedge on a button; ours is an icon on the field's ground.
    const auto size = tall ? ImGuiComboFlags_HeightLargest : ImGuiComboFlags_HeightLarge;
    ImDrawList& draw = *ImGui::GetWindowDrawList();
    const bool open = ImGui::BeginCombo(id, preview.c_str(), size | ImGuiComboFlags_NoArrowButton);
    draw.AddText({from.x + width - padding - mark, from.y + (height - fonts().regular->FontSize) / 2},
                 to_u32(palette().muted), icon::chevron_down);
    if (!open && preview != shown) tooltip(shown);
    return open;
}

bool begin_modal(const char* name, float width, float height) {
    if (!ImGui::IsPopupOpen(name)) ImGui::OpenPopup(name);
    const ImVec2 screen = ImGui::GetIO().DisplaySize;
    ImGui::SetNextWindowPos({screen.x / 2, screen.y / 2}, ImGuiCond_Always, {0.5F, 0.5F});
    const float tall = height > 0 ? std::min(px(height), screen.y - px(32)) : 0;
    ImGui::SetNextWindowSize({std::min(px(width), screen.x - px(32)), tall});
    ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, {px(14), px(9)});
    const bool open = ImGui::BeginPopupModal(
        name, nullptr, ImGuiWindowFlags_NoResize | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings);
    ImGui::PopStyleVar();
    return open;
}

bool choice(const char* id, std::span<const std::string> options, int& current, const char* none) {
    const bool has = current >= 0 && current < static_cast<int>(options.size());
    bool changed = false;
    if (!begin_choice(id, has ? options[static_cast<std::size_t>(current)].c_str() : none)) return false;
    for (int i = 0; i < static_cast<int>(options.size()); ++i) {
        ImGui::PushID(i);
        if (ImGui::Selectable(options[static_cast<std::size_t>(i)].c_str(), i == current) && i != current) {
            current = i;
            changed = true;
        }
        if (i == current && ImGui::IsWindowAppearing()) ImGui::SetScrollHereY();
        ImGui::PopID();
    }
    ImGui::EndCombo();
    return changed;
}

bool search_field(const char* id, const char* hint, std::string& value, float width) {
    const ImVec2 from = ImGui::GetCursorScreenPos();
    const float height = ImGui::GetFrameHeight();
    if (width <= 0) width = ImGui::GetContentRegionAvail().x;
    const float lens = text_width(icon::search) + px(6);
    ImGui::PushID(id);
    ImGui::SetNextItemWidth(width);
    const ImVec2 padding = ImGui::GetStyle().FramePadding;
    // The glass sits in the field's left padding; ImGui pads both sides alike, so the right has room for the cross.
    ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, {padding.x + lens, padding.y});
    bool changed = ImGui::InputTextWithHint("##text", hint, &value);
    ImGui::PopStyleVar();
    ImGui::SetItemAllowOverlap();
    ImDrawList& draw = *ImGui::GetWindowDrawList();
    draw.AddText({from.x + padding.x, from.y + padding.y}, to_u32(palette().muted), icon::search);
    if (!value.empty()) {
        ImGui::SameLine();
        ImGui::SetCursorScreenPos({from.x + width - height, from.y});
        if (icon_button("clear", icon::close, tr("Clear"))) {
            value.clear();
            changed = true;
        }
    }
    ImGui::PopID();
    return changed;
}

// ── ramps ───────────────────────────────────────────────────────────────────────────────────────────────────────────

void draw_ramp(ImVec2 from, ImVec2 to, std::span<const Rgba> colours) {
    if (colours.empty()) return;
    ImDrawList& draw = *ImGui::GetWindowDrawList();
    const float step = (to.x - from.x) / static_cast<float>(colours.size());
    const float round = px(3);
    for (std::size_t i = 0; i < colours.size(); ++i) {
        const auto at = static_cast<float>(i);
        ImDrawFlags corners = ImDrawFlags_RoundCornersNone;
        if (i == 0) corners = ImDrawFlags_RoundCornersLeft;
        if (i + 1 == colours.size()) corners = i == 0 ? ImDrawFlags_RoundCornersAll : ImDrawFlags_RoundCornersRight;
        // Whole pixels, so that neighbours meet without a seam.
        draw.AddRectFilled({std::round(from.x + at * step), from.y}, {std::round(from.x + (at + 1) * step), to.y},
                           to_u32(colours[i]), round, corners);
    }
    draw.AddRect(from, to, to_u32(palette().text, 0.18F), round);
}

bool ramp_picker(const char* id, std::string& ramp, std::initializer_list<RampKind> kinds, int classes, bool reversed) {
    const float line = ImGui::GetFrameHeight();
    const auto preview = [&](const std::string& name, ImVec2 from, ImVec2 to) {
        if (const auto colours = ramp_colours(name, std::max(classes, 3), reversed)) draw_ramp(from, to, *colours);
    };
    ImGui::PushID(id);
    bool changed = false;
    const ImVec2 from = ImGui::GetCursorScreenPos();
    const float width = ImGui::CalcItemWidth();
    const bool open = begin_choice("##ramp", "", true);
    if (!open) tooltip(ramp);
    if (open) {
        for (const RampKind kind : kinds) {
            const char* title = kind == RampKind::sequential  ? tr("Low to high")
                                : kind == RampKind::diverging ? tr("Away from a middle")
                                                              : tr("Categories");
            text_in(fonts().small, palette().muted, title);
            for (const RampInfo& info : ramps()) {
                if (info.kind != kind) continue;
                const ImVec2 at = ImGui::GetCursorScreenPos();
                if (ImGui::Selectable(("##" + info.name).c_str(), info.name == ramp, 0, {px(230), px(20)})) {
                    changed = info.name != ramp;
                    ramp = info.name;
                }
                preview(info.name, {at.x + px(4), at.y + px(3)}, {at.x + px(150), at.y + px(17)});
                draw_text({at.x + px(160), at.y + px(2)}, palette().muted, info.name, fonts().small);
            }
        }
        ImGui::EndCombo();
    } else {
        preview(ramp, {from.x + px(6), from.y + px(6)}, {from.x + width - line - px(2), from.y + line - px(6)});
    }
    ImGui::PopID();
    return changed;
}

}  // namespace diaban::ui
