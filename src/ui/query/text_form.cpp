// The question as text, to be read and typed.
#include <algorithm>
#include <cfloat>

#include "base/i18n.h"
#include "query/language/parse.h"
#include "ui/icons.h"
#include "ui/query/find_parts.h"
#include "ui/widgets.h"

namespace diaban::ui {

namespace {

/// Line breaks in place of blanks, so that lines fit the width; never within quotes. Every character keeps its place.
/// True when there were any.
bool wrap(char* text, std::size_t size, float width) {
    constexpr std::size_t none = static_cast<std::size_t>(-1);
    std::size_t line = 0, blank = none;
    char quote = 0;
    bool changed = false;
    for (std::size_t i = 0; i <= size; ++i) {
        const char c = i < size ? text[i] : '\n';
        if (c == quote) {
            quote = 0;
        } else if (quote == 0 && (c == '\'' || c == '"')) {
            quote = c;
        }
        const bool ends = i == size || (quote == 0 && (c == ' ' || c == '\n'));
        if (!ends) continue;
        if (blank != none && text_width(std::string_view(text + line, i - line)) > width) {
            text[blank] = '\n';
            line = blank + 1;
            changed = true;
        }
        blank = c == ' ' ? i : none;
        if (c == '\n') line = i + 1;
    }
    return changed;
}

int wrap_as_typed(ImGuiInputTextCallbackData* data) {
    if (data->EventFlag == ImGuiInputTextFlags_CallbackEdit &&
        wrap(data->Buf, static_cast<std::size_t>(data->BufTextLen), *static_cast<float*>(data->UserData)))
        data->BufDirty = true;
    return 0;
}

/// Where the text cannot be read: the part around it, and a mark under the character.
void mark_character(std::string_view typed, std::size_t at) {
    constexpr std::size_t shown_before = 16;
    const std::size_t wrong = std::min(at - 1, typed.size());
    std::size_t first = wrong > shown_before ? wrong - shown_before : 0;
    while (first < wrong && (static_cast<unsigned char>(typed[first]) & 0xC0U) == 0x80U)
        ++first;
    std::string around(typed.substr(first));
    std::ranges::replace(around, '\n', ' ');
    const std::string begin = first > 0 ? "…" : "";
    const ImVec2 place = ImGui::GetCursorScreenPos();
    ImGui::PushStyleColor(ImGuiCol_Text, to_vec(palette().muted));
    text(cut_to(begin + around, ImGui::GetContentRegionAvail().x));
    ImGui::PopStyleColor();
    const float x = place.x + text_width(begin + around.substr(0, wrong - first)) + px(3);
    const float y = place.y + ImGui::GetTextLineHeight();
    ImGui::GetWindowDrawList()->AddTriangleFilled({x, y}, {x + px(4), y + px(5)}, {x - px(4), y + px(5)},
                                                  to_u32(palette().error));
    gap(8);
}

void text_field(FindState& state) {
    float width =
        ImGui::GetContentRegionAvail().x - 2 * ImGui::GetStyle().FramePadding.x - ImGui::GetStyle().ScrollbarSize;
    if (!state.typing) wrap(state.typed.data(), state.typed.size(), width);
    const auto lines = static_cast<float>(std::clamp<std::ptrdiff_t>(std::ranges::count(state.typed, '\n') + 1, 2, 8));
    const ImVec2 size{-FLT_MIN, ImGui::GetTextLineHeight() * lines + px(12)};
    if (ImGui::InputTextMultiline("##typed", &state.typed, size, ImGuiInputTextFlags_CallbackEdit, wrap_as_typed,
                                  &width))
        apply_typed(state);
    state.typing = ImGui::IsItemActive();
    // What was typed is put in order when the field is left.
    if (ImGui::IsItemDeactivated() && !state.typed_error && !state.broken) state.typed = in_lines(state.tree);
}

}  // namespace

void text_form(FindState& state) {
    if (state.text_open) {
        text_field(state);
        if (!state.typed_error && !state.typing)
            tooltip(tr("The question as text: what is typed here changes the rows below, as soon as it can be read."));
    }
    // What a file holds and nobody can read is said though the field is closed.
    if (!state.typed_error || (!state.text_open && !state.broken)) return;
    if (const std::size_t at = error_position(*state.typed_error); at > 0) mark_character(state.typed, at);
    notice(palette().error, icon::alert_circle, to_text(*state.typed_error));
    gap(4);
}

}  // namespace diaban::ui
