// The import assistant: what is being imported at the left, what will become of it at the right, and the button below.
#include <algorithm>

#include "base/file.h"
#include "base/format.h"
#include "base/i18n.h"
#include "ui/commands.h"
#include "ui/icons.h"
#include "ui/import/import_parts.h"
#include "ui/panels/panels.h"

namespace diaban::ui {

namespace {

constexpr float list_width = 232;

const char* name_of(ImportSection section) {
    switch (section) {
        case ImportSection::table:
            return tr("Table");
        case ImportSection::text:
            return tr("Text");
        case ImportSection::places:
            return tr("Places");
        case ImportSection::join:
            return tr("Join");
        case ImportSection::problems:
            return tr("Problems");
    }
    return "";
}

std::string name_of(const ImportItem& item) {
    if (item.dataset) return item.dataset->name;
    return to_utf8(item.path.filename());
}

const char* picture_of(const ImportItem& item) {
    if (!item.dataset) return icon::file_outline;
    if (item.dataset->is_raster()) return icon::image_area;
    switch (item.dataset->geometry.kind()) {
        case GeometryKind::none:
            return icon::table;
        case GeometryKind::point:
            return icon::map_marker;
        case GeometryKind::line:
            return icon::ruler;
        case GeometryKind::polygon:
            return icon::vector_polygon;
    }
    return icon::file_outline;
}

/// A round mark with a number, its right end at `right`; returns where it begins.
float badge(float right, float middle, const std::string& shown, Rgba colour) {
    const float half = std::max(px(8), text_width(shown, fonts().small) / 2 + px(5));
    ImDrawList* draw = ImGui::GetWindowDrawList();
    draw->AddRectFilled({right - 2 * half, middle - px(8)}, {right, middle + px(8)}, to_u32(colour, 0.16F), px(8));
    draw_text({right - half - text_width(shown, fonts().small) / 2, middle - fonts().small->FontSize / 2}, colour,
              shown, fonts().small);
    return right - 2 * half;
}

/// What an item's line says at its right end: questions, an error, or that it is being read.
float state_mark(const ImportItem& item, float right, float middle) {
    const auto questions = open_questions(item).size();
    if (item.reading.waiting() && !item.dataset) return badge(right, middle, "…", palette().muted);
    if (item.error && !item.dataset) return badge(right, middle, icon::alert_circle, palette().error);
    if (questions > 0 && item.take)
        return badge(right, middle, format_integer(static_cast<int64_t>(questions)) + " ?", palette().warning);
    return right;
}

void item_row(Ui& ui, ImportItem& item) {
    ImportState& state = ui.session.import;
    ImGui::PushID(static_cast<int>(item.id));
    const float height = px(30);
    const ImVec2 from = ImGui::GetCursorScreenPos();
    const float width = ImGui::GetContentRegionAvail().x;
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {0, 0});
    if (row_selectable("##item", state.shown == item.id, ImGuiSelectableFlags_AllowItemOverlap, {0, height}) &&
        state.shown != item.id) {
        state.shown = item.id;
        state.section = first_section(item);
    }
    ImGui::PopStyleVar();
    const float middle = from.y + height / 2;
    const float right = state_mark(item, from.x + width - px(6), middle) - px(6);
    const float name_x = from.x + px(56);
    const std::string name = name_of(item);
    const std::string cut = cut_to(name, right - name_x);
    if (cut != name) tooltip(name);
    const ImVec2 after = ImGui::GetCursorScreenPos();
    if (item.source.empty() && item.dataset) {
        ImGui::SetCursorScreenPos({from.x + px(6), middle - (ImGui::GetFontSize() + px(6)) / 2});
        if (checkbox("##take", item.take)) ui.session.touch();
        tooltip(item.take ? tr("Will be taken in") : tr("Will be left out"));
    }
    const Rgba colour = item.take && !(item.error && !item.dataset) ? palette().text : palette().muted;
    draw_text({from.x + px(32), middle - fonts().regular->FontSize / 2}, palette().muted, picture_of(item));
    draw_text({name_x, middle - fonts().regular->FontSize / 2}, colour, cut);
    ImGui::SetCursorScreenPos(after);
    ImGui::PopID();
}

void items_list(Ui& ui) {
    ImportState& state = ui.session.import;
    const std::filesystem::path* above = nullptr;
    for (ImportItem& item : state.items) {
        if (!above || *above != item.path) {
            if (above) gap(8);
            ImGui::PushFont(fonts().small);
            ImGui::PushStyleColor(ImGuiCol_Text, to_vec(palette().muted));
            text_cut(to_utf8(item.path.filename()));
            tooltip(to_utf8(item.path));
            ImGui::PopStyleColor();
            ImGui::PopFont();
        }
        above = &item.path;
        item_row(ui, item);
    }
    const bool settings = std::ranges::any_of(state.items, [](const ImportItem& i) { return !i.source.empty(); });
    if (settings) return;
    gap(8);
    const std::string label = std::string(icon::plus) + "  " + tr("More files…");
    if (button(label.c_str())) run_command(ui, "workspace.import");
    tooltip(tr("Import further files together with these: a table and the boundaries it belongs to, say."));
}

/// "270 rows, 12 columns · polygons · VN-2000 / TM-3 107-45".
std::string facts_of(const Dataset& dataset) {
    const std::string crs = dataset.crs.known() ? dataset.crs.name() : tr("coordinate system unknown");
    if (dataset.is_raster()) {
        const RasterInfo& info = dataset.raster->info();
        return std::string(tr("picture")) + ", " + format_integer(info.width) + " × " + format_integer(info.height) +
               "  ·  " + crs;
    }
    const auto rows = static_cast<int64_t>(dataset.size());
    const auto columns = static_cast<int64_t>(dataset.table.columns().size());
    std::string facts = format_integer(rows) + " " + tr_n("row", "rows", static_cast<long>(rows)) + ", " +
                        format_integer(columns) + " " + tr_n("column", "columns", static_cast<long>(columns));
    switch (dataset.geometry.kind()) {
        case GeometryKind::none:
            return facts + "  ·  " + tr("no places of its own");
        case GeometryKind::point:
            facts += std::string("  ·  ") + tr("points");
            break;
        case GeometryKind::line:
            facts += std::string("  ·  ") + tr("lines");
            break;
        case GeometryKind::polygon:
            facts += std::string("  ·  ") + tr("polygons");
            break;
    }
    return facts + "  ·  " + crs;
}

void heading(const ImportItem& item) {
    text_in(fonts().large, palette().text, name_of(item));
    if (item.reading.waiting()) {
        ImGui::SameLine(0, px(12));
        ImGui::SetCursorPosY(ImGui::GetCursorPosY() + px(4));
        text_in(fonts().small, palette().muted,
                std::string(icon::refresh) + " " + (item.dataset ? tr("Reading again …") : tr("Reading …")));
    }
    if (item.dataset) text_in(fonts().regular, palette().muted, facts_of(*item.dataset));
}

void section_tabs(ImportState& state, const ImportItem& item) {
    const std::vector<ImportSection> sections = sections_of(item);
    const std::vector<Question> questions = open_questions(item);
    std::vector<std::string> names;
    int current = -1;
    for (const ImportSection section : sections) {
        const auto asked =
            std::ranges::count_if(questions, [&](const Question& q) { return section_of(q.kind) == section; });
        std::string name = name_of(section);
        if (section == ImportSection::problems && !item.dataset->diagnostics.empty())
            name += "  " + format_integer(std::ssize(item.dataset->diagnostics));
        if (asked > 0) name += "  " + std::string(icon::help_circle_outline);
        if (section == state.section) current = static_cast<int>(names.size());
        names.push_back(std::move(name));
    }
    if (current < 0 && !sections.empty()) {
        current = 0;
        state.section = sections.front();
    }
    const float width = std::min(ImGui::GetContentRegionAvail().x, px(112) * static_cast<float>(names.size()));
    if (segmented("sections", names, current, width)) state.section = sections[static_cast<std::size_t>(current)];
}

void section(Ui& ui, ImportItem& item) {
    switch (ui.session.import.section) {
        case ImportSection::table:
            return table_section(ui, item);
        case ImportSection::text:
            return text_section(ui, item);
        case ImportSection::places:
            return places_section(ui, item);
        case ImportSection::join:
            return join_section(ui, item);
        case ImportSection::problems:
            return problems_section(ui, item);
    }
}

/// Without any reading: why, or that it is under way.
void nothing_yet(const ImportItem& item) {
    if (item.error) return empty_state(icon::alert_circle, tr("This file could not be read"), to_text(*item.error));
    empty_state(icon::refresh, tr("Reading …"), to_utf8(item.path.filename()));
}

void shown_item(Ui& ui) {
    ImportState& state = ui.session.import;
    ImportItem* item = state.find(state.shown);
    if (!item) return;
    ImGui::PushID(static_cast<int>(item->id));
    heading(*item);
    gap(6);
    if (!item->dataset) {
        nothing_yet(*item);
    } else {
        if (item->error) {
            notice(palette().error, icon::alert_circle, to_text(*item->error));
            text_in(fonts().small, palette().muted, tr("Shown is the last reading that went well."));
            gap(4);
        }
        section_tabs(state, *item);
        gap(6);
        ImGui::PushID(static_cast<int>(state.section));
        if (ImGui::BeginChild("section", {0, 0})) section(ui, *item);
        ImGui::EndChild();
        ImGui::PopID();
    }
    ImGui::PopID();
}

}  // namespace

void decided(Ui& ui, ImportItem& item) {
    ui.session.import.ask_open_questions = false;
    ui.session.read_again(item.id);
}

void fact(std::string_view label, std::string_view value) {
    property(label);
    ImGui::AlignTextToFramePadding();
    ImGui::PushTextWrapPos(0);
    text(value);
    ImGui::PopTextWrapPos();
}

void questions_about(const ImportItem& item, std::initializer_list<Question::Kind> kinds) {
    for (const Question& question : open_questions(item)) {
        if (std::ranges::find(kinds, question.kind) == kinds.end()) continue;
        notice(palette().warning, icon::help_circle_outline, question.text);
        gap(4);
    }
}

void import_assistant(Ui& ui) {
    ImportState& state = ui.session.import;
    // A dialog that was asked for from here has the screen to itself; this one comes back when it is done.
    if (!state.open || ui.panels.ask_unsaved || ui.panels.dialog.purpose != FileDialogState::Purpose::none) return;
    const bool settings = !state.items.empty() && !state.items.front().source.empty();
    const std::string title = std::string(settings ? tr("Import settings") : tr("Import data")) + "###import";
    if (!begin_modal(title.c_str(), 1160, 780)) return;
    if (!state.find(state.shown) && !state.items.empty()) state.shown = state.items.front().id;
    const float foot_height = ImGui::GetFrameHeightWithSpacing() + px(14);
    if (ImGui::BeginChild("items", {px(list_width), -foot_height})) items_list(ui);
    ImGui::EndChild();
    ImGui::SameLine(0, px(20));
    const ImVec2 corner = ImGui::GetCursorScreenPos();
    if (ImGui::BeginChild("item", {0, -foot_height})) shown_item(ui);
    ImGui::EndChild();
    const float line = std::max(1.0F, px(1));
    ImGui::GetWindowDrawList()->AddLine({corner.x - px(10), corner.y}, {corner.x - px(10), ImGui::GetItemRectMax().y},
                                        to_u32(palette().line), line);
    gap(6);
    const ImVec2 below = ImGui::GetCursorScreenPos();
    ImGui::GetWindowDrawList()->AddLine(below, {below.x + ImGui::GetContentRegionAvail().x, below.y},
                                        to_u32(palette().line), line);
    gap(8);
    bool cancel = false;
    bool go = false;
    import_foot(ui, cancel, go);
    import_keys(ui, cancel, go);
    if (cancel) ui.session.cancel_import();
    if (!cancel && go) import_now(ui);
    if (!state.open) ImGui::CloseCurrentPopup();
    ImGui::EndPopup();
}

}  // namespace diaban::ui
