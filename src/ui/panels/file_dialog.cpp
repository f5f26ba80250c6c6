#include <GLFW/glfw3.h>

#include <algorithm>
#include <cfloat>
#include <cmath>

#include "base/file.h"
#include "base/format.h"
#include "base/i18n.h"
#include "ui/commands.h"
#include "ui/icons.h"
#include "ui/panels/export_layer.h"
#include "ui/panels/file_list.h"
#include "ui/panels/panels.h"
#include "ui/panels/parts.h"
#include "ui/picture.h"
#include "ui/widgets.h"
#include "workspace/file.h"

namespace diaban::ui {

namespace fs = std::filesystem;
using Purpose = FileDialogState::Purpose;

namespace {

bool saving(Purpose purpose) {
    return purpose == Purpose::save_workspace || purpose == Purpose::save_picture || purpose == Purpose::save_text ||
           purpose == Purpose::save_trace || purpose == Purpose::export_layer;
}

const char* title_of(Purpose purpose) {
    switch (purpose) {
        case Purpose::none:
            return "";
        case Purpose::open:
            return tr("Open");
        case Purpose::add:
            return tr("Add data");
        case Purpose::import:
            return tr("Import data");
        case Purpose::save_workspace:
            return tr("Save workspace");
        case Purpose::save_picture:
            return tr("Save picture");
        case Purpose::save_text:
            return tr("Save list");
        case Purpose::save_trace:
            return tr("Save trace");
        case Purpose::export_layer:
            return tr("Export layer");
    }
    return "";
}

void go_to(FileDialogState& dialog, const fs::path& folder) {
    dialog.folder = folder;
    dialog.filter.clear();
    dialog.highlighted = -1;
    dialog.ask_overwrite = false;
}

/// Reads the folder again when it, the filter or the purpose changed.
void refresh(FileDialogState& dialog) {
    const std::string filter = dialog.filter + (dialog.all_files ? "\n*" : "");
    if (dialog.listed == dialog.folder && dialog.listed_filter == filter && dialog.listed_purpose == dialog.purpose)
        return;
    dialog.listed = dialog.folder;
    dialog.listed_filter = filter;
    dialog.listed_purpose = dialog.purpose;
    dialog.entries.clear();
    dialog.error.clear();
    dialog.highlighted = -1;
    auto entries = list_folder(dialog.folder, dialog.filter, dialog.purpose, dialog.all_files);
    if (entries) {
        dialog.entries = std::move(*entries);
        if (!dialog.filter.empty() && !dialog.entries.empty()) dialog.highlighted = 0;
    } else {
        dialog.error = to_text(entries.error());
    }
}

void remember(FileDialogState& dialog) {
    std::erase(dialog.recent, dialog.folder);
    dialog.recent.insert(dialog.recent.begin(), dialog.folder);
    if (dialog.recent.size() > 6) dialog.recent.resize(6);
}

void close(FileDialogState& dialog) {
    dialog.purpose = Purpose::none;
    dialog.error.clear();
    dialog.text.clear();
    dialog.ask_overwrite = false;
    dialog.listed.clear();  // read anew next time: files come and go
    ImGui::CloseCurrentPopup();
}

Expected<void> write(Ui& ui, const fs::path& path) {
    FileDialogState& dialog = ui.panels.dialog;
    if (dialog.purpose == Purpose::save_workspace) return ui.session.save(path);
    if (dialog.purpose == Purpose::save_picture) return save_picture(ui, path, dialog.picture_scale);
    if (dialog.purpose == Purpose::export_layer) return export_layer(ui, path);
    return write_file(path, dialog.text);
}

void save_as(Ui& ui, const fs::path& path) {
    FileDialogState& dialog = ui.panels.dialog;
    std::error_code none;
    if (dialog.purpose == Purpose::export_layer) {
        // A file that is read is never a target, so there is nothing to ask.
        if (const auto fine = check_export(ui.session, path); !fine) {
            dialog.error = to_text(fine.error());
            return;
        }
    }
    if (!dialog.ask_overwrite && fs::exists(path, none)) {
        dialog.ask_overwrite = true;
        return;
    }
    const auto written = write(ui, path);
    const bool later = dialog.purpose == Purpose::export_layer;  // it says so itself when it is done
    if (!written) {
        dialog.error = to_text(written.error());
        dialog.ask_overwrite = false;
        return;
    }
    if (!later) ui.session.say(Severity::note, std::string(tr("Saved")) + ": " + to_utf8(path.filename()));
    remember(dialog);
    close(dialog);
}

void open_file(Ui& ui, const fs::path& path) {
    FileDialogState& dialog = ui.panels.dialog;
    const Purpose purpose = dialog.purpose;
    remember(dialog);
    close(dialog);
    if (purpose == Purpose::import && !is_workspace_path(path)) {
        ui.session.begin_import({path});
    } else if (purpose == Purpose::add) {
        ui.session.add_files({path});
    } else {
        request_open(ui, {path});
    }
}

/// Enter, the button and a double click: into a folder, or done with this file.
void accept(Ui& ui) {
    FileDialogState& dialog = ui.panels.dialog;
    const auto typed = fs::path(std::u8string(dialog.file_name.begin(), dialog.file_name.end()));
    const bool by_arrow = dialog.highlighted >= 0 && dialog.highlighted < static_cast<int>(dialog.entries.size());
    fs::path chosen = dialog.folder / typed;
    if (by_arrow && (dialog.file_name.empty() || !saving(dialog.purpose)))
        chosen = dialog.entries[static_cast<std::size_t>(dialog.highlighted)].path;
    std::error_code none;
    if (fs::is_directory(chosen, none) && chosen.extension() != ".gdb") {
        if (chosen != dialog.folder / "") go_to(dialog, chosen.lexically_normal());
        dialog.file_name.clear();
        return;
    }
    dialog.error.clear();
    if (saving(dialog.purpose)) {
        const fs::path target = dialog.purpose == Purpose::export_layer
                                    ? export_target(chosen, ui.panels.exporting.extension)
                                    : with_extension(chosen, dialog.purpose);
        if (typed.empty() || target.empty()) {
            dialog.error = tr("Type a name for the file.");
            return;
        }
        return save_as(ui, target);
    }
    if (typed.empty() && !by_arrow) return;
    if (!fs::exists(chosen, none)) {
        dialog.error = to_utf8(chosen.filename()) + ": " + tr("there is no such file here.");
        return;
    }
    open_file(ui, chosen);
}

// ── its parts ───────────────────────────────────────────────────────────────────────────────────────────────────────

void place(FileDialogState& dialog, const char* icon, const std::string& name, const fs::path& folder) {
    const std::string label = std::string(icon) + "  " + cut_to(name, px(120)) + "##" + to_utf8(folder);
    if (ImGui::Selectable(label.c_str(), dialog.folder == folder, 0, {0, px(24)})) go_to(dialog, folder);
    tooltip(to_utf8(folder));
}

void places(FileDialogState& dialog) {
    place(dialog, icon::home, tr("Home"), home_folder());
    std::error_code none;
    const fs::path demo = program_data_dir();
    if (!demo.empty()) place(dialog, icon::map, tr("Demo"), demo);
    place(dialog, icon::folder, tr("Here"), fs::current_path(none));
    place(dialog, icon::harddisk, tr("Computer"), "/");
    if (dialog.recent.empty()) return;
    gap(8);
    text_in(fonts().small, palette().muted, tr("Recent"));
    const std::vector<fs::path> recent = dialog.recent;
    for (const fs::path& folder : recent)
        place(dialog, icon::history, to_utf8(folder.filename()), folder);
}

/// The way to the folder, each step a button; the first ones are left out when the line is too long.
void breadcrumb(FileDialogState& dialog) {
    std::vector<fs::path> steps;
    for (fs::path at = dialog.folder; !at.empty(); at = at.parent_path()) {
        steps.insert(steps.begin(), at);
        if (at == at.parent_path()) break;
    }
    const auto name_of = [](const fs::path& step) {
        return step.filename().empty() ? std::string("/") : to_utf8(step.filename());
    };
    float room = ImGui::GetContentRegionAvail().x;
    std::size_t first = steps.size();
    while (first > 0) {
        room -= text_width(name_of(steps[first - 1])) + px(30);
        if (room < 0 && first != steps.size()) break;
        --first;
    }
    ImGui::PushStyleVar(ImGuiStyleVar_FrameBorderSize, 0);
    ImGui::PushStyleColor(ImGuiCol_Button, ImVec4(0, 0, 0, 0));
    for (std::size_t i = first; i < steps.size(); ++i) {
        if (i != first) {
            ImGui::SameLine(0, 0);
            ImGui::AlignTextToFramePadding();
            text_in(fonts().regular, palette().muted, icon::chevron_right);
            ImGui::SameLine(0, 0);
        }
        ImGui::PushID(static_cast<int>(i));
        if (ImGui::Button(name_of(steps[i]).c_str())) go_to(dialog, steps[i]);
        ImGui::PopID();
    }
    ImGui::PopStyleColor();
    ImGui::PopStyleVar();
}

void entries_list(Ui& ui, float height) {
    FileDialogState& dialog = ui.panels.dialog;
    if (!ImGui::BeginChild("entries", {0, height}, true)) return ImGui::EndChild();
    if (dialog.entries.empty() && dialog.error.empty())
        text_muted(!dialog.filter.empty()   ? tr("No name here has these letters.")
                   : saving(dialog.purpose) ? tr("No files of this kind here yet.")
                                            : tr("Nothing here that can be opened."));
    int chosen = -1;
    ImGuiListClipper clipper;
    clipper.Begin(static_cast<int>(dialog.entries.size()));
    while (clipper.Step()) {
        for (int i = clipper.DisplayStart; i < clipper.DisplayEnd; ++i) {
            const auto& entry = dialog.entries[static_cast<std::size_t>(i)];
            ImGui::PushID(i);
            const ImVec2 at = ImGui::GetCursorScreenPos();
            const float width = ImGui::GetContentRegionAvail().x;
            if (ImGui::Selectable("##entry", i == dialog.highlighted, ImGuiSelectableFlags_AllowDoubleClick,
                                  {0, px(22)})) {
                dialog.highlighted = i;
                if (!entry.folder) dialog.file_name = entry.name;
                dialog.ask_overwrite = false;
                if (ImGui::IsMouseDoubleClicked(0)) chosen = i;
            }
            const float y = at.y + (px(22) - ImGui::GetTextLineHeight()) / 2;
            const bool workspace = entry.path.extension() == ".toml";
            const char* picture = entry.folder ? icon::folder : workspace ? icon::map : icon::file_outline;
            draw_text({at.x + px(4), y}, entry.folder || workspace ? palette().accent : palette().muted, picture);
            draw_text({at.x + px(28), y}, palette().text, cut_to(entry.name, width - px(110)));
            if (!entry.folder) {
                const std::string size = file_size_text(entry.size);
                draw_text({at.x + width - text_width(size, fonts().small) - px(4), y + px(1)}, palette().muted, size,
                          fonts().small);
            }
            ImGui::PopID();
        }
    }
    if (chosen >= 0) {
        const bool folder = dialog.entries[static_cast<std::size_t>(chosen)].folder;
        if (folder) dialog.file_name.clear();
        accept(ui);
    }
    ImGui::EndChild();
}

void picture_rows(Ui& ui) {
    FileDialogState& dialog = ui.panels.dialog;
    const std::string scales[] = {"1×", "2×", "3×", "4×"};
    int now = std::clamp(static_cast<int>(std::lround(dialog.picture_scale)), 1, 4) - 1;
    ImGui::AlignTextToFramePadding();
    text_in(fonts().regular, palette().muted, tr("Size"));
    ImGui::SameLine(px(56), 0);
    if (segmented("scale", scales, now, px(180))) dialog.picture_scale = now + 1;
    const Frame& frame = ui.map.frame();
    ImGui::SameLine(0, px(12));
    ImGui::AlignTextToFramePadding();
    text_in(fonts().regular, palette().muted,
            format_integer(std::llround(frame.width * dialog.picture_scale)) + " × " +
                format_integer(std::llround(frame.height * dialog.picture_scale)) + " " + tr("pixels"));
}

void foot(Ui& ui) {
    FileDialogState& dialog = ui.panels.dialog;
    const bool save = saving(dialog.purpose);
    if (!dialog.error.empty()) notice(palette().error, icon::alert_circle, dialog.error);
    if (dialog.ask_overwrite) notice(palette().warning, icon::alert, tr("There is a file of this name. Replace it?"));
    if (dialog.purpose == Purpose::save_picture) picture_rows(ui);
    if (dialog.purpose == Purpose::export_layer) export_rows(ui);
    ImGui::AlignTextToFramePadding();
    text_in(fonts().regular, palette().muted, tr("Name"));
    ImGui::SameLine(dialog.purpose == Purpose::export_layer ? px(84) : px(56), 0);
    const float buttons = px(232);
    ImGui::SetNextItemWidth(ImGui::GetContentRegionAvail().x - buttons);
    if (save && ImGui::IsWindowAppearing()) ImGui::SetKeyboardFocusHere();
    if (ImGui::InputText("##name", &dialog.file_name)) dialog.ask_overwrite = false, dialog.error.clear();
    ImGui::SameLine(0, px(8));
    if (button(tr("Cancel"), true, px(96))) return close(dialog);
    ImGui::SameLine(0, px(8));
    const char* verb = dialog.ask_overwrite                      ? tr("Replace")
                       : dialog.purpose == Purpose::export_layer ? tr("Export")
                       : save                                    ? tr("Save")
                       : dialog.purpose == Purpose::add          ? tr("Add")
                       : dialog.purpose == Purpose::import       ? tr("Import")
                                                                 : tr("Open");
    if (primary_button(verb, px(120))) accept(ui);
}

void keys(Ui& ui) {
    FileDialogState& dialog = ui.panels.dialog;
    const int last = static_cast<int>(dialog.entries.size()) - 1;
    const int before = dialog.highlighted;
    if (key_pressed(ui, GLFW_KEY_DOWN)) dialog.highlighted = std::min(dialog.highlighted + 1, last);
    if (key_pressed(ui, GLFW_KEY_UP)) dialog.highlighted = std::max(dialog.highlighted - 1, std::min(0, last));
    if (dialog.highlighted != before && dialog.highlighted >= 0) {
        const auto& entry = dialog.entries[static_cast<std::size_t>(dialog.highlighted)];
        if (!entry.folder) dialog.file_name = entry.name;
    }
    if (key_pressed(ui, GLFW_KEY_ESCAPE)) return close(dialog);
    if (key_pressed(ui, GLFW_KEY_ENTER) || key_pressed(ui, GLFW_KEY_KP_ENTER)) accept(ui);
}

}  // namespace

void file_dialog(Ui& ui) {
    FileDialogState& dialog = ui.panels.dialog;
    if (dialog.purpose == Purpose::none) return;
    const std::string name = std::string(title_of(dialog.purpose)) + "###file dialog";
    if (dialog.folder.empty()) {
        const fs::path beside = ui.session.file().parent_path();
        dialog.folder = beside.empty() ? home_folder() : beside;
    }
    if (!begin_modal(name.c_str(), 760, 520)) return;
    refresh(dialog);
    const float lines = dialog.purpose == Purpose::save_picture   ? 2
                        : dialog.purpose == Purpose::export_layer ? 1 + export_row_count
                                                                  : 1;
    const float notes = (dialog.error.empty() ? 0.0F : 1.0F) + (dialog.ask_overwrite ? 1.0F : 0.0F);
    const float foot_height = (lines + notes) * ImGui::GetFrameHeightWithSpacing() + px(4);
    if (ImGui::BeginChild("places", {px(168), -foot_height})) places(dialog);
    ImGui::EndChild();
    ImGui::SameLine(0, px(12));
    ImGui::BeginGroup();
    breadcrumb(dialog);
    if (!saving(dialog.purpose) && ImGui::IsWindowAppearing()) ImGui::SetKeyboardFocusHere();
    const float all_width = text_width(tr("All files")) + px(44);
    search_field("filter", tr("Type to filter"), dialog.filter, ImGui::GetContentRegionAvail().x - all_width);
    ImGui::SameLine(0, px(8));
    checkbox(tr("All files"), dialog.all_files);
    entries_list(ui, -foot_height);
    ImGui::EndGroup();
    if (dialog.purpose != Purpose::none) foot(ui);
    if (dialog.purpose != Purpose::none) keys(ui);
    ImGui::EndPopup();
}

}  // namespace diaban::ui
