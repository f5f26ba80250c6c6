#include <algorithm>

#include "base/i18n.h"
#include "ui/icons.h"
#include "ui/panels/panels.h"
#include "ui/widgets.h"

namespace diaban::ui {

namespace {

constexpr double note_seconds = 5;  // warnings and errors stay until closed
constexpr std::size_t most_toasts = 4;

struct Look {
    const char* icon;
    Rgba colour;
};

Look look_of(Severity severity) {
    switch (severity) {
        case Severity::note:
            return {icon::check, palette().good};
        case Severity::warning:
            return {icon::alert, palette().warning};
        case Severity::error:
            return {icon::alert_circle, palette().error};
    }
    return {};
}

/// Returns the toast's height; `closed` when its cross was clicked, `acted` when its button was.
float toast(const Message& message, int id, ImVec2 bottom_right, float width, bool& closed, bool& acted) {
    const Look look = look_of(message.severity);
    const std::string name = "###toast" + std::to_string(id);
    ImGui::SetNextWindowPos(bottom_right, ImGuiCond_Always, {1, 1});
    ImGui::SetNextWindowSize({width, 0});
    const auto flags = ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings |
                       ImGuiWindowFlags_NoFocusOnAppearing | ImGuiWindowFlags_NoNav;
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {px(14), px(8)});
    if (ImGui::Begin(name.c_str(), nullptr, flags)) {
        const ImVec2 from = ImGui::GetWindowPos();
        const float height = ImGui::GetWindowHeight();
        ImGui::GetWindowDrawList()->AddRectFilled(from, {from.x + px(4), from.y + height}, to_u32(look.colour), px(8),
                                                  ImDrawFlags_RoundCornersLeft);
        ImGui::AlignTextToFramePadding();
        text_in(fonts().regular, look.colour, look.icon);
        ImGui::SameLine(0, px(8));
        ImGui::PushTextWrapPos(width - px(14) - ImGui::GetFrameHeight());
        ImGui::AlignTextToFramePadding();
        text(message.text);
        ImGui::PopTextWrapPos();
        ImGui::SameLine(width - px(8) - ImGui::GetFrameHeight(), 0);
        closed = icon_button("close", icon::close, tr("Close"));
        if (!message.action.empty()) {
            gap(4);
            ImGui::SetCursorPosX(px(36));
            acted = button(message.action.c_str());
        }
    }
    const float height = ImGui::GetWindowHeight();
    ImGui::End();
    ImGui::PopStyleVar();
    return height;
}

}  // namespace

void toasts(Ui& ui) {
    std::vector<Message>& messages = ui.session.messages();
    const double now = ui.session.seconds();
    std::erase_if(messages,
                  [&](const Message& m) { return m.severity == Severity::note && now - m.shown_at > note_seconds; });
    if (messages.empty()) return;
    const ScreenRect& map = ui.layout.map;
    const float width = std::min(px(380), std::max(map.width - px(32), px(160)));
    ImVec2 at{map.x + map.width - px(16), map.y + map.height - px(16)};
    std::size_t closed_at = messages.size();
    std::function<void()> act;
    // The newest is lowest; of many, only the newest are shown, the others come up as these are closed.
    for (std::size_t shown = 0; shown < std::min(messages.size(), most_toasts); ++shown) {
        const std::size_t i = messages.size() - 1 - shown;
        bool closed = false;
        bool acted = false;
        at.y -= toast(messages[i], static_cast<int>(i), at, width, closed, acted) + px(8);
        if (acted) act = messages[i].act;
        if (closed || acted) closed_at = i;
    }
    if (closed_at < messages.size()) {
        messages.erase(messages.begin() + static_cast<std::ptrdiff_t>(closed_at));
        ui.session.touch();
    }
    if (act) act();
}

}  // namespace diaban::ui
