// What there is to write about: the layers as tables with their columns, and examples made of them.
#include <imgui.h>

#include <algorithm>

#include <fmt/format.h>

#include "base/format.h"
#include "base/i18n.h"
#include "ui/icons.h"
#include "ui/query/saved_queries.h"
#include "ui/sql/sql_parts.h"
#include "ui/widgets.h"

namespace diaban::ui {

namespace {

void choose_open(SqlState& state, const Session& session, const std::vector<SqlTable>& tables) {
    if (state.tables_seen || tables.empty()) return;
    state.tables_seen = true;
    const bool listed = std::ranges::find(tables, session.active_layer, &SqlTable::name) != tables.end();
    state.open.insert(listed ? session.active_layer : tables.front().name);
}

std::string type_words(const SqlColumn& column) {
    return column.type ? to_text(*column.type) : std::string(tr("shape"));
}

void column_row(SqlState& state, const SqlColumn& column) {
    ImGui::PushID(column.name.c_str());
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float room = ImGui::GetContentRegionAvail().x;
    if (ImGui::Selectable("##column")) insert_sql(state, sql_name(column.name));
    tooltip(column.name + "\n" + type_words(column));
    const std::string type = type_words(column);
    const float type_wide = text_width(type, fonts().small);
    draw_text({at.x + px(24), at.y}, palette().text, cut_to(column.name, room - px(36) - type_wide));
    draw_text({at.x + room - type_wide, at.y + px(1)}, palette().muted, type, fonts().small);
    ImGui::PopID();
}

void table_rows(SqlState& state, const SqlTable& table) {
    ImGui::PushID(table.name.c_str());
    const bool open = state.open.contains(table.name);
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float room = ImGui::GetContentRegionAvail().x;
    const float line = ImGui::GetTextLineHeight();
    if (ImGui::InvisibleButton("##fold", {px(20), line}))
        open ? void(state.open.erase(table.name)) : void(state.open.insert(table.name));
    tooltip(open ? tr("Hide its columns") : tr("Show its columns"));
    draw_text(at, palette().muted, open ? icon::chevron_down : icon::chevron_right);
    ImGui::SameLine(0, 0);
    if (ImGui::Selectable("##table", false, 0, {room - px(20), line})) insert_sql(state, sql_name(table.name));
    const std::string rows = format_integer(int64_t{table.features->count()});
    tooltip(table.name + "\n" + rows + " " + tr_n("row", "rows", static_cast<long>(table.features->count())));
    const float rows_wide = text_width(rows, fonts().small);
    ImGui::PushFont(fonts().medium);
    const std::string name = cut_to(table.name, room - px(32) - rows_wide);
    ImGui::PopFont();
    draw_text({at.x + px(20), at.y}, palette().text, name, fonts().medium);
    draw_text({at.x + room - rows_wide, at.y + px(1)}, palette().muted, rows, fonts().small);
    if (open)
        for (const SqlColumn& column : sql_columns(*table.features))
            column_row(state, column);
    ImGui::PopID();
}

struct Example {
    std::string title, sql;
};

const SqlTable* first_of(const std::vector<SqlTable>& tables, GeometryKind kind) {
    const auto found = std::ranges::find_if(
        tables, [&](const SqlTable& table) { return table.features->base().geometry.kind() == kind; });
    return found == tables.end() ? nullptr : &*found;
}

/// A column to call rows by; the row's number where there is none.
std::string name_of(const SqlTable& table) {
    const std::string name = guess_name_column(table.features->base().table);
    return name.empty() ? "rowid" : sql_name(name);
}

/// The SRID of a plane of metres; empty for other systems, and for those without a number.
std::string plane_of(const Crs& crs) {
    constexpr std::string_view authority = "EPSG:";
    const bool metres = crs.known() && crs.metres_per_unit() == 1 && crs.code().starts_with(authority);
    return metres ? crs.code().substr(authority.size()) : std::string();
}

/// Made of the layers that there are, so that each can be run as it is.
std::vector<Example> examples(const std::vector<SqlTable>& tables, const Crs& map_crs) {
    std::vector<Example> list;
    if (tables.empty()) return {{tr("No table at all"), "SELECT spatialite_version(), 6 * 7 AS answer"}};
    const SqlTable& first = tables.front();
    list.push_back({tr("Everything of a layer"), fmt::format("SELECT *\nFROM {}", sql_name(first.name))});
    list.push_back({tr("How many rows"), fmt::format("SELECT count(*) AS n\nFROM {}", sql_name(first.name))});
    const SqlTable* areas = first_of(tables, GeometryKind::polygon);
    const SqlTable* points = first_of(tables, GeometryKind::point);
    if (areas && areas->features->base().crs.known()) {
        const std::string table = sql_name(areas->name);
        list.push_back({tr("The ten largest, in km² on the ellipsoid"),
                        fmt::format("SELECT {}, ST_Area(ST_Transform(geometry, 4326), 1) / 1e6 AS km2, geometry\n"
                                    "FROM {}\nORDER BY km2 DESC\nLIMIT 10",
                                    name_of(*areas), table)});
    }
    if (areas && points)
        list.push_back({tr("What lies in which area"),
                        fmt::format("SELECT a.{}, count(p.rowid) AS inside, a.geometry\nFROM {} a\n"
                                    "LEFT JOIN {} p ON ST_Contains(a.geometry, ST_Transform(p.geometry, "
                                    "ST_SRID(a.geometry))) = 1\nGROUP BY a.rowid\nORDER BY inside DESC",
                                    name_of(*areas), sql_name(areas->name), sql_name(points->name))});
    const std::string plane = plane_of(map_crs);
    if (points && points->features->base().crs.known() && !plane.empty())
        list.push_back({tr("Circles of 5 km, in the plane of the map"),
                        fmt::format("SELECT {}, ST_Buffer(ST_Transform(geometry, {}), 5000) AS geometry\nFROM {}",
                                    name_of(*points), plane, sql_name(points->name))});
    return list;
}

}  // namespace

void sql_table_list(Ui& ui, const std::vector<SqlTable>& tables) {
    SqlState& state = ui.panels.sql;
    choose_open(state, ui.session, tables);
    if (tables.empty()) return text_muted(tr("No layer yet: each is a table here."));
    for (const SqlTable& table : tables)
        table_rows(state, table);
}

namespace {

/// The statements that the workspace holds: opened with a click, removed with the icon beside.
void saved_statements(Ui& ui) {
    std::vector<std::pair<std::string, std::string>> saved;
    for (const SavedQuery& query : ui.session.workspace().queries)
        if (std::holds_alternative<SqlQuery>(query.ask)) saved.emplace_back(query.id, query.name);
    if (saved.empty()) return;
    text_muted(tr("Saved with the workspace"));
    for (const auto& [id, name] : saved) {
        ImGui::PushID(id.c_str());
        if (ImGui::Selectable(cut_to(name, px(260)).c_str(), false, 0, {px(270), 0})) open_query(ui, id);
        ImGui::SameLine();
        if (icon_button("remove", icon::remove, tr("Delete the saved query"))) remove_query(ui, id);
        ImGui::PopID();
    }
    ImGui::Separator();
}

}  // namespace

void sql_examples(Ui& ui, const std::vector<SqlTable>& tables) {
    SqlState& state = ui.panels.sql;
    if (button((std::string(tr("Examples")) + "  " + icon::chevron_down + "###examples").c_str()))
        ImGui::OpenPopup("sql examples");
    if (!ImGui::BeginPopup("sql examples")) return;
    saved_statements(ui);
    for (const Example& example : examples(tables, ui.session.crs())) {
        if (ImGui::Selectable(example.title.c_str())) {
            if (state.recalled == state.history.size()) state.draft = state.text;
            state.text = example.sql;
            state.replaced = true;
            state.go_to = static_cast<int>(state.text.size());
            state.focus = true;
        }
        tooltip(example.sql);
    }
    ImGui::EndPopup();
}

}  // namespace diaban::ui
