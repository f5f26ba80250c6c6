// What a check of boundaries found: listed by size, a click away on the map, and out as CSV.
#include <algorithm>
#include <cmath>
#include <numeric>

#include <fmt/format.h>

#include "base/format.h"
#include "base/i18n.h"
#include "base/text.h"
#include "data/ground.h"
#include "ui/commands.h"
#include "ui/icons.h"
#include "ui/panels/panels.h"
#include "ui/panels/parts.h"

namespace diaban::ui {

namespace {

enum ColumnOf { kind_column, units_column, detail_column, area_column };

std::string kind_of(const FoundProblems& found, std::size_t row) {
    return found.layer->table.find("kind")->text(row);
}

std::string units_of(const FoundProblems& found, std::size_t row) {
    const std::string unit = found.layer->table.find("unit")->text(row);
    const std::string other = found.layer->table.find("other_unit")->text(row);
    return other.empty() ? unit : unit + " – " + other;
}

void refresh_rows(ProblemsState& state, const FoundProblems& found) {
    const std::string key = fmt::format("{}\n{}{}", state.search, state.column, state.descending ? "-" : "+");
    if (state.rows_of == found.problems && state.key == key) return;
    const std::vector<Problem>& list = found.problems->list;
    if (state.rows_of != found.problems) {
        state.units.clear();
        for (std::size_t row = 0; row < list.size(); ++row)
            state.units.push_back(units_of(found, row));
        state.chosen.reset();
    }
    std::vector<std::string> kinds;
    for (std::size_t row = 0; row < list.size(); ++row)
        kinds.push_back(kind_of(found, row));
    state.rows.resize(list.size());
    std::iota(state.rows.begin(), state.rows.end(), 0U);
    std::erase_if(state.rows, [&](uint32_t row) {
        return !contains_folded(state.units[row] + " " + kinds[row] + " " + list[row].detail, state.search);
    });
    const auto before = [&](uint32_t a, uint32_t b) {
        switch (state.column) {
            case kind_column:
                return compare_vietnamese(kinds[a], kinds[b]) < 0;
            case units_column:
                return compare_vietnamese(state.units[a], state.units[b]) < 0;
            case detail_column:
                return compare_vietnamese(list[a].detail, list[b].detail) < 0;
            default:
                return std::abs(list[a].area) < std::abs(list[b].area);
        }
    };
    std::ranges::stable_sort(state.rows,
                             [&](uint32_t a, uint32_t b) { return state.descending ? before(b, a) : before(a, b); });
    state.rows_of = found.problems;
    state.key = key;
}

/// The problem's box on the map, with some of what lies around it.
Box box_on_map(Session& session, const FoundProblems& found, uint32_t row) {
    const Geometry& shapes = found.problems->shapes;
    Box box = shapes.has_geometry(row) ? shapes.box_of(row) : Box();
    const Point at = found.problems->list[row].at;
    if (box.empty() && std::isfinite(at.x) && std::isfinite(at.y)) box.extend(at);
    if (box.empty()) return box;
    if (found.checked->crs.known() && session.crs().known()) {
        const auto to_map = Transform::between(found.checked->crs, session.crs());
        if (!to_map) return {};
        box = to_map->apply(box);
    }
    return box.grown(std::max(box.width(), box.height()) * 0.25);
}

/// The layer that shows these problems; null when it was removed.
const Layer* layer_of(Session& session, const FoundProblems& found) {
    for (const Layer& layer : session.workspace().layers) {
        const auto data = session.datasets().find(layer.source);
        if (data != session.datasets().end() && data->second == found.layer) return &layer;
    }
    return nullptr;
}

void go_to(Ui& ui, const FoundProblems& found, uint32_t row) {
    ui.panels.problems.chosen = row;
    ui.map.zoom_to(box_on_map(ui.session, found, row));
    if (const Layer* layer = layer_of(ui.session, found)) {
        const std::string id = layer->id;
        if (!layer->visible) ui.session.set_visible(id, true);
        ui.session.select(id, {row});
    }
    ui.session.touch();
}

/// As a file: everything, whatever is searched for, with its place in degrees.
std::string as_csv(const FoundProblems& found) {
    std::string csv = "\xEF\xBB\xBFkind,unit,other_unit,";
    csv += found.checked->crs.known() ? "area_m2,lon,lat,detail\n" : "area,x,y,detail\n";
    const auto to_degrees = Transform::between(found.checked->crs, Crs::wgs84());
    const Table& table = found.layer->table;
    for (std::size_t row = 0; row < found.problems->list.size(); ++row) {
        const Problem& problem = found.problems->list[row];
        Point at = problem.at;
        if (to_degrees) at = to_degrees->apply(at);
        const bool placed = std::isfinite(at.x) && std::isfinite(at.y);
        csv += fmt::format("{},{},{},{},{},{},{}\n", csv_field(table.find("kind")->text(row)),
                           csv_field(table.find("unit")->text(row)), csv_field(table.find("other_unit")->text(row)),
                           problem.area, placed ? fmt::format("{:.7f}", at.x) : "",
                           placed ? fmt::format("{:.7f}", at.y) : "", csv_field(problem.detail));
    }
    return csv;
}

/// "12 overlaps, 3 gaps", by kind.
std::string summary(const FoundProblems& found) {
    std::string text;
    const std::vector<Problem>& list = found.problems->list;
    for (std::size_t from = 0; from < list.size();) {
        std::size_t to = from;
        while (to < list.size() && list[to].kind == list[from].kind)
            ++to;
        if (!text.empty()) text += "  ·  ";
        text += format_integer(static_cast<int64_t>(to - from)) + " " + kind_of(found, from);
        from = to;
    }
    return text;
}

void toolbar(Ui& ui, const FoundProblems& found, const std::string& shown_of) {
    ProblemsState& state = ui.panels.problems;
    search_field("search", tr("Find a unit or kind"), state.search, px(220));
    ImGui::SameLine(0, px(16));
    ImGui::AlignTextToFramePadding();
    const float buttons = 3 * ImGui::GetFrameHeight() + px(16);
    const float room = ImGui::GetContentRegionAvail().x - buttons;
    ImGui::PushStyleColor(ImGuiCol_Text, to_vec(palette().muted));
    text_cut(shown_of + "  ·  " + summary(found), std::max(px(40), room));
    ImGui::PopStyleColor();
    tooltip(
        tr("The layer of problems is made for this session: it is not saved with the workspace. Export it to keep "
           "it."));
    ImGui::SameLine(ImGui::GetContentRegionMax().x - buttons + px(8), 0);
    if (icon_button("again", icon::refresh, tr("Check again"))) run_command(ui, "analyse.check_boundaries");
    ImGui::SameLine(0, px(2));
    if (icon_button("list", icon::export_file, tr("Save the list as CSV"))) {
        ui.panels.dialog.purpose = FileDialogState::Purpose::save_text;
        ui.panels.dialog.file_name = "problems.csv";
        ui.panels.dialog.text = as_csv(found);
    }
    ImGui::SameLine(0, px(2));
    const Layer* layer = layer_of(ui.session, found);
    if (icon_button("layer", icon::layers, tr("Export the layer of problems, which is not saved with the workspace"),
                    layer != nullptr)) {
        ui.session.active_layer = layer->id;
        run_command(ui, "workspace.export_layer");
    }
}

void problem_row(Ui& ui, const FoundProblems& found, const Ground& ground, uint32_t row) {
    const Problem& problem = found.problems->list[row];
    ImGui::PushID(static_cast<int>(row));
    ImGui::TableNextRow();
    ImGui::TableSetColumnIndex(kind_column);
    const float start = ImGui::GetCursorPosX();
    if (row_selectable("##problem", ui.panels.problems.chosen == row, ImGuiSelectableFlags_SpanAllColumns))
        go_to(ui, found, row);
    ImGui::SameLine(0, 0);
    ImGui::SetCursorPosX(start);
    text(kind_of(found, row));
    ImGui::TableSetColumnIndex(units_column);
    text_cut(ui.panels.problems.units[row]);
    ImGui::TableSetColumnIndex(detail_column);
    ImGui::PushStyleColor(ImGuiCol_Text, to_vec(palette().muted));
    text_cut(problem.detail);
    ImGui::PopStyleColor();
    ImGui::TableSetColumnIndex(area_column);
    const std::string area = problem.area == 0 ? std::string("–") : ground.area_in_words(problem.area);
    ImGui::SetCursorPosX(ImGui::GetCursorPosX() + std::max(0.0F, ImGui::GetContentRegionAvail().x - text_width(area)));
    text(area);
    ImGui::PopID();
}

void take_sorting(ProblemsState& state) {
    ImGuiTableSortSpecs* specs = ImGui::TableGetSortSpecs();
    if (!specs || !specs->SpecsDirty || specs->SpecsCount == 0) return;
    state.column = static_cast<int>(specs->Specs[0].ColumnUserID);
    state.descending = specs->Specs[0].SortDirection == ImGuiSortDirection_Descending;
    specs->SpecsDirty = false;
}

void list(Ui& ui, const FoundProblems& found) {
    ProblemsState& state = ui.panels.problems;
    const auto flags = ImGuiTableFlags_ScrollY | ImGuiTableFlags_Sortable | ImGuiTableFlags_Resizable |
                       ImGuiTableFlags_RowBg | ImGuiTableFlags_BordersInnerV | ImGuiTableFlags_BordersOuter |
                       ImGuiTableFlags_NoSavedSettings;
    if (!ImGui::BeginTable("problems", 4, flags)) return;
    const auto column = [](const char* name, float share, ImGuiID id, ImGuiTableColumnFlags more = 0) {
        ImGui::TableSetupColumn(name, ImGuiTableColumnFlags_WidthStretch | more, share, id);
    };
    column(tr("Kind"), 1.2F, kind_column);
    column(tr("Units"), 3, units_column);
    column(tr("Detail"), 4, detail_column);
    column(tr("Area"), 1.2F, area_column,
           ImGuiTableColumnFlags_DefaultSort | ImGuiTableColumnFlags_PreferSortDescending);
    ImGui::TableSetupScrollFreeze(0, 1);
    ImGui::TableHeadersRow();
    take_sorting(state);
    refresh_rows(state, found);
    const Ground ground(found.checked->crs);
    ImGuiListClipper clipper;
    clipper.Begin(static_cast<int>(state.rows.size()));
    while (clipper.Step())
        for (int i = clipper.DisplayStart; i < clipper.DisplayEnd; ++i)
            problem_row(ui, found, ground, state.rows[static_cast<std::size_t>(i)]);
    ImGui::EndTable();
}

/// Nothing was checked yet: what it would do, and the button.
void not_checked(Ui& ui) {
    const Command* check = find_command("analyse.check_boundaries");
    if (!check->enabled(ui))
        return empty_state(icon::vector_polygon, tr("No boundaries to check"),
                           tr("Choose a layer of polygons on the left."));
    if (ui.session.jobs().busy()) return empty_state(icon::refresh, tr("Checking …"), ui.session.jobs().status().stage);
    empty_state(icon::vector_polygon, tr("Not checked yet"),
                tr("Overlaps and gaps between neighbours, invalid rings, repeated and very thin shapes."));
    gap(8);
    const float width = px(168);
    ImGui::SetCursorPosX((ImGui::GetWindowWidth() - width) / 2);
    if (primary_button(tr("Check boundaries"), width)) run_command(ui, check->id);
}

}  // namespace

void problems_panel(Ui& ui) {
    const Layer* layer = shown_layer(ui.session);
    if (layer == nullptr) return not_checked(ui);
    const FoundProblems* present = ui.session.problems_of(layer->id);
    if (present == nullptr) return not_checked(ui);
    const FoundProblems found = *present;
    if (found.problems->list.empty())
        return empty_state(icon::check, tr("No problem was found"),
                           found.problems->no_coverage
                               ? tr("The polygons overlap so much that overlaps and gaps were not looked for.")
                               : tr("Every ring is valid, and neighbours meet without overlaps and gaps."));
    refresh_rows(ui.panels.problems, found);
    toolbar(ui, found, found.checked->name);
    list(ui, found);
}

}  // namespace diaban::ui
