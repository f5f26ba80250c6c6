#include <algorithm>

#include "base/format.h"
#include "base/i18n.h"
#include "ui/icons.h"
#include "ui/panels/panels.h"
#include "ui/panels/parts.h"

namespace diaban::ui {

namespace {

struct Look {
    const char* title;
    const char* icon;
    Rgba colour;
};

Look look_of(Severity severity) {
    switch (severity) {
        case Severity::error:
            return {tr("Errors"), icon::alert_circle, palette().error};
        case Severity::warning:
            return {tr("Warnings"), icon::alert, palette().warning};
        case Severity::note:
            return {tr("Notes"), icon::information, palette().muted};
    }
    return {};
}

void diagnostic_row(const Diagnostic& diagnostic, std::size_t id) {
    const Look look = look_of(diagnostic.severity);
    ImGui::PushID(static_cast<int>(id));
    ImGui::TableNextRow();
    ImGui::TableSetColumnIndex(0);
    text_in(fonts().regular, look.colour, look.icon);
    ImGui::TableSetColumnIndex(1);
    ImGui::PushTextWrapPos(0);
    text(to_text(diagnostic));
    ImGui::PopTextWrapPos();
    const std::string advice = remedy(diagnostic.kind);
    if (!advice.empty()) text_in(fonts().small, palette().muted, advice);
    ImGui::TableSetColumnIndex(2);
    const std::string count = format_integer(diagnostic.count);
    ImGui::SetCursorPosX(ImGui::GetCursorPosX() + ImGui::GetContentRegionAvail().x - text_width(count));
    text_in(fonts().regular, palette().muted, count);
    ImGui::TableSetColumnIndex(3);
    if (icon_button("copy", icon::copy, tr("Copy this line"))) ImGui::SetClipboardText(to_text(diagnostic).c_str());
    ImGui::PopID();
}

void toolbar(Ui& ui, const Diagnostics& all) {
    ImGui::AlignTextToFramePadding();
    text_in(fonts().medium, palette().text, tr("Noticed about the data"));
    for (const Severity severity : {Severity::error, Severity::warning, Severity::note}) {
        const auto count = std::ranges::count(all, severity, &Diagnostic::severity);
        if (count == 0) continue;
        const Look look = look_of(severity);
        ImGui::SameLine(0, px(16));
        ImGui::AlignTextToFramePadding();
        text_in(fonts().regular, look.colour, look.icon);
        ImGui::SameLine(0, px(4));
        text_in(fonts().regular, palette().muted, format_integer(count) + " " + look.title);
    }
    ImGui::SameLine(ImGui::GetContentRegionMax().x - 2 * ImGui::GetFrameHeight() - px(2), 0);
    if (icon_button("copy all", icon::copy, tr("Copy all as CSV"))) {
        ImGui::SetClipboardText(to_csv(all).c_str());
        ui.session.say(Severity::note, tr("The list is on the clipboard."));
    }
    ImGui::SameLine(0, px(2));
    if (icon_button("export", icon::export_file, tr("Save all as CSV"))) {
        ui.panels.dialog.purpose = FileDialogState::Purpose::save_text;
        ui.panels.dialog.file_name = "diagnostics.csv";
        ui.panels.dialog.text = to_csv(all);
    }
}

}  // namespace

void diagnostics_panel(Ui& ui) {
    const Diagnostics all = ui.session.diagnostics();
    if (all.empty())
        return empty_state(icon::check, tr("Nothing to report"), tr("Everything was read, joined and drawn as it is."));
    toolbar(ui, all);
    const auto flags = ImGuiTableFlags_ScrollY | ImGuiTableFlags_BordersInnerH | ImGuiTableFlags_NoSavedSettings;
    if (!ImGui::BeginTable("diagnostics", 4, flags)) return;
    ImGui::TableSetupColumn("##severity", ImGuiTableColumnFlags_WidthFixed, px(22));
    ImGui::TableSetupColumn("##what", ImGuiTableColumnFlags_WidthStretch);
    ImGui::TableSetupColumn("##count", ImGuiTableColumnFlags_WidthFixed, px(56));
    ImGui::TableSetupColumn("##copy", ImGuiTableColumnFlags_WidthFixed, ImGui::GetFrameHeight());
    for (const Severity severity : {Severity::error, Severity::warning, Severity::note})
        for (std::size_t i = 0; i < all.size(); ++i)
            if (all[i].severity == severity) diagnostic_row(all[i], i);
    ImGui::EndTable();
}

}  // namespace diaban::ui
