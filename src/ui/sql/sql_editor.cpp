// The editor of the SQL console: what is typed, and where SQLite found fault with it.
#include <GLFW/glfw3.h>
#include <imgui.h>
#include <imgui_internal.h>

#include <algorithm>
#include <string_view>

#include "base/i18n.h"
#include "ui/panels/parts.h"
#include "ui/sql/sql_parts.h"
#include "ui/sql/sql_run.h"
#include "ui/widgets.h"

namespace diaban::ui {

namespace {

constexpr const char* editor_id = "##statement";

/// The byte at which the character (from 1) begins; the text's end past it.
std::size_t byte_of(std::string_view text, std::size_t character) {
    std::size_t at = 0;
    for (std::size_t seen = 1; at < text.size() && seen < character; ++seen) {
        ++at;
        while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U)
            ++at;
    }
    return at;
}

/// The end of the word that begins at a byte, at least one letter on.
std::size_t word_end(std::string_view text, std::size_t at) {
    constexpr std::string_view ends = " \t\n,;()=<>+-*/";
    const std::size_t end = text.find_first_of(ends, at);
    return std::max(std::min(end, text.size()), std::min(at + 1, text.size()));
}

int on_edit(ImGuiInputTextCallbackData* data) {
    SqlState& state = *static_cast<SqlState*>(data->UserData);
    if (state.replaced) {
        data->DeleteChars(0, data->BufTextLen);
        data->InsertChars(0, state.text.c_str());
        state.replaced = false;
    }
    if (state.go_to) {
        data->CursorPos = std::clamp(*state.go_to, 0, data->BufTextLen);
        data->SelectionStart = data->SelectionEnd = data->CursorPos;
        state.go_to.reset();
    }
    state.cursor = data->CursorPos;
    return 0;
}

/// The line that the error is in, and the word, marked over the text, which scrolls in a window of its own.
void mark_error(const SqlState& state) {
    if (!state.error || state.error->sql != state.text) return;
    const std::size_t character = sql_error_position(state.error->error);
    if (character == 0) return;
    const ImGuiID id = ImGui::GetID(editor_id);
    ImGuiWindow* window = ImGui::GetCurrentWindow();
    const auto child =
        std::ranges::find_if(window->DC.ChildWindows, [&](const ImGuiWindow* w) { return w->ChildId == id; });
    if (child == window->DC.ChildWindows.end()) return;
    const std::string_view text = state.text;
    const std::size_t at = byte_of(text, character);
    const std::size_t line_start = at == 0 ? 0 : text.rfind('\n', at - 1) + 1;
    const auto line = static_cast<float>(std::ranges::count(text.substr(0, at), '\n'));
    const ImVec2 padding = ImGui::GetStyle().FramePadding;
    const float height = ImGui::GetFontSize();
    const ImVec2 corner = (*child)->Pos;
    const float top = corner.y + padding.y + line * height - (*child)->Scroll.y;
    const float left = corner.x + padding.x - (*child)->Scroll.x;
    const float from = left + text_width(text.substr(line_start, at - line_start));
    const float to = from + std::max(px(4), text_width(text.substr(at, word_end(text, at) - at)));
    ImDrawList& draw = *(*child)->DrawList;
    draw.PushClipRect((*child)->InnerRect.Min, (*child)->InnerRect.Max);
    draw.AddRectFilled({corner.x, top}, {corner.x + (*child)->Size.x, top + height}, to_u32(palette().error, 0.10F));
    draw.AddRectFilled({from, top + height - px(2)}, {to, top + height}, to_u32(palette().error));
    draw.PopClipRect();
}

void keys(Ui& ui, bool active) {
    SqlState& state = ui.panels.sql;
    for (const KeyPress& press : std::vector<KeyPress>(ui.pressed)) {
        const bool enter = press.key == GLFW_KEY_ENTER || press.key == GLFW_KEY_KP_ENTER;
        if (active && enter && press.ctrl) start_sql(ui);
        if (active && press.ctrl && press.key == GLFW_KEY_UP) recall_sql(state, -1);
        if (active && press.ctrl && press.key == GLFW_KEY_DOWN) recall_sql(state, 1);
        if (press.key == GLFW_KEY_ESCAPE) stop_sql(state);
    }
}

}  // namespace

void sql_editor(Ui& ui, float height) {
    SqlState& state = ui.panels.sql;
    if (state.focus) {
        ImGui::SetKeyboardFocusHere();
        state.focus = false;
    }
    const bool was_active = ImGui::GetActiveID() == ImGui::GetID(editor_id);
    const std::string before = state.text;
    ImGui::InputTextMultiline(editor_id, &state.text, {ImGui::GetContentRegionAvail().x, height},
                              ImGuiInputTextFlags_CallbackAlways | ImGuiInputTextFlags_AllowTabInput, on_edit, &state);
    // Esc stops a statement: it is not to take back what was typed, as it does in other fields.
    if (was_active && key_pressed(ui, GLFW_KEY_ESCAPE) && state.text != before) {
        state.text = before;
        state.replaced = true;
    }
    const bool active = was_active || ImGui::IsItemActive();
    if (state.text.empty() && !active) {
        const ImVec2 at = ImGui::GetItemRectMin();
        const ImVec2 padding = ImGui::GetStyle().FramePadding;
        draw_text({at.x + padding.x, at.y + padding.y}, palette().muted, tr("SELECT … FROM …"));
    }
    mark_error(state);
    keys(ui, active);
}

}  // namespace diaban::ui
