#include "ui/widgets.h"

#include <algorithm>
#include <cfloat>
#include <cmath>

#include "base/i18n.h"
#include "ui/commands.h"
#include "ui/icons.h"

namespace diaban::ui {

ImVec4 to_vec(Rgba c, float alpha) {
    return {static_cast<float>(c.r) / 255, static_cast<float>(c.g) / 255, static_cast<float>(c.b) / 255,
            static_cast<float>(c.a) / 255 * alpha};
}

ImU32 to_u32(Rgba colour, float alpha) {
    return ImGui::ColorConvertFloat4ToU32(to_vec(colour, alpha));
}

void text(std::string_view text) {
    ImGui::TextUnformatted(text.data(), text.data() + text.size());
}

void text_muted(std::string_view shown) {
    ImGui::PushStyleColor(ImGuiCol_Text, to_vec(palette().muted));
    ImGui::PushTextWrapPos(0);
    text(shown);
    ImGui::PopTextWrapPos();
    ImGui::PopStyleColor();
}

void text_in(ImFont* font, Rgba colour, std::string_view shown) {
    ImGui::PushFont(font);
    ImGui::PushStyleColor(ImGuiCol_Text, to_vec(colour));
    ImGui::PushTextWrapPos(0);
    text(shown);
    ImGui::PopTextWrapPos();
    ImGui::PopStyleColor();
    ImGui::PopFont();
}

float text_width(std::string_view shown, ImFont* font) {
    if (font) ImGui::PushFont(font);
    const float width = ImGui::CalcTextSize(shown.data(), shown.data() + shown.size()).x;
    if (font) ImGui::PopFont();
    return width;
}

std::string cut_to(std::string_view shown, float width) {
    if (text_width(shown) <= width) return std::string(shown);
    const float room = width - text_width("…");
    std::size_t keep = 0;
    float used = 0;
    while (keep < shown.size()) {
        std::size_t next = keep + 1;  // letters are cut whole: on to the first byte that begins one
        while (next < shown.size() && (static_cast<unsigned char>(shown[next]) & 0xC0U) == 0x80U)
            ++next;
        used += text_width(shown.substr(keep, next - keep));
        if (used > room) break;
        keep = next;
    }
    return std::string(shown.substr(0, keep)) + "…";
}

void text_cut(std::string_view shown, float width) {
    if (width <= 0) width = ImGui::GetContentRegionAvail().x;
    const std::string cut = cut_to(shown, width);
    text(cut);
    if (cut.size() != shown.size() || cut != shown) tooltip(shown);
}

void draw_text(ImVec2 at, Rgba colour, std::string_view shown, ImFont* font) {
    if (!font) font = ImGui::GetFont();
    ImGui::GetWindowDrawList()->AddText(font, font->FontSize, at, to_u32(colour), shown.data(),
                                        shown.data() + shown.size());
    ImGui::LogText("%.*s ", static_cast<int>(shown.size()), shown.data());
}

void tooltip(std::string_view shown) {
    if (shown.empty() || !ImGui::IsItemHovered(ImGuiHoveredFlags_AllowWhenDisabled)) return;
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {px(8), px(6)});
    ImGui::BeginTooltip();
    ImGui::PushTextWrapPos(px(320));
    text(shown);
    ImGui::PopTextWrapPos();
    ImGui::EndTooltip();
    ImGui::PopStyleVar();
}

std::string with_key(const char* shown, const char* command_id) {
    const Command* command = find_command(command_id);
    const std::string keys = command ? key_text(*command) : std::string();
    return keys.empty() ? std::string(shown) : std::string(shown) + "  (" + keys + ")";
}

// ── structure ───────────────────────────────────────────────────────────────────────────────────────────────────────

bool begin_section(const char* label, bool open_at_first) {
    ImGuiStorage& storage = *ImGui::GetStateStorage();
    const ImGuiID key = ImGui::GetID(label);
    bool open = storage.GetBool(key, open_at_first);
    gap(4);
    const ImVec2 from = ImGui::GetCursorScreenPos();
    const float width = ImGui::GetContentRegionAvail().x;
    const float height = px(28);
    ImDrawList& draw = *ImGui::GetWindowDrawList();
    draw.AddLine(from, {from.x + width, from.y}, to_u32(palette().line));
    if (ImGui::InvisibleButton(label, {width, height})) {
        open = !open;
        storage.SetBool(key, open);
    }
    const Rgba colour = ImGui::IsItemHovered() ? palette().accent : palette().text;
    const float middle = from.y + px(3) + (height - px(3)) / 2;
    const std::string_view shown(label);
    draw_text({from.x, middle - fonts().medium->FontSize / 2}, colour, shown.substr(0, shown.find("##")),
              fonts().medium);
    const char* arrow = open ? icon::chevron_down : icon::chevron_right;
    draw.AddText(fonts().small, fonts().small->FontSize,
                 {from.x + width - text_width(arrow, fonts().small), middle - fonts().small->FontSize / 2},
                 to_u32(palette().muted), arrow);
    return open;
}

void property(std::string_view label) {
    const float left = ImGui::GetCursorPosX();
    const float column = std::clamp(ImGui::GetContentRegionAvail().x * 0.36F, px(72), px(140));
    ImGui::AlignTextToFramePadding();
    ImGui::PushStyleColor(ImGuiCol_Text, to_vec(palette().muted));
    text_cut(label, column - px(8));
    ImGui::PopStyleColor();
    ImGui::SameLine(left + column, 0);
    ImGui::SetNextItemWidth(-FLT_MIN);
}

void gap(float logical) {
    ImGui::Dummy({0, std::max(0.0F, px(logical) - ImGui::GetStyle().ItemSpacing.y)});
}

void empty_state(const char* icon, std::string_view headline, std::string_view explanation) {
    const float width = ImGui::GetContentRegionAvail().x;
    const float left = ImGui::GetCursorPosX();
    const auto centred = [&](ImFont* font, Rgba colour, std::string_view shown) {
        const float wide = std::min(text_width(shown, font), width);
        ImGui::SetCursorPosX(left + (width - wide) / 2);
        text_in(font, colour, shown);
    };
    gap(std::clamp(ImGui::GetContentRegionAvail().y / px(1) * 0.25F, 8.0F, 56.0F));
    centred(fonts().large, palette().muted, icon);
    centred(fonts().medium, palette().text, headline);
    if (!explanation.empty()) centred(fonts().regular, palette().muted, explanation);
}

void notice(Rgba colour, const char* icon, std::string_view shown) {
    ImGui::PushStyleColor(ImGuiCol_Text, to_vec(colour));
    text(icon);
    ImGui::SameLine(0, px(6));
    ImGui::PushTextWrapPos(0);
    text(shown);
    ImGui::PopTextWrapPos();
    ImGui::PopStyleColor();
}

// ── buttons ─────────────────────────────────────────────────────────────────────────────────────────────────────────

bool icon_button(const char* id, const char* icon, std::string_view tip, bool enabled, bool on) {
    const Palette& p = palette();
    ImGui::PushID(id);
    ImGui::BeginDisabled(!enabled);
    const float side = ImGui::GetFrameHeight();
    const ImVec2 from = ImGui::GetCursorScreenPos();
    const bool pressed = ImGui::InvisibleButton("##icon", {side, side});
    const bool hovered = ImGui::IsItemHovered();
    ImDrawList& draw = *ImGui::GetWindowDrawList();
    const float round = ImGui::GetStyle().FrameRounding;
    if (on) draw.AddRectFilled(from, {from.x + side, from.y + side}, to_u32(p.accent, 0.16F), round);
    if (hovered) {
        const float strength = ImGui::IsItemActive() ? 0.14F : 0.07F;
        draw.AddRectFilled(from, {from.x + side, from.y + side}, to_u32(p.text, strength), round);
    }
    const ImVec2 size = ImGui::CalcTextSize(icon);
    const Rgba colour = on ? p.accent : hovered ? p.text : p.muted;
    draw.AddText({from.x + (side - size.x) / 2, from.y + (side - size.y) / 2}, to_u32(colour, enabled ? 1.0F : 0.4F),
                 icon);
    ImGui::EndDisabled();
    tooltip(tip);
    ImGui::PopID();
    return pressed;
}

bool primary_button(const char* label, float width) {
    const Palette& p = palette();
    ImGui::PushStyleColor(ImGuiCol_Button, to_vec(p.accent));
    ImGui::PushStyleColor(ImGuiCol_ButtonHovered, to_vec(mix(p.accent, p.text, 0.12)));
    ImGui::PushStyleColor(ImGuiCol_ButtonActive, to_vec(mix(p.accent, p.text, 0.25)));
    ImGui::PushStyleColor(ImGuiCol_Border, to_vec(p.accent));
    ImGui::PushStyleColor(ImGuiCol_Text, to_vec(p.accent_text));
    const bool pressed = ImGui::Button(label, {width, 0});
    ImGui::PopStyleColor(5);
    return pressed;
}

bool button(const char* label, bool enabled, float width) {
    ImGui::BeginDisabled(!enabled);
    const bool pressed = ImGui::Button(label, {width, 0});
    ImGui::EndDisabled();
    return pressed;
}

bool row_selectable(const char* label, bool selected, ImGuiSelectableFlags flags, ImVec2 size) {
    const auto hovered = selected ? ImGuiCol_HeaderActive : ImGuiCol_HeaderHovered;
    ImGui::PushStyleColor(ImGuiCol_HeaderHovered, ImGui::GetStyleColorVec4(hovered));
    const bool pressed = ImGui::Selectable(label, selected, flags, size);
    ImGui::PopStyleColor();
    return pressed;
}

bool segmented(const char* id, std::span<const std::string> options, int& current, float width) {
    const Palette& p = palette();
    if (width <= 0) width = ImGui::GetContentRegionAvail().x;
    const float height = ImGui::GetFrameHeight();
    const float round = ImGui::GetStyle().FrameRounding;
    const ImVec2 from = ImGui::GetCursorScreenPos();
    ImDrawList& draw = *ImGui::GetWindowDrawList();
    ImGui::PushID(id);
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {0, ImGui::GetStyle().ItemSpacing.y});
    draw.AddRectFilled(from, {from.x + width, from.y + height}, to_u32(mix(p.panel, p.text, 0.06)), round);
    bool changed = false;
    // What is left over beside the texts is shared evenly, so that a long one is cut last.
    float texts = 0;
    for (const std::string& option : options)
        texts += text_width(option);
    const float spare = (width - texts) / static_cast<float>(options.size());
    const float even = width / static_cast<float>(options.size());
    const bool uneven = std::ranges::any_of(options, [&](const auto& o) { return text_width(o) > even - px(10); });
    for (int i = 0; i < static_cast<int>(options.size()); ++i) {
        const std::string& option = options[static_cast<std::size_t>(i)];
        if (i > 0) ImGui::SameLine(0, 0);
        ImGui::PushID(i);
        const float cell = uneven && spare > 0 ? text_width(option) + spare : even;
        const ImVec2 at = ImGui::GetCursorScreenPos();
        if (ImGui::InvisibleButton("##cell", {cell, height}) && i != current) {
            current = i;
            changed = true;
        }
        const bool hovered = ImGui::IsItemHovered();
        const float inset = px(2);
        if (i == current) {
            draw.AddRectFilled({at.x + inset, at.y + inset}, {at.x + cell - inset, at.y + height - inset},
                               to_u32(p.panel), round - inset);
            draw.AddRect({at.x + inset, at.y + inset}, {at.x + cell - inset, at.y + height - inset}, to_u32(p.line),
                         round - inset);
        }
        const std::string shown = cut_to(option, cell - px(4));
        const ImVec2 size = ImGui::CalcTextSize(shown.c_str());
        draw_text({at.x + (cell - size.x) / 2, at.y + (height - size.y) / 2},
                  i == current ? p.accent
                  : hovered    ? p.text
                               : p.muted,
                  shown);
        if (shown != option) tooltip(option);
        ImGui::PopID();
    }
    ImGui::PopStyleVar();
    ImGui::PopID();
    return changed;
}

}  // namespace diaban::ui
