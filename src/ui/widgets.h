// Small parts that all panels are made of, so that they look and act alike. Everything is drawn at ImGui's cursor in
// the current window; lengths are logical pixels; ids are those of the ImGui id stack.
#pragma once

#include <imgui.h>
#include <imgui_stdlib.h>

#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "style/colour.h"
#include "ui/theme.h"

namespace diaban::ui {

// ── colours and text ──
[[nodiscard]] ImVec4 to_vec(Rgba colour, float alpha = 1);
[[nodiscard]] ImU32 to_u32(Rgba colour, float alpha = 1);

void text(std::string_view text);
void text_muted(std::string_view text);  ///< secondary, wrapped at the window's edge
void text_in(ImFont* font, Rgba colour, std::string_view text);
/// One line, cut with "…" at `width` ImGui units (0: what is left of the line); the whole text as a tooltip when cut.
void text_cut(std::string_view text, float width = 0);
/// Onto the draw list, and into ImGui's text log like a widget's own.
void draw_text(ImVec2 at, Rgba colour, std::string_view text, ImFont* font = nullptr);
/// `text` cut with "…" so that it is at most `width` ImGui units wide in the current font.
[[nodiscard]] std::string cut_to(std::string_view text, float width);
[[nodiscard]] float text_width(std::string_view text, ImFont* font = nullptr);
/// A tooltip for the last item, wrapped; nothing for an empty text.
void tooltip(std::string_view text);
/// "Zoom to selection (Ctrl+E)": a command's name and key; `otherwise` where there is no such command.
[[nodiscard]] std::string with_key(const char* text, const char* command_id);

// ── structure ──
/// A quiet header with a fold-away triangle; true when open. Content follows on the same level. What follows "##" in
/// the label is not shown; with "###" it alone is the id, so that a title that changes keeps its fold.
bool begin_section(const char* label, bool open_at_first = true);
/// A label in the left column, and the cursor (with its width set) at the control in the right one.
void property(std::string_view label);
void gap(float logical);
/// Icon, headline and explanation in the middle of an empty panel.
void empty_state(const char* icon, std::string_view headline, std::string_view explanation);
/// A dialog in the middle of the screen, `height` 0: as tall as its content. Opens it when it is not; EndPopup when
/// true.
bool begin_modal(const char* name, float width, float height);
/// A line with a signal colour's icon before wrapped text.
void notice(Rgba colour, const char* icon, std::string_view text);

// ── buttons ──
/// A flat square button; `on` keeps it lit. `label` names it for the text log and its id.
bool icon_button(const char* id, const char* icon, std::string_view tip, bool enabled = true, bool on = false);
bool primary_button(const char* label, float width = 0);
bool button(const char* label, bool enabled = true, float width = 0);
/// ImGui::Selectable for a row that stays marked as selected under the pointer.
bool row_selectable(const char* label, bool selected, ImGuiSelectableFlags flags, ImVec2 size = {0, 0});
/// Options side by side; true when `current` changed. As wide as `width` ImGui units (0: what is left of the line).
bool segmented(const char* id, std::span<const std::string> options, int& current, float width = 0);

// ── values ──
/// A swatch that opens a picker; true while the colour changes.
bool colour_button(const char* id, Rgba& colour, std::string_view tip, bool with_alpha = false);
/// A number dragged or typed, with its unit; true while it changes.
bool drag_number(const char* id, double& value, double speed, double low, double high, const char* unit,
                 int decimals = 0);
bool slider(const char* id, double& value, double low, double high, const char* format);
bool integer_stepper(const char* id, int& value, int low, int high);
bool checkbox(const char* label, bool& on);
/// A field that opens a list, as ImGui::BeginCombo (EndCombo when true), in our look.
bool begin_choice(const char* id, const char* shown, bool tall = false);
/// One of several texts; true when `current` changed (an index into them; -1 shows `none`).
bool choice(const char* id, std::span<const std::string> options, int& current, const char* none = "");
/// A field with a magnifying glass and, when filled, a button that clears it; true when the text changed.
bool search_field(const char* id, const char* hint, std::string& text, float width = 0);

// ── ramps ──
/// The colours side by side in a box, rounded.
void draw_ramp(ImVec2 from, ImVec2 to, std::span<const Rgba> colours);
/// All ramps of a kind with previews; true when another was chosen.
bool ramp_picker(const char* id, std::string& ramp, std::initializer_list<RampKind> kinds, int classes, bool reversed);

}  // namespace diaban::ui
